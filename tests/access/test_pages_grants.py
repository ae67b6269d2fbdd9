"""Pages of grants: list, give, end, explain."""

from __future__ import annotations

from datetime import date

import pytest

from builders import province
from nhiemky.access.models import Grant
from nhiemky.accounts.models import User
from pages_kit import somebody, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    province()


def test_only_who_may_grant_sees_grants() -> None:
    assert somebody("specialist", "T").get("/access/").status_code == 403
    assert somebody("administrator", "T").get("/access/").status_code == 200


def test_an_administrator_sees_and_ends_only_grants_of_the_subtree() -> None:
    somebody("clerk", "X3")
    grant = Grant.objects.get()
    local = somebody("administrator", "X1")
    assert "clerk-x3" not in words(local.get("/access/").content).lower()
    assert local.get(f"/access/{grant.pk}/end/").status_code == 404


def test_give_and_end() -> None:
    administrator = somebody("administrator", "T")
    User.objects.create(username="moi", full_name="Người Mới")
    given = {"username": "moi", "role": "clerk", "unit_code": "X1", "start": "01/11/2026"}
    assert administrator.post("/access/new/", given).status_code == 302
    grant = Grant.objects.get(user__username="moi")
    assert administrator.post(f"/access/{grant.pk}/end/", {"on": "01/10/2026"}).status_code == 422
    assert administrator.post(f"/access/{grant.pk}/end/", {"on": "01/12/2026"}).status_code == 302
    grant.refresh_from_db()
    assert grant.during.upper == date(2026, 12, 1)


def test_objections_stand_at_their_fields() -> None:
    administrator = somebody("administrator", "X1")
    User.objects.create(username="moi", full_name="Người Mới")
    given = {"username": "moi", "role": "clerk", "unit_code": "X3", "start": "01/11/2026"}
    answer = administrator.post("/access/new/", given)
    assert answer.status_code == 422
    assert "unit_code" in answer.context["form"].errors
    own = {**given, "username": "administrator-x1", "unit_code": "X1", "end": "01/10/2026"}
    errors = administrator.post("/access/new/", own).context["form"].errors
    assert {"username", "end"} <= set(errors)


def test_explain_names_the_grant_or_that_there_is_none() -> None:
    administrator = somebody("administrator", "T")
    somebody("clerk", "X1")
    inside = administrator.get("/access/explain/?user=clerk-x1&unit=C1").context["rows"]
    outside = administrator.get("/access/explain/?user=clerk-x1&unit=C4").context["rows"]
    assert sum(bool(given) for _name, given, _idle in inside) == 5
    assert not any(given for _name, given, _idle in outside)
    assert administrator.get("/access/explain/?user=clerk-x1&unit=NONE").status_code == 404
