"""An import from the file that is handed in to the register: kept, arranged, looked at, carried out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from nhiemky.audit.moment import one_moment
from nhiemky.audit.services import current_seq, record, service
from nhiemky.core.copying import copy_rows
from nhiemky.core.sealing import seal_bytes
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding, Refused
from nhiemky.exchange import running, selectors, shown
from nhiemky.exchange.drafting import Given, headings_hash, lay_out, no_collecting, prepare
from nhiemky.exchange.judging import Judgement
from nhiemky.exchange.models import DONE, DRAFT, REFUSED, RUNNING, Import
from nhiemky.exchange.models import Mapping as Remembered
from nhiemky.members.services import particulars, taking_over
from nhiemky.members.services.ledger import WRITE, Paper
from nhiemky.organisation import selectors as organisation

Progress = Callable[[float], None]
_TOLD = 200


@service
def import_receive(*, actor: Actor, given: Given, file_name: str) -> Import:
    """Keep a file that can be read, sealed, with its columns guessed or remembered.

    Raises:
        Refused: it is no spreadsheet, or beyond the limits.
        Denied: the unit is not the actor's to write in.
    """
    laid = lay_out(actor, given)
    place = organisation.visible_position(actor, given.unit_code, WRITE)
    held = Import.objects.create(
        unit_id=int(organisation.structure().ids[place]), user_id=actor.user_id, user_name=actor.name,
        file=seal_bytes(given.content), file_name=file_name[:200] or "tep",
        file_hash=hashlib.sha256(given.content).hexdigest(), sheet=laid.sheet.name[:100], encoding=given.encoding,
        columns=_by_text(laid.columns), day=given.on, seq=current_seq(),
    )  # fmt: skip
    facts = {"file": _name(held), "hash": held.file_hash, "unit": given.unit_code}
    record("exchange.file_received", actor=actor, subject=held.pk, unit_id=held.unit_id, facts=facts)
    return held


def _by_text(columns: Mapping[int, str]) -> dict[str, str]:
    return {str(at): key for at, key in columns.items()}


def _open(actor: Actor, import_id: int) -> Import:
    """The import, locked, as long as it is not done.

    Raises:
        Refused: it was carried out, or is being carried out.
    """
    found = selectors.own_import(actor, import_id)
    held = Import.objects.select_for_update().get(pk=found.pk)
    if held.state == DONE:
        raise Refused(Finding("exchange.done_already", facts={"file": held.file_name}))
    return held


@service
def import_arrange(
    *,
    actor: Actor,
    import_id: int,
    columns: Mapping[int, str],
    day: date,
    today: date,
    encoding: str = "",
    sheet: str = "",
) -> Import:
    """Keep what the user says about the file, and remember the columns for unit and headings.

    Raises:
        Refused: no column holds names, two columns hold the same field, or the day has not come.
    """
    held = _open(actor, import_id)
    twice = sorted({key for key in columns.values() if list(columns.values()).count(key) > 1})
    if twice:
        raise Refused([Finding("exchange.column_twice", field="columns", value=key) for key in twice])
    if day > today:
        raise Refused(Finding("members.in_future", field="day", facts={"on": day, "today": today}))
    held.columns, held.day = _by_text(columns), day
    held.encoding, held.sheet, held.counts = encoding, sheet or held.sheet, {}
    held.save()
    laid = lay_out(actor, selectors.given(held))
    values = {"columns": held.columns, "user_name": actor.name, "seq": current_seq()}
    Remembered.objects.update_or_create(unit_id=held.unit_id, headings=headings_hash(laid.layout), defaults=values)
    facts = {"file": _name(held), "columns": len(columns)}
    record("exchange.columns_chosen", actor=actor, subject=held.pk, unit_id=held.unit_id, facts=facts)
    return held


@service
def import_preview(*, actor: Actor, import_id: int, today: date, progress: Progress = lambda part: None) -> Import:
    """Judge every row and keep the judgement to be looked at; nothing of the register changes.

    Raises:
        Refused: the file as a whole cannot be taken.
    """
    held = _open(actor, import_id)
    draft = prepare(actor, selectors.given(held), today)
    progress(0.6)
    held.rows.all().delete()
    rows = shown.rows_of(draft.judgement.lines)
    copy_rows("exchange_importrow", shown.ROW_COLUMNS, ((held.pk, *row) for row in rows))
    held.counts = draft.judgement.counts()
    held.save(update_fields=["counts"])
    record("exchange.previewed", actor=actor, subject=held.pk, unit_id=held.unit_id, facts=_facts(held))
    return held


def _facts(held: Import) -> dict[str, object]:
    return {"file": _name(held), **held.counts}


def _name(held: Import) -> str:
    """What an import is called where it stays for ever: a file's own name may be somebody's."""
    return f"#{held.pk}"


def import_carry_out(
    *, actor: Actor, import_id: int, today: date, good_rows: bool = False, progress: Progress = lambda part: None
) -> Import:
    """Take the file over: all of it or nothing; with `good_rows` what is not refused.

    While it runs the row says so, and the same file for the same unit is refused to others. Whatever goes wrong,
    the register is as before and the import can be run again.

    Raises:
        Refused: rows are refused and only all were wanted; the register has changed since the preview; somebody
            carries the same file out.
    """
    held = selectors.own_import(actor, import_id)
    with running.alone(held), no_collecting(), one_moment():
        _begin(actor=actor, import_id=import_id, good_rows=good_rows)
        try:
            return _take_over(actor=actor, import_id=import_id, today=today, progress=progress)
        except Refused:
            _put_back(actor=actor, import_id=import_id)
            raise


@service
def _begin(*, actor: Actor, import_id: int, good_rows: bool) -> None:
    held = _open(actor, import_id)
    held.state, held.good_rows = RUNNING, good_rows
    held.save(update_fields=["state", "good_rows"])
    facts = {"file": _name(held)}
    record("exchange.import_begun", actor=actor, subject=held.pk, unit_id=held.unit_id, facts=facts)


@service
def _put_back(*, actor: Actor, import_id: int) -> None:
    held = _open(actor, import_id)
    held.state = DRAFT
    held.save(update_fields=["state"])
    facts = {"file": _name(held)}
    record("exchange.import_refused", actor=actor, subject=held.pk, unit_id=held.unit_id, facts=facts)


@service
def _take_over(*, actor: Actor, import_id: int, today: date, progress: Progress) -> Import:
    """Judge again, now that nothing else can change, and write."""
    held = _open(actor, import_id)
    draft = prepare(actor, selectors.given(held), today)
    counts = draft.judgement.counts()
    _check(held, draft.judgement, counts)
    progress(0.5)
    paper = Paper(_("Import no. %(number)s") % {"number": held.pk}, today)
    _write(actor, draft.judgement, paper, today, lambda part: progress(0.5 + part * 0.45))
    held.refused_file = seal_bytes(shown.returned(draft)) if counts[REFUSED] else None
    held.file, held.state, held.counts, held.ended_at = None, DONE, counts, Now()
    held.save()
    held.rows.exclude(state=REFUSED).delete()
    record("exchange.imported", actor=actor, subject=held.pk, unit_id=held.unit_id, facts=_facts(held))
    return held


def _check(held: Import, judgement: Judgement, counts: Mapping[str, int]) -> None:
    if counts[REFUSED] and not held.good_rows:
        raise Refused(all_refusals(judgement))
    if held.counts and held.counts != counts:
        raise Refused(Finding("exchange.changed_since", field="file"))


def all_refusals(judgement: Judgement) -> list[Finding]:
    """What stands against rows, each with the row's number in the file; the first few hundred, then how many more."""
    found = [
        replace(finding, row=judged.line.at + 1)
        for judged in judgement.lines
        if judged.refused
        for finding in judged.findings
        if finding.blocks
    ]
    if len(found) > _TOLD:
        return [*found[:_TOLD], Finding("exchange.and_more", facts={"count": len(found) - _TOLD})]
    return found


def _write(actor: Actor, judgement: Judgement, paper: Paper, today: date, progress: Progress) -> None:
    changes = {
        judged.person.pk: {key: after for key, _before, after in judged.changes}
        for judged in judgement.lines
        if judged.person is not None and judged.changes and not judged.refused
    }
    if judgement.checked.openings:
        taking_over.people_take_over(
            actor=actor, checked=judgement.checked, paper=paper, today=today, progress=progress
        )
    if changes:
        particulars.people_amend(actor=actor, changes=changes, reason=paper.number, today=today, source="import")
