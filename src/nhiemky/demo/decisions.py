"""Every decision of the demo that reorganises, in the order of its days, as the plain data that the service takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nhiemky.demo import offices
from nhiemky.demo.drafting import Data, Draft
from nhiemky.demo.foundings import REFORM
from nhiemky.demo.papers import committee_of
from nhiemky.demo.reform import reform
from nhiemky.demo.units import PROVINCES, Spec

AN_PHU = "X25-21034"
SPLIT, DEPARTMENTS, HAMLETS = date(2025, 2, 3), date(2025, 3, 1), date(2026, 10, 20)
# Day, province and how many small cells outside the communes end.
_DISSOLVED = (
    (date(2017, 10, 16), "51", 1),
    (date(2019, 4, 22), "62", 1),
    (date(2020, 9, 21), "51", 2),
    (date(2023, 8, 14), "51", 1),
    (date(2024, 6, 10), "62", 1),
    (date(2026, 4, 20), "51", 1),
)
# On these days only units are moved, and people with them.
DAYS = (*(day for day, _province, _count in _DISSOLVED), SPLIT, DEPARTMENTS, REFORM, HAMLETS)


def decisions(specs: list[Spec]) -> list[Data]:
    """All of them; what is founded after the reform takes no part."""
    draft = Draft([s for s in specs if s.start <= REFORM])
    made = [*_dissolutions(draft, before=REFORM)]
    for province in PROVINCES:
        made.append(_split_of_the_bloc(draft, province))
    for province in PROVINCES:
        made.append(_departments(draft, province))
    made.append(reform(draft))
    made += _dissolutions(draft, since=REFORM)
    made.append(_merge_of_hamlets(draft))
    return made


def _dissolutions(draft: Draft, *, since: date = date.min, before: date = date.max) -> Iterator[Data]:
    """Small cells that ended, their people going to a neighbour under the same committee."""
    for number, (day, province, count) in enumerate(_DISSOLVED):
        if not since <= day < before:
            continue
        small = [s for s in draft.units.values() if s.role in ("founded", "firm") and s.holds and s.district]
        small = [s for s in small if s.province == province and s.start < day]
        chosen = sorted(small, key=lambda s: (s.weight, s.code))[:count]
        for spec in chosen:
            near = [s for s in draft.below(spec.parent) if s.holds and s.code != spec.code and s.start < day]
            draft.dissolve(spec.code, max(near, key=lambda s: (s.sector == spec.sector, s.weight, s.code)).code)
        body, symbol = committee_of(draft.units[chosen[0].parent].name)
        yield draft.decision(f"{210 + number}-QĐ/{symbol}", day, day, "Giải thể chi bộ không còn đủ điều kiện", body)


def _head(province: str) -> str:
    return f"Ban Thường vụ Tỉnh ủy {PROVINCES[province][1]}"


def _split_of_the_bloc(draft: Draft, province: str) -> Data:
    """February 2025: the agencies' bloc becomes the Party agencies' and the People's Committee's organisation."""
    code, name = PROVINCES[province]
    like = draft.units[f"{code}-CQ"]
    party, government = f"{code}-DT", f"{code}-UB"
    for new, what in ((party, "các cơ quan Đảng"), (government, "Ủy ban nhân dân")):
        draft.found(Spec(new, f"Đảng bộ {what} tỉnh {name}", like.kind, like.sector, code, province, SPLIT))
    below = draft.below(like.code)
    assign = {s.code: party if s.role == "party" else government for s in below}
    draft.split(like.code, [party, government], assign)
    _join(draft, party, *offices.MERGED_COMMISSION, name)
    title = "Sắp xếp Đảng bộ Khối Cơ quan và Doanh nghiệp tỉnh"
    return draft.decision("1021-QĐ/TU", date(2025, 1, 24), SPLIT, title, _head(province))


def _join(draft: Draft, parent: str, old: str, into: str, called: str, name: str) -> None:
    """One office joins another, which takes a new name; a small demo may have neither."""
    sources, targets = draft.below(parent, label=old), draft.below(parent, label=into)
    if not (sources and targets):
        return
    target, office = targets[0], called.format(p=name)
    draft.merge([sources[0].code], target.code)
    draft.rename(target.code, f"{'Chi bộ' if target.holds else 'Đảng bộ'} {office}", label=called)
    if not target.holds:
        draft.number_parts(target.code, office)


def _departments(draft: Draft, province: str) -> Data:
    """March 2025: departments of the People's Committee merge, and their organisations with them."""
    code, name = PROVINCES[province]
    for old, into, called in offices.MERGED_DEPARTMENTS:
        _join(draft, f"{code}-UB", old, into, called, name)
    title = "Hợp nhất tổ chức đảng của các sở"
    return draft.decision("1064-QĐ/TU", date(2025, 2, 24), DEPARTMENTS, title, _head(province))


def _merge_of_hamlets(draft: Draft) -> Data:
    """October 2026: hamlet cells of An Phú become one; their members go along."""
    cells = [s.code for s in draft.below(AN_PHU) if s.sector == "residential"][:3]
    draft.merge(cells[1:], cells[0])
    body = "Ban Thường vụ Đảng ủy xã An Phú"
    return draft.decision("45-QĐ/ĐU", date(2026, 10, 12), HAMLETS, "Hợp nhất chi bộ thôn", body)
