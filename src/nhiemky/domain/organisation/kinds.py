"""Kinds and sectors of units: the values of two dated fields, in the words of the field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhiemky.domain.dated import Dated, Step


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of Party organisation. `has_members` says whether people belong to it directly."""

    key: str
    vi: str
    en: str
    has_members: bool = False
    is_organisation: bool = True


@dataclass(frozen=True, slots=True)
class Sector:
    """Where a unit works. `state` is False outside the state sector; residential units are neither."""

    key: str
    vi: str
    en: str
    state: bool = True


KINDS = (
    Kind("provincial", "Đảng bộ tỉnh", "Provincial organisation"),
    Kind("above_grassroots", "Đảng bộ cấp trên trực tiếp cơ sở", "Organisation directly above grassroots"),
    Kind("grassroots_committee", "Đảng bộ cơ sở", "Grassroots organisation with committee"),
    Kind("grassroots_cell", "Chi bộ cơ sở", "Grassroots cell", has_members=True),
    Kind("sectional", "Đảng bộ bộ phận", "Sectional organisation"),
    Kind("cell", "Chi bộ trực thuộc", "Cell", has_members=True),
    Kind("group", "Tổ đảng", "Party group", is_organisation=False),
)
SECTORS = (
    Sector("residential", "Thôn, tổ dân phố", "Residential"),
    Sector("agency", "Cơ quan", "Agencies"),
    Sector("public_service", "Đơn vị sự nghiệp công lập", "Public service units"),
    Sector("state_enterprise", "Doanh nghiệp nhà nước", "State enterprises"),
    Sector("private_enterprise", "Doanh nghiệp ngoài nhà nước", "Private enterprises", state=False),
    Sector("private_service", "Trường học, bệnh viện tư", "Private schools and hospitals", state=False),
    Sector("cooperative", "Hợp tác xã", "Co-operatives", state=False),
    Sector("police", "Công an", "Police"),
    Sector("military", "Quân đội", "Military"),
)
KIND_KEYS = tuple(kind.key for kind in KINDS)
SECTOR_KEYS = tuple(sector.key for sector in SECTORS)
KIND = {kind.key: kind for kind in KINDS}
SECTOR = {sector.key: sector for sector in SECTORS}
KIND_CODE = {key: number for number, key in enumerate(KIND_KEYS)}
SECTOR_CODE = {key: number for number, key in enumerate(SECTOR_KEYS)}
# Lists show larger kinds first; grassroots cells stand among the other grassroots organisations.
KIND_RANK = {
    "provincial": 0,
    "above_grassroots": 1,
    "grassroots_committee": 2,
    "sectional": 3,
    "grassroots_cell": 4,
    "cell": 5,
    "group": 6,
}
CELL_KINDS = ("cell", "grassroots_cell")
# A group is a part of a cell and a sectional organisation may stand between; neither is counted as founded.
GRASSROOTS_KINDS = ("grassroots_committee", "grassroots_cell")

BODY_KINDS = ("committee", "standing_committee", "cell_committee")

CELL_MINIMUM = Dated(
    "organisation.cell_minimum",
    (Step(date(2011, 1, 19), 3, "Điều lệ Đảng, điều 21"),),
)
COMMITTEE_MINIMUM = Dated(
    "organisation.cell_committee_minimum",
    (Step(date(2011, 1, 19), 9, "Điều lệ Đảng, điều 24"),),
)
