"""Grants in a reorganisation: nothing moves; the preview tells which grants will have to be renewed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Count, Q

from nhiemky.access.models import Grant
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.plans import Plan
from nhiemky.domain.organisation.structure import Structure
from nhiemky.organisation.models import Reorganisation


class GrantsFollow:
    """The grants' side of a reorganisation (`organisation.followers.Follower`)."""

    def members(self, on: date) -> Mapping[int, int]:
        return {}

    def objections(self, structure: Structure, plan: Plan) -> Iterable[Finding]:
        """Grants over what ends go on over what goes on (`access.selectors.covered`), so this stops nothing."""
        day = plan.decision.effective_on
        ended = [int(structure.ids[place]) for place in plan.ended if place < len(structure)]
        open_on_the_day = Q(during__upper_inf=True) | Q(during__endswith__gt=day)
        grants = Grant.objects.filter(open_on_the_day, unit_id__in=ended, withdrawn=False)
        counted = grants.values_list("unit_id", "unit__code").annotate(Count("id")).order_by("unit__code")
        for unit_id, code, count in counted:
            facts = {"unit": structure.name(structure.index[unit_id], day), "count": count, "on": day}
            yield Finding("access.grants_over_ended", field="unit", value=code, facts=facts, blocks=False)

    def apply(self, actor: Actor, reorganisation: Reorganisation, moves: Mapping[int, int], today: date) -> int:
        return 0

    def objections_to_undo(self, reorganisation: Reorganisation) -> Iterable[Finding]:
        return ()

    def undo(self, actor: Actor, reorganisation: Reorganisation, today: date) -> int:
        return 0

    def unsound(self, structure: Structure, unit_ids: Collection[int], since: date) -> Iterable[Finding]:
        return ()


FOLLOWER = GrantsFollow()
