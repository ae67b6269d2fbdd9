"""What the papers of a case need to know: names of bodies and people, days, numbers, votes. Texts are Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from nhiemky.admissions import cases, places
from nhiemky.admissions.cases import Standing
from nhiemky.admissions.models import Sponsor, StepTaken
from nhiemky.domain.members.ethnic_groups import ETHNIC_GROUPS
from nhiemky.domain.organisation.issuers import Issuer, issuer
from nhiemky.members.models import Person, Stay
from nhiemky.organisation import selectors as organisation

DOTS = "…………………………"
LONG = "…" * 56


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: `kind` is "text", "bold", "centre", "item" or "blank" (a dotted line to write on)."""

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a paper. `left` is the heading's left side, from the superior down; `signs` are posts and names."""

    left: Sequence[str]
    number: str
    place_and_day: str
    title: str
    subject: str
    lines: Sequence[Line]
    signs: Sequence[tuple[str, str]]
    recipients: Sequence[str] = ()


def long_day(day: date | None) -> str:
    """ngày 2 tháng 4 năm 2025, or the same with dots."""
    if day is None:
        return "ngày …… tháng …… năm ………"
    return f"ngày {day.day:02} tháng {day.month:02} năm {day.year}"


def blanks(count: int) -> list[Line]:
    """Dotted lines to be written on."""
    return [Line(LONG, "blank")] * count


class Dossier:
    """A case, looked at as its papers do."""

    def __init__(self, case: Any, standing: Standing, today: date) -> None:
        self.case, self.standing, self.today = case, standing, today
        self.structure = organisation.structure()
        self.place = self.structure.index[standing.unit_id]
        self.levels = places.levels(self.structure, self.place, today)
        self.who = case.person if cases.admitted(case) else case
        self.name = str(self.who.full_name)
        self.cell = self.structure.name(self.place, today)

    @cached_property
    def _taken(self) -> dict[str, StepTaken]:
        return {one.key: one for one in self.case.steps.filter(struck="").order_by("on", "pk")}

    def step(self, key: str) -> StepTaken | None:
        """The last entry of a step."""
        return self._taken.get(key)

    def on(self, key: str) -> date | None:
        """The day of a step; None while it is open."""
        step = self.step(key)
        return step.on if step else None

    def number(self, key: str) -> str:
        """The number of a step's paper, or dots."""
        step = self.step(key)
        return step.paper_number if step and step.paper_number else "……"

    def note(self, key: str) -> str:
        """What was noted with a step."""
        step = self.step(key)
        return step.note if step else ""

    def issuer(self, level: str) -> Issuer:
        """The body that issues at a level, as Party documents call it."""
        place = self.levels.get(level, self.levels["authority"])
        version = self.structure.version(place, self.today)
        path = self.structure.tree(self.today).path(place)[:-1][::-1]
        above = [self.structure.name(one, self.today) for one in path]
        return issuer(self.structure.name(place, self.today), version.kind if version else "", above)

    @property
    def above(self) -> str:
        """The body that considers the cell's resolution next."""
        level = next(one for one in ("sectional", "grassroots", "authority") if one in self.levels)
        return self.issuer(level).name

    @cached_property
    def members(self) -> tuple[int, int]:
        """Official and probationary members of the cell today."""
        held = Stay.objects.filter(unit_id=self.standing.unit_id, during__contains=self.today)
        standings = list(held.values_list("standing", flat=True))
        return standings.count("official"), standings.count("probationary")

    def sponsors(self, role: str) -> list[Person]:
        """Helper or recommenders."""
        found = Sponsor.objects.select_related("person").filter(case=self.case, role=role).order_by("pk")
        return [one.person for one in found]

    @property
    def helper(self) -> str:
        """The name of the member who helps, or dots."""
        found = self.sponsors(Sponsor.HELPER)
        return found[0].full_name if found else DOTS

    @property
    def described(self) -> str:
        """The person with birth and home, as resolutions name them."""
        home = self.who.home_place or DOTS
        return f"{self.name}, sinh {long_day(self.who.birth_date)}, quê quán: {home}"

    @property
    def particulars(self) -> list[Line]:
        """The lines of who it is."""
        ethnic = ETHNIC_GROUPS.get(self.who.ethnic_group, DOTS)
        sex = "nữ" if self.who.sex == "female" else "nam"
        return [
            Line(f"Họ và tên: {self.name}. Giới tính: {sex}."),
            Line(f"Sinh {long_day(self.who.birth_date)}. Dân tộc: {ethnic}. Tôn giáo: {DOTS}"),
            Line(f"Quê quán: {self.who.home_place or DOTS}"),
            Line(f"Nơi cư trú: {self.who.residence or DOTS}"),
        ]

    def vote(self, key: str, what: str, of: str) -> list[Line]:
        """How the vote of a step went, with the shares of all who count; dotted where it is still to be held."""
        step = self.step(key)
        if step is None or step.base is None:
            return [Line(f"Số {of} tán thành {what}: …… đồng chí (đạt ……%) so với tổng số {of}; "
                         f"số không tán thành: …… đồng chí (chiếm ……%), với lý do: {DOTS}")]  # fmt: skip
        yes, no = step.in_favour or 0, (step.against or 0)
        more = f"; phiếu trắng, không hợp lệ: {step.blank}" if step.blank else ""
        return [Line(f"Số {of} tán thành {what}: {yes} đồng chí (đạt {_share(yes, step.base)}) so với tổng số "
                     f"{step.base} {of}; số không tán thành: {no} đồng chí (chiếm {_share(no, step.base)}){more}, "
                     f"với lý do: {DOTS}")]  # fmt: skip

    def presence(self, key: str, of: str) -> list[Line]:
        """Who was there, of how many."""
        step = self.step(key)
        if step is None or step.base is None:
            return [Line(f"Tổng số {of}: …… đồng chí. Có mặt: …… đồng chí. Vắng mặt: …… đồng chí, lý do: {DOTS}")]
        absent = step.base - (step.present or 0)
        reason = f", lý do: {DOTS}" if absent else ""
        return [Line(f"Tổng số {of}: {step.base} đồng chí. Có mặt: {step.present} đồng chí. "
                     f"Vắng mặt: {absent} đồng chí{reason}.")]  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%".replace(".", ",") if whole else "……%"
