"""Giving and ending grants."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from nhiemky.access.models import Grant
from nhiemky.accounts.models import User
from nhiemky.audit.services import record, service
from nhiemky.domain.access import ROLES, Actor
from nhiemky.domain.findings import Finding, Refused
from nhiemky.organisation import selectors as organisation


@service
def grant_give(
    *, actor: Actor, username: str, role: str, unit_code: str, start: date, end: date | None = None
) -> Grant:
    """Give a role over a subtree from a day on, any role: an administrator hands out rights without holding them.

    That is the job, and its danger (docs/threat-model.md): what stands against it is that nobody gives to themselves,
    that every grant is an event, and that a user whose password somebody else set must change it first.

    Raises:
        Refused: the user or role is unknown, the days are in the wrong order, or the actor would give to themselves.
        Denied: the unit lies outside what the actor may grant over.
    """
    place = organisation.visible_position(actor, unit_code, "access.grant")
    unit_id = int(organisation.structure().ids[place])
    user = User.objects.filter(username=username, is_active=True).first()
    findings = []
    if user is None:
        findings.append(Finding("access.no_such_user", field="username", value=username))
    if role not in ROLES:
        findings.append(Finding("access.no_such_role", field="role", value=role))
    if end is not None and end <= start:
        findings.append(Finding("access.ends_before_start", field="end", facts={"start": start, "end": end}))
    if user is not None and user.of_member:
        findings.append(Finding("access.member_account", field="username", value=username))
    if user is not None and user.pk == actor.user_id:
        findings.append(Finding("access.own_grant", field="username", value=username))
    if findings or user is None:
        raise Refused(findings)
    grant = Grant.objects.create(user=user, role=role, unit_id=unit_id, during=DateRange(start, end))
    facts = {"user": username, "role": role, "unit": unit_code, "start": start, "end": end}
    record("access.grant_given", actor=actor, subject=username, unit_id=unit_id, facts=facts)
    return grant


@service
def grant_end(*, actor: Actor, grant_id: int, on: date) -> Grant:
    """End a grant with a day: it holds no longer from that day on, today included.

    With a day that is not after its first one nothing would be left of it: it is withdrawn, and holds on no day.

    Raises:
        Refused: it ended before, or it is the actor's own.
        Denied: the unit lies outside what the actor may grant over.
    """
    grant = Grant.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=grant_id)
    actor.require("access.grant", grant.unit_id)
    if grant.user_id == actor.user_id:
        raise Refused(Finding("access.own_grant_end"))
    if grant.withdrawn or (grant.during.upper is not None and grant.during.upper <= on):
        raise Refused(Finding("access.already_ended", facts={"on": on}))
    grant.withdrawn = on <= grant.during.lower
    if not grant.withdrawn:
        grant.during = DateRange(grant.during.lower, on)
    grant.save()
    facts = {"user": grant.user.username, "role": grant.role, "unit": grant.unit.code, "on": on}
    action = "access.grant_withdrawn" if grant.withdrawn else "access.grant_ended"
    record(action, actor=actor, subject=grant.user.username, unit_id=grant.unit_id, facts=facts)
    return grant
