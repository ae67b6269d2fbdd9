"""How many of those summoned must be there. Where no rule names it, it is a setting of the conference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nhiemky.domain.conferences.kinds import CONFIDENCE, CONGRESS
from nhiemky.domain.dated import Dated, Step
from nhiemky.domain.findings import Finding

RULES: Mapping[str, Dated[Fraction]] = {
    CONGRESS: Dated(
        "conferences.quorum.congress",
        (Step(date(1930, 2, 3), Fraction(2, 3), "Quy chế bầu cử trong Đảng", confirmed=False),),
    ),
    CONFIDENCE: Dated(
        "conferences.quorum.confidence",
        (Step(date(2023, 2, 2), Fraction(2, 3), "96-QĐ/TW, 2/2/2023"),),
    ),
}
"""By kind of conference: the share of those summoned who must be present. No rule names one for other kinds.

That of congresses is told without a text that could be looked at (domain notes 1.4, [M]); that of 96-QĐ/TW is (6.1).
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the conference itself set, as no rule names a quorum: to be confirmed by whoever is competent."""

    value: Fraction
    cites: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Quorum:
    """Of those summoned, how many are present and how many must be.

    `share` None: no rule and no setting, so nothing is needed and nothing can be reached. Guests are in none of it.
    """

    summoned: int
    present: int
    share: Fraction | None
    rule: Step[Fraction] | Setting | None

    @property
    def needed(self) -> int | None:
        """The smallest number that is at least the share of those summoned; at least one."""
        if self.share is None:
            return None
        return max(1, -(-self.summoned * self.share.numerator // self.share.denominator))

    @property
    def reached(self) -> bool | None:
        """Whether enough are present; None where nothing says how many that is."""
        return None if self.needed is None else self.present >= self.needed

    @property
    def missing(self) -> int:
        """How many more must come."""
        return max(0, (self.needed or 0) - self.present)

    def told(self) -> Finding:
        """The sentence about it, with the source of the rule, or that it is a setting to be confirmed."""
        facts: dict[str, object] = {"summoned": self.summoned, "present": self.present}
        if self.share is None or self.rule is None:
            return Finding("conferences.quorum_unset", facts=facts, blocks=False, confirmed=False)
        facts |= {"needed": self.needed, "share": f"{self.share.numerator}/{self.share.denominator}"}
        code = "conferences.quorum_set" if isinstance(self.rule, Setting) else "conferences.quorum"
        return Finding.of_rule(code, self.rule, ok=bool(self.reached), facts=facts, blocks=False)


def quorum(kind: str, on: date, summoned: int, present: int, set_percent: int | None = None) -> Quorum:
    """The quorum of a conference of the kind on the day.

    A rule in force goes before what the conference set (`set_percent`, of a hundred); before the first step of a
    kind's rule the setting stands.
    """
    rule = RULES.get(kind)
    if rule is not None and on >= rule.steps[0].start:
        step = rule.at(on)
        return Quorum(summoned, present, step.value, step)
    if set_percent is None:
        return Quorum(summoned, present, None, None)
    made = Setting(Fraction(set_percent, 100))
    return Quorum(summoned, present, made.value, made)
