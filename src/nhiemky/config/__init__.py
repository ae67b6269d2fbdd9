"""Settings, wiring, command line, the embedded database and the serving of pages."""
