"""Numbers are given out: once per issuer, type and term of its committee, without gaps and without doubles.

Two offices that ask at once are put in a row by the lock on the series; a number given is in the register in the same
transaction, so none is lost. What is not used is cancelled and keeps its number.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max

from nhiemky.audit.services import service
from nhiemky.documents.models import CONGRESS, OUTSIDE, Document, Issuer, Series
from nhiemky.documents.services.writing import issuer_to_write, keep, kind_objections, maker_of, tell, term_of
from nhiemky.domain.access import Actor
from nhiemky.domain.documents.authority import judge_type
from nhiemky.domain.documents.entering import DocumentGiven, judge_entry
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.organisation import selectors as organisation


@service
def number_give(
    *, actor: Actor, issuer_id: int, kind: str, on: date, title: str = "", today: date, organ: str = "",
    signer: str = "", withheld: bool = False,
) -> Document:  # fmt: skip
    """The next number of the issuer for this type on the day: a document in the register, with or without its title.

    `withheld` gives a number of the same sequence to a paper whose content may not be held here.

    Raises:
        Refused: no term of the committee is recorded for the day; the body may not issue the type; the day has not
            come; the unit does not exist on the day; the issuer is outside the register.
        Denied: the issuer's documents are not the actor's to keep.
    """
    issuer = issuer_to_write(actor, issuer_id)
    given = DocumentGiven(issuer.pk, kind, 1, on, title or "-", organ, signer=signer)
    refuse_if_any([*judge_entry(given, today), *_objections(issuer, on, withheld=withheld, title=title)])
    refuse_if_any([*kind_objections(issuer, kind), *judge_type(kind, maker_of(issuer, organ, on), on, blocks=True)])
    series = _series(issuer, kind, on)
    series.last += 1
    series.save(update_fields=["last"])
    entry = DocumentGiven(issuer.pk, kind, series.last, on, title, organ, signer=signer, withheld=withheld)
    made = keep(actor, issuer, entry, series)
    tell("number_given", actor, made, term=series.label, withheld=withheld)
    return made


def _objections(issuer: Issuer, on: date, *, withheld: bool, title: str) -> list[Finding]:
    if issuer.sort in OUTSIDE or issuer.unit_id is None:
        return [Finding("documents.not_ours_to_number", field="issuer", facts={"issuer": issuer.name})]
    held = organisation.structure()
    place = held.index[issuer.unit_id]
    found = []
    if held.version(place, on) is None:
        found.append(Finding("documents.unit_not_there", field="on", facts={"unit": held.name(place, on), "on": on}))
    if withheld and title:
        found.append(Finding("documents.withheld_title", field="title"))
    return found


def _series(issuer: Issuer, kind: str, on: date) -> Series:
    """The series the number comes from, locked; begun after what was entered by hand for its time.

    Raises:
        Refused: the committee has no term on the day.
    """
    term = None if issuer.sort == CONGRESS else term_of(issuer, on)
    if issuer.sort == CONGRESS:  # one running number for all types, from the opening to the closing
        key: dict[str, Any] = {"issuer": issuer, "kind": "", "term": None, "label": str(on.year)}
        before = Document.objects.filter(issuer=issuer, signed_on__year=on.year)
    elif term is None:
        raise Refused(Finding("documents.no_term", field="on", facts={"issuer": issuer.name, "on": on}))
    else:
        key = {"issuer": issuer, "kind": kind, "term": term, "label": term.label}
        before = Document.objects.filter(issuer=issuer, kind=kind, signed_on__gte=term.during.lower)
        if term.during.upper is not None:
            before = before.filter(signed_on__lt=term.during.upper)
    by = {name: value for name, value in key.items() if name != "label" or term is None}
    held = Series.objects.select_for_update().filter(**by).first()
    if held is not None:
        return held
    last = before.filter(cancelled="").aggregate(last=Max("number"))["last"] or 0
    return Series.objects.create(**key, first=last + 1, last=last)
