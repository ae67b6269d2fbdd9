"""Writes on regulations."""
