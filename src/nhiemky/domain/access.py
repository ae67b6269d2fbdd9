"""Who asks, and over which units each permission holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PERMISSIONS = (
    "organisation.view",
    "organisation.reorganise",
    "members.view",
    "members.write",
    "members.identity",
    "reporting.view",
    "reporting.target",
    "work.view",
    "work.write",
    "audit.view",
    "access.grant",
)
WRITE_PERMISSIONS = frozenset(
    {"organisation.reorganise", "members.write", "reporting.target", "work.write", "access.grant"}
)
_READ = frozenset({"organisation.view", "members.view", "reporting.view", "work.view"})

ROLES: Mapping[str, frozenset[str]] = {
    "leader": _READ,
    "specialist": _READ
    | {"organisation.reorganise", "members.write", "members.identity", "reporting.target", "work.write"},
    "clerk": _READ | {"members.write", "members.identity", "work.write"},
    "secretary": _READ | {"members.write", "work.write"},
    "auditor": _READ | {"audit.view"},
    "administrator": frozenset({"organisation.view", "access.grant", "audit.view"}),
}


# Whoever has a record of their own in the register may see it; no role gives that, only the link to the person does.
OWN = "own"


class Denied(Exception):
    """A refusal of access: outside the subtree the row does not exist (404), inside it the right is missing (403)."""

    def __init__(self, permission: str, reason: str, *, status: int = 403) -> None:
        self.permission = permission
        self.reason = reason
        self.status = status
        super().__init__(f"{status} {permission}: {reason}")


@dataclass(frozen=True, slots=True)
class Scope:
    """The units over which a permission holds."""

    everything: bool = False
    unit_ids: frozenset[int] = frozenset()

    def __contains__(self, unit_id: int) -> bool:
        return self.everything or unit_id in self.unit_ids

    def __bool__(self) -> bool:
        return self.everything or bool(self.unit_ids)

    def __or__(self, other: Scope) -> Scope:
        return Scope(self.everything or other.everything, self.unit_ids | other.unit_ids)

    def __and__(self, other: Scope) -> Scope:
        if self.everything or other.everything:
            return other if self.everything else self
        return Scope(unit_ids=self.unit_ids & other.unit_ids)


NOWHERE = Scope()
EVERYWHERE = Scope(everything=True)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person or process that asks. `verified` tells that a second factor was given in this session.

    `how` is the door where it was not a page ("console"); the audit keeps it with each event. `person_id` is the person
    of the register whose own page this is, for the account of a member; such an account holds nothing else. `granted`
    are the units a permission was granted over, without those below them.
    """

    user_id: int | None = None
    name: str = ""
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    verified: bool = False
    how: str = ""
    person_id: int | None = None
    granted: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def system(cls, name: str = "system", how: str = "") -> Actor:
        """The operator at the machine's own console, who could read the database anyway."""
        return cls(name=name, scopes=dict.fromkeys(PERMISSIONS, EVERYWHERE), verified=True, how=how)

    def may(self, permission: str) -> bool:
        """Whether the permission is held anywhere at all."""
        if permission == OWN:
            return self.person_id is not None
        return bool(self.scope(permission))

    def scope(self, permission: str) -> Scope:
        """Where the permission holds."""
        return self.scopes.get(permission, NOWHERE)

    def require(self, permission: str, unit_id: int) -> None:
        """Raise `Denied`: 404 where the actor may not even see the unit, 403 where only this right is missing."""
        if unit_id in self.scope(permission):
            return
        if unit_id in self.scope("organisation.view"):
            raise Denied(permission, "permission_missing", status=403)
        raise Denied(permission, "outside_subtree", status=404)

    @property
    def writes(self) -> bool:
        """Whether any writing permission is held: those need a second factor."""
        return any(self.may(permission) for permission in WRITE_PERMISSIONS)
