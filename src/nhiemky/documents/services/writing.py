"""What every write of a document goes through: issuers fetched for writing, the row kept, the key looked at."""

from __future__ import annotations

from datetime import date

from nhiemky.audit.services import current_seq, record
from nhiemky.documents import selectors
from nhiemky.documents.models import COMMITTEE, CONGRESS, OUTSIDE, Document, Issuer, Series
from nhiemky.documents.wording import number_of
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.documents.authority import OF_COMMITTEE, OF_CONGRESS, Maker
from nhiemky.domain.documents.entering import DocumentGiven
from nhiemky.domain.documents.kinds import OF_STATE
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.names import clean, fold
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import Term


def issuer_to_write(actor: Actor, issuer_id: int) -> Issuer:
    """The issuer, if the actor keeps its documents.

    Raises:
        Refused: the register knows no such issuer that the actor may see.
        Denied: 403, the actor may only read.
    """
    found = selectors.issuers(actor).filter(pk=issuer_id).first()
    if found is None:
        raise Refused(Finding("documents.no_such_issuer", field="issuer", value=str(issuer_id)))
    if not selectors.may_write(actor, found):
        raise Denied(selectors.WRITE, "permission_missing", status=403)
    return found


_ORGANS = {COMMITTEE: OF_COMMITTEE, CONGRESS: OF_CONGRESS}


def maker_of(issuer: Issuer, organ: str, on: date) -> Maker:
    """Who issues, as the rule on types asks; an office issues by rules of its own, of which none is loaded."""
    if issuer.unit_id is None or issuer.sort not in _ORGANS:
        return Maker((), "")
    held = organisation.structure()
    version = held.version(held.index[issuer.unit_id], on)
    return Maker((organ,) if organ else _ORGANS[issuer.sort], version.kind if version else "")


def term_of(issuer: Issuer, on: date) -> Term | None:
    """The term of the issuer's committee that holds the day; None where none is recorded."""
    if issuer.unit_id is None:
        return None
    kinds = ("committee", "cell_committee")
    terms = Term.objects.filter(body__unit=issuer.unit_id, body__kind__in=kinds, during__contains=on)
    return terms.order_by("-body__kind").first()


def kind_objections(issuer: Issuer, kind: str) -> list[Finding]:
    """Laws and decrees are the state's; no organisation of the register issues them."""
    if kind not in OF_STATE or issuer.sort in OUTSIDE:
        return []
    return [Finding("documents.type_of_state", field="kind", value=kind, facts={"issuer": issuer.name})]


def key_objections(issuer: Issuer, given: DocumentGiven) -> list[Finding]:
    """What stands against the key: it is there already, or the number is another paper's of the same term."""
    if given.number is None:
        return []
    if issuer.sort == CONGRESS:
        return _in_congress(issuer, given, given.number)
    same = Document.objects.filter(issuer=issuer, kind=given.kind, number=given.number)
    same = same.exclude(series=None, cancelled__gt="")
    if twin := same.filter(signed_on=given.signed_on).first():
        code = "documents.already_there" if fold(twin.title) == fold(given.title) else "documents.key_taken"
        return [_taken(code, twin)]
    if issuer.sort in OUTSIDE:
        return []
    return _in_term(issuer, given, list(same))


def _in_congress(issuer: Issuer, given: DocumentGiven, number: int) -> list[Finding]:
    """A congress has one running number for all types."""
    same = Document.objects.filter(issuer=issuer, number=number, signed_on__year=given.signed_on.year)
    if twin := same.exclude(series=None, cancelled__gt="").first():
        return [_taken("documents.key_taken", twin)]
    label = str(given.signed_on.year)
    series = Series.objects.filter(issuer=issuer, kind="", label=label, first__lte=number).first()
    if series is None:
        return []
    facts = {"first": series.first, "term": label}
    return [Finding("documents.number_given_here", field="number", value=str(number), facts=facts)]


def _in_term(issuer: Issuer, given: DocumentGiven, same: list[Document]) -> list[Finding]:
    """Of our own committees the terms are known, and with them the days between which a number comes once."""
    term = term_of(issuer, given.signed_on)
    if term is None:
        return []
    for other in same:
        if other.signed_on in term.during:
            return [_taken("documents.number_taken", other, term=term.label)]
    series = Series.objects.filter(issuer=issuer, kind=given.kind, term=term).first()
    if series is not None and given.number is not None and given.number >= series.first:
        facts = {"first": series.first, "term": term.label}
        return [Finding("documents.number_given_here", field="number", value=str(given.number), facts=facts)]
    return []


def _taken(code: str, other: Document, **more: object) -> Finding:
    facts = {"number": number_of(other), "on": other.signed_on, "title": other.title or "–", "document": other.pk}
    return Finding(code, field="number", facts={**facts, **more})


def folded_of(document: Document) -> str:
    """What the search looks through: the number as it is written, and the title."""
    return fold(f"{number_of(document)} {document.title} {document.body}")[:700]


def keep(actor: Actor, issuer: Issuer, given: DocumentGiven, series: Series | None = None) -> Document:
    """Write the row; the caller has judged it, and records the event."""
    made = Document(
        issuer=issuer, kind=given.kind, number=given.number, signed_on=given.signed_on, title=clean(given.title),
        organ=given.organ, body=clean(given.body), signer=clean(given.signer), withheld=given.withheld,
        in_force_from=given.starts, in_force_to=given.in_force_to, series=series, unverified=clean(given.unverified),
        seq=current_seq(),
    )  # fmt: skip
    made.folded = folded_of(made)
    made.save(force_insert=True)
    return made


def tell(action: str, actor: Actor, document: Document, **facts: object) -> None:
    """Record what was done to a document; the title of a paper may name people, so the event names the number."""
    named = number_of(document) or str(document.pk)
    told = {"number": named, "on": document.signed_on, "document": document.pk, **facts}
    record(f"documents.{action}", actor=actor, subject=named, unit_id=document.issuer.unit_id, facts=told)
