"""Pages of grants: list, give, end, explain."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from builders import TODAY, province
from nhiemky.access.models import Grant
from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.audit.models import Event
from nhiemky.domain.access import ROLES
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
    assert administrator.post(f"/access/{grant.pk}/end/", {"on": "01/10/1826"}).status_code == 422
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
    assert sum(bool(given) for _name, given, _idle in inside) == len(ROLES["clerk"])
    assert not any(given for _name, given, _idle in outside)
    assert administrator.get("/access/explain/?user=clerk-x1&unit=NONE").status_code == 404


def given(role: str = "clerk", start: str = "31/10/2026") -> tuple[Client, Grant]:
    """A grant over X1 to somebody new, given by the page, and who gave it."""
    administrator = somebody("administrator", "T")
    User.objects.create(username="moi", full_name="Người Mới")
    data = {"username": "moi", "role": role, "unit_code": "X1", "start": start}
    assert administrator.post("/access/new/", data).status_code == 302
    return administrator, Grant.objects.get(user__username="moi")


@pytest.mark.parametrize(("start", "on"), [("31/10/2026", "31/10/2026"), ("01/12/2026", "31/10/2026")])
def test_a_grant_given_today_or_for_later_is_withdrawn(start: str, on: str) -> None:
    administrator, grant = given(start=start)
    assert administrator.post(f"/access/{grant.pk}/end/", {"on": on}).status_code == 302
    grant.refresh_from_db()
    assert grant.withdrawn
    for day in (TODAY, date(2026, 12, 5)):
        assert not actor_for(grant.user_id, "moi", day, verified=True).may("members.view")
    assert Event.objects.latest("seq").action == "access.grant_withdrawn"
    assert "Người Mới" not in words(administrator.get("/access/").content)
    assert "withdrawn" in words(administrator.get("/access/?all=1").content)
    rows = administrator.get("/access/explain/?user=moi&unit=X1").context["rows"]
    assert not any(held for _name, held, _idle in rows)
    assert administrator.post(f"/access/{grant.pk}/end/", {"on": on}).status_code == 422


def test_ending_with_today_takes_effect_at_once() -> None:
    administrator, grant = given(start="01/10/2026")
    assert actor_for(grant.user_id, "moi", TODAY, verified=True).may("members.view")
    assert administrator.post(f"/access/{grant.pk}/end/", {"on": "31/10/2026"}).status_code == 302
    assert not actor_for(grant.user_id, "moi", TODAY, verified=True).may("members.view")
    grant.refresh_from_db()
    assert not grant.withdrawn


def test_nobody_ends_their_own_grant() -> None:
    administrator = somebody("administrator", "T")
    own = Grant.objects.get(user__username="administrator-t")
    answer = administrator.post(f"/access/{own.pk}/end/", {"on": "31/10/2026"})
    assert answer.status_code == 422
    assert "Nobody ends their own grant" in words(answer.content)
    own.refresh_from_db()
    assert own.during.upper is None


def test_an_administrator_of_a_part_knows_the_users_of_that_part() -> None:
    local = somebody("administrator", "X1")
    somebody("clerk", "C1")
    somebody("clerk", "X3")
    somebody("leader", "T")
    User.objects.create(username="moi", full_name="Người Mới")
    listed = {user.username for user in local.get("/users").context["table"].rows}
    assert listed == {"administrator-x1", "clerk-c1", "moi"}
    form = words(local.get("/access/new/").content) + local.get("/access/new/").content.decode()
    assert "clerk-c1" in form
    assert "clerk-x3" not in form
    assert local.get(f"/users/{User.objects.get(username='clerk-x3').pk}").status_code == 404
    # Who is known by name may still be given a role here.
    data = {"username": "clerk-x3", "role": "leader", "unit_code": "C1", "start": "31/10/2026"}
    assert local.post("/access/new/", data).status_code == 302


def test_explain_tells_an_administrator_of_a_part_nothing_of_other_parts() -> None:
    local = somebody("administrator", "X1")
    somebody("clerk", "X3")
    Grant.objects.filter(user__username="clerk-x3").update(during=DateRange(date(2024, 1, 1), date(2025, 1, 1)))
    page = local.get("/access/explain/?user=clerk-x3&unit=C1")
    assert not any(held or idle for _name, held, idle in page.context["rows"])
    assert "Đức Lân" not in words(page.content)
    whole = somebody("administrator", "T").get("/access/explain/?user=clerk-x3&unit=C1")
    assert any(idle for _name, _held, idle in whole.context["rows"])
