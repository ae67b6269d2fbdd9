"""Words of conferences that rows keep: kinds, states, roles of the invited, presence, what is noted."""

from __future__ import annotations

YEARLY, HALF_YEAR, THEMATIC, EXTRAORDINARY, CONGRESS, CONFIDENCE = KINDS = (
    "yearly_review", "half_year", "thematic", "extraordinary", "congress", "confidence",
)  # fmt: skip
REVIEWS = (YEARLY, HALF_YEAR)

PLANNED, OPEN, CLOSED, CALLED_OFF = STATES = ("planned", "open", "closed", "called_off")

CHAIR, SECRETARY, SUMMONED, GUEST = ROLES = ("chair", "secretary", "summoned", "guest")
COUNTED = (CHAIR, SECRETARY, SUMMONED)
"""Who was summoned, and so counts for the quorum; guests do not."""

PRESENT, EXCUSED, ABSENT = PRESENCE = ("present", "excused", "absent")

INSTRUCTION, LIMIT = NOTE_KINDS = ("instruction", "limit")

NO_TASK, WAIVED = "no_task", "waived"
"""What became of something noted that is no task: not yet decided, or decided that it needs none."""
