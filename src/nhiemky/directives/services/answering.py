"""The answer of a unit: a document it issued, chosen or entered, linked to the directive it carries out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import service
from nhiemky.directives.models import Ask, AskedOf
from nhiemky.directives.services.asking import of_owing, still_owed, tell
from nhiemky.documents.models import COMMITTEE, Document, Issuer, Relation
from nhiemky.documents.selectors import visible_document
from nhiemky.documents.services.numbering import number_give
from nhiemky.documents.services.registering import document_enter
from nhiemky.documents.services.relating import relation_enter
from nhiemky.documents.wording import cited
from nhiemky.domain.access import Actor
from nhiemky.domain.directives.asking import Paper, judge_answer
from nhiemky.domain.directives.standing import PLAN, PROGRAMME, REPORT
from nhiemky.domain.documents.entering import DocumentGiven
from nhiemky.domain.documents.kinds import IMPLEMENTS
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.tasks.models import Programme
from nhiemky.tasks.services.assigning import superiors
from nhiemky.tasks.services.programmes import ProgrammeGiven, programme_enter
from nhiemky.tasks.services.steps import code_of


@dataclass(frozen=True)
class AnswerGiven:
    """A document of the register by its id; or one that is entered with the answer, by number, day and title.

    `take`: the paper gets the next number, which this system gives out.
    `sure`: it is another type of paper than was asked for, and is the answer all the same.
    """

    document_id: int | None = None
    number: int | None = None
    signed_on: date | None = None
    title: str = ""
    signer: str = ""
    take: bool = False
    sure: bool = False


@service
def answer_give(*, actor: Actor, asked_id: int, given: AnswerGiven, today: date) -> AskedOf:
    """Answer with a paper of the unit: for this ask and every unit whose answer it owes.

    The paper is linked to the directive, and is a programme of the unit if it is a programme or a plan.

    Raises:
        Refused: nothing is owed, somebody has to decide first, or the paper cannot be the answer.
        Denied: the actor does not write for the unit that owes the answer.
    """
    found = of_owing(actor, asked_id)
    refuse_if_any([*still_owed(found), *([Finding("directives.to_be_decided")] if found.awaits_id else [])])
    ask = found.ask
    paper = _paper(actor, found, given, today)
    offered = Paper(paper.kind, paper.issuer.unit_id, paper.signed_on, bool(paper.cancelled))
    units = frozenset({found.owing_id, found.unit_id})
    refuse_if_any(judge_answer(offered, ask.what, units, ask.document.signed_on, sure=given.sure))
    if not Relation.objects.filter(source=paper, target=ask.document, kind=IMPLEMENTS, struck="").exists():
        relation_enter(actor=actor, source_id=paper.pk, target_id=ask.document_id, kind=IMPLEMENTS, part=ask.part)
    programme = None if ask.what == REPORT else _programme(actor, found, paper, today)
    owed = AskedOf.objects.select_for_update().filter(
        ask=ask, owing_id=found.owing_id, answered_on=None, exempt_on=None, awaits=None
    )
    owed.update(document=paper, programme=programme, answered_on=paper.signed_on)
    facts = {"to": code_of(found.owing_id), "answer": cited(paper), "on": paper.signed_on}
    tell("answer_given", actor, ask, [found.owing_id], **facts)
    found.refresh_from_db()
    return found


def _paper(actor: Actor, found: AskedOf, given: AnswerGiven, today: date) -> Document:
    """The document chosen, or entered now as one of the unit's committee."""
    if given.document_id is not None:
        return visible_document(actor, given.document_id)
    if given.signed_on is None:
        raise Refused(Finding("directives.no_paper", field="document"))
    issuer = Issuer.objects.filter(unit_id=found.owing_id, sort=COMMITTEE).order_by("pk").first()
    if issuer is None:
        raise Refused(Finding("directives.no_issuer", field="number", value=code_of(found.owing_id)))
    if given.take:
        return number_give(
            actor=actor, issuer_id=issuer.pk, kind=found.ask.what, on=given.signed_on, title=given.title, today=today,
            signer=given.signer,
        )  # fmt: skip
    entered = DocumentGiven(
        issuer.pk, found.ask.what, given.number, given.signed_on, given.title, signer=given.signer, sure=given.sure
    )
    return document_enter(actor=actor, given=entered, today=today)


def _programme(actor: Actor, found: AskedOf, paper: Document, today: date) -> Programme:
    """What the paper is among programmes and plans: entered now, unless it is there."""
    ask, unit_id = found.ask, paper.issuer.unit_id or found.owing_id
    there = Programme.objects.filter(document=paper, unit_id=unit_id).order_by("pk").first()
    if there is not None:
        return there
    given = ProgrammeGiven(
        code_of(unit_id), ask.what, (paper.title or cited(paper))[:300], paper.signed_on,
        document_id=paper.pk, implements_id=ask.document_id, part=ask.part, parent_id=_held_by(ask, unit_id, today),
    )  # fmt: skip
    return programme_enter(actor=actor, given=given, today=today)


def _held_by(ask: Ask, unit_id: int, today: date) -> int | None:
    """The asker's own programme, or else plan, for the directive: it holds what those below set themselves to do."""
    if ask.unit_id not in superiors(unit_id, today):
        return None
    held = Programme.objects.filter(unit=ask.unit_id, implements=ask.document_id, kind__in=(PROGRAMME, PLAN))
    return held.exclude(unit=unit_id).order_by("-kind", "pk").values_list("pk", flat=True).first()
