"""user add, grant, password, unlock, list: how the first administrator comes into an empty system.

Who can run these could read and write the database anyway. Each is an event by "console"; everything else about users
is done on the pages.
"""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace
from datetime import date

from nhiemky.config.commands import Command, Day, Shown, common, database
from nhiemky.domain.findings import Finding, Refused


def _arguments(parser: ArgumentParser, day: Day) -> None:
    verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")

    def verb(name: str, help_text: str, *positional: str) -> ArgumentParser:
        made = verbs.add_parser(name, help=help_text, description=help_text)
        common(made)
        for argument in positional:
            made.add_argument(argument.lower(), metavar=argument)
        return made

    add = verb("add", "người dùng mới / a new user", "NAME")
    add.add_argument("--full-name", required=True, metavar="NAME")
    add.add_argument("--language", choices=("vi", "en"), default="vi")
    password = verb("password", "đặt mật khẩu / set a password", "NAME")
    for asked in (add, password):
        asked.add_argument("--password-stdin", action="store_true", help="một dòng từ stdin / one line of stdin")
    grant = verb("grant", "phân quyền / give a role over a unit", "NAME", "ROLE", "UNIT")
    grant.add_argument("--from", dest="start", type=day, metavar="DAY")
    grant.add_argument("--until", dest="end", type=day, metavar="DAY", help="ngày hết quyền / first day without it")
    verb("unlock", "mở khóa / open the door again", "NAME")
    verb("list", "người dùng và quyền / users and their grants")


def user(given: Namespace) -> Shown:
    """One of the verbs above."""
    password = _password(given) if given.what in ("add", "password") else ""
    with database():
        return _RUN[given.what](given, password)


def _password(given: Namespace) -> str:
    """Typed twice and unseen at a terminal; else, or where asked for, the first line of stdin. Never an argument."""
    if given.password_stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first, again = (getpass.getpass(f"{text}: ") for text in ("Mật khẩu / password", "Lần nữa / again"))
    if first != again:
        raise Refused(Finding("accounts.passwords_differ"))
    return first


def _add(given: Namespace, password: str) -> Shown:
    from django.core.exceptions import ValidationError

    from nhiemky.accounts import services
    from nhiemky.accounts.forms import NAME
    from nhiemky.config.operators import console

    try:
        NAME(given.name)
    except ValidationError as no:
        raise Refused(Finding("accounts.username_form", value=given.name)) from no
    made = services.user_create(
        actor=console(), username=given.name, full_name=given.full_name, password=password, language=given.language
    )
    return {"ok": True, "username": made.username}, f"✓ {made.username}"


def _set_password(given: Namespace, password: str) -> Shown:
    from nhiemky.accounts import services
    from nhiemky.config.operators import console, user_named

    services.password_set(actor=console(), user_id=user_named(given.name, "NAME").pk, password=password)
    return {"ok": True, "username": given.name}, f"✓ {given.name}"


def _unlock(given: Namespace, password: str) -> Shown:
    from nhiemky.accounts import services
    from nhiemky.config.operators import console

    services.user_unlock(actor=console(), username=given.name)
    return {"ok": True, "username": given.name}, f"✓ {given.name}"


def _grant(given: Namespace, password: str) -> Shown:
    from nhiemky.access import services
    from nhiemky.config.operators import console
    from nhiemky.core.middleware import today

    start: date = given.start or today()
    made = services.grant_give(
        actor=console(), username=given.name, role=given.role, unit_code=given.unit, start=start, end=given.end
    )
    told = {"ok": True, "id": made.pk, "username": given.name, "role": given.role, "unit": given.unit, "from": start}
    return told, f"✓ {given.name}: {given.role} {given.unit}"


def _list(given: Namespace, password: str) -> Shown:
    from nhiemky.access.selectors import visible_grants
    from nhiemky.accounts import selectors
    from nhiemky.config.operators import console

    grants: dict[int, list[dict[str, object]]] = {}
    for grant in visible_grants(console()):
        days = {"from": grant.during.lower, "until": grant.during.upper, "withdrawn": grant.withdrawn}
        grants.setdefault(grant.user_id, []).append({"role": grant.role, "unit": grant.unit.code, **days})
    people = [
        {
            "username": one.username,
            "full_name": one.full_name,
            "active": one.is_active,
            "must_change": one.must_change,
            "second_factor": bool(getattr(one, "has_factor", False)),
            "grants": grants.get(one.pk, []),
        }
        for one in selectors.users(console())
    ]
    return {"ok": True, "users": people}, "\n".join(f"{one['username']:24} {one['full_name']}" for one in people)


_RUN = {"add": _add, "password": _set_password, "unlock": _unlock, "grant": _grant, "list": _list}
COMMANDS = (Command("user", "người dùng và phân quyền / users and grants", _arguments, user),)
