"""Rules on proposals."""
