"""Nhiệm Kỳ: the organisation-and-personnel work of a provincial Party committee."""

__version__ = "0.1.0"
