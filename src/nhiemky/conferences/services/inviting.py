"""Inviting: by post and unit in bulk, or a guest by name."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.conferences import selectors
from nhiemky.conferences.models import Conference, Invitee
from nhiemky.conferences.selectors import WRITE
from nhiemky.conferences.services.planning import unfinished
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.kinds import GUEST, ROLES, SUMMONED
from nhiemky.domain.findings import Finding, Refused, refuse_if_any
from nhiemky.domain.names import clean
from nhiemky.members.models import Seat
from nhiemky.organisation import selectors as organisation

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE = 10
STANDING, COMMITTEES = "standing_committee", ("committee", "cell_committee")


@dataclass(frozen=True)
class Posts:
    """Whom to invite: who holds these posts on the day of the conference, in a unit or in all of some kinds below it.

    `kinds` empty: in the unit itself. `post` "standing" is everybody in the standing committee.
    """

    unit_code: str
    posts: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    role: str = SUMMONED


@service
def posts_invite(*, actor: Actor, conference_id: int, posts: Posts) -> int:
    """Invite holders of posts; who is invited already stays as they are. How many were.

    Raises:
        Refused: nobody holds these posts on the day.
        Denied: the conference, or the unit, is not the actor's.
    """
    made = unfinished(actor, conference_id)
    if posts.role not in ROLES:
        raise Refused(Finding("conferences.no_such_role", field="role", value=posts.role))
    seats = holders(actor, made, posts)
    invited = set(made.invitees.filter(person__isnull=False).values_list("person_id", flat=True))
    new = {seat.person_id: seat for seat in reversed(seats) if seat.person_id not in invited}
    if not new:
        code = "conferences.all_invited" if seats else "conferences.nobody_holds"
        raise Refused(Finding(code, field="posts", facts={"on": made.on}))
    Invitee.objects.bulk_create(
        Invitee(
            conference=made, person_id=seat.person_id, post=seat.post, unit_id=seat.term.body.unit_id,
            role=posts.role, code=new_code(), seq=current_seq(),
        )
        for seat in reversed(new.values())
    )  # fmt: skip
    facts = {"title": made.title, "on": made.on, "count": len(new), "unit": posts.unit_code}
    record("conferences.posts_invited", actor=actor, subject=made.pk, unit_id=made.unit_id, facts=facts)
    return len(new)


def holders(actor: Actor, conference: Conference, posts: Posts) -> Sequence[Seat]:
    """The seats meant, as they are held on the day of the conference: secretaries first, unit by unit."""
    place = organisation.visible_position(actor, posts.unit_code, WRITE)
    units = _units(place, posts.kinds, conference.on)
    plain = [post for post in posts.posts if post != "standing"]
    found: list[Seat] = []
    held = Seat.objects.select_related("term__body", "person").filter(
        term__body__unit_id__in=units, during__contains=conference.on
    )
    if plain:
        found += held.filter(term__body__kind__in=COMMITTEES, post__in=plain)
    if "standing" in posts.posts:
        found += held.filter(term__body__kind=STANDING)
    rank = {unit_id: number for number, unit_id in enumerate(units)}
    order = {"secretary": 0, "deputy": 1, "member": 2}
    return sorted(found, key=lambda seat: (order[seat.post], rank[seat.term.body.unit_id], seat.person.name_key))


def _units(top: int, kinds: Iterable[str], on: date) -> list[int]:
    held = organisation.structure()
    if not kinds:
        return [int(held.ids[top])]
    inside = held.tree(on).inside(top) & held.alive(on)
    versions = ((place, held.version(place, on)) for place in inside.nonzero()[0].tolist() if place != top)
    return [int(held.ids[place]) for place, version in versions if version is not None and version.kind in kinds]


def new_code() -> str:
    """A random code for one invitation: ten letters and digits that are not mistaken for each other, 49 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE))


@service
def guest_invite(*, actor: Actor, conference_id: int, name: str, post: str, body: str, role: str = GUEST) -> Invitee:
    """Invite somebody by name who is not in the register, or not by a post that it knows.

    Raises:
        Refused: without a name, or the same guest twice.
        Denied: the conference is not the actor's to write.
    """
    made = unfinished(actor, conference_id)
    name, post, body = clean(name), clean(post), clean(body)
    findings = []
    if not name:
        findings.append(Finding("conferences.guest_unnamed", field="name"))
    if role not in ROLES:
        findings.append(Finding("conferences.no_such_role", field="role", value=role))
    if made.invitees.filter(guest_name=name, body=body).exists():
        findings.append(Finding("conferences.guest_twice", field="name", value=name))
    refuse_if_any(findings)
    one = Invitee.objects.create(
        conference=made, guest_name=name, post=post, body=body, role=role, code=new_code(), seq=current_seq()
    )
    facts = {"title": made.title, "on": made.on}
    record("conferences.guest_invited", actor=actor, subject=made.pk, unit_id=made.unit_id, facts=facts)
    return one


@service
def invitee_remove(*, actor: Actor, invitee_id: int) -> None:
    """Take somebody off the list of the invited; also after the conference, where it was a mistake.

    Raises:
        Refused: an instruction was noted as theirs.
        Denied: the conference is not the actor's to write.
    """
    one = selectors.visible_invitee(actor, invitee_id, WRITE)
    if one.instructions.exists():
        raise Refused(Finding("conferences.invitee_spoke", facts={"count": one.instructions.count()}))
    facts = {"title": one.conference.title, "on": one.conference.on, "presence": one.presence}
    subject = one.person_id or one.conference_id
    record("conferences.invitee_removed", actor=actor, subject=subject, unit_id=one.conference.unit_id, facts=facts)
    one.delete()
