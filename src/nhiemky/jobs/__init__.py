"""Long work in the background, with progress that can be left: one row per job, carried out by the worker."""
