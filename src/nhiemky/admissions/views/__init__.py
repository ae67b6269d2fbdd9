"""Pages of admissions, by subject."""
