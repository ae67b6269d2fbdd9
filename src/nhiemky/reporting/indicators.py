"""Every indicator, declared once: what it is called, what it means, how it is counted, which rows are behind it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nhiemky.domain.organisation.kinds import GRASSROOTS_KINDS, KIND_CODE, KINDS, SECTOR_CODE, SECTORS
from nhiemky.domain.organisation.structure import Bools, Ints
from nhiemky.domain.reporting.counting import (
    NON_STATE_CODES,
    Count,
    Day,
    Span,
    count_movements,
)
from nhiemky.domain.reporting.lenses import Lens
from nhiemky.reporting.declaring import Indicator, Text, changes, moves, people, units
from nhiemky.reporting.work_indicators import WORK


def _everyone(day: Day) -> Bools:
    return np.ones(len(day.stays), dtype=bool)


_ORGANISATIONS = [KIND_CODE[kind.key] for kind in KINDS if kind.is_organisation]
_GRASSROOTS = [KIND_CODE[kind] for kind in GRASSROOTS_KINDS]


def _in_sector(key: str) -> Callable[[Day], Bools]:
    return lambda day: day.unit_sectors[day.units] == SECTOR_CODE[key]


def _of_kind(key: str) -> Callable[[Day], Bools]:
    return lambda day: day.unit_kinds == KIND_CODE[key]


def _unit_in_sector(key: str) -> Callable[[Day], Bools]:
    return lambda day: np.isin(day.unit_kinds, _ORGANISATIONS) & (day.unit_sectors == SECTOR_CODE[key])


def _founded_organisations(span: Span) -> Bools:
    born = span.facts.structure.born
    taken_over = born == born.min()  # what was there when the records began was not founded then
    return span.founded & ~taken_over & np.isin(span.first_versions("kind"), _ORGANISATIONS)


def _founded_outside_state(span: Span) -> Bools:
    return _founded_organisations(span) & np.isin(span.first_versions("sector"), NON_STATE_CODES)


def _formed_organisations(span: Span) -> Bools:
    return span.formed & np.isin(span.first_versions("kind"), _ORGANISATIONS)


def _dissolved_organisations(span: Span) -> Bools:
    return span.dissolved & np.isin(span.last_versions("kind"), _ORGANISATIONS)


def _merged_organisations(span: Span) -> Bools:
    return span.merged & np.isin(span.last_versions("kind"), _ORGANISATIONS)


_MEMBERS = (
    people(
        "members.total",
        "Tổng số đảng viên",
        "Members in total",
        (
            "Người có tên trong một tổ chức đảng trong ngày, gồm dự bị và chính thức",
            "Everybody who belongs to a unit on the day, probationary and official",
        ),
        _everyone,
    ),
    people(
        "members.official",
        "Đảng viên chính thức",
        "Official members",
        ("Đảng viên đã được công nhận chính thức", "Members recognised as official"),
        lambda day: day.official,
    ),
    people(
        "members.probationary",
        "Đảng viên dự bị",
        "Probationary members",
        ("Đảng viên đã kết nạp, chưa được công nhận chính thức", "Admitted, not yet recognised as official"),
        lambda day: ~day.official,
    ),
    people(
        "members.women",
        "Đảng viên nữ",
        "Women",
        ("Đảng viên là nữ", "Members who are women"),
        lambda day: day.female,
    ),
    people(
        "members.minority",
        "Đảng viên là người dân tộc thiểu số",
        "Ethnic minority members",
        ("Đảng viên không thuộc dân tộc Kinh", "Members of an ethnic group other than Kinh"),
        lambda day: day.minority,
    ),
    people(
        "members.under_31",
        "Đảng viên từ 30 tuổi trở xuống",
        "Members under 31",
        ("Chưa đến sinh nhật 31 trong ngày báo cáo", "Not yet 31 years old on the day"),
        lambda day: day.younger_than(31),
    ),
    people(
        "members.exempt",
        "Đảng viên được miễn công tác và sinh hoạt",
        "Exempt members",
        (
            "Đang được miễn công tác và sinh hoạt; vẫn tính trong tổng số",
            "Exempt from work and meetings on the day; still counted in the total",
        ),
        lambda day: day.exempt,
    ),
)
_SECTORS = tuple(
    people(
        f"members.sector.{sector.key}",
        f"Đảng viên ở {sector.vi[0].lower()}{sector.vi[1:]}",
        f"Members: {sector.en.lower()}",
        (
            f"Đảng viên sinh hoạt ở tổ chức thuộc loại hình “{sector.vi}”",
            f"Members whose unit works in the sector “{sector.en}”",
        ),
        _in_sector(sector.key),
        group="sectors",
    )
    for sector in SECTORS
)


def _admitted_who(key: str, vi: str, en: str, meaning: tuple[str, str], who: Callable[[Span], Bools]) -> Indicator:
    """A part of the admissions, told by a property of the person."""

    def pick(span: Span) -> Bools:
        return span.of("admission") & who(span)

    def count(day: Day, span: Span, unit: int, lens: Lens) -> Count:
        return count_movements(span, pick, unit, lens, flow="to")

    return Indicator(key, Text(vi, en), Text(*meaning), "movements", False, count, "changes", "to")


def _people_of(span: Span) -> Ints:
    return span.facts.columns.movements.person[span.movements]


_FLOWS = (
    moves(
        "members.admitted",
        "Kết nạp",
        "Admitted",
        ("admission",),
        "to",
        (
            "Người có quyết định kết nạp và lễ kết nạp trong kỳ, tính theo ngày lễ kết nạp",
            "Admitted by decision, with the ceremony in the period; counted by the day of the ceremony",
        ),
        rising_is="good",
        has_target=True,
    ),
    _admitted_who(
        "members.admitted.women",
        "Kết nạp: nữ",
        "Admitted: women",
        ("Nữ trong số người được kết nạp trong kỳ", "Women among those admitted in the period"),
        lambda span: span.facts.columns.people.female[_people_of(span)],
    ),
    _admitted_who(
        "members.admitted.minority",
        "Kết nạp: người dân tộc thiểu số",
        "Admitted: ethnic minority",
        (
            "Người không thuộc dân tộc Kinh trong số được kết nạp trong kỳ",
            "People of an ethnic group other than Kinh among those admitted in the period",
        ),
        lambda span: span.facts.columns.people.ethnic_group[_people_of(span)] > 1,
    ),
    moves(
        "members.readmitted",
        "Kết nạp lại",
        "Readmitted",
        ("readmission",),
        "to",
        ("Kết nạp lại trong kỳ", "Admitted again in the period"),
    ),
    moves(
        "members.recognised",
        "Công nhận chính thức",
        "Recognised as official",
        ("official_recognition",),
        "to",
        ("Được công nhận đảng viên chính thức trong kỳ", "Recognised as official in the period"),
    ),
    moves(
        "members.transferred_in",
        "Chuyển đến",
        "Transferred in",
        ("transfer_in", "transfer_within"),
        "in",
        (
            "Chuyển sinh hoạt đến từ ngoài đơn vị; chuyển trong nội bộ đơn vị không tính",
            "Came by transfer from outside the unit; moves inside the unit are not counted",
        ),
    ),
    moves(
        "members.transferred_out",
        "Chuyển đi",
        "Transferred out",
        ("transfer_out", "transfer_within"),
        "out",
        (
            "Chuyển sinh hoạt ra ngoài đơn vị; chuyển trong nội bộ đơn vị không tính",
            "Left by transfer to outside the unit; moves inside the unit are not counted",
        ),
    ),
    moves(
        "members.struck_off",
        "Xóa tên",
        "Struck off",
        ("striking_off",),
        "from",
        ("Bị xóa tên khỏi danh sách đảng viên trong kỳ", "Struck off the list in the period"),
        rising_is="bad",
    ),
    moves(
        "members.expelled",
        "Khai trừ",
        "Expelled",
        ("expulsion",),
        "from",
        ("Bị khai trừ trong kỳ", "Expelled in the period"),
        rising_is="bad",
    ),
    moves(
        "members.left",
        "Xin ra khỏi Đảng",
        "Left",
        ("leaving",),
        "from",
        ("Xin ra khỏi Đảng và được đồng ý trong kỳ", "Left at their own wish in the period"),
        rising_is="bad",
    ),
    moves("members.died", "Từ trần", "Died", ("death",), "from", ("Từ trần trong kỳ", "Died in the period")),
)
_UNITS = (
    units(
        "units.total",
        "Tổng số tổ chức đảng",
        "Party organisations in total",
        (
            "Tổ chức đảng các cấp có trong ngày, không tính tổ đảng",
            "Units of all levels on the day, without groups",
        ),
        lambda day: np.isin(day.unit_kinds, _ORGANISATIONS),
    ),
    units(
        "units.grassroots",
        "Tổ chức cơ sở đảng",
        "Grassroots organisations",
        ("Đảng bộ cơ sở và chi bộ cơ sở", "Grassroots organisations with committee and grassroots cells"),
        lambda day: np.isin(day.unit_kinds, _GRASSROOTS),
    ),
    *(
        units(
            f"units.kind.{kind.key}",
            kind.vi,
            kind.en,
            (f"Loại tổ chức: {kind.vi}", f"Kind of unit: {kind.en}"),
            _of_kind(kind.key),
        )
        for kind in KINDS
    ),
    *(
        units(
            f"units.sector.{sector.key}",
            f"Tổ chức đảng: {sector.vi[0].lower()}{sector.vi[1:]}",
            f"Organisations: {sector.en.lower()}",
            (f"Tổ chức đảng thuộc loại hình “{sector.vi}”", f"Units in the sector “{sector.en}”"),
            _unit_in_sector(sector.key),
        )
        for sector in SECTORS
    ),
)
_UNIT_CHANGES = (
    changes(
        "units.founded",
        "Tổ chức đảng thành lập mới",
        "Organisations founded",
        (
            "Có quyết định thành lập trong kỳ; không tính tổ chức hình thành do hợp nhất, chia tách",
            "Founded in the period; those that came out of a merger or a split are not counted",
        ),
        _founded_organisations,
    ),
    changes(
        "units.founded.non_state",
        "Tổ chức đảng thành lập mới ngoài khu vực nhà nước",
        "Organisations founded outside the state sector",
        (
            "Thành lập trong kỳ ở doanh nghiệp, đơn vị ngoài nhà nước, hợp tác xã",
            "Founded in the period in private enterprises, private services or co-operatives",
        ),
        _founded_outside_state,
        rising_is="good",
    ),
    changes(
        "units.formed",
        "Tổ chức đảng hình thành do hợp nhất, chia tách",
        "Organisations formed by merger or split",
        (
            "Bắt đầu hoạt động trong kỳ, kế thừa một hay nhiều tổ chức đảng khác theo quyết định sắp xếp",
            "Began in the period as successors of one or more others, by a decision on reorganisation",
        ),
        _formed_organisations,
    ),
    changes(
        "units.dissolved",
        "Tổ chức đảng kết thúc hoạt động",
        "Organisations ended",
        (
            "Kết thúc hoạt động trong kỳ mà không có tổ chức kế thừa; không tính tổ chức hợp nhất, chia tách",
            "Dissolved or ended in the period without a successor; those merged into or split up are not counted",
        ),
        _dissolved_organisations,
        ends=True,
    ),
    changes(
        "units.merged_into",
        "Tổ chức đảng kết thúc do hợp nhất, chia tách",
        "Organisations ended by merger or split",
        (
            "Kết thúc hoạt động trong kỳ và có tổ chức kế thừa theo quyết định sắp xếp",
            "Ended in the period and went into others, by a decision on reorganisation",
        ),
        _merged_organisations,
        ends=True,
    ),
)
_CELLS = (
    units(
        "cells.residential.total",
        "Chi bộ thôn, tổ dân phố",
        "Residential cells",
        ("Chi bộ ở địa bàn thôn, tổ dân phố", "Cells of hamlets and street groups"),
        lambda day: day.residential_cells,
        "cells",
    ),
    units(
        "cells.residential.with_committee",
        "Chi bộ thôn, tổ dân phố có cấp ủy",
        "Residential cells with a committee",
        (
            "Chi bộ thôn, tổ dân phố có chi ủy đang trong nhiệm kỳ",
            "Residential cells with a cell committee whose term is in force",
        ),
        lambda day: day.residential_cells & day.with_body("cell_committee"),
        "cells",
        "good",
    ),
)

OF_THE_REGISTER: tuple[Indicator, ...] = (*_MEMBERS, *_SECTORS, *_FLOWS, *_UNITS, *_UNIT_CHANGES, *_CELLS)
INDICATORS: tuple[Indicator, ...] = (*OF_THE_REGISTER, *WORK)
BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
