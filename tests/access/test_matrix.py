"""Every address of the system, opened and sent to by everybody of the cast: generated, so no page can be forgotten.

What is expected is worked out in `matrix.py`; every answer, whatever its format, is searched for names of units and
people outside the persona's subtree. The last tests break one check after the other and ask that the walk sees it.
"""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
from django.test import Client, TestCase
from django.urls import reverse

import personas
from access import matrix, planting
from access.matrix import Persona, cast
from nhiemky.accounts.models import User
from nhiemky.domain.access import EVERYWHERE, Actor
from nhiemky.members import register
from nhiemky.members import selectors as members
from nhiemky.organisation import compare
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import listing


class MatrixTest(TestCase):
    """One world for all walks; each is rolled back."""

    @classmethod
    def setUpTestData(cls) -> None:
        organisation.forget()
        planting.world()

    def browser(self, username: str) -> Client:
        return personas.client_of(User.objects.get(username=username))

    def walked(self, username: str, only: str = "") -> list[str]:
        return matrix.walk(cast()[username], self.browser(username), only=only)

    def sent(self, username: str, only: str = "") -> list[str]:
        return matrix.send(cast()[username], self.browser(username), only=only)

    def test_strangers_are_sent_to_the_sign_in(self) -> None:
        for address in matrix.addresses("X1"):
            for method in set(address.info.methods) if not address.info.public else ():
                answer = getattr(Client(), method.lower())(address.url())
                assert answer.status_code == 302, address
                assert answer["Location"].startswith(reverse("accounts:sign_in")), address

    def test_who_writes_needs_a_second_factor(self) -> None:
        for username in ("anphu", "bithu", "chuyenvien", "quantri", "quantrixa"):
            client = Client()
            client.force_login(User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
            answer = client.get(reverse("organisation:reorganisations"))
            assert answer["Location"].startswith(reverse("accounts:second_factor")), username

    # What each check keeps back, seen by the walk when the check is gone.

    def test_it_would_see_a_list_that_is_not_cut_to_the_scope(self) -> None:
        with patch.object(register, "_seen", lambda view, actor: np.ones(len(view.structure), dtype=bool)):
            assert any("Kxbac" in wrong for wrong in self.walked("anphu", "members:list"))

    def test_it_would_see_restating_over_others(self) -> None:
        with patch.object(organisation, "sees_as_asked", lambda *asked: True):
            wrong = self.walked("anphu", "members:")
        assert any("Kxuan" in told for told in wrong)
        assert any("200, not 403" in told for told in wrong)

    def test_it_would_see_units_of_others(self) -> None:
        with patch.object(Actor, "require", lambda self, permission, unit_id: None):
            wrong = self.walked("anphu", "members:") + self.sent("anphu", "members:")
        assert any("200, not 404" in told and told.startswith("GET") for told in wrong)
        assert any("422, not 404" in told and told.startswith("POST") for told in wrong)

    def test_it_would_see_people_found_by_others(self) -> None:
        real = members.found_people
        everywhere = Actor(1, "x", {members.VIEW: EVERYWHERE})
        with patch.object(members, "found_people", lambda actor, *more, **kept: real(everywhere, *more, **kept)):
            assert any("tells" in wrong for wrong in self.walked("anphu", "members:search"))

    def test_it_would_see_rows_in_a_workbook(self) -> None:
        def all_of_them(*asked: Any) -> int:
            return organisation.structure().by_code["T"]

        with patch("nhiemky.reporting.asking.visible_unit", all_of_them):
            wrong = self.walked("anphu", "reporting:review_file")
        assert any("review.xlsx" in told and "tells" in told for told in wrong)

    def test_it_would_see_names_in_a_reorganisation(self) -> None:
        with patch.object(compare.Comparison, "_seen", lambda self, unit: True):
            assert any("tells" in wrong for wrong in self.walked("anphu", "organisation:reorganisation"))

    def test_it_would_see_people_listed_without_the_right(self) -> None:
        right = "members.view"
        with patch.dict("nhiemky.domain.access.ROLES", {"administrator": frozenset({"organisation.view", right})}):
            who = Persona("quantri", "leader", "T", True)
            assert matrix.walk(who, self.browser("quantri"), only="members:list")

    def test_rows_ask_for_the_right_to_members(self) -> None:
        """A guard of this file: the patched names are those that the code really calls."""
        assert listing.organisation is organisation


def _add_walks() -> None:
    """One test for each persona and way, so that they run side by side."""
    for username in cast():
        for way in ("walked", "sent"):

            def test(self: MatrixTest, username: str = username, way: str = way) -> None:
                wrong = "\n".join(getattr(self, way)(username))
                assert not wrong, wrong

            setattr(MatrixTest, f"test_{username}_{way}", test)


_add_walks()
