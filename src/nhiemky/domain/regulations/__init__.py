"""Rules on the life of regulations."""
