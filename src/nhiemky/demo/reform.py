"""The demo's decisions, as the plain data that `organisation.services` takes. Nothing here writes."""

from __future__ import annotations

from nhiemky.demo import places
from nhiemky.demo.units import Spec

Data = dict[str, object]
AN_PHU = "X25-21034"


def _decision(number: str, day: str, effective: str, title: str, operations: list[Data], body: str = "") -> Data:
    head = {
        "number": number,
        "date": day,
        "body": body or "Ban Thường vụ Tỉnh ủy Quảng Ngãi",
        "effective": effective,
        "title": title,
    }
    return {"decision": head, "operations": operations}


def split_of_the_bloc(specs: list[Spec]) -> Data:
    """February 2025: the agencies' bloc becomes the Party agencies' and the People's Committee's organisation."""
    party = ("Văn phòng", "Ban ", "Ủy ban Kiểm tra", "Mặt trận", "Hội ", "Đoàn ", "Liên đoàn", "Tòa án", "Viện Kiểm")
    below = [s for s in specs if s.parent == "T-51-CQ"]
    assign = {s.code: "T-51-DT" if s.name.split(" ", 2)[2].startswith(party) else "T-51-UB" for s in below}
    found = {"op": "found", "kind": "above_grassroots", "sector": "agency", "parent": "T-51"}
    operations: list[Data] = [
        {**found, "code": "T-51-DT", "name": "Đảng bộ các cơ quan Đảng tỉnh Quảng Ngãi"},
        {**found, "code": "T-51-UB", "name": "Đảng bộ Ủy ban nhân dân tỉnh Quảng Ngãi"},
        {"op": "split", "unit": "T-51-CQ", "into": ["T-51-DT", "T-51-UB"], "assign": assign},
    ]
    title = "Sắp xếp Đảng bộ Khối Cơ quan và Doanh nghiệp tỉnh"
    return _decision("1021-QĐ/TU", "2025-01-24", "2025-02-03", title, operations)


def reform(specs: list[Spec]) -> Data:
    """1 July 2025: districts end, communes merge or are split, Kon Tum joins Quảng Ngãi."""
    targets: dict[str, list[str]] = {}
    for old, new in places.arrows():
        targets.setdefault(old, []).append(new)
    there = {s.code for s in specs}
    old_here = [c for c in places.old_communes() if f"X24-{c.code}" in there]
    wanted = {new for c in old_here for new in targets[c.code]} | ({"21548"} if "H-536" in there else set())
    operations: list[Data] = [
        {
            "op": "found",
            "code": f"X25-{commune.code}",
            "name": f"Đảng bộ {commune.lower_name}",
            "kind": "above_grassroots",
            "sector": "residential",
            "parent": "T-51",
            "area": f"2025-{commune.code}",
        }
        for commune in places.new_communes()
        if commune.code in wanted
    ]
    operations += _merges(old_here, targets)
    operations += _splits(specs, old_here, targets)
    operations += _districts(specs)
    operations += _provinces(there)
    title = (
        "Kết thúc cấp huyện; thành lập đảng bộ xã, phường, đặc khu; hợp nhất Đảng bộ tỉnh Quảng Ngãi và tỉnh Kon Tum"
    )
    return _decision("1165-QĐ/TU", "2025-06-16", "2025-07-01", title, operations)


def _merges(old_here: list[places.Place], targets: dict[str, list[str]]) -> list[Data]:
    sources: dict[str, list[str]] = {}
    for commune in old_here:
        if len(targets[commune.code]) == 1:
            sources.setdefault(targets[commune.code][0], []).append(f"X24-{commune.code}")
    return [{"op": "merge", "units": units, "into": f"X25-{new}"} for new, units in sources.items()]


def _splits(specs: list[Spec], old_here: list[places.Place], targets: dict[str, list[str]]) -> list[Data]:
    """A commune that went to several: its cells are shared out in the order of their codes."""
    operations: list[Data] = []
    for commune in old_here:
        into = [f"X25-{new}" for new in targets[commune.code]]
        if len(into) > 1:
            cells = [s.code for s in specs if s.parent == f"X24-{commune.code}"]
            assign = {cell: into[number * len(into) // len(cells)] for number, cell in enumerate(cells)}
            operations.append({"op": "split", "unit": f"X24-{commune.code}", "into": into, "assign": assign})
    return operations


def _districts(specs: list[Spec]) -> list[Data]:
    """A district's own organisations come under the commune that holds its seat; the district ends."""
    operations: list[Data] = []
    for district in [s for s in specs if s.code.startswith("H-") and s.kind == "above_grassroots"]:
        if district.code == "H-536":
            operations.append({"op": "merge", "units": ["H-536"], "into": "X25-21548"})
            continue
        seat = f"X25-{places.SEATS[district.code[2:]]}"
        operations += [
            {"op": "move", "unit": s.code, "parent": seat}
            for s in specs
            if s.parent == district.code and not s.code.startswith("X24-")
        ]
        operations.append({"op": "dissolve", "unit": district.code})
    return operations


def _provinces(there: set[str]) -> list[Data]:
    """The bodies of Kon Tum join those of Quảng Ngãi, then the province itself."""
    pairs = (("CQ", "UB"), ("CA", "CA"), ("QS", "QS"), ("BP", "BP"))
    operations: list[Data] = [
        {"op": "merge", "units": [f"T-62-{old}"], "into": f"T-51-{new}"} for old, new in pairs if f"T-62-{old}" in there
    ]
    return [*operations, {"op": "merge", "units": ["T-62"], "into": "T-51"}]


def merge_of_hamlets(cells: list[str]) -> Data:
    """October 2026: hamlet cells of An Phú become one; their members go along."""
    operations: list[Data] = [{"op": "merge", "units": cells[1:], "into": cells[0]}]
    body = "Ban Thường vụ Đảng ủy xã An Phú"
    return _decision("45-QĐ/ĐU", "2026-10-12", "2026-10-20", "Hợp nhất chi bộ thôn", operations, body)
