"""Reading: whose own page a user opens, requests somebody may see, who left so long ago that the data must go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Collate

from nhiemky.access.models import Grant
from nhiemky.domain.access import OWN, ROLES, Actor, Denied
from nhiemky.domain.members.kinds import MOVEMENT_KINDS
from nhiemky.domain.members.particulars import PARTICULARS
from nhiemky.domain.rights.requests import OPEN
from nhiemky.domain.rights.shredding import RETENTION_YEARS
from nhiemky.members.models import Person, Stay
from nhiemky.organisation import selectors as organisation
from nhiemky.rights.models import Holder, Request, Shredding

VIEW, WRITE, IDENTITY = "members.view", "members.write", "members.identity"
SEALED = tuple(one.key for one in PARTICULARS if one.sealed)
_LEAVES = tuple(kind.key for kind in MOVEMENT_KINDS if kind.leaves)


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


# --- Retention -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gone:
    """Somebody who left, and the day since which nothing that tells who it was may be kept."""

    person: Person
    kind: str
    left_on: date
    due_on: date


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def gone(actor: Actor, today: date, ids: Sequence[int] | None = None) -> list[Gone]:
    """Whose data must be shredded by the rule of today, of the actor's units; the longest ago first.

    Raises:
        NoRuleInForce: no rule says after how many years.
    """
    years = RETENTION_YEARS.at(today).value
    later = Stay.objects.filter(person=OuterRef("person"), during__startswith__gt=OuterRef("during__startswith"))
    found = Stay.objects.filter(
        ~Exists(later),
        closed_by__kind__in=_LEAVES,
        closed_by__on__lte=_years_before(today, years),
        person__shredded=None,
    )
    scope = actor.scope(WRITE)
    if not scope.everything:
        found = found.filter(person__last_unit_id__in=scope.unit_ids)
    identity = actor.scope(IDENTITY)
    if not identity.everything:
        found = found.filter(person__last_unit_id__in=identity.unit_ids)
    if ids is not None:
        found = found.filter(person_id__in=ids)
    found = found.select_related("person__last_unit", "closed_by").order_by(
        "closed_by__on", Collate("person__name_key", "C"), "person_id"
    )
    return [_gone(stay, years) for stay in found]


def _gone(stay: Stay, years: int) -> Gone:
    left = stay.closed_by
    assert left is not None
    return Gone(stay.person, left.kind, left.on, years_after(left.on, years))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def visible_shredding(actor: Actor, shredding_id: int) -> Shredding:
    """A list for shredding all of whose people are of the actor's units.

    Raises:
        Denied: 404 where there is none, or one of its people is not theirs.
    """
    found = [one for one in shreddings(actor) if one.pk == shredding_id]
    if not found:
        raise Denied(IDENTITY, "no_such_shredding", status=404)
    return found[0]


def shreddings(actor: Actor, **wanted: object) -> list[Shredding]:
    """Lists for shredding that concern only people of the actor's units, the newest first."""
    found = list(Shredding.objects.filter(**wanted).order_by("-pk"))
    listed = {person_id for one in found for person_id in one.people}
    units = dict(Person.objects.filter(pk__in=listed).values_list("pk", "last_unit_id"))
    reach = [actor.scope(right) for right in (WRITE, IDENTITY)]
    return [one for one in found if all(units[pk] in scope for pk in one.people for scope in reach)]
