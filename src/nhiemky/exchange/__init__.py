"""Spreadsheets in and out: reading what people have, preview, import, duplicates, export."""
