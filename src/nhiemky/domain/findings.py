"""What a check found, and the refusal that carries findings to whoever asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class Rule(Protocol):
    """What a finding needs to know of the rule it rests on (`dated.Step`)."""

    @property
    def cites(self) -> str: ...
    @property
    def confirmed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one check: a code and facts, never prose.

    `cites` names the source of the rule, `confirmed` tells whether its value could be verified; `blocks` says that the
    write may not go on; `row`, `field` and `value` say where in a file or form the fault stands.
    """

    code: str
    ok: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)
    cites: str = ""
    confirmed: bool = True
    blocks: bool = True
    row: int | None = None
    field: str = ""
    value: str = ""

    @classmethod
    def of_rule(cls, code: str, rule: Rule, **more: Any) -> Finding:
        """A finding that rests on a dated rule: it names the source, and says where the value is to be confirmed."""
        return cls(code, cites=rule.cites, confirmed=rule.confirmed, **more)

    def as_dict(self) -> dict[str, object]:
        """For JSON; without what is empty."""
        full = {
            "code": self.code,
            "ok": self.ok,
            "facts": {key: str(value) for key, value in self.facts.items()},
            "cites": self.cites,
            "confirmed": None if self.confirmed else False,
            "row": self.row,
            "field": self.field,
            "value": self.value,
        }
        return {key: value for key, value in full.items() if value not in (None, "", {})}


class Refused(Exception):
    """A write that a rule forbids, with every objection at once."""

    def __init__(self, findings: Iterable[Finding] | Finding) -> None:
        self.findings: tuple[Finding, ...] = (findings,) if isinstance(findings, Finding) else tuple(findings)
        shown = "; ".join(f"{f.code} {f.value} {dict(f.facts)}" for f in self.findings[:5])
        super().__init__(f"{len(self.findings)} findings: {shown}")


def refuse_if_any(findings: Iterable[Finding]) -> None:
    """Raise `Refused` with all findings that block, if there is one."""
    broken = [finding for finding in findings if not finding.ok and finding.blocks]
    if broken:
        raise Refused(broken)
