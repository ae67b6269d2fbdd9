"""What holds tasks, in which state a task is, what can be done to it, and how its result is measured."""

from __future__ import annotations

TERM_PROGRAMME, YEAR_PROGRAMME, PROGRAMME, PLAN = PROGRAMME_KINDS = (
    "term_programme", "year_programme", "programme", "plan",
)  # fmt: skip
ASSIGNED, ACCEPTED, WORKING, SUBMITTED, RETURNED, DONE, CANCELLED = STATES = (
    "assigned", "accepted", "working", "submitted", "returned", "done", "cancelled",
)  # fmt: skip
OPEN = (ASSIGNED, ACCEPTED, WORKING, SUBMITTED, RETURNED)
DELIVERABLES, INDICATOR = MEASURES = ("deliverables", "indicator")

# What a step of a task's history says was done.
ACTS = (
    "assign", "delegate", "accept", "begin", "submit", "return", "done", "cancel", "deliver", "approve",
    "ask_time", "grant_time", "refuse_time", "follow", "await", "undo", "decide", "appoint", "stop",
)  # fmt: skip

# A request for more time.
ASKED, GRANTED, REFUSED, LAPSED = TIME_STATES = ("asked", "granted", "refused", "lapsed")

MONTHLY, QUARTERLY, YEARLY = PERIODS = ("monthly", "quarterly", "yearly")
MONTHS = {MONTHLY: 1, QUARTERLY: 3, YEARLY: 12}

# How a task stands on a day.
ON_TIME, LATE, OVERDUE, NOT_DUE, DROPPED = OUTCOMES = ("done_on_time", "done_late", "overdue", "not_due", "cancelled")

KEY_TASKS = 10
"""A year has ten key tasks (the conference of 6 January 2023)."""
