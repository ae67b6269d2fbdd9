"""Clean data: what is missing, contradictory, impossible or stale in the register, and where it is mended."""
