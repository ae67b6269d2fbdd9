"""Writes of conferences."""
