"""Changes of regulations as the review counts them (`domain.reporting.lives.Source`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse

from nhiemky.documents.wording import cited
from nhiemky.domain.access import Actor
from nhiemky.domain.organisation.structure import FOREVER
from nhiemky.domain.periods import day_number
from nhiemky.domain.regulations.life import CHANGES, KEPT, NEW, UNDER_REVIEW, WITHDRAWN
from nhiemky.domain.reporting.lives import Lives, Piece, Told
from nhiemky.regulations import selectors
from nhiemky.regulations.models import Regulation, Revision

SORTS = (UNDER_REVIEW, NEW, *CHANGES, KEPT, WITHDRAWN)


class Changes:
    """Every round of review and change: under way until it is closed, then what came of it."""

    apps = ("regulations", "organisation", "demo")

    def lives(self) -> Lives:
        return Lives.of(SORTS, (UNDER_REVIEW,), (
            piece for one in Revision.objects.select_related("regulation").order_by("pk") for piece in _pieces(one)
        ))  # fmt: skip

    def told(self, ids: Collection[int], actor: Actor) -> Mapping[int, Told]:
        seen = selectors.regulations(actor).values("pk")
        found = Revision.objects.filter(pk__in=ids, regulation__in=seen).select_related("regulation", "issued__issuer")
        return {one.pk: Told(one.regulation.subject, cited(one.issued) if one.issued else "", _url(one.regulation))
                for one in found}  # fmt: skip


def _pieces(one: Revision) -> list[Piece]:
    begun, unit = day_number(one.began_on), one.regulation.unit_id
    if one.closed_on is None:
        return [Piece(one.pk, unit, SORTS.index(UNDER_REVIEW), begun, FOREVER, begun, begun)]
    closed, came = day_number(one.closed_on), SORTS.index(one.change or one.state)
    ended = Piece(one.pk, unit, came, closed, FOREVER, closed, begun)
    under = Piece(one.pk, unit, SORTS.index(UNDER_REVIEW), begun, closed, begun, begun)
    return [under, ended] if begun < closed else [ended]


def _url(regulation: Regulation) -> str:
    return reverse("regulations:regulation", args=[regulation.pk])


CHANGES_COUNTED = Changes()
