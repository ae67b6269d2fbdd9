"""Every write about users. Passwords, secrets and codes never enter an event."""

from __future__ import annotations

import secrets
from typing import Any

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from nhiemky.accounts import selectors
from nhiemky.accounts.models import User
from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Finding, Refused

CODES = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is misread when copied from paper


def _require_grantor(actor: Actor) -> None:
    if not actor.may("access.grant"):
        raise Denied("access.grant", "permission_missing")


def _require_over_all(actor: Actor) -> None:
    """A user may hold grants anywhere, so only who grants everywhere may lock them out or let them in."""
    if not actor.scope("access.grant").everything:
        raise Denied("access.grant", "not_everywhere")


def _checked(password: str, user: User, field: str = "password") -> str:
    try:
        validate_password(password, user)
    except ValidationError as no:
        raise Refused(
            [Finding("accounts.weak_password", field=field, facts={"why": text}) for text in no.messages]
        ) from no
    return password


@service
def user_create(*, actor: Actor, username: str, full_name: str, password: str, language: str = "vi") -> User:
    """A new user without any grant, who must set their own password at the first sign-in."""
    _require_grantor(actor)
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        raise Refused(Finding("accounts.username_taken", field="username", value=username))
    user = User(username=username, full_name=full_name.strip(), language=language, must_change=True)
    user.set_password(_checked(password, user))
    user.save()
    record("accounts.user_created", actor=actor, subject=username, facts={"name": user.full_name})
    return user


@service
def user_deactivate(*, actor: Actor, user_id: int) -> User:
    """Keep a user from signing in; sessions end with the next request."""
    _require_over_all(actor)
    user = User.objects.select_for_update().get(pk=user_id)
    if user.pk == actor.user_id:
        raise Refused(Finding("accounts.own_account"))
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("accounts.user_deactivated", actor=actor, subject=user.username)
    return user


@service
def user_reactivate(*, actor: Actor, user_id: int) -> User:
    """Let a user sign in again."""
    _require_over_all(actor)
    user = User.objects.select_for_update().get(pk=user_id)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("accounts.user_reactivated", actor=actor, subject=user.username)
    return user


@service
def password_set(*, actor: Actor, user_id: int, password: str, field: str = "password") -> User:
    """A new password: one's own, or as administrator another's, who then must change it at the next sign-in."""
    own = user_id == actor.user_id
    if not own:
        _require_over_all(actor)
    user = User.objects.select_for_update().get(pk=user_id)
    if user.of_member and not own:
        raise Denied("members.write", "not_an_office_account")  # it would open a record to who may see none
    if own and user.check_password(password):
        raise Refused(Finding("accounts.same_password", field=field))
    user.set_password(_checked(password, user, field))
    user.must_change = not own
    user.save(update_fields=["password", "must_change"])
    record("accounts.password_set", actor=actor, subject=user.username)
    return user


@service
def member_user_create(*, actor: Actor, username: str, full_name: str, password: str) -> User:
    """An account for a member's own page. The part that links it to the person asks who may give it.

    The event holds no name: it must stay when the person's data are shredded.
    """
    user = User(username=username, full_name=full_name, must_change=True, of_member=True)
    user.set_password(_checked(password, user))
    user.save()
    record("accounts.member_user_created", actor=actor, subject=username)
    return user


@service
def member_password_set(*, actor: Actor, user_id: int, password: str) -> User:
    """A new password for a member's account, to be changed at the next sign-in. The part above asks who may.

    Raises:
        Refused: it is too weak.
        Denied: the account is not a member's.
    """
    user = _member_user(user_id)
    user.set_password(_checked(password, user))
    user.must_change = True
    user.save(update_fields=["password", "must_change"])
    record("accounts.password_set", actor=actor, subject=user.username)
    return user


@service
def member_user_rename(*, actor: Actor, user_id: int, name: str) -> None:
    """Show the member's account under the name that the register has now. The event holds no name."""
    user = _member_user(user_id)
    user.full_name = name
    user.save(update_fields=["full_name"])
    record("accounts.member_user_renamed", actor=actor, subject=user.username)


@service
def member_user_close(*, actor: Actor, user_id: int, name: str | None = None) -> User:
    """Close a member's account; its sessions end with the next request. `name` replaces the name it showed."""
    user = _member_user(user_id)
    user.is_active = False
    user.full_name = user.full_name if name is None else name
    user.save(update_fields=["is_active", "full_name"])
    record("accounts.user_deactivated", actor=actor, subject=user.username)
    return user


def _member_user(user_id: int) -> User:
    user = User.objects.select_for_update().filter(pk=user_id, of_member=True).first()
    if user is None:
        raise Denied("members.write", "no_such_account", status=404)
    return user


@service
def language_set(*, actor: Actor, user_id: int, language: str) -> User:
    """The language a user's sessions begin in."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.language = language
    user.save(update_fields=["language"])
    record("accounts.language_set", actor=actor, subject=user.username, facts={"language": language})
    return user


@service
def user_unlock(*, actor: Actor, username: str) -> None:
    """Open the door again for a user who gave too many wrong passwords, and for the second factor."""
    _require_over_all(actor)
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        raise Refused(Finding("accounts.no_such_user", field="username", value=username))
    reset(username=username)
    for device in (*TOTPDevice.objects.filter(user=user), *StaticDevice.objects.filter(user=user)):
        device.throttle_reset()
    record("accounts.user_unlocked", actor=actor, subject=username)


@service
def locked_out(*, actor: Actor, username: str, address: str) -> None:
    """Note that the door shut after wrong passwords: for a name from an address, or (no name) for an address."""
    action = "accounts.locked_out" if username else "accounts.address_locked_out"
    record(action, actor=actor, subject=username or address, facts={"address": address})


@service
def signed_in(*, actor: Actor, door: str) -> None:
    """Note that somebody came in, and by which door."""
    record("accounts.signed_in", actor=actor, subject=actor.name, facts={"door": door})


@service
def second_factor_set(*, actor: Actor, user: User, key: str, token: str) -> tuple[TOTPDevice, list[str]]:
    """Take an authenticator into use once it has shown a right code. Returns it and the recovery codes, shown once."""
    if selectors.second_factor_of(user) is not None:
        raise Refused(Finding("accounts.factor_exists"))
    device = TOTPDevice(user=user, name="totp", key=key, confirmed=True)
    if not token.isdecimal() or not device.verify_token(token):
        raise Refused(Finding("accounts.wrong_code", field="token"))
    device.throttling_failure_count = 0
    device.save()
    codes = _new_codes(user)
    record("accounts.second_factor_set", actor=actor, subject=user.username)
    return device, codes


@service
def codes_renew(*, actor: Actor, user: User) -> list[str]:
    """New recovery codes; the old ones end."""
    codes = _new_codes(user)
    record("accounts.codes_renewed", actor=actor, subject=user.username)
    return codes


def _new_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="codes", confirmed=True)
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


@service
def second_factor_check(*, actor: Actor, user: User, token: str) -> Any:
    """The device a code belongs to, or None. Both are recorded; the device counts failures and refuses a code twice."""
    token = token.replace(" ", "").replace("-", "").lower()
    device = _device_accepting(user, token)
    action = "accounts.second_factor_given" if device else "accounts.second_factor_failed"
    facts = {"how": device.name} if device else {}
    record(action, actor=actor, subject=user.username, facts=facts)
    return device


def _device_accepting(user: User, token: str) -> Any:
    kind = TOTPDevice if token.isdecimal() and len(token) == 6 else StaticDevice
    for device in kind.objects.select_for_update().filter(user=user, confirmed=True):
        allowed, _ = device.verify_is_allowed()
        if allowed and device.verify_token(token):
            return device
    return None


@service
def second_factor_drop(*, actor: Actor, user_id: int) -> User:
    """For a lost telephone: the user sets up anew at the next sign-in. Only an administrator, never for oneself."""
    _require_over_all(actor)
    if user_id == actor.user_id:
        raise Refused(Finding("accounts.own_account"))
    user = User.objects.select_for_update().get(pk=user_id)
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    record("accounts.second_factor_dropped", actor=actor, subject=user.username)
    return user
