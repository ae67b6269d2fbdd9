"""Reading: whose own page a user opens, requests somebody may see."""

from __future__ import annotations

from django.db.models import F, QuerySet

from nhiemky.domain.access import OWN, Actor, Denied
from nhiemky.domain.rights.requests import OPEN
from nhiemky.members.models import Person
from nhiemky.members.selectors import visible_person
from nhiemky.rights.models import Holder, Request

WRITE, IDENTITY = "members.write", "members.identity"


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
    """A request that lies on the actor's desk, or lay there: its member belongs to their units.

    Raises:
        Denied: 404 outside the actor's subtree, 403 where only the right to change is missing.
    """
    found = Request.objects.select_related("person__last_unit", "change").filter(pk=request_id).first()
    if found is None:
        raise Denied(WRITE, "no_such_request", status=404)
    found.person = visible_person(actor, found.person_id, WRITE)
    return found


def requests(actor: Actor) -> QuerySet[Request]:
    """All requests of members whose record the actor keeps; what is due first, then the newest."""
    found = Request.objects.select_related("person__last_unit").defer(
        "person__identity_sealed", "person__identity_mark"
    )
    scope = actor.scope(WRITE)
    if not scope.everything:
        found = found.filter(person__last_unit_id__in=scope.unit_ids)
    return found.order_by(F("due_on").asc(nulls_last=True), "-made_on", "-pk")


def requests_of(person: Person) -> list[Request]:
    """Everything the person ever asked, the newest first."""
    return list(person.requests.select_related("change").order_by("-made_on", "-pk"))


def open_requests(actor: Actor) -> QuerySet[Request]:
    """What waits for an answer of the actor."""
    return requests(actor).filter(state__in=OPEN)
