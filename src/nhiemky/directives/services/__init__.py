"""Writing what directives ask and what answers it."""
