"""What a storm does in admissions and badges: cases led on, struck, ended; rounds decided."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from builders import SYSTEM
from nhiemky.admissions.models import Case, StepTaken
from nhiemky.admissions.selectors import official_members
from nhiemky.admissions.services import opening, stepping
from nhiemky.admissions.services.opening import Candidate
from nhiemky.admissions.services.stepping import Counts, Recommender, Taken
from nhiemky.badges import services as badges
from nhiemky.badges.models import Badge, SpecialCase
from nhiemky.domain.admissions.steps import STEP_KEYS
from nhiemky.domain.badges.rules import coming_round, round_before
from nhiemky.domain.findings import Refused
from nhiemky.members.models import Movement, Stay
from nhiemky.members.services import ledger
from nhiemky.members.services.ledger import Paper
from storm.weather import PAPER, Storm

_BY_COMMITTEE = ("grassroots", "decision", "official_grassroots", "official_decision")


def open_case(storm: Storm) -> object:
    data, noted = storm.data(), storm.today - timedelta(days=storm.draw.choice((0, 30, 400)))
    who = Candidate(data.full_name, data.sex, data.birth_date, 1, general_education="upper_secondary")
    return opening.case_open(
        actor=SYSTEM, unit_code=storm.cell(), candidate=who, noted_on=noted, today=storm.today
    )  # fmt: skip


def lead_on(storm: Storm) -> object:
    """The next steps of a case, as far as they go; mostly of the one that has come furthest, so that some end."""
    cases = list(Case.objects.filter(end_kind="").order_by("-steps", "pk").distinct())
    case = cases[0] if cases and storm.draw.random() < 0.6 else storm.one_of(cases)
    taken = 0
    for _ in range(storm.draw.choice((1, 6, 12))):
        try:
            with transaction.atomic():
                _next(storm, case)
            taken += 1
        except Refused:
            break
    if not taken:
        _next(storm, case)
    return case


def _next(storm: Storm, case: Case) -> StepTaken:
    """The first step that can be taken: one that is new, or one whose entry the ledger has taken back."""
    last: Refused | None = None
    taken = set(case.steps.filter(struck="").values_list("key", flat=True))
    for key in [key for key in STEP_KEYS if key not in taken] + ["ceremony", "official_decision"]:
        for on in (_after(case), storm.today):
            try:
                with transaction.atomic():
                    return _take(storm, case, key, on)
            except Refused as refused:
                last = refused
    assert last is not None
    raise last


def _after(case: Case) -> date:
    return max(case.steps.filter(struck="").values_list("on", flat=True))


def _take(storm: Storm, case: Case, key: str, on: date) -> StepTaken:
    cell, counts = _cell(case), None
    if key in ("cell_vote", "official_vote"):
        base = official_members(cell, on)
        counts = Counts(base, base, 0, 0)
    elif key in _BY_COMMITTEE:
        counts = Counts(11, 11, 0, 0, base=11)
    official = Stay.objects.filter(unit_id=cell, standing="official", during__contains=on).values_list(
        "person", flat=True
    )
    told = [Recommender(person, date(2020, 1, 6)) for person in official[:2]] if key == "recommendation" else []
    outcome = {"decision": "admit", "official_decision": storm.draw.choice(("recognise", "recognise", "strike_off"))}
    taken = Taken(
        key, on, paper_number=f"1-{key[:10]}", counts=counts, outcome=outcome.get(key, ""), recommenders=told
    )  # fmt: skip
    return stepping.step_take(actor=SYSTEM, case_id=case.pk, taken=taken, today=storm.today)


def _cell(case: Case) -> int:
    stay = Stay.objects.filter(person=case.person_id, during__upper_inf=True).first() if case.person_id else None
    return stay.unit_id if stay else case.unit_id


def strike(storm: Storm) -> object:
    step = storm.one_of(StepTaken.objects.exclude(key="noted").filter(struck="").order_by("-pk")[:12])
    return stepping.step_strike(actor=SYSTEM, step_id=step.pk, reason="nhầm", today=storm.today)


def reverse_of_case(storm: Storm) -> object:
    """The ledger takes back what a case has booked, behind the back of the case."""
    booked = Movement.objects.filter(reversed_by=None).exclude(admission_case=None, admission_case_ended=None)
    wrong = storm.one_of(booked.order_by("pk"))
    return ledger.movement_reverse(actor=SYSTEM, movement_id=wrong.pk, reason="nhầm", today=storm.today)


def end_case(storm: Storm) -> object:
    case = storm.one_of(Case.objects.order_by("pk"))
    return opening.case_end(
        actor=SYSTEM, case_id=case.pk, kind="withdrawn", on=storm.today, reason="thôi", today=storm.today
    )  # fmt: skip


def resume(storm: Storm) -> object:
    case = storm.one_of(Case.objects.exclude(end_kind="").order_by("pk"))
    return opening.case_resume(actor=SYSTEM, case_id=case.pk, reason="tiếp tục", today=storm.today)


def decide_round(storm: Storm) -> object:
    coming = coming_round(storm.today)
    day = storm.draw.choice((coming, round_before(coming)))
    paper = Paper(f"{storm.draw.randrange(10**6)}-QĐ", storm.today, "Ban Thường vụ")
    where = storm.draw.choice(("T", "T", "H1", "H2"))
    return badges.round_decide(actor=SYSTEM, unit_code=where, day=day, paper=paper, today=storm.today)


def special(storm: Storm) -> object:
    day, who = coming_round(storm.today), storm.somebody()
    basis, years = storm.draw.choice(("illness", "posthumous", "late", "held")), 30
    case = badges.Special(years, basis, "bệnh nặng", PAPER)
    return badges.special_add(actor=SYSTEM, person_id=who.pk, day=day, special=case, today=storm.today)


def unspecial(storm: Storm) -> object:
    return badges.special_remove(actor=SYSTEM, case_id=storm.one_of(SpecialCase.objects.order_by("pk")).pk)


def withdraw_badge(storm: Storm) -> object:
    badge = storm.one_of(Badge.objects.filter(withdrawn_seq=None).order_by("pk"))
    return badges.badge_withdraw(actor=SYSTEM, badge_id=badge.pk, reason="nhầm")
