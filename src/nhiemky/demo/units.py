"""The organisation before the reform: provinces, blocs, districts, communes, and every cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from nhiemky.demo import places
from nhiemky.demo.places import KON_TUM, QUANG_NGAI, Place

LONG_AGO = date(1991, 7, 1)
PROVINCES = {QUANG_NGAI: ("T-51", "Quảng Ngãi"), KON_TUM: ("T-62", "Kon Tum")}
RESIDENTIAL_CELLS = {QUANG_NGAI: 954, KON_TUM: 702}
# Organisations outside the state sector founded per year; 2022 in Quảng Ngãi is the figure of the report.
FOUNDED_PRIVATE = {2016: 2, 2017: 1, 2018: 2, 2019: 3, 2020: 1, 2021: 2, 2022: 3, 2023: 4, 2024: 2, 2026: 2}
_HAMLET_FIRST = ("An,Phú,Phước,Bình,Long,Hòa,Thạnh,Tân,Vĩnh,Mỹ,Đông,Tây,Nam,Xuân,Lộc,Thọ,Kỳ,Châu,Hiệp,Điền").split(",")
_HAMLET_LAST = ("Phú,Lộc,Hòa,Thành,Sơn,Mỹ,An,Bình,Long,Thuận,Xuân,Hiệp,Tân,Thọ,Điền,Trung,Lợi,Quang,Vinh,Khánh").split(
    ","
)
_HIGHLAND = (
    "Làng Rê,Gò Da,Mang Trá,Đăk Lang,Tu Ma,Nước Vương,Kon Rẫy,Plei Chor,Đăk Prế,Ra Nhua,Mang Lùng,Tà Cơm"
).split(",")
_FIRMS = (
    "Sao Mai,Trà Giang,Thiên Ấn,Hoàng Long,Phú Gia,Minh Tân,Việt Hưng,Đại Phát,Sông Vệ,Biển Xanh,Tây Nguyên Xanh"
).split(",")
_OFFICES = (
    "Văn phòng,Sở Nội vụ,Sở Tài chính,Sở Nông nghiệp và Môi trường,Sở Xây dựng,Sở Công Thương,"
    "Sở Tư pháp,Sở Giáo dục và Đào tạo,Sở Y tế,Sở Khoa học và Công nghệ,"
    "Sở Văn hóa Thể thao và Du lịch,Thanh tra,Ban Tổ chức,Ban Tuyên giáo,Ủy ban Kiểm tra,"
    "Ban Nội chính,Mặt trận Tổ quốc,Hội Nông dân,Đoàn Thanh niên,Liên đoàn Lao động,Hội Phụ nữ,"
    "Tòa án,Viện Kiểm sát,Kho bạc,Cục Thuế,Bảo hiểm xã hội"
).split(",")
_DISTRICT_OFFICES = (
    "Cơ quan Đảng - Đoàn thể,Ủy ban nhân dân,Phòng Giáo dục,Tòa án - Viện Kiểm sát,Thuế - Kho bạc"
).split(",")


@dataclass(frozen=True)
class Spec:
    """A unit to be founded; `highland` tells which names and ethnic groups are usual there."""

    code: str
    name: str
    kind: str
    sector: str
    parent: str
    province: str
    start: date = LONG_AGO
    end: date | None = None
    area: str = ""
    highland: bool = False
    weight: float = 1.0

    @property
    def holds(self) -> bool:
        """Whether people belong to it directly."""
        return self.kind in ("cell", "grassroots_cell")


class Builder:
    """Gathers units in the order in which they must be written: parents first."""

    def __init__(self, rng: np.random.Generator, *, small: bool) -> None:
        self.rng, self.small = rng, small
        self.specs: list[Spec] = []
        self._cells = 0

    def add(self, spec: Spec) -> str:
        self.specs.append(spec)
        return spec.code

    def cell(self, name: str, sector: str, parent: str, like: Spec, **more: object) -> str:
        self._cells += 1
        spec = replace(like, code=f"C-{self._cells:05}", name=name, kind="cell", sector=sector, parent=parent)
        return self.add(replace(spec, **more))  # type: ignore[arg-type]

    def kept(self, items: list[str], share: int = 4) -> list[str]:
        """A small demo keeps a few of everything."""
        return items[:share] if self.small else items


def build(rng: np.random.Generator, *, small: bool) -> list[Spec]:
    """Every unit of the two provinces until the reform, foundings after 2015 included."""
    builder = Builder(rng, small=small)
    for province in PROVINCES:
        _province(builder, province)
    return builder.specs


def chosen_districts(*, small: bool) -> list[Place]:
    """The districts that the demo has."""
    return [d for d in places.districts() if not small or d.code in places.SMALL_DISTRICTS]


def _province(builder: Builder, province: str) -> None:
    code, name = PROVINCES[province]
    like = Spec(code, f"Đảng bộ tỉnh {name}", "provincial", "agency", "", province)
    builder.add(like)
    _blocs(builder, like, name)
    districts = [d for d in chosen_districts(small=builder.small) if d.province == province]
    communes = [c for c in places.old_communes() if c.district in {d.code for d in districts}]
    for district in districts:
        _district(builder, like, district)
    shares = _residential_shares(builder, province, communes, districts)
    for commune in communes:
        _commune(builder, like, commune, shares[commune.code])
    _founded_since(builder, like, districts)


def _blocs(builder: Builder, province: Spec, name: str) -> None:
    code = province.code
    like = replace(province, kind="above_grassroots", parent=code, area="")
    agencies = builder.add(replace(like, code=f"{code}-CQ", name=f"Đảng bộ Khối Cơ quan và Doanh nghiệp tỉnh {name}"))
    for office in builder.kept(_OFFICES):
        _organisation(builder, like, agencies, f"{office} tỉnh {name}", "agency", parts=int(builder.rng.integers(0, 4)))
    for number, firm in enumerate(builder.kept(_FIRMS)):
        sector = ("state_enterprise", "private_enterprise", "private_service")[number % 3]
        kind = {"private_service": "Bệnh viện đa khoa", "state_enterprise": "Công ty"}.get(sector, "Công ty cổ phần")
        _organisation(builder, like, agencies, f"{kind} {firm} {name}", sector, parts=number % 3)
    for short, what, sector in (
        ("CA", "Công an", "police"),
        ("QS", "Quân sự", "military"),
        ("BP", "Bộ đội Biên phòng", "military"),
    ):
        parent = builder.add(replace(like, code=f"{code}-{short}", name=f"Đảng bộ {what} tỉnh {name}", sector=sector))
        for number in range(2 if builder.small else 14):
            builder.cell(f"Chi bộ Phòng {number + 1} {what} tỉnh {name}", sector, parent, like, kind="grassroots_cell")


def _organisation(builder: Builder, like: Spec, parent: str, name: str, sector: str, *, parts: int) -> None:
    """An agency or enterprise: one grassroots cell, or a committee with cells."""
    if parts < 2:
        builder.cell(f"Chi bộ {name}", sector, parent, like, kind="grassroots_cell")
        return
    code = f"G-{parent}-{sum(s.parent == parent for s in builder.specs) + 1:03}"
    committee = builder.add(
        replace(like, code=code, name=f"Đảng bộ {name}", kind="grassroots_committee", sector=sector, parent=parent)
    )
    for number in range(parts):
        builder.cell(f"Chi bộ {number + 1} {name}", sector, committee, like)


_HIGHLAND_DISTRICTS = {"525", "529", "530", "531", "535"}


def _is_highland(district: str, province: str) -> bool:
    return (province == KON_TUM and district != "608") or district in _HIGHLAND_DISTRICTS


def _district(builder: Builder, province: Spec, district: Place) -> None:
    code = f"H-{district.code}"
    like = Spec(
        code, f"Đảng bộ {district.lower_name}", "above_grassroots", "agency", province.code, province.province,
        highland=_is_highland(district.code, province.province), area=f"D-{district.code}",
    )  # fmt: skip
    builder.add(like)
    low = district.lower_name
    for office in builder.kept(_DISTRICT_OFFICES, 2):
        builder.cell(f"Chi bộ {office} {low}", "agency", code, like, kind="grassroots_cell")
    for number in range(1 if builder.small else 4):
        school = f"Chi bộ Trường THPT số {number + 1} {low}"
        builder.cell(school, "public_service", code, like, kind="grassroots_cell")
    builder.cell(f"Chi bộ Trung tâm Y tế {low}", "public_service", code, like, kind="grassroots_cell")
    builder.cell(f"Chi bộ Ban Chỉ huy Quân sự {low}", "military", code, like, kind="grassroots_cell")
    _organisation(builder, like, code, f"Công an {low}", "police", parts=3)
    builder.cell(f"Chi bộ Công ty TNHH {_FIRMS[int(district.code) % 11]} {low}", "private_enterprise", code, like,
                 kind="grassroots_cell")  # fmt: skip
    builder.cell(f"Chi bộ Hợp tác xã nông nghiệp {low}", "cooperative", code, like, kind="grassroots_cell")


def _residential_shares(
    builder: Builder, province: str, communes: list[Place], districts: list[Place]
) -> dict[str, int]:
    """How many hamlet cells each commune has; Lý Sơn, a district without communes, keeps six of its own."""
    total = 4 * len(communes) if builder.small else RESIDENTIAL_CELLS[province]
    for island in [d for d in districts if d.name.endswith("Lý Sơn")]:
        like = next(s for s in builder.specs if s.code == f"H-{island.code}")
        for number in range(6):
            name = f"Chi bộ thôn {_HAMLET_FIRST[number]} Hải"
            builder.cell(name, "residential", like.code, like, kind="grassroots_cell", weight=1.6)
        total -= 0 if builder.small else 6
    weights = builder.rng.dirichlet(np.full(len(communes), 12.0))
    counts = np.maximum(2, np.floor(weights * total).astype(int))
    while counts.sum() != total:
        place = int(builder.rng.integers(len(counts)))
        step = 1 if counts.sum() < total else -1
        if counts[place] + step >= 2:
            counts[place] += step
    return {commune.code: int(count) for commune, count in zip(communes, counts, strict=True)}


def _commune(builder: Builder, province: Spec, commune: Place, hamlets: int) -> None:
    code, low = f"X24-{commune.code}", commune.lower_name
    highland = _is_highland(commune.district, province.province)
    like = Spec(
        code, f"Đảng bộ {low}", "grassroots_committee", "residential", f"H-{commune.district}", province.province,
        area=f"2024-{commune.code}", highland=highland,
    )  # fmt: skip
    builder.add(like)
    names = _hamlet_names(builder, hamlets, highland=highland, urban=commune.type == "phường")
    for name in names:
        builder.cell(f"Chi bộ {name} {low}", "residential", code, like, weight=float(builder.rng.uniform(0.7, 2.0)))
    builder.cell(f"Chi bộ Cơ quan {low}", "agency", code, like, weight=0.9)
    for school in ("Mầm non", "Tiểu học", "THCS")[: 1 if builder.small else 3]:
        builder.cell(f"Chi bộ Trường {school} {low}", "public_service", code, like, weight=0.7)
    builder.cell(f"Chi bộ Công an {low}", "police", code, like, weight=0.35)
    builder.cell(f"Chi bộ Quân sự {low}", "military", code, like, weight=0.35)


def _hamlet_names(builder: Builder, count: int, *, highland: bool, urban: bool) -> list[str]:
    if urban:
        return [f"tổ dân phố {number + 1}" for number in range(count)]
    pool = [f"thôn {name}" for name in _HIGHLAND] if highland else []
    pool += [f"thôn {a} {b}" for a in _HAMLET_FIRST for b in _HAMLET_LAST if a != b]
    first = len(_HIGHLAND) if highland else 0
    order = [*range(first), *(first + builder.rng.permutation(len(pool) - first)).tolist()]
    return [pool[place] for place in order[:count]]


def _founded_since(builder: Builder, province: Spec, districts: list[Place]) -> None:
    """Organisations founded since 2016 outside the state sector, and a few schools; one of each kind of ending."""
    for year, count in FOUNDED_PRIVATE.items():
        for number in range(count):
            district = districts[(year + number) % len(districts)]
            like = next(s for s in builder.specs if s.code == f"H-{district.code}")
            sector = ("private_enterprise", "private_service", "cooperative")[number % 3]
            what = {"private_service": "Trường tư thục", "cooperative": "Hợp tác xã"}.get(sector, "Công ty cổ phần")
            firm = _FIRMS[(year * 3 + number) % len(_FIRMS)]
            parent = like.code if year < 2025 else f"{province.code}-CQ"
            if year >= 2025:
                continue
            builder.cell(
                f"Chi bộ {what} {firm} {year} {district.lower_name}", sector, parent, like, kind="grassroots_cell",
                start=date(year, 2, 3) + timedelta(days=31 * number + int(district.code) % 28), weight=0.15,
            )  # fmt: skip
