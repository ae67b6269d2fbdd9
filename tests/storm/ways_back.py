"""Everything a storm did is taken back: the newest write first, each by its own counter-act."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from builders import SYSTEM
from nhiemky.admissions.models import StepTaken
from nhiemky.admissions.services import opening, stepping
from nhiemky.badges import services as badges
from nhiemky.badges.models import Badge, SpecialCase
from nhiemky.domain.admissions.steps import STEP_KEYS
from nhiemky.domain.transfers.kinds import OPEN
from nhiemky.members.models import Movement, Stay
from nhiemky.members.services import ledger
from nhiemky.organisation import services
from nhiemky.organisation.models import Reorganisation, UnitVersion
from nhiemky.quality.models import Merge
from nhiemky.quality.services.merging import merge_undo
from nhiemky.transfers.models import Transfer
from nhiemky.transfers.services import sending
from storm.weather import Storm

Way = tuple[int, Callable[[], object]]
_WHY = "bão"


def register() -> dict[str, set[object]]:
    """Who belonged where when, and which units there were: what a storm must leave as it was.

    Without the day of decision: a correction of it has no counter-act but another correction.
    """
    of_person = ("person__last_unit_id", "person__admitted_on", "person__official_on")
    stays = Stay.objects.values_list("person_id", "unit_id", "during", "standing", "exempt", *of_person)
    return {
        "stays": set(stays),
        "units": set(UnitVersion.objects.values_list("unit__code", "name", "kind", "during")),
    }


def entries() -> set[tuple[object, ...]]:
    """The entries that count, without their numbers: one that was booked again is the same."""
    counted = Movement.objects.filter(reverses=None, reversed_by=None)
    return set(counted.values_list(*_CONTENT))


_CONTENT = ("person_id", "kind", "on", "from_unit_id", "to_unit_id", "paper_number")


def take_everything_back(storm: Storm, before: set[tuple[object, ...]]) -> None:
    """All but what was there before."""
    while (newest := max(_ways(storm, before), key=lambda way: way[0], default=None)) is not None:
        newest[1]()


def _ways(storm: Storm, before: set[tuple[object, ...]]) -> Iterator[Way]:
    """The newest write of each kind, and what takes it back."""
    today = storm.today
    entry = _newest_entry(before)
    if entry is not None:
        yield entry.seq, lambda: ledger.movement_reverse(actor=SYSTEM, movement_id=entry.pk, reason=_WHY, today=today)
    applied = Reorganisation.objects.filter(status=Reorganisation.APPLIED).order_by("-applied_seq").first()
    if applied is not None:
        yield (
            applied.applied_seq or 0,
            lambda: services.reorganisation_undo(actor=SYSTEM, reorganisation_id=applied.pk, today=today),
        )
    merged = Merge.objects.filter(undone_seq=None).order_by("-seq").first()
    if merged is not None:
        yield merged.seq, lambda: merge_undo(actor=SYSTEM, merge_id=merged.pk, today=today)
    letter = Transfer.objects.filter(state__in=OPEN).order_by("-seq").first()
    if letter is not None:
        yield (
            letter.seq,
            lambda: sending.transfer_withdraw(actor=SYSTEM, transfer_id=letter.pk, reason=_WHY, today=today),
        )
    yield from _ways_of_cases(storm)


def _ways_of_cases(storm: Storm) -> Iterator[Way]:
    standing = StepTaken.objects.filter(struck="", case__end_kind="").exclude(key="noted")
    newest = standing.order_by("-seq").first()
    if newest is not None:
        # A ceremony that was held anew comes after steps that rest on it.
        step = max(standing.filter(case=newest.case), key=lambda one: (STEP_KEYS.index(one.key), one.seq))
        yield newest.seq, lambda: stepping.step_strike(actor=SYSTEM, step_id=step.pk, reason=_WHY, today=storm.today)
    noted = StepTaken.objects.filter(key="noted", seq__gt=storm.start, case__end_kind="").order_by("-seq").first()
    if noted is not None:
        end = {"kind": "withdrawn", "on": storm.today, "reason": _WHY, "today": storm.today}
        yield noted.seq, lambda: opening.case_end(actor=SYSTEM, case_id=noted.case_id, **end)
    badge = Badge.objects.filter(withdrawn_seq=None).order_by("-decision__seq").first()
    if badge is not None:
        yield badge.decision.seq, lambda: badges.badge_withdraw(actor=SYSTEM, badge_id=badge.pk, reason=_WHY)
    special = SpecialCase.objects.order_by("-seq").first()
    if special is not None:
        yield special.seq, lambda: badges.special_remove(actor=SYSTEM, case_id=special.pk)


def _newest_entry(before: set[tuple[object, ...]]) -> Movement | None:
    own = Movement.objects.filter(reverses=None, reversed_by=None, reorganisation=None).order_by("-seq", "-on")
    entries = (entry for entry in own if tuple(getattr(entry, name) for name in _CONTENT) not in before)
    return next(entries, None)
