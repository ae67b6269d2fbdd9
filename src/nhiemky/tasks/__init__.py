"""Programmes, plans and tasks: who does what by which day, what became of it, rolled up by unit and programme."""
