"""What cases forget of people whose data were shredded: who it was. Steps, papers and ballots stay."""

from __future__ import annotations

from collections.abc import Collection

from nhiemky.admissions.models import Case, StepTaken
from nhiemky.audit.services import current_seq
from nhiemky.domain.access import Actor
from nhiemky.domain.members.particulars import FORGOTTEN
from nhiemky.domain.names import fold, name_key
from nhiemky.members.models import Person


def forget(actor: Actor, people: Collection[Person]) -> None:
    """Empty what was written here about these people (`rights.services.shredding.Forgetter`)."""
    person_ids = [person.pk for person in people]
    for case in Case.objects.select_related("person").filter(person_id__in=person_ids):
        assert case.person is not None
        case.full_name, case.name_key, case.folded = FORGOTTEN, name_key(FORGOTTEN), fold(FORGOTTEN)
        case.birth_date, case.home_place, case.residence = case.person.birth_date, "", ""
        case.end_reason = FORGOTTEN if case.end_reason else ""
        case.changed = current_seq()
        case.save()
    steps = StepTaken.objects.filter(case__person_id__in=person_ids)
    steps.exclude(note="").update(note="")
    steps.exclude(struck="").update(struck="-")
