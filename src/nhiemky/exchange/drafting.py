"""From a file to a judged draft: what an import would do, without writing anything."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from nhiemky.audit.selectors import head_seq
from nhiemky.domain.access import Actor
from nhiemky.domain.exchange.headings import Layout, layout, plain
from nhiemky.domain.exchange.reading import Sheet
from nhiemky.domain.exchange.rows import lines
from nhiemky.domain.findings import Finding, Refused
from nhiemky.exchange.judging import Judge, Judgement
from nhiemky.exchange.models import Mapping as Remembered
from nhiemky.exchange.reading import read
from nhiemky.exchange.units import Units
from nhiemky.members.services.ledger import WRITE
from nhiemky.organisation import selectors as organisation

_NAMES = frozenset({"full_name", "family_name", "given_name"})


@dataclass(frozen=True)
class Given:
    """What is handed in: the file, for which unit, as of which day; and, where the user said so, how to read it."""

    content: bytes
    unit_code: str
    on: date
    sheet: str = ""
    encoding: str = ""
    columns: Mapping[int, str] | None = None


@dataclass(frozen=True)
class Laid:
    """The file read, and which field each column is. `remembered`: as this unit's people corrected it before."""

    sheet: Sheet
    layout: Layout
    columns: dict[int, str]
    remembered: bool = False


@dataclass(frozen=True)
class Draft:
    """What the import would do."""

    laid: Laid
    judgement: Judgement


@contextmanager
def no_collecting() -> Iterator[None]:
    """Millions of new cells that all stay: looking for garbage among them doubles the time and finds none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def headings_hash(found: Layout) -> str:
    """Equal for files with the same headings in the same order."""
    return hashlib.sha256("\n".join(map(plain, found.headings)).encode()).hexdigest()


def lay_out(actor: Actor, given: Given) -> Laid:
    """Read the file; its columns are those given, else those remembered for unit and headings, else guessed.

    Raises:
        Refused: no spreadsheet, or beyond the limits.
        Denied: the unit is not the actor's to write in.
    """
    place = organisation.visible_position(actor, given.unit_code, WRITE)
    with no_collecting():
        sheet = read(given.content, sheet=given.sheet, encoding=given.encoding)
        found = layout(sheet)
    unit_id = int(organisation.structure().ids[place])
    kept = Remembered.objects.filter(unit_id=unit_id, headings=headings_hash(found)).first()
    known = {int(at): key for at, key in kept.columns.items()} if kept else None
    wanted = given.columns if given.columns is not None else known or found.columns
    columns = {at: key for at, key in wanted.items() if at < sheet.width}
    return Laid(sheet, found, columns, remembered=columns == known)


def prepare(actor: Actor, given: Given, today: date, laid: Laid | None = None) -> Draft:
    """Everything the import would do with each line, and everything that stands against it.

    Raises:
        Refused: the file as a whole cannot be taken: no spreadsheet, no column of names, a day that has not come.
        Denied: the unit is not the actor's to write in.
    """
    laid = laid or lay_out(actor, given)
    if not _NAMES & set(laid.columns.values()):
        raise Refused(Finding("exchange.no_names", field="columns", facts={"headings": _told(laid.layout)}))
    if given.on > today:
        raise Refused(Finding("members.in_future", field="day", facts={"on": given.on, "today": today}))
    place = organisation.visible_position(actor, given.unit_code, WRITE)
    with no_collecting():
        found = lines(laid.sheet, laid.layout, laid.columns, today)
        if not found:
            raise Refused(Finding("exchange.no_rows", field="file"))
        units = Units(actor, place, given.on)
        judge = Judge(actor, units, frozenset(laid.columns.values()), given.on, today)
        return Draft(laid, judge.judge(found, head_seq() + 1))


def _told(found: Layout) -> str:
    return ", ".join(text for text in found.headings if text)[:200] or "–"
