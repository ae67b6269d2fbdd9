"""Backups hold people who were shredded since: which ones is kept beside the data, outside of every backup.

The list holds numbers of people and of decisions, no names. `restore` reads it and shreds again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor
from nhiemky.members.models import Person
from nhiemky.rights.models import Shredding
from nhiemky.rights.services.shredding import carry_out

Entry = dict[str, Any]


def path_of(data: Path) -> Path:
    """Where the list of a data folder lies."""
    return data / "shredded.json"


def entries_of(path: Path, sealing: bytes) -> list[Entry]:
    """What the list says of the installation with this key: of another's, the numbers mean other people."""
    found: list[Entry] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return [entry for entry in found if entry["of"] == _mark(sealing)]


def list_keep(path: Path, sealing: bytes) -> int:
    """Add to the list what was carried out and is not on it; answers how many decisions it holds of ours."""
    known = entries_of(path, sealing)
    made = [_entry(held, sealing) for held in Shredding.objects.filter(state=Shredding.DONE).order_by("pk")]
    new = [entry for entry in made if entry not in known]
    if new:
        everything = json.loads(path.read_text("utf-8")) if path.exists() else []
        part = path.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump([*everything, *new], file, ensure_ascii=False, indent=1)
        part.replace(path)
    return len(known) + len(new)


def _entry(held: Shredding, sealing: bytes) -> Entry:
    return {
        "of": _mark(sealing), "number": held.number, "decided_on": held.decided_on.isoformat(), "body": held.body,
        "people": held.people, "prepared": held.prepared_name, "done": held.done_name,
    }  # fmt: skip


def _mark(sealing: bytes) -> str:
    return sha256(b"shredded" + sealing).hexdigest()[:16]


@service
def shreddings_repeat(*, actor: Actor, entries: Iterable[Entry], today: date) -> int:
    """Shred again whom a restored backup brought back; answers how many people. No rule is asked: it was decided."""
    count = 0
    for entry in entries:
        back = Person.objects.filter(pk__in=entry["people"], forgotten=None).values_list("pk", flat=True)
        if not back:
            continue
        held = Shredding.objects.create(
            number=entry["number"], decided_on=date.fromisoformat(entry["decided_on"]), body=entry["body"],
            people=sorted(back), prepared_name=entry["prepared"], seq=current_seq(),
        )  # fmt: skip
        carry_out(actor, held, entry["done"], today)
        count += len(held.people)
    record("rights.shreddings_repeated", actor=actor, facts={"people": count})
    return count
