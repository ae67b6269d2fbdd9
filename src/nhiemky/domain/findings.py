"""What a check found, and the refusal that carries findings to whoever asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one check: a code and facts, never prose.

    `cites` names the source of the rule; `blocks` says that the write may not go on; `row`, `field` and
    `value` say where in a file or form the fault stands.
    """

    code: str
    ok: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)
    cites: str = ""
    blocks: bool = True
    row: int | None = None
    field: str = ""
    value: str = ""

    def as_dict(self) -> dict[str, object]:
        """For JSON; without what is empty."""
        full = {
            "code": self.code,
            "ok": self.ok,
            "facts": {key: str(value) for key, value in self.facts.items()},
            "cites": self.cites,
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
