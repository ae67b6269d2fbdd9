"""Kinds of transfer, the states one goes through, and what is done to it."""

from __future__ import annotations

from dataclasses import dataclass

INTERNAL, OFFICIAL, TEMPORARY, ABROAD = "internal", "official", "temporary", "abroad"


@dataclass(frozen=True, slots=True)
class TransferKind:
    """One kind of transfer. `moves`: the ledger gets an entry; else the person stays counted at home."""

    key: str
    vi: str
    en: str
    moves: bool = True


KINDS = (
    TransferKind(INTERNAL, "Chuyển sinh hoạt nội bộ", "Internal transfer"),
    TransferKind(OFFICIAL, "Chuyển sinh hoạt chính thức", "Official transfer"),
    TransferKind(TEMPORARY, "Chuyển sinh hoạt tạm thời", "Temporary transfer", moves=False),
    TransferKind(ABROAD, "Chuyển sinh hoạt ra nước ngoài", "Transfer abroad"),
)
KIND = {kind.key: kind for kind in KINDS}

SENT, RETURNED, WITHDRAWN, RECEIVED = "sent", "returned", "withdrawn", "received"
STATES = (SENT, RETURNED, WITHDRAWN, RECEIVED)
OPEN = (SENT, RETURNED)
"""Under way: with the receiver, or returned to the sender, who sends again or withdraws."""

WORK, STUDY = "work", "study"
PURPOSES = (WORK, STUDY)

ACTS = ("sent", "returned", "sent_again", "withdrawn", "received", "ended", "came_back")
