"""Writing cases: beginning and ending them, taking steps, striking what was wrong, taking files along."""
