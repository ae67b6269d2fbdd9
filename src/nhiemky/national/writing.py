"""The generated nation as rows."""

from __future__ import annotations

import numpy as np

from nhiemky.audit.services import current_seq
from nhiemky.demo.loading import next_ids
from nhiemky.domain.members.kinds import MOVEMENT_CODE, MOVEMENT_KEYS, MOVEMENT_KINDS
from nhiemky.domain.names import fold, name_key, text_key
from nhiemky.domain.organisation.structure import FOREVER, Bools, Ints
from nhiemky.domain.periods import day_number, day_of
from nhiemky.national.copying import Array, Days, Number, Texts, Words, copy, digits, same
from nhiemky.national.history import FIRST, Book, History
from nhiemky.national.units import Units

TABLES = ("members_person", "members_movement", "members_stay")
UNIT_TABLES = ("organisation_unit", "organisation_unitversion", "organisation_placement")
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý")
_MIDDLES = (("Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân"), ("Thị", "Thị Thu", "Ngọc", "Thanh", "Thị Kim", "Mai"))
_GIVEN = (
    "An,Bình,Cường,Dũng,Đạt,Hải,Hiếu,Hùng,Huy,Khánh,Lâm,Long,Minh,Nam,Phong,Phúc,Quân,Sơn,Thắng,Tuấn".split(","),
    "Ánh,Châu,Dung,Hà,Hạnh,Hằng,Hoa,Hồng,Hương,Lan,Linh,Loan,Mai,Nga,Nhung,Phương,Thảo,Thủy,Trang,Yến".split(","),
)
_NO_PAPER = ("opening", "death")
_BODY = "Ban Thường vụ cấp ủy có thẩm quyền"
# Tày, Thái, Mường, Khmer, Nùng, Mông in turn stand for the minorities.
_GROUPS = np.array([2, 3, 4, 5, 6, 8])
_LEAVES = np.array([kind.leaves for kind in MOVEMENT_KINDS])
_RECOGNISED = MOVEMENT_CODE["official_recognition"]


def write_units(units: Units, areas: dict[str, int]) -> None:
    """One row, version and placement for each unit; its id is its number and one."""
    count = len(units)
    ids, numbers = np.arange(1, count + 1), np.arange(count)
    parents = np.array(units.parent, dtype=np.int64)
    area = np.array([areas.get(code, 0) if code else 0 for code in units.area], dtype=np.int64)
    since = Days(np.full(count, day_number(FIRST)), np.full(count, FOREVER))
    copy("organisation_unit", {"id": Number(ids), "code": Words(numbers, units.code)})
    copy(
        "organisation_unitversion",
        {
            "id": Number(ids), "unit_id": Number(ids), "name": Words(numbers, units.name),
            "name_key": Words(numbers, [text_key(name) for name in units.name]),
            "folded": Words(numbers, [fold(name) for name in units.name]),
            "kind": _words(units.kind), "sector": _words(units.sector),
            "area_id": Number(area, nulls=area == 0), "during": since,
        },
    )  # fmt: skip
    copy(
        "organisation_placement",
        {
            "id": Number(ids),
            "unit_id": Number(ids),
            "parent_id": Number(parents + 1, nulls=parents < 0),
            "during": since,
        },
    )
    for table in UNIT_TABLES:
        next_ids(table)


def _words(values: list[str]) -> Words:
    table, codes = np.unique(np.array(values), return_inverse=True)
    return Words(codes, table.tolist())


def write_people(book: Book) -> None:
    """One row per person, ids from 1. Identity numbers are left empty: sealing them one by one would take an hour."""
    count, seq = book.count, current_seq()
    numbers = np.arange(count)
    names, codes = _names(book.female, numbers)
    official = book.official_on != FOREVER
    group = np.where(book.minority, _GROUPS[numbers % len(_GROUPS)], 1)
    copy(
        "members_person",
        {
            "id": Number(numbers + 1), "full_name": Words(codes, names),
            "name_key": Words(codes, [name_key(name) for name in names]),
            "folded": Words(codes, [fold(name) for name in names]),
            "sex": Words(book.female.astype(np.int8), ("male", "female")),
            "birth_date": Number(book.born, "date"), "ethnic_group": Number(group, "int2"),
            "card_number": Texts(digits(numbers + 10_000_000, 8), empty=~official), "file_number": same("", count),
            "decided_on": Number(_decided(book.admitted), "date"), "admitted_on": Number(book.admitted, "date"),
            "official_on": Number(book.official_on, "date", nulls=~official),
            "last_unit_id": Number(book.unit.astype(np.int64) + 1), "changed": Number(np.full(count, seq)),
        },
    )  # fmt: skip
    next_ids("members_person")


def _decided(admitted: Array) -> Array:
    return admitted - 5 - admitted % 21


def _names(female: Bools, numbers: Ints) -> tuple[list[str], Ints]:
    """All names that occur, and which one each person has."""
    table = [
        f"{family} {middle} {given}"
        for sex in (0, 1)
        for family in _FAMILIES
        for middle in _MIDDLES[sex]
        for given in _GIVEN[sex]
    ]
    half = len(table) // 2
    # A multiplier without common factors strews the names over the numbers.
    return table, numbers * 7919 % half + female * half


def write_ledger(told: History) -> None:
    """Movements by person and day, ids from 1, and the stays that follow from them."""
    count = len(told.person)
    ids = np.arange(1, count + 1)
    paper = ~np.isin(told.kind, [MOVEMENT_CODE[kind] for kind in _NO_PAPER])
    copy(
        "members_movement",
        {
            "id": Number(ids), "person_id": Number(told.person.astype(np.int64) + 1),
            "kind": Words(told.kind, MOVEMENT_KEYS), "on": Number(told.day, "date"),
            "from_unit_id": Number(told.source.astype(np.int64) + 1, nulls=told.source < 0),
            "to_unit_id": Number(told.target.astype(np.int64) + 1, nulls=told.target < 0),
            "paper_number": Texts(digits(ids % 900 + 1, 3), empty=~paper),
            "paper_date": Number(told.day - 7, "date", nulls=~paper),
            "paper_body": Words(paper.astype(np.int8), ("", _BODY)),
            "place": same("", count), "reason": same("", count), "stamps_before": _stamps(told),
            "seq": Number(np.full(count, current_seq())),
        },
    )  # fmt: skip
    next_ids("members_movement")
    _write_stays(told)


def _stamps(told: History) -> Texts:
    """What a recognition changed on the person, for the case that it is taken back."""
    first, last = int(told.book.admitted.min()) - 30, int(told.book.admitted.max()) + 1
    written = np.array([day_of(day).isoformat() for day in range(first, last)], dtype="S10")
    recognised = told.kind == _RECOGNISED
    admitted = np.where(recognised, told.book.admitted[told.person], told.book.admitted[0])
    texts = (b'{"decided_on": "', written[_decided(admitted) - first], b'", "admitted_on": "',
             written[admitted - first], b'", "official_on": null}')  # fmt: skip
    layout = np.dtype([(f"{n}", f"S{10 if n % 2 else len(texts[n])}") for n in range(len(texts))])
    made = np.empty(len(told.person), dtype=layout)
    for number, text in enumerate(texts):
        made[f"{number}"] = text
    return Texts(made.view(f"S{layout.itemsize}"), empty=~recognised, prefix=b"\x01", null=True)


def _write_stays(told: History) -> None:
    """One stay from each entry that does not leave until the next entry of the person."""
    follows = np.append(told.person[1:] == told.person[:-1], False)
    end = np.where(follows, np.append(told.day[1:], 0), FOREVER)
    closed = np.where(follows, np.arange(2, len(follows) + 2), 0)
    opens = np.flatnonzero(~_LEAVES[told.kind])
    copy(
        "members_stay",
        {
            "person_id": Number(told.person[opens].astype(np.int64) + 1),
            "unit_id": Number(told.target[opens].astype(np.int64) + 1),
            "standing": Words(told.official[opens].astype(np.int8), ("probationary", "official")),
            "exempt": Number(told.exempt[opens], "bool"), "during": Days(told.day[opens], end[opens]),
            "opened_by_id": Number(opens + 1), "closed_by_id": Number(closed[opens], nulls=closed[opens] == 0),
        },
    )  # fmt: skip
