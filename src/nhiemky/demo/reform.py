"""The reform of 1 July 2025 as one decision: districts end, communes merge or are split, Kon Tum joins Quảng Ngãi."""

from __future__ import annotations

from datetime import date

from nhiemky.demo import places
from nhiemky.demo.drafting import Data, Draft
from nhiemky.demo.foundings import REFORM
from nhiemky.demo.places import Place
from nhiemky.demo.units import Spec

_TITLE = "Kết thúc cấp huyện; thành lập đảng bộ xã, phường, đặc khu; hợp nhất Đảng bộ tỉnh Quảng Ngãi và tỉnh Kon Tum"
# What a commune has of each after the reform; the first of the old cells lives on under the name.
_FORCES = (("police", "Chi bộ Công an {x}"), ("army", "Chi bộ Quân sự {x}"))


def reform(draft: Draft) -> Data:
    """Draft the whole reform."""
    old_here = [c for c in places.old_communes() if f"X24-{c.code}" in draft.units]
    districts = [d for d in places.districts() if f"H-{d.code}" in draft.units]
    wanted = {new for d in districts for new in places.new_communes_of(d.code)}
    new_here = [c for c in places.new_communes() if c.code in wanted]
    for commune in new_here:
        draft.found(_commune(commune))
    _share_out(draft, old_here)
    for commune in new_here:
        for role, name in _FORCES:
            _one_of(draft, draft.below(f"X25-{commune.code}", role), name.format(x=commune.lower_name))
    for district in districts:
        _end_district(draft, district)
    for commune in new_here:
        _agencies(draft, commune)
        _rename_hamlets(draft, commune)
    _join_provinces(draft)
    return draft.decision("1165-QĐ/TU", date(2025, 6, 16), REFORM, _TITLE, "Ban Thường vụ Tỉnh ủy Quảng Ngãi")


def _commune(commune: Place) -> Spec:
    return Spec(
        f"X25-{commune.code}", f"Đảng bộ {commune.lower_name}", "above_grassroots", "residential", "T-51", "51",
        REFORM, area=f"2025-{commune.code}", label=commune.lower_name,
    )  # fmt: skip


def _share_out(draft: Draft, old_here: list[Place]) -> None:
    """Whole communes merge; of one that went to several, the cells are shared out in the order of their codes."""
    sources: dict[str, list[str]] = {}
    for commune in old_here:
        code, into = f"X24-{commune.code}", [f"X25-{new}" for new in places.heirs()[commune.code]]
        if len(into) == 1:
            sources.setdefault(into[0], []).append(code)
            continue
        cells = draft.below(code)
        draft.split(code, into, {c.code: into[n * len(into) // len(cells)] for n, c in enumerate(cells)})
    for target, codes in sources.items():
        draft.merge(codes, target)


def _one_of(draft: Draft, cells: list[Spec], name: str) -> None:
    """Make one cell out of several; the first lives on under the name."""
    if cells:
        draft.merge([c.code for c in cells[1:]], cells[0].code)
        draft.rename(cells[0].code, name)


def _agencies(draft: Draft, commune: Place) -> None:
    """One agencies' cell; where a district had its seat two: the Party's and the People's Committee's."""
    code, name = f"X25-{commune.code}", commune.lower_name
    party, government = draft.below(code, "party"), draft.below(code, "government")
    own = draft.below(code, "agency")
    half = len(own) // 2 if party else 0
    _one_of(draft, [*party, *own[:half]], f"Chi bộ các cơ quan Đảng {name}")
    _one_of(draft, [*government, *own[half:]], f"Chi bộ {'Ủy ban nhân dân' if government else 'Cơ quan'} {name}")


def _end_district(draft: Draft, district: Place) -> None:
    """What a district had of its own goes to the commune with its seat, or over to the province."""
    code, bare = f"H-{district.code}", district.bare_name
    communes = [f"X25-{new}" for new in places.new_communes_of(district.code)]
    seat = communes[0]
    _police(draft, code, communes)
    for command in draft.below(code, "command"):
        draft.move(command.code, "T-51-QS")
        draft.rename(command.code, f"Chi bộ Ban Chỉ huy Phòng thủ khu vực {bare}")
    for role, name in (
        ("court", f"Chi bộ Tòa án - Viện Kiểm sát khu vực {bare}"),
        ("tax", f"Chi bộ Thuế cơ sở - Kho bạc khu vực {bare}"),
        ("health", f"Chi bộ Trung tâm Y tế khu vực {bare}"),
    ):
        for cell in draft.below(code, role):
            draft.rename(cell.code, name)
    if district.code == places.ISLAND:
        draft.merge([code], seat)
    else:
        for spec in draft.below(code):
            draft.move(spec.code, seat)
        draft.dissolve(code)


def _police(draft: Draft, district: str, communes: list[str]) -> None:
    """The district's police ends; its cells join those of the communes. The island's becomes the zone's own."""
    for committee in draft.below(district, "police"):
        cells = [cell.code for cell in draft.below(committee.code)]
        held = [draft.below(commune, "police") for commune in communes]
        targets = [found[0].code for found in held if found]
        if not targets:
            draft.move(cells[0], communes[0])
            draft.rename(cells[0], f"Chi bộ Công an {draft.units[communes[0]].label}", role="police")
            targets, cells = [cells[0]], cells[1:]
        for number, cell in enumerate(cells):
            draft.merge([cell], targets[number % len(targets)])
        draft.dissolve(committee.code)


def _rename_hamlets(draft: Draft, commune: Place) -> None:
    """Hamlets are told apart by the new commune; street groups are numbered anew."""
    number = 0
    for cell in draft.below(f"X25-{commune.code}", "hamlet"):
        label = cell.label
        if label.startswith("tổ dân phố"):
            number += 1
            label = f"tổ dân phố {number}"
        draft.rename(cell.code, f"Chi bộ {label} {commune.lower_name}", label=label)


def _join_provinces(draft: Draft) -> None:
    """The bodies of Kon Tum join those of Quảng Ngãi: each agency its like, the posts of the border as they are."""
    for ending in ("DT", "UB", "CA", "QS", "BP"):
        ours, theirs = f"T-51-{ending}", f"T-62-{ending}"
        own = {s.label: s for s in draft.below(ours) if s.label}
        strangers = draft.below(theirs)
        draft.merge([theirs], ours)
        for spec in strangers:
            like = own.get(spec.label)
            if like is None:
                continue
            draft.merge([spec.code], like.code)
            if not like.holds:
                draft.number_parts(like.code, like.name.removeprefix("Đảng bộ "))
    draft.merge(["T-62"], "T-51")
