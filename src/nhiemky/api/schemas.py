"""What is sent and received."""

from __future__ import annotations

from datetime import date as Day  # fields are called date, too
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Sex = Literal["female", "male"]
# No database keeps a NUL, and no name has a line break.
Text = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]*$")]
Short = Annotated[Text, Field(max_length=60)]
Long = Annotated[Text, Field(max_length=200)]
Reason = Annotated[Text, Field(max_length=300)]
Standing = Literal["official", "probationary"]


class UnitOut(Schema):
    """A unit of the day with what stands below it."""

    code: str
    name: str
    kind: str
    children: list[UnitOut]


class UnitsOut(Schema):
    day: Day
    units: list[UnitOut]


class MemberOut(Schema):
    """A member on the day. `id` is empty for somebody who by now belongs to a unit outside the token's reach."""

    id: int | None
    full_name: str
    sex: Sex
    birth_date: Day
    birth_year_only: bool
    unit: str
    standing: Standing
    exempt: bool


class MembersOut(Schema):
    """One page; `next` is the number of the following one."""

    day: Day
    total: int
    page: int
    next: int | None
    members: list[MemberOut]


class PersonOut(Schema):
    """A person as the register holds them today. Identity numbers are never handed out."""

    id: int
    full_name: str
    sex: Sex
    birth_date: Day
    birth_year_only: bool
    ethnic_group: int
    religion: str
    home_place: str
    residence: str
    phone: str
    occupation: str
    general_education: str
    qualification: str
    academic_title: str
    political_theory: str
    card_number: str
    file_number: str
    decided_on: Day | None
    admitted_on: Day | None
    official_on: Day | None
    unit: str
    standing: Standing | None
    exempt: bool
    changed: int


class MovementOut(Schema):
    """An entry of the ledger. `reverses` names the entry a counter-entry takes back; neither of the two counts then."""

    id: int
    seq: int
    person: int
    kind: str
    on: Day
    from_unit: str | None
    to_unit: str | None
    paper_number: str
    paper_date: Day | None
    paper_body: str
    reverses: int | None


class NextOut(Schema):
    since: int
    after: int | None


class MovementsOut(Schema):
    """Entries in the order of writing. Ask again with `next` until `more` is false; then keep it for the next time."""

    movements: list[MovementOut]
    next: NextOut
    more: bool


class PaperIn(Schema):
    model_config = ConfigDict(extra="forbid")
    number: Short = ""
    date: Day | None = None
    body: Long = ""


class MovementIn(Schema):
    """A movement to book. `unit` is the code of the cell the person goes to, `place` where to outside the system."""

    model_config = ConfigDict(extra="forbid")
    kind: Text
    on: Day
    unit: Text = ""
    place: Long = ""
    paper: PaperIn = PaperIn()


class ValuesIn(Schema):
    """Particulars to change; what is left out stays as it is. Identity numbers are not taken here."""

    model_config = ConfigDict(extra="forbid")
    full_name: Text | None = None
    sex: Text | None = None
    birth_date: Day | None = None
    birth_year_only: bool | None = None
    ethnic_group: int | None = None
    religion: Text | None = None
    home_place: Text | None = None
    residence: Text | None = None
    phone: Text | None = None
    occupation: Text | None = None
    general_education: Text | None = None
    qualification: Text | None = None
    academic_title: Text | None = None
    political_theory: Text | None = None
    card_number: Text | None = None
    file_number: Text | None = None
    decided_on: Day | None = None


class AmendIn(Schema):
    """`since` is the day from which the values hold; without it the old ones were never right."""

    model_config = ConfigDict(extra="forbid")
    values: ValuesIn
    reason: Reason
    since: Day | None = None


class AmendOut(Schema):
    changed: int


class FindingOut(Schema):
    code: str
    sentence: str
    field: str | None = None
    value: str | None = None
    facts: dict[str, Any] | None = None
    cites: str | None = None


class Refusal(Schema):
    status: int
    findings: list[FindingOut]
