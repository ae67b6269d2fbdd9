"""What the parts hang together by: the one registry. Plain tuples of dotted paths; a wrong one fails at start."""

from __future__ import annotations

# What moves along, objects and is undone with a reorganisation (organisation.followers.Follower).
FOLLOWERS = ("nhiemky.members.followers.FOLLOWER",)

# Sentences for finding codes and audit actions.
WORDING = (
    "nhiemky.core.wording",
    "nhiemky.organisation.wording",
    "nhiemky.access.wording",
    "nhiemky.accounts.wording",
    "nhiemky.members.wording",
    "nhiemky.reporting.wording",
)

PERSONAS = "nhiemky.demo.personas.PERSONAS"
