"""What happens to work of a unit that ends: the words that rows keep of it."""

from __future__ import annotations

FOLLOW, AWAIT, UNDO, HAND_OVER = STEPS = ("follow", "await", "undo", "hand_over")
"""Went to a successor; came to the unit above and waits; went back with the undoing; was given to a unit."""
