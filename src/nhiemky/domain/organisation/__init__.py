"""Units over time: kinds, the dated structure, restating, and planning a reorganisation."""
