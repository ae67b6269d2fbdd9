"""Reading the register of documents: who sees which, what holds on a day, what stands between documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, CharField, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Least

from nhiemky.documents.models import STATE, Document, File, Issuer, Relation, Series
from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.documents import state as states
from nhiemky.domain.documents.kinds import AMENDS, REPEALS, REPLACES, SUPPLEMENTS
from nhiemky.domain.documents.relating import CHANGES
from nhiemky.domain.documents.state import Bearing, Life, State, state_on
from nhiemky.domain.names import fold
from nhiemky.domain.organisation.structure import FOREVER, NOWHERE, Structure
from nhiemky.organisation import selectors as organisation

VIEW, WRITE = "work.view", "work.write"
MOST_ISSUERS = 400
"""A list to choose from is no longer: with more, one begins at the organisation's page."""


# Who may see and change what


@lru_cache(maxsize=512)
def with_superiors(structure: Structure, unit_ids: frozenset[int]) -> frozenset[int]:
    """These units and everything above them: today's superiors, and those of the past that have ended since."""
    units, parents, _start, end = structure.placement_columns
    there = parents != NOWHERE
    climbs = there & ((end == FOREVER) | (structure.ended[np.where(there, parents, 0)] != FOREVER))
    units, parents = units[climbs], parents[climbs]
    found = np.isin(structure.ids, list(unit_ids))
    size = -1
    while size != (size := int(found.sum())):
        found[parents[found[units]]] = True
    return unit_ids | frozenset(structure.ids[found].tolist())


def _issued_within(scope: Scope, path: str = "issuer__") -> Q:
    """Documents of the units of the scope, of those below it (they are in it) and above it, and of bodies outside."""
    if scope.everything:
        return Q()
    units = with_superiors(organisation.structure(), scope.unit_ids)
    return Q(**{f"{path}unit": None}) | Q(**{f"{path}unit__in": units})


def documents(actor: Actor, permission: str = VIEW) -> QuerySet[Document]:
    """Documents that the actor may see, with their issuers."""
    found = Document.objects.select_related("issuer")
    scope = actor.scope(permission)
    return found.filter(_issued_within(scope)) if scope else found.none()


def visible_document(actor: Actor, document_id: int) -> Document:
    """The document, if the actor may see it.

    Raises:
        Denied: 404 where its issuer is outside what the actor sees, 403 where only this permission is missing.
    """
    found = documents(actor).filter(pk=document_id).first()
    if found is not None:
        return found
    seen = documents(actor, "organisation.view").filter(pk=document_id).exists()
    if seen:
        raise Denied(VIEW, "permission_missing", status=403)
    raise Denied(VIEW, "no_such_document", status=404)


def issuers(actor: Actor, permission: str = VIEW) -> QuerySet[Issuer]:
    """Issuers whose documents the actor may see."""
    scope = actor.scope(permission)
    found = Issuer.objects.select_related("unit")
    return found.filter(_issued_within(scope, "")) if scope else found.none()


def may_write(actor: Actor, issuer: Issuer) -> bool:
    """Whether the actor keeps this issuer's documents.

    A unit's own: whoever may write for the unit. Those of bodies outside are everybody's to read, so only who writes
    for the whole register enters and changes them.
    """
    scope = actor.scope(WRITE)
    return scope.everything if issuer.unit_id is None else issuer.unit_id in scope


def writable_issuers(actor: Actor) -> QuerySet[Issuer]:
    """Issuers whose documents the actor keeps."""
    scope, found = actor.scope(WRITE), Issuer.objects.select_related("unit")
    return found if scope.everything else found.filter(unit__in=scope.unit_ids)


def issuers_to_choose(actor: Actor, *, ours: bool = False) -> list[Issuer]:
    """Issuers whose documents the actor keeps, to choose from; with `ours` only those whose numbers are given here."""
    found = writable_issuers(actor)
    if ours:
        found = found.filter(unit__isnull=False)
    return list(found.order_by(F("unit_id").asc(nulls_first=True), "name", "pk")[:MOST_ISSUERS])


def issuers_with_documents(actor: Actor) -> list[Issuer]:
    """Issuers to filter by: of whom there is a document that the actor may see."""
    there = issuers(actor).filter(Exists(Document.objects.filter(issuer=OuterRef("pk"))))
    return list(there.order_by("-sort", "name", "pk")[:MOST_ISSUERS])


def writable_document(actor: Actor, document_id: int) -> Document:
    """The document, if the actor keeps it.

    Raises:
        Denied: 404 or 403 as for `visible_document`; 403 where the actor may only read it.
    """
    found = visible_document(actor, document_id)
    if not may_write(actor, found.issuer):
        raise Denied(WRITE, "permission_missing", status=403)
    return found


# What holds on a day


def bearings(document_ids: Iterable[int]) -> dict[int, list[Bearing]]:
    """What other documents do to each of these; relations of cancelled documents do nothing."""
    found: dict[int, list[Bearing]] = {one: [] for one in document_ids}
    rows = Relation.objects.filter(target_id__in=found, struck="", source__cancelled="")
    for target, kind, on, by, part in rows.values_list("target_id", "kind", "on", "source_id", "part"):
        found[target].append(Bearing(kind, on, by, part))
    return found


def life_of(document: Document) -> Life:
    """The document's own days."""
    return Life(document.in_force_from, document.in_force_to, bool(document.cancelled))


def states_on(found: Sequence[Document], on: date) -> dict[int, State]:
    """The state of each document on the day, in one question to the database."""
    borne = bearings(document.pk for document in found)
    return {document.pk: state_on(life_of(document), borne[document.pk], on) for document in found}


def in_state(found: QuerySet[Document], keys: Collection[str], on: date) -> QuerySet[Document]:
    """Those of the documents that are in one of the states on the day: `domain.documents.state` in SQL.

    What was done to documents is summed once; all others, which are most, are told by their own days.
    """
    done = Relation.objects.filter(kind__in=CHANGES, struck="", on__lte=on).order_by()
    told = _summed(done.values("target_id"), on).filter(Q(**{"state__in": list(keys)})).values("target_id")
    own = Case(
        When(~Q(cancelled=""), then=Value(states.CANCELLED)),
        When(in_force_to__lte=on, then=Value(states.ENDED)),
        When(in_force_from__gt=on, then=Value(states.NOT_YET)),
        default=Value(states.IN_FORCE),
        output_field=CharField(),
    )
    alone = ~Q(pk__in=done.values("target_id")) & Q(**{"own__in": list(keys)})
    return found.alias(own=own).filter(Q(pk__in=told) | alone)


def _summed(by_target: QuerySet[Relation, Any], on: date) -> QuerySet[Relation, Any]:
    """Relations grouped by target, with the `state` that they and the target's own days make."""
    held = Q(source__cancelled="")
    ended = Max("target__in_force_to", filter=Q(target__in_force_to__lte=on))
    return by_target.annotate(
        replaced=Min("on", filter=held & Q(kind=REPLACES, part="")),
        repealed=Min("on", filter=held & Q(kind=REPEALS, part="")),
        over=Least("replaced", "repealed", ended),
        partly=Count("kind", filter=held & Q(kind=REPEALS) & ~Q(part="")),
        amended=Count("kind", filter=held & Q(kind__in=(AMENDS, REPLACES))),
        supplemented=Count("kind", filter=held & Q(kind=SUPPLEMENTS)),
        cancelled=Max("target__cancelled"),
        start=Max("target__in_force_from"),
    ).annotate(
        state=Case(
            When(cancelled__gt="", then=Value(states.CANCELLED)),
            When(replaced=F("over"), then=Value(states.REPLACED)),
            When(repealed=F("over"), then=Value(states.REPEALED)),
            When(over__isnull=False, then=Value(states.ENDED)),
            When(start__gt=on, then=Value(states.NOT_YET)),
            When(partly__gt=0, then=Value(states.PARTLY_REPEALED)),
            When(amended__gt=0, then=Value(states.AMENDED)),
            When(supplemented__gt=0, then=Value(states.SUPPLEMENTED)),
            default=Value(states.IN_FORCE),
            output_field=CharField(),
        )
    )


# Finding


def search(found: QuerySet[Document], text: str) -> QuerySet[Document]:
    """Documents whose number, title or files hold all the words, diacritics aside."""
    words = fold(text).split()
    if not words:
        return found
    titled = Q()
    for word in words:
        titled &= Q(folded__startswith=word) | Q(folded__contains=f" {word}") | Q(folded__contains=f"/{word}")
    return found.filter(titled | Q(pk__in=_with_words(words)))


def _with_words(words: Sequence[str]) -> QuerySet[File, int]:
    """Documents a version of whose files holds all the words."""
    query = SearchQuery(" ".join(words), config="simple", search_type="plain")
    return File.objects.filter(words=query).values_list("document_id", flat=True)


# What stands between documents


def relations_of(actor: Actor, document: Document) -> tuple[list[Relation], list[Relation]]:
    """What the document does to others, and what others do to it; only others that the actor may see."""
    seen = documents(actor).values("pk")
    both = Relation.objects.filter(struck="").select_related("source__issuer", "target__issuer").order_by("on", "pk")
    outgoing = both.filter(source=document, target__in=seen)
    return list(outgoing), list(both.filter(target=document, source__in=seen))


def writable_relation(actor: Actor, relation_id: int) -> Relation:
    """A relation of a document that the actor keeps.

    Raises:
        Denied: as for `writable_document`.
    """
    found = Relation.objects.select_related("source__issuer", "target__issuer").filter(pk=relation_id).first()
    if found is None:
        raise Denied(VIEW, "no_such_document", status=404)
    writable_document(actor, found.source_id)
    return found


def files_of(document: Document) -> list[File]:
    """The files without their content, the latest version of each name first."""
    return list(document.files.defer("content", "words").order_by("name", "-version"))


def visible_file(actor: Actor, file_id: int) -> File:
    """A file of a document that the actor may see.

    Raises:
        Denied: as for `visible_document`; 403 for a sealed one that is not theirs to open.
    """
    found = File.objects.select_related("document__issuer").defer("text", "words").filter(pk=file_id).first()
    if found is None:
        raise Denied(VIEW, "no_such_document", status=404)
    document = visible_document(actor, found.document_id)
    if found.sealed and not opens_sealed(actor, document):
        raise Denied(VIEW, "permission_missing", status=403)
    return found


def opens_sealed(actor: Actor, document: Document) -> bool:
    """Whether sealed files may be taken along: by those whose grants hold the issuer, and not by all below it.

    Of bodies outside the register it is who keeps their documents.
    """
    if document.issuer.unit_id is None:
        return may_write(actor, document.issuer)
    return document.issuer.unit_id in actor.scope(VIEW)


def names_of(document_ids: Iterable[int]) -> Mapping[int, Document]:
    """Documents by id, with their issuers, to be named where another one's state tells of them."""
    return Document.objects.select_related("issuer").in_bulk(list(document_ids))


def is_state(issuer: Issuer) -> bool:
    """Whether the issuer writes its numbers as state bodies do."""
    return issuer.sort == STATE


# Number books


def series(actor: Actor) -> QuerySet[Series]:
    """The sequences of numbers of issuers that the actor may see, the latest term first."""
    found = Series.objects.select_related("issuer").filter(issuer__in=issuers(actor).values("pk"))
    return found.order_by("issuer__unit_id", "issuer__name", "-label", "kind")


def visible_series(actor: Actor, series_id: int) -> Series:
    """The sequence, if the actor may see its issuer.

    Raises:
        Denied: 404 outside what the actor sees, 403 where only this permission is missing.
    """
    found = series(actor).filter(pk=series_id).first()
    if found is not None:
        return found
    held = Series.objects.filter(pk=series_id, issuer__in=issuers(actor, "organisation.view").values("pk"))
    if held.exists():
        raise Denied(VIEW, "permission_missing", status=403)
    raise Denied(VIEW, "no_such_document", status=404)
