"""Pages of reorganisations, by subject."""
