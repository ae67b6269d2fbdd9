"""The hash chain: every event holds the hash of the one before, so a change or a gap shows."""

from __future__ import annotations

import hashlib
import json

from nhiemky.audit.models import ChainHead, Event
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
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def verify() -> tuple[int, list[Finding]]:
    """Walk the whole chain.

    Returns the number of events read, and a finding for each event that was changed, is missing, or does not follow.
    """
    findings: list[Finding] = []
    previous, seq = "", 0
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        if event.seq != seq + 1:
            findings.append(Finding("audit.gap", facts={"after_seq": seq, "found_seq": event.seq}))
        if event.previous_hash != previous or event.hash != hash_of(event):
            findings.append(Finding("audit.changed", facts={"seq": event.seq}))
        previous, seq = event.hash, event.seq
    head = ChainHead.objects.get()
    if (head.seq, head.hash) != (seq, previous):
        findings.append(Finding("audit.head", facts={"head_seq": head.seq, "last_seq": seq}))
    return seq, findings
