"""The documents' side of a reorganisation (`organisation.followers.Follower`): they stay with who issued them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from nhiemky.documents.models import Document, Draft
from nhiemky.domain.access import Actor
from nhiemky.domain.findings import Finding
from nhiemky.domain.organisation.plans import Plan
from nhiemky.domain.organisation.structure import Structure
from nhiemky.organisation.models import Reorganisation


class DocumentsFollow:
    """Nothing moves; what a founded unit issued stands in the way of undoing."""

    def members(self, on: date) -> Mapping[int, int]:
        return {}

    def objections(self, structure: Structure, plan: Plan) -> Iterable[Finding]:
        return ()

    def apply(self, actor: Actor, reorganisation: Reorganisation, moves: Mapping[int, int], today: date) -> int:
        return 0

    def objections_to_undo(self, reorganisation: Reorganisation) -> Iterable[Finding]:
        """A document would be of a unit that never was."""
        opened = reorganisation.versions_opened.exclude(unit__versions__closed_by=reorganisation)
        ids = list(opened.values_list("unit_id", flat=True))
        count = Document.objects.filter(issuer__unit__in=ids, cancelled="").count()
        if count := count + Draft.objects.filter(unit__in=ids).count():
            yield Finding("documents.documents_since", facts={"count": count})

    def undo(self, actor: Actor, reorganisation: Reorganisation, today: date) -> int:
        return 0

    def unsound(self, structure: Structure, unit_ids: Collection[int], since: date) -> Iterable[Finding]:
        return ()


FOLLOWER = DocumentsFollow()
