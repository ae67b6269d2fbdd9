"""Proposals and decisions: a commission advises, bodies give opinions, a committee decides, conditions become tasks."""
