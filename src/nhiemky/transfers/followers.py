"""Letters in a reorganisation: the successor of the addressed organisation receives them, so nothing moves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Count

from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.plans import Plan
from nhiemky.domain.organisation.structure import Structure
from nhiemky.domain.transfers.kinds import OPEN
from nhiemky.organisation.models import Reorganisation
from nhiemky.transfers.models import Transfer


class LettersFollow:
    """The letters' side of a reorganisation (`organisation.followers.Follower`)."""

    def members(self, on: date) -> Mapping[int, int]:
        return {}

    def objections(self, structure: Structure, plan: Plan) -> Iterable[Finding]:
        return ()

    def apply(self, actor: Actor, reorganisation: Reorganisation, moves: Mapping[int, int], today: date) -> int:
        return 0

    def objections_to_undo(self, reorganisation: Reorganisation) -> Iterable[Finding]:
        """A letter to an organisation that then had never been would reach nobody."""
        founded = reorganisation.versions_opened.exclude(unit__versions__closed_by=reorganisation).values("unit")
        letters = Transfer.objects.filter(target_unit__in=founded, state__in=OPEN)
        for code, count in letters.values_list("target_unit__code").annotate(Count("pk")).order_by("target_unit__code"):
            yield Finding("transfers.letters_since", field="unit", value=code, facts={"count": count})

    def undo(self, actor: Actor, reorganisation: Reorganisation, today: date) -> int:
        return 0

    def unsound(self, structure: Structure, unit_ids: Collection[int], since: date) -> Iterable[Finding]:
        return ()


FOLLOWER = LettersFollow()
