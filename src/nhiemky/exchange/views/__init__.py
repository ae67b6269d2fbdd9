"""Pages of spreadsheets in and out."""
