"""Reading transfers: one that the actor may see, who is under way, and whether the ground of a letter still holds."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from nhiemky.domain.access import Actor, Denied, Scope
from nhiemky.domain.members.kinds import MOVEMENT_KINDS
from nhiemky.domain.organisation.kinds import GRASSROOTS_KINDS, KIND
from nhiemky.domain.transfers.kinds import ABROAD, OPEN, RECEIVED, RETURNED, SENT, WITHDRAWN
from nhiemky.domain.transfers.limits import overdue_before
from nhiemky.members import selectors as members
from nhiemky.members.models import Movement, Person, Stay
from nhiemky.organisation import selectors as organisation
from nhiemky.transfers.models import GuestStay, Transfer

VIEW, WRITE = "members.view", "members.write"
ADDRESSED = frozenset({"provincial", "above_grassroots", *GRASSROOTS_KINDS})
"""Kinds of organisation that anybody may address a letter to; cells below them are the receiver's own matter."""
_PLACED_ANEW = [kind.key for kind in MOVEMENT_KINDS if not kind.in_place and kind.key != "en_bloc"]


# Who may see what


def within(field: str, scope: Scope) -> Q:
    """Rows whose unit lies in the scope."""
    return Q() if scope.everything else Q(**{f"{field}__in": scope.unit_ids})


def visible_transfers(actor: Actor, permission: str = VIEW) -> QuerySet[Transfer]:
    """Transfers from or to units of the actor, and of people who are theirs."""
    scope = actor.scope(permission)
    found = Transfer.objects.select_related("person", "source_unit", "target_unit")
    if scope.everything:
        return found
    sides = within("source_unit_id", scope) | within("target_unit_id", scope) | within("person__last_unit_id", scope)
    return found.filter(sides)


def visible_transfer(actor: Actor, transfer_id: int, permission: str = VIEW) -> Transfer:
    """The transfer, if one of its sides lies in the actor's subtree.

    Raises:
        Denied: 404 outside the actor's subtree, 403 where only this permission is missing.
    """
    seen = visible_transfers(actor, "organisation.view").filter(pk=transfer_id).first()
    if seen is None:
        raise Denied(permission, "no_such_transfer", status=404)
    found = visible_transfers(actor, permission).filter(pk=transfer_id).first()
    if found is None:
        raise Denied(permission, "permission_missing", status=403)
    return found


def is_senders(actor: Actor, transfer: Transfer, permission: str = WRITE) -> bool:
    """Whether the actor speaks for the unit the person is in."""
    home = transfer.person.last_unit_id
    return home is not None and home in actor.scope(permission)


def is_receivers(actor: Actor, transfer: Transfer, permission: str = WRITE) -> bool:
    """Whether the actor speaks for the addressed organisation; of a letter that leaves the system, the sender does."""
    if transfer.target_unit_id is None:
        return is_senders(actor, transfer, permission)
    return transfer.target_unit_id in actor.scope(permission)


# Lists


def _overtaken() -> Q:
    """The ledger has placed the person anew since the letter was sent: it can only be withdrawn.

    So has who took an entry back on which the letter rested; not so a mistake that was booked and taken back since.
    """
    since = Movement.objects.filter(person=OuterRef("person_id"), seq__gt=OuterRef("seq"), kind__in=_PLACED_ANEW)
    rested_on = since.filter(reverses__seq__lte=OuterRef("seq"))
    return Q(Exists(since.filter(reverses=None, reversed_by=None))) | Q(Exists(rested_on))


def outgoing(actor: Actor, permission: str = VIEW) -> QuerySet[Transfer]:
    """Under way out of the actor's units, returned ones among them."""
    mine = within("person__last_unit_id", actor.scope(permission))
    return _listed().filter(mine, state__in=OPEN).annotate(overtaken=_overtaken())


def overtaken(actor: Actor, permission: str = WRITE) -> QuerySet[Transfer]:
    """Letters out of the actor's units that can only be withdrawn."""
    return outgoing(actor, permission).filter(_overtaken())


def incoming(actor: Actor, permission: str = VIEW) -> QuerySet[Transfer]:
    """Letters that wait for the actor's units to confirm them."""
    mine = within("target_unit_id", actor.scope(permission))
    return _listed().filter(mine, state=SENT, target_unit__isnull=False).annotate(overtaken=_overtaken())


def overdue(actor: Actor, today: date, permission: str = VIEW) -> QuerySet[Transfer]:
    """Letters that should have been presented by yesterday: at both desks."""
    scope = actor.scope(permission)
    sides = within("person__last_unit_id", scope) | within("target_unit_id", scope)
    late = _listed().filter(sides, state=SENT, letter_on__lt=overdue_before(today))
    return late.annotate(overtaken=_overtaken())


def away(actor: Actor, permission: str = VIEW) -> QuerySet[Transfer]:
    """People of the actor's units who are abroad and not back, by whatever entry of the ledger they came."""
    mine = within("person__last_unit_id", actor.scope(permission))
    here = Stay.objects.filter(person=OuterRef("person_id"), during__upper_inf=True)
    gone = _listed().filter(mine, kind=ABROAD, state=RECEIVED, movement__reversed_by=None)
    return gone.filter(Q(return_movement=None) | Q(return_movement__reversed_by__isnull=False)).exclude(Exists(here))


def finished(actor: Actor) -> QuerySet[Transfer]:
    """Received and withdrawn ones, from both sides."""
    return visible_transfers(actor).filter(state__in=(RECEIVED, WITHDRAWN))


def returned(actor: Actor, permission: str = WRITE) -> QuerySet[Transfer]:
    """Letters that came back and wait for the sender."""
    return outgoing(actor, permission).filter(state=RETURNED)


def _listed() -> QuerySet[Transfer]:
    return Transfer.objects.select_related("person", "source_unit", "target_unit")


def guests(actor: Actor, on: date, permission: str = VIEW) -> QuerySet[GuestStay]:
    """Who stays as a guest on the day in the actor's units, or elsewhere while counted there; only members do."""
    scope = actor.scope(permission)
    sides = within("unit_id", scope) | within("person__last_unit_id", scope)
    found = GuestStay.objects.select_related("person", "unit", "transfer__source_unit")
    return found.filter(sides, during__contains=on, person__stays__during__contains=on)


def guests_of(place: int, on: date) -> QuerySet[GuestStay]:
    """The guests of a unit's subtree on the day; those of a unit that merged into it stay with it."""
    held = organisation.structure()
    units = held.ids[organisation.places_on(on).certain(place)].tolist()
    found = GuestStay.objects.select_related("person", "unit", "transfer__source_unit")
    return found.filter(unit_id__in=units, during__contains=on, person__stays__during__contains=on)


def of_person(person: Person) -> list[Transfer]:
    """Every transfer of the person, the newest first."""
    found = person.transfers.select_related("source_unit", "target_unit", "person")
    return list(found.annotate(overtaken=_overtaken()).order_by("-letter_on", "-pk"))


# Units


def addressed(actor: Actor, code: str, today: date) -> int | None:
    """The organisation a letter may be addressed to: one with an office of its own, or a cell of the actor's."""
    held = organisation.structure()
    place = held.by_code.get(code.strip())
    version = None if place is None else held.version(place, today)
    if place is None or version is None:
        return None
    if version.kind in ADDRESSED or int(held.ids[place]) in actor.scope(WRITE):
        return place
    return None


def found_addresses(actor: Actor, text: str, today: date, limit: int = 12) -> list[int]:
    """Organisations a letter may go to, by a part of name or code."""
    everywhere = Actor.system("address book")
    found = organisation.found_units(everywhere, text, today, limit=40 * limit)
    codes = organisation.structure().codes
    return [place for place in found if addressed(actor, codes[place], today) is not None][:limit]


def same_grassroots(unit_id: int, target: int | None, on: date) -> bool | None:
    """Whether both belong to one grassroots organisation; None where the target stands above or outside."""
    if target is None:
        return None
    there = _grassroots(target, on)
    return None if there is None else there == _grassroots(organisation.structure().index[unit_id], on)


def _grassroots(place: int, on: date) -> int | None:
    held = organisation.structure()
    above: int | None = place
    while above is not None:
        version = held.version(above, on)
        if version is not None and version.kind in GRASSROOTS_KINDS:
            return above
        above = held.parent(above, on)
    return None


def holds_members(unit_id: int, on: date) -> bool:
    """Whether people can belong to the unit on the day."""
    held = organisation.structure()
    version = held.version(held.index[unit_id], on)
    return version is not None and KIND[version.kind].has_members


def belongs_to(place: int, unit_id: int, on: date) -> bool:
    """Whether the unit stands under the addressed one on the day, or under what has become of it."""
    held = organisation.structure()
    addressee = held.index[unit_id]
    if held.version(addressee, on) is not None:
        return bool(held.tree(on).inside(addressee)[place])
    heirs = {link.successor for link in held.links if link.predecessor == addressee and link.on <= on}
    return any(belongs_to(place, int(held.ids[heir]), on) for heir in heirs)


def still_where_sent(transfer: Transfer, today: date) -> bool:
    """Whether the person is where the letter was sent from, or where a reorganisation has taken that unit's people.

    A reorganisation that was undone since has taken them back.
    """
    if Transfer.objects.filter(_overtaken(), pk=transfer.pk).exists():
        return False
    unit_id = transfer.source_unit_id
    gone = Movement.objects.filter(person=transfer.person_id, kind="en_bloc", seq__gt=transfer.seq)
    for counter in gone.filter(reverses__seq__lte=transfer.seq, on__lte=transfer.sent_on).order_by("-on", "-pk"):
        if counter.to_unit_id == unit_id and counter.from_unit_id is not None:
            unit_id = counter.from_unit_id
    since = Q(on__gt=transfer.sent_on) | Q(seq__gt=transfer.seq)
    for entry in members.that_count(transfer.person).filter(since, kind="en_bloc").order_by("on"):
        if entry.on <= today and entry.from_unit_id == unit_id and entry.to_unit_id is not None:
            unit_id = entry.to_unit_id
    stay = transfer.person.stays.filter(during__contains=today).first()
    return stay is not None and stay.unit_id == unit_id
