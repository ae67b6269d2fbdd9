"""The hash chain: every event holds the hash of the one before, so a change or a gap shows."""

from __future__ import annotations

import hashlib
import json

from django.db import connection

from nhiemky.audit.models import Event
from nhiemky.domain.findings import Finding


def hash_of(event: Event) -> str:
    """SHA-256 over everything the event says and the hash before it, in one canonical form."""
    content = [
        event.seq,
        event.at.isoformat(),
        event.user_id,
        event.user_name,
        event.action,
        event.subject,
        event.unit_id,
        event.facts,
        event.previous_hash,
        *([event.unit_ids] if event.unit_ids else []),  # events of before it existed keep their hash
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def verify() -> tuple[int, list[Finding]]:
    """Walk the whole chain, up to the head as it stood at the beginning: writes go on meanwhile.

    Returns the number of events read, and a finding for each event that was changed, is missing, or does not follow.
    """
    findings: list[Finding] = []
    head_seq, head_hash, last = _head_and_last()
    previous, seq = "", 0
    for event in Event.objects.filter(seq__lte=head_seq).order_by("seq").iterator(chunk_size=2000):
        if event.seq != seq + 1:
            findings.append(Finding("audit.gap", facts={"after_seq": seq, "found_seq": event.seq}))
        sound = event.hash == hash_of(event) and event.app == event.action.split(".", 1)[0]
        if event.previous_hash != previous or not sound:
            findings.append(Finding("audit.changed", facts={"seq": event.seq}))
        previous, seq = event.hash, event.seq
    if (head_seq, head_hash) != (seq, previous) or last > head_seq:
        findings.append(Finding("audit.head", facts={"head_seq": head_seq, "last_seq": max(seq, last)}))
    return seq, findings


def _head_and_last() -> tuple[int, str, int]:
    """The head and the last event's number in one statement, so of one moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash, (SELECT coalesce(max(seq), 0) FROM audit_event) FROM audit_chainhead")
        head = cursor.fetchone()
    return head if head is not None else (0, "", 0)
