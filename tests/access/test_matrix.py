"""Every address of the system, opened by everybody of the demo's cast: generated, so no page can be forgotten.

What is expected is worked out here from what the page declares and what the persona was granted, not by asking the
code under test: 302 to the sign-in for strangers, 403 where the right is held nowhere, 404 for a unit outside the
persona's subtree, and otherwise an answer without a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.staticfiles.views import serve
from django.test import Client, TestCase, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from nhiemky.accounts.models import User
from nhiemky.core.middleware import today
from nhiemky.core.pages import PageInfo
from nhiemky.demo.generate import generate
from nhiemky.demo.personas import PERSONAS, Persona
from nhiemky.domain.access import ROLES, WRITE_PERMISSIONS
from nhiemky.members.models import Movement, Person, Seat
from nhiemky.organisation import selectors
from nhiemky.organisation.models import Reorganisation

INSIDE, OUTSIDE = "X25-21034", "X25-21115"
# Django's own, without @page: the language switch.
PLAIN = {"set_language"}


@dataclass(frozen=True)
class Address:
    """A named page and its arguments for one unit."""

    name: str
    kwargs: dict[str, Any]
    info: PageInfo | None


def patterns(found: list[Any], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its full name."""
    for pattern in found:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from patterns(pattern.url_patterns, inner)
        elif pattern.callback is not serve:
            yield f"{space}{pattern.name}", pattern


@override_settings(NHIEMKY_DEMO=True)
class MatrixTest(TestCase):
    """The small demo, generated once; the cast comes in by the demo's door."""

    @classmethod
    def setUpTestData(cls) -> None:
        selectors.forget()
        generate(small=True, progress=lambda what, part: None)

    def samples(self, unit: str) -> dict[str, Any]:
        """A value for every argument that occurs in an address, all of the same unit."""
        structure = selectors.structure()
        place = structure.by_code[unit]
        cells = [int(structure.ids[u]) for u in structure.children(place, today())]
        person = Person.objects.filter(last_unit_id__in=cells).order_by("pk").first()
        assert person is not None
        movement = Movement.objects.filter(person=person).order_by("-on", "-pk").first()
        reorganisation = Reorganisation.objects.order_by("-pk").first()
        seat = Seat.objects.filter(term__body__unit_id=structure.ids[place]).order_by("pk").first()
        assert movement is not None
        assert seat is not None
        assert reorganisation is not None
        return {
            "code": unit,
            "body": "committee",
            "term_id": seat.term_id,
            "seat_id": seat.pk,
            "unit_code": unit,
            "year": 2025,
            "key": "members.admitted",
            "kind": "trend",
            "name": "admissions",
            "theme": "light",
            "op": "found",
            "person_id": person.pk,
            "movement_id": movement.pk,
            "reorganisation_id": reorganisation.pk,
            "user_id": User.objects.order_by("pk").first().pk,  # type: ignore[union-attr]
            "grant_id": 1,
        }

    def addresses(self, unit: str) -> Iterator[Address]:
        samples = self.samples(unit)
        for name, pattern in patterns(get_resolver().url_patterns):
            needed = list(pattern.pattern.regex.groupindex)
            missing = [argument for argument in needed if argument not in samples]
            assert not missing, f"{name}: give this test a sample of {missing}"
            info = getattr(pattern.callback, "page", None)
            yield Address(name, {argument: samples[argument] for argument in needed}, info)

    def client_of(self, persona: Persona) -> Client:
        client = Client(raise_request_exception=True)
        client.force_login(User.objects.get(username=persona.username), "django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["demo_door"] = True
        session.save()
        return client

    def test_every_page_declares_who_may_open_it(self) -> None:
        for address in self.addresses(INSIDE):
            assert address.info is not None or address.name in PLAIN, address.name

    def test_strangers_are_sent_to_the_sign_in(self) -> None:
        for address in self.addresses(INSIDE):
            if address.info is None or address.info.public or "GET" not in address.info.methods:
                continue
            answer = Client().get(reverse(address.name, kwargs=address.kwargs))
            assert answer.status_code == 302, address.name
            assert reverse("accounts:sign_in") in answer["Location"], address.name

    def test_everybody_opens_everything(self) -> None:
        """No fault anywhere, and 403 exactly where the right is held nowhere."""
        for persona in PERSONAS:
            client = self.client_of(persona)
            rights = frozenset() if persona.ended else ROLES[persona.role]
            for address in self.addresses(INSIDE):
                if address.info is None or "GET" not in address.info.methods or "sign_out" in address.name:
                    continue
                answer = client.get(reverse(address.name, kwargs=address.kwargs))
                told = f"{persona.username} {address.name}: {answer.status_code}"
                assert answer.status_code < 500, told
                permission = address.info.permission
                if permission is not None and permission not in rights:
                    assert answer.status_code == 403, told

    def test_nothing_of_another_commune_is_told(self) -> None:
        """The clerk of An Phú gets 404 for every page about another commune's unit, person or entry."""
        about = {"code", "unit_code", "person_id", "movement_id", "term_id", "seat_id"}
        persona = next(p for p in PERSONAS if p.unit_code == INSIDE and p.role == "clerk")
        client = self.client_of(persona)
        seen = 0
        for address in self.addresses(OUTSIDE):
            if address.info is None or "GET" not in address.info.methods or not about & set(address.kwargs):
                continue
            if address.info.permission is not None and address.info.permission not in ROLES["clerk"]:
                continue
            answer = client.get(reverse(address.name, kwargs=address.kwargs))
            assert answer.status_code == 404, f"{address.name}: {answer.status_code}"
            seen += 1
        assert seen >= 3 or not any(about & set(a.kwargs) for a in self.addresses(OUTSIDE))

    def test_who_writes_needs_a_second_factor(self) -> None:
        for persona in PERSONAS:
            if persona.ended or not ROLES[persona.role] & WRITE_PERMISSIONS:
                continue
            client = Client()
            client.force_login(User.objects.get(username=persona.username), "django.contrib.auth.backends.ModelBackend")
            answer = client.get(reverse("organisation:reorganisations"))
            assert answer.status_code == 302, persona.username
            assert reverse("accounts:second_factor") in answer["Location"], persona.username
