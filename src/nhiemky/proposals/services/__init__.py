"""Writes on proposals."""
