"""Accounts of members: given, handed a new password, withdrawn, by the office that keeps the member's record."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from nhiemky.accounts import services as accounts
from nhiemky.accounts.models import User
from nhiemky.audit.services import current_seq, record, service
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.members.models import Person
from nhiemky.members.services.forgetting import refuse_forgotten
from nhiemky.rights import selectors
from nhiemky.rights.models import Holder


def username_of(person_id: int) -> str:
    """What a member signs in with: no name and no card number, since events keep it for ever."""
    return f"dv{person_id:07d}"


def next_username(person_id: int) -> str:
    """The same for a new account: numbered where the member had one before, or a user of an office is called so."""
    first = username_of(person_id)
    taken = set(User.objects.filter(username__startswith=first).values_list("username", flat=True))
    more = (f"{first}-{number}" for number in count(2))
    return first if first not in taken else next(name for name in more if name not in taken)


def renamed(actor: Actor, names: Mapping[int, str]) -> None:
    """Let accounts of members bear the names of their people by id, inside the change of a name."""
    for held in Holder.objects.select_related("user").filter(person_id__in=names, withdrawn=False):
        accounts.member_user_rename(actor=actor, user_id=held.user_id, name=names[held.person_id])


@service
def account_give(*, actor: Actor, person_id: int, password: str) -> Holder:
    """An account for a member, with a first password that is handed over in person.

    Whoever gives it knows that password, so it takes every right that the member's own page needs, also the one to read
    identity numbers: nobody sees more by giving an account than without.

    Raises:
        Refused: the member has an account, or the password is too weak.
        Denied: the member is not the actor's, or one of the rights is missing.
    """
    person = _required(actor, person_id)
    if selectors.holder_of(person) is not None:
        raise Refused(Finding("rights.account_exists"))
    username = next_username(person.pk)
    user = accounts.member_user_create(actor=actor, username=username, full_name=person.full_name, password=password)
    held = Holder.objects.create(user=user, person=person, seq=current_seq())
    _record("rights.account_given", actor, person, held)
    return held


@service
def account_password(*, actor: Actor, person_id: int, password: str) -> Holder:
    """A new first password for a member who forgot theirs, handed over in person."""
    person = _required(actor, person_id)
    held = _held(person)
    accounts.member_password_set(actor=actor, user_id=held.user_id, password=password)
    _record("rights.account_password_handed", actor, person, held)
    return held


@service
def account_withdraw(*, actor: Actor, person_id: int) -> Holder:
    """Close a member's account; who asks again gets a new one."""
    person = _required(actor, person_id)
    held = _held(person)
    held.withdrawn = True
    held.save(update_fields=["withdrawn"])
    accounts.member_user_close(actor=actor, user_id=held.user_id)
    _record("rights.account_withdrawn", actor, person, held)
    return held


def _required(actor: Actor, person_id: int) -> Person:
    person = Person.objects.filter(pk=person_id).first()
    if person is None or person.last_unit_id is None:
        raise Denied(selectors.WRITE, "no_such_person", status=404)
    for right in (selectors.WRITE, selectors.IDENTITY):
        actor.require(right, person.last_unit_id)
    refuse_forgotten(person)
    return person


def _held(person: Person) -> Holder:
    held = selectors.holder_of(person)
    if held is None:
        raise Denied(selectors.WRITE, "no_such_account", status=404)
    return held


def _record(action: str, actor: Actor, person: Person, held: Holder) -> None:
    record(action, actor=actor, subject=person.pk, unit_id=person.last_unit_id, facts={"user": held.user.username})
