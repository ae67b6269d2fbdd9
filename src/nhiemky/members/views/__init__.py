"""Pages of units and people, by subject."""
