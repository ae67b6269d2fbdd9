"""Which body may issue which type of document, and who may change whose document (Quy định 66-QĐ/TW).

Only what is written there of the provincial level is known; of other levels nothing is loaded, and nothing is judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.documents.kinds import KIND, KINDS
from nhiemky.domain.findings import Finding

COMMITTEE, STANDING, CONGRESS, PRESIDIUM, SECRETARIAT, COUNTING = ORGANS = (
    "committee", "standing", "congress", "presidium", "secretariat", "counting",
)  # fmt: skip
OF_COMMITTEE, OF_CONGRESS = (COMMITTEE, STANDING), (CONGRESS, PRESIDIUM, SECRETARIAT, COUNTING)
# As the rule calls them, which speaks of the provincial level.
_CALLED = {
    COMMITTEE: "Tỉnh ủy", STANDING: "Ban Thường vụ Tỉnh ủy", CONGRESS: "Đại hội đảng bộ tỉnh",
    PRESIDIUM: "Đoàn chủ tịch đại hội", SECRETARIAT: "Đoàn thư ký đại hội",
    COUNTING: "Ban thẩm tra tư cách đại biểu, ban kiểm phiếu",
}  # fmt: skip
_OF_COMMITTEE = frozenset(
    "resolution decision conclusion statute regulation notice communique report plan planning programme scheme option "
    "project submission letter minutes".split()
)
_PROVINCIAL: Mapping[str, frozenset[str]] = {
    COMMITTEE: _OF_COMMITTEE,
    STANDING: (_OF_COMMITTEE - {"communique"}) | {"directive", "circular", "guidance"},
    CONGRESS: frozenset({"resolution", "statute", "notice", "communique", "programme", "letter", "minutes"}),
    PRESIDIUM: frozenset({"notice", "report", "programme", "letter", "minutes"}),
    SECRETARIAT: frozenset({"report", "programme", "letter", "minutes"}),
    COUNTING: frozenset({"report"}),
}
TYPES = Dated(
    "documents.types_by_body",
    (Step(date(2017, 2, 6), _PROVINCIAL, "Quy định 66-QĐ/TW ngày 06/02/2017, điều 7"),),
)
CHANGING = Dated(
    "documents.who_changes",
    (Step(date(2017, 2, 6), frozenset({"amends", "supplements", "replaces", "repeals"}),
          "Quy định 66-QĐ/TW ngày 06/02/2017"),),
)  # fmt: skip
NUMBERING = Dated(
    "documents.numbering",
    (Step(date(2018, 4, 3), "term", "Hướng dẫn 36-HD/VPTW ngày 03/04/2018, mục II.1.3"),),
)


@dataclass(frozen=True, slots=True)
class Maker:
    """Who issues: the organs of the unit that it may have been, and the unit's kind ("" outside the register)."""

    organs: tuple[str, ...]
    unit_kind: str


def judge_type(kind: str, maker: Maker, on: date, *, blocks: bool) -> list[Finding]:
    """The objection to a type that the body may not issue; none where no rule of that level or day is known."""
    if maker.unit_kind != "provincial" or on < TYPES.steps[0].start or not maker.organs:
        return []
    rule = TYPES.at(on)
    allowed = frozenset().union(*(rule.value[organ] for organ in maker.organs))
    if kind in allowed:
        return []
    facts = {
        "organ": ", ".join(_CALLED[organ] for organ in maker.organs),
        "type": KIND[kind].vi,
        "allowed": ", ".join(one.vi.lower() for one in KINDS if one.key in allowed),
    }
    return [Finding.of_rule("documents.type_not_theirs", rule, field="kind", value=kind, facts=facts, blocks=blocks)]
