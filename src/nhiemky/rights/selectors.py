"""Reading: whose own page a user opens, requests somebody may see."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from nhiemky.access.models import Grant
from nhiemky.domain.access import OWN, ROLES, Actor, Denied
from nhiemky.domain.members.particulars import PARTICULARS
from nhiemky.domain.rights.requests import OPEN
from nhiemky.members.models import Person
from nhiemky.organisation import selectors as organisation
from nhiemky.rights.models import Holder, Request

VIEW, WRITE, IDENTITY = "members.view", "members.write", "members.identity"
SEALED = tuple(one.key for one in PARTICULARS if one.sealed)


def person_of(user_id: int) -> int | None:
    """The person whose own page the user opens; nobody once the account is withdrawn."""
    return Holder.objects.filter(user_id=user_id, withdrawn=False).values_list("person_id", flat=True).first()


def own_person(actor: Actor) -> Person:
    """The person the actor is, by the link alone.

    Raises:
        Denied: 403 for who is nobody in the register, or whose account was withdrawn.
    """
    found = None
    if actor.person_id is not None:
        found = Person.objects.select_related("last_unit").filter(pk=actor.person_id).first()
    if found is None:
        raise Denied(OWN, "permission_missing")
    return found


def holder_of(person: Person) -> Holder | None:
    """The account of the person that is in use."""
    return Holder.objects.select_related("user").filter(person=person, withdrawn=False).first()


def may_give_account(actor: Actor, person: Person) -> bool:
    """Whoever hands out the first password could read what the member reads, so must hold as much already."""
    unit_id = person.last_unit_id
    return unit_id is not None and all(unit_id in actor.scope(right) for right in (WRITE, IDENTITY))


def own_request(actor: Actor, request_id: int) -> Request:
    """A request of the actor as a member; another's does not exist for them."""
    person = own_person(actor)
    found = person.requests.filter(pk=request_id).first()
    if found is None:
        raise Denied(OWN, "no_such_request", status=404)
    found.person = person
    return found


def visible_request(actor: Actor, request_id: int) -> Request:
    """A request that lies on the actor's desk, or was answered there (`Request.desk_id`).

    Raises:
        Denied: 404 outside the actor's subtree, 403 where only the right to change is missing.
    """
    found = Request.objects.select_related("person__last_unit", "change").filter(pk=request_id).first()
    if found is None:
        raise Denied(WRITE, "no_such_request", status=404)
    if found.desk_id is None:
        raise Denied(WRITE, "no_such_request", status=404)
    for right in (VIEW, WRITE):
        actor.require(right, found.desk_id)
    return found


def requests(actor: Actor) -> QuerySet[Request]:
    """All requests that lie on the actor's desk or were answered there; what is due first, then the newest."""
    found = Request.objects.select_related("person__last_unit").defer(
        "person__identity_sealed", "person__identity_mark"
    )
    scope = actor.scope(WRITE)
    if not scope.everything:
        desk = Coalesce("answered_unit_id", "addressed_unit_id", "person__last_unit_id")
        found = found.annotate(desk=desk).filter(desk__in=scope.unit_ids)
    return found.order_by(F("due_on").asc(nulls_last=True), "-made_on", "-pk")


def requests_of(person: Person) -> list[Request]:
    """Everything the person ever asked, the newest first."""
    return list(person.requests.select_related("change").order_by("-made_on", "-pk"))


def open_requests(actor: Actor) -> QuerySet[Request]:
    """What waits for an answer of the actor."""
    return requests(actor).filter(state__in=OPEN)


def answerable(actor: Actor) -> QuerySet[Request]:
    """Of these what the actor can also grant: an identity number is for who may read it."""
    found, scope = open_requests(actor), actor.scope(IDENTITY)
    if scope.everything:
        return found
    return found.filter(~Q(field__in=SEALED) | Q(person__last_unit_id__in=scope.unit_ids))


def may_grant(actor: Actor, asked: Request) -> bool:
    """Whether the actor can do what is asked, once they have it before them."""
    home = asked.person.last_unit_id
    return asked.field not in SEALED or (home is not None and home in actor.scope(IDENTITY))


def who_can_grant(asked: Request, today: date) -> str:
    """The nearest office up from the member's unit in which somebody may read identity numbers; empty for none."""
    path = addressees(asked.person, today)
    held, roles = organisation.structure(), [role for role, rights in ROLES.items() if IDENTITY in rights]
    ids = {int(held.ids[held.by_code[code]]): name for code, name in path}
    granted = Grant.objects.filter(unit_id__in=ids, role__in=roles, during__contains=today, withdrawn=False)
    units = set(granted.values_list("unit_id", flat=True))
    return next((name for unit_id, name in ids.items() if unit_id in units), "")


def addressees(person: Person, today: date) -> list[tuple[str, str]]:
    """Code and name of the unit that the person belongs to and of those above it, from below."""
    held = organisation.structure()
    return [] if person.last_unit_id is None else organisation.path_names(held.index[person.last_unit_id], today)[::-1]
