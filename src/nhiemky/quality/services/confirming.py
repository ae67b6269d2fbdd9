"""Each quarter a unit says that its list of members is right; and how clean the register was on a day is noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.domain.quality.confirming import number_of, quarter_of
from nhiemky.members.sums import View
from nhiemky.organisation import selectors as organisation
from nhiemky.quality.looking import Look, look
from nhiemky.quality.models import Confirmation, Score
from nhiemky.quality.selectors import WRITE


@service
def list_confirm(
    *, actor: Actor, unit_code: str, members: int, official: int, today: date, note: str = ""
) -> Confirmation:
    """Confirm the unit's list for the quarter of the day: the numbers of the paper book, which must be the register's.

    The score of the unit and of its superiors is noted with it.

    Raises:
        Refused: the numbers differ, the list is confirmed already, or the unit has no members of its own.
        Denied: the unit is not the actor's to change.
    """
    place = organisation.visible_position(actor, unit_code, WRITE)
    seen, quarter = look(View(today)), quarter_of(today)
    held = seen.view.structure
    unit_id = int(held.ids[place])
    own = seen.units == place
    counted = int(own.sum())
    full = int(seen.view.columns.stays.official[seen.rows[own]].sum())
    refuse_if_any(_objections(unit_id, quarter.start, (members, official), (counted, full)))
    made = Confirmation.objects.create(
        unit_id=unit_id, quarter=quarter.start, on=today, members=members, official=official, note=clean(note),
        user_name=actor.name, seq=current_seq(),
    )  # fmt: skip
    _note(seen, held.tree(today).path(place), today)
    facts = {"quarter": number_of(quarter), "year": quarter.start.year, "count": members, "unit": unit_code}
    record("quality.list_confirmed", actor=actor, subject=unit_code, unit_id=unit_id, facts=facts)
    return made


def _objections(unit_id: int, quarter: date, given: tuple[int, int], counted: tuple[int, int]) -> list[Finding]:
    findings = []
    if not counted[0]:
        findings.append(Finding("quality.no_members_here", field="members"))
    for name, said, has in zip(("members", "official"), given, counted, strict=True):
        if counted[0] and said != has:
            findings.append(Finding("quality.numbers_differ", field=name, value=str(said), facts={"has": has}))
    before = Confirmation.objects.filter(unit_id=unit_id, quarter=quarter).first()
    if before is not None:
        findings.append(Finding("quality.confirmed_already", facts={"on": before.on, "user": before.user_name}))
    return findings


@service
def score_note(*, actor: Actor, unit_code: str, today: date) -> int:
    """Note the day's score of a unit and of every unit below it that has members; so many. Again on a day, it replaces.

    Raises:
        Denied: the unit is not the actor's to change.
    """
    place = organisation.visible_position(actor, unit_code, WRITE)
    seen = look(View(today))
    chosen = np.flatnonzero(seen.view.inside(place) & (seen.members > 0)).tolist()
    count = _note(seen, chosen, today)
    unit_id = int(seen.view.structure.ids[place])
    facts = {"units": count, "on": today, "unit": unit_code}
    record("quality.scores_noted", actor=actor, subject=unit_code, unit_id=unit_id, facts=facts)
    return count


def _note(seen: Look, places: Sequence[int], today: date) -> int:
    ids, seq = seen.view.structure.ids, current_seq()
    rows = [
        Score(unit_id=int(ids[place]), on=today, members=share.members, fine=share.fine, seq=seq)
        for place in places
        if (share := seen.share(place)).members
    ]
    Score.objects.bulk_create(
        rows, batch_size=2000, update_conflicts=True, unique_fields=["unit", "on"],
        update_fields=["members", "fine", "seq"],
    )  # fmt: skip
    return len(rows)
