"""What holds tasks, in which state a task is, and how its result is measured."""

from __future__ import annotations

TERM_PROGRAMME, YEAR_PROGRAMME, PROGRAMME, PLAN = PROGRAMME_KINDS = (
    "term_programme", "year_programme", "programme", "plan",
)  # fmt: skip
ASSIGNED, ACCEPTED, WORKING, SUBMITTED, RETURNED, DONE, CANCELLED = STATES = (
    "assigned", "accepted", "working", "submitted", "returned", "done", "cancelled",
)  # fmt: skip
OPEN = (ASSIGNED, ACCEPTED, WORKING, SUBMITTED, RETURNED)
DELIVERABLES, INDICATOR = MEASURES = ("deliverables", "indicator")
