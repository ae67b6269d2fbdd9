"""Pages of tasks and programmes."""
