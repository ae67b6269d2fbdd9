"""Reading regulations: those the actor may see, how each stands on a day, what depends on its document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from nhiemky.documents import selectors as documents
from nhiemky.documents.models import Document, File, Relation
from nhiemky.documents.selectors import VIEW, WRITE, with_superiors
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.documents.state import State
from nhiemky.domain.organisation.passing import STEPS
from nhiemky.organisation import selectors as organisation
from nhiemky.regulations.models import Regulation, RegulationStep, Revision


def regulations(actor: Actor, permission: str = VIEW) -> QuerySet[Regulation]:
    """Regulations of the actor's units, and of those above, which bind them."""
    scope, found = actor.scope(permission), Regulation.objects.select_related("document__issuer")
    if scope.everything:
        return found
    return found.filter(unit_id__in=with_superiors(organisation.structure(), scope.unit_ids)) if scope else found.none()


def visible_regulation(actor: Actor, regulation_id: int, permission: str = VIEW) -> Regulation:
    """The regulation, if the actor may see it; with the right to write only one of the actor's units.

    Raises:
        Denied: 404 where the actor may not see it, 403 where only this permission is missing.
    """
    seen = regulations(actor, VIEW if actor.may(VIEW) else "organisation.view").filter(pk=regulation_id).first()
    if seen is None:
        raise Denied(permission, "no_such_regulation", status=404)
    if not actor.may(permission) or (permission == WRITE and seen.unit_id not in actor.scope(WRITE)):
        raise Denied(permission, "permission_missing", status=403)
    return seen


def with_stage(found: Sequence[Regulation]) -> dict[int, str]:
    """The stage of each that somebody is changing, in one question."""
    open_ = Revision.objects.filter(regulation__in=found, closed_on=None)
    return dict(open_.values_list("regulation_id", "state"))


def states_on(found: Sequence[Regulation], on: date) -> dict[int, State]:
    """The state on the day of each that has a document: the register of documents says it."""
    papers = {one.pk: one.document for one in found if one.document is not None}
    states = documents.states_on(list(papers.values()), on)
    return {pk: states[paper.pk] for pk, paper in papers.items()}


def review_due(found: QuerySet[Regulation], on: date) -> QuerySet[Regulation]:
    """Regulations whose day of review has come and that nobody is reviewing."""
    open_ = Revision.objects.filter(closed_on=None).values("regulation_id")
    return found.filter(next_review_on__lte=on).exclude(pk__in=open_)


def in_stage(found: QuerySet[Regulation], stage: str) -> QuerySet[Regulation]:
    """Regulations that are at this stage of a change."""
    return found.filter(pk__in=Revision.objects.filter(state=stage).values("regulation_id"))


def open_revision(regulation: Regulation) -> Revision | None:
    """The change under way."""
    return regulation.revisions.select_related("draft").filter(closed_on=None).first()


def revisions(regulation: Regulation) -> list[Revision]:
    """All rounds, the latest first."""
    return list(regulation.revisions.select_related("draft", "issued__issuer").order_by("-pk"))


def last_step(regulation: Regulation) -> RegulationStep:
    """The step before the next one; that it passed to another unit is none of its own."""
    return regulation.steps.exclude(act__in=STEPS).latest("seq", "pk")


def dependants(actor: Actor, document: Document) -> list[Relation]:
    """What other documents that the actor may see rest on: every relation that points to it, or to what changed it."""
    changing = Relation.objects.filter(target=document, struck="", kind__in=("amends", "supplements"))
    held = Q(target=document) | Q(target__in=changing.values("source_id"))
    seen = documents.documents(actor).values("pk")
    found = Relation.objects.filter(held, struck="", source__in=seen, source__cancelled="")
    return list(found.exclude(source=document).select_related("source__issuer", "target__issuer").order_by("on", "pk"))


def text_file(document: Document | None) -> File | None:
    """The latest file of the document that has text, without its content."""
    if document is None:
        return None
    return document.files.defer("content", "words", "text").exclude(text="").order_by("-pk").first()
