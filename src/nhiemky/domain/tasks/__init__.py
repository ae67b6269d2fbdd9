"""Tasks: states and who may change them, working days, what is late, the honest roll-up."""
