"""The way in: password, lock-out, second factor, and the demo's door."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from nhiemky.accounts import selectors, services
from nhiemky.accounts.models import User
from nhiemky.audit.models import Event
from nhiemky.config import demo_mark
from nhiemky.core.addresses import client_address
from nhiemky.domain.access import Actor, Denied
from nhiemky.domain.findings import Refused
from personas import PASSWORD

pytestmark = pytest.mark.django_db


def come_in(name: str, password: str = PASSWORD, **more: Any) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/sign-in", {"username": name, "password": password, "next": "/me", **more})


def code(key: str, *, step: int = 0) -> str:
    return f"{totp(bytes.fromhex(key), t0=-30 * step):06}"


@pytest.fixture
def users(cast_of_users: dict[str, User]) -> dict[str, User]:
    return cast_of_users


def test_readers_come_in_with_a_password(users: dict[str, User]) -> None:
    client, answer = come_in("lanhdao", next="/me")
    assert (answer.status_code, answer["Location"]) == (302, "/me")
    assert client.get("/me").status_code == 200
    assert Event.objects.filter(action="accounts.signed_in", user_name="lanhdao").count() == 1


def test_a_wrong_password_is_refused_without_saying_which_part(users: dict[str, User]) -> None:
    _, wrong = come_in("lanhdao", "sai mật khẩu rồi")
    _, nobody = come_in("khongai", "sai mật khẩu rồi")
    say = "Tên đăng nhập và mật khẩu không khớp"
    assert wrong.status_code == nobody.status_code == 422
    assert say in wrong.content.decode()
    assert say in nobody.content.decode()


def test_a_foreign_address_is_not_gone_to(users: dict[str, User], settings: Any) -> None:
    settings.LOGIN_REDIRECT_URL = "/"
    for to in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        _, answer = come_in("lanhdao", next=to)
        assert answer["Location"] == "/"


def test_the_door_shuts_after_repeated_failures_and_says_for_how_long(users: dict[str, User]) -> None:
    answers = [come_in("lanhdao", "sai mật khẩu rồi")[1].status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    _, right = come_in("lanhdao")
    assert right.status_code == 429
    assert "15 phút" in right.content.decode()
    assert come_in("kiemtra")[1].status_code == 302


def test_a_closed_account_stays_out(users: dict[str, User]) -> None:
    services.user_deactivate(actor=Actor.system(), user_id=users["lanhdao"].pk)
    assert come_in("lanhdao")[1].status_code == 422


def test_who_may_write_is_led_to_the_second_factor_everywhere(users: dict[str, User]) -> None:
    client, _ = come_in("anphu")
    for path in ("/me", "/me/password"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"][:15]) == (302, "/second-factor?")
    assert client.post("/me", {"language": "en"}).status_code == 302
    assert client.post("/sign-out").status_code == 302


def test_setting_up_needs_a_right_code_and_gives_recovery_codes(users: dict[str, User]) -> None:
    client, _ = come_in("anphu")
    page = client.get("/second-factor?next=/me").content.decode()
    assert "Thiết lập xác thực lớp hai" in page
    picture = client.get("/second-factor/qr.svg")
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert client.post("/second-factor", {"token": "abc123", "next": "/me"}).status_code == 422
    assert not TOTPDevice.objects.exists()
    done = client.post("/second-factor", {"token": code(client.session["second_factor_key"]), "next": "/me"})
    codes = re.findall(r"<li>([a-z2-9]{10})</li>", done.content.decode())
    assert len(set(codes)) == 10
    assert client.get("/me").status_code == 200
    assert all(one not in str(list(Event.objects.values())) for one in codes)


@pytest.fixture
def device(users: dict[str, User]) -> TOTPDevice:
    return TOTPDevice.objects.create(user=users["anphu"], name="totp", confirmed=True)


def test_a_code_opens_once_only(device: TOTPDevice) -> None:
    first, _ = come_in("anphu")
    token = code(device.key)
    assert first.post("/second-factor", {"token": token, "next": "/me"})["Location"] == "/me"
    assert first.get("/me").status_code == 200
    second, _ = come_in("anphu")
    assert second.post("/second-factor", {"token": token, "next": "/me"}).status_code == 422
    assert second.get("/me").status_code == 302


def test_guessing_is_slowed_down_and_recorded(device: TOTPDevice) -> None:
    client, _ = come_in("anphu")
    wrong = code(device.key, step=99)
    for _ in range(3):
        client.post("/second-factor", {"token": wrong, "next": "/me"})
    page = client.post("/second-factor", {"token": code(device.key), "next": "/me"})
    assert page.status_code != 302
    assert "Sai mã quá nhiều lần" in client.get("/second-factor?next=/me").content.decode()
    assert Event.objects.filter(action="accounts.second_factor_failed").exists()


def test_a_recovery_code_opens_once(device: TOTPDevice, users: dict[str, User]) -> None:
    codes = services.codes_renew(actor=Actor(users["anphu"].pk, "anphu"), user=users["anphu"])
    client, _ = come_in("anphu")
    assert client.post("/second-factor", {"token": codes[0].upper(), "next": "/me"}).status_code == 302
    assert client.get("/me").status_code == 200
    again, _ = come_in("anphu")
    assert again.post("/second-factor", {"token": codes[0], "next": "/me"}).status_code == 422
    assert StaticToken.objects.count() == 9


def test_a_set_second_factor_cannot_be_set_up_over(device: TOTPDevice, users: dict[str, User]) -> None:
    with pytest.raises(Refused):
        services.second_factor_set(
            actor=Actor(users["anphu"].pk), user=users["anphu"], key=device.key, token=code(device.key)
        )


def test_sign_out_needs_a_post(signed: Any) -> None:
    client = signed("lanhdao")
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 302
    assert client.get("/me").status_code == 302


def test_a_new_password_needs_the_old_and_must_be_strong(signed: Any) -> None:
    client = signed("lanhdao")
    new = "năm bốn ba hai một"
    for old, first, again, status in (
        ("sai", new, new, 422),
        (PASSWORD, new, "khác", 422),
        (PASSWORD, "ngắn", "ngắn", 422),
        (PASSWORD, new, new, 302),
    ):
        assert client.post("/me/password", {"old": old, "new": first, "again": again}).status_code == status
    assert client.get("/me").status_code == 200
    assert come_in("lanhdao", new)[1].status_code == 302


def test_accounts_are_managed_only_by_who_grants_over_all(users: dict[str, User]) -> None:
    from nhiemky.domain.access import Scope

    part = Actor(users["quantri"].pk, "quantri", {"access.grant": Scope(unit_ids=frozenset({1}))}, True)
    for act in (services.user_deactivate, services.second_factor_drop):
        with pytest.raises(Denied):
            act(actor=part, user_id=users["lanhdao"].pk)
    with pytest.raises(Denied):
        services.password_set(actor=part, user_id=users["lanhdao"].pk, password=PASSWORD)
    with pytest.raises(Denied):
        services.user_create(actor=Actor(1), username="moi", full_name="M", password=PASSWORD)


def many(names: list[str], **more: Any) -> list[int]:
    return [come_in(name, "sai mật khẩu rồi", **more)[1].status_code for name in names]


def test_many_names_from_one_address_shut_the_address(users: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "ADDRESS_LIMIT", 6)
    assert many([f"ten{n}" for n in range(6)]) == [422] * 6
    assert come_in("lanhdao")[1].status_code == 429
    (event,) = Event.objects.filter(action="accounts.address_locked_out")
    assert event.facts == {"address": "127.0.0.1"}
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert elsewhere.post("/sign-in", {"username": "lanhdao", "password": PASSWORD}).status_code == 302


def test_a_lock_out_is_one_event_and_no_weapon_from_another_desk(users: dict[str, User]) -> None:
    many(["lanhdao"] * 9)
    events = Event.objects.filter(action="accounts.locked_out")
    assert [(event.subject, event.facts["address"]) for event in events] == [("lanhdao", "127.0.0.1")]
    owner = Client(REMOTE_ADDR="10.0.0.9")
    assert owner.post("/sign-in", {"username": "lanhdao", "password": PASSWORD}).status_code == 302


def test_an_administrator_opens_the_door_again(users: dict[str, User], signed: Any) -> None:
    many(["lanhdao"] * 6)
    assert come_in("lanhdao")[1].status_code == 429
    answer = signed("quantri").post(f"/users/{users['lanhdao'].pk}", {"deed": "unlock"})
    assert answer.status_code == 302
    assert come_in("lanhdao")[1].status_code == 302
    assert Event.objects.filter(action="accounts.user_unlocked", subject="lanhdao").count() == 1


def test_whoever_got_the_password_from_somebody_else_sets_their_own_first(users: dict[str, User], signed: Any) -> None:
    administrator, clerk = signed("quantri"), users["anphu"]
    given = "mật khẩu trao tay"
    page = f"/users/{clerk.pk}/password"
    assert administrator.post(page, {"new": "ngắn"}).status_code == 422
    assert administrator.post(page, {"new": given}).status_code == 302
    client, answer = come_in("anphu", given)
    assert answer.status_code == 302
    for path in ("/", "/me", "/units/", "/second-factor"):
        assert client.get(path)["Location"] == "/me/password", path
    assert "Người khác đã đặt mật khẩu" in client.get("/me/password").content.decode()
    assert client.post("/me/password", {"old": given, "new": given, "again": given}).status_code == 422
    own = "mật khẩu của riêng tôi"
    assert client.post("/me/password", {"old": given, "new": own, "again": own}).status_code == 302
    assert client.get("/me")["Location"].startswith("/second-factor")  # and only now the second factor
    assert not User.objects.get(pk=clerk.pk).must_change


def test_a_new_user_changes_the_first_password_too(signed: Any) -> None:
    made = services.user_create(actor=Actor.system(), username="moi", full_name="Mới", password=PASSWORD)
    assert made.must_change
    client, _ = come_in("moi")
    assert client.get("/me")["Location"] == "/me/password"
    assert client.post("/sign-out").status_code == 302


def test_only_who_grants_over_all_sets_anothers_password(signed: Any, users: dict[str, User]) -> None:
    from pages_kit import somebody

    local = somebody("administrator", "C1")
    assert local.get(f"/users/{users['bithu'].pk}/password").status_code == 403
    own = signed("quantri").get(f"/users/{users['quantri'].pk}/password")
    assert own["Location"] == "/me/password"


@pytest.mark.parametrize(
    ("proxy", "told", "address"),
    [
        ((), "9.9.9.9", "10.0.0.1"),
        (("1",), "", "10.0.0.1"),
        (("1",), "9.9.9.9, 8.8.8.8", "8.8.8.8"),
        (("2",), "7.7.7.7, 9.9.9.9, 8.8.8.8", "9.9.9.9"),
        (("3",), "9.9.9.9", "9.9.9.9"),
        (("0",), "9.9.9.9", "10.0.0.1"),
        (("10.0.0.1",), "9.9.9.9, 8.8.8.8", "8.8.8.8"),
        (("10.0.0.1", "8.8.8.8"), "7.7.7.7, 9.9.9.9, 8.8.8.8", "9.9.9.9"),
        (("10.0.0.2",), "9.9.9.9", "10.0.0.1"),
    ],
)
def test_the_address_is_believed_as_far_as_the_proxies_go(
    settings: Any, proxy: tuple[str, ...], told: str, address: str
) -> None:
    settings.NHIEMKY_PROXY = proxy
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=told)
    assert client_address(request) == address


def here(**more: Any) -> Client:
    """A browser on this very machine, which asks for it by its own name."""
    return Client(HTTP_HOST="127.0.0.1", **more)


class TestDemoDoor:
    @pytest.fixture(autouse=True)
    def _cast(self, users: dict[str, User], monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
        persona = selectors.Persona("anphu", "Bùi Thanh Tùng", "clerk", "An Phú", "thử")
        real = selectors.import_string
        monkeypatch.setattr(selectors, "import_string", lambda path: (persona,) if "PERSONAS" in path else real(path))
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "example.vn"]
        demo_mark.write(demo_mark.READY)

    def test_the_variable_alone_does_not_open_it(self, settings: Any) -> None:
        settings.NHIEMKY_DEMO = True
        client = here()
        assert client.post("/sign-in/demo", {"username": "anphu", "next": "/me"}).status_code == 302
        with connection.cursor() as cursor:
            cursor.execute("COMMENT ON TABLE organisation_unit IS NULL")
        assert client.get("/me").status_code == 302  # the session is one without a second factor now
        assert here().post("/sign-in/demo", {"username": "anphu"}).status_code == 404

    def test_it_asks_for_no_password_of_ones_own(self, settings: Any) -> None:
        settings.NHIEMKY_DEMO = True
        User.objects.filter(username="anphu").update(must_change=True)
        client = here()
        assert client.post("/sign-in/demo", {"username": "anphu", "next": "/me"}).status_code == 302
        assert client.get("/me").status_code == 200

    def test_outside_the_demo_it_does_not_exist(self, settings: Any) -> None:
        settings.NHIEMKY_DEMO = False
        assert here().post("/sign-in/demo", {"username": "anphu"}).status_code == 404
        assert "sign-in/demo" not in here().get("/sign-in").content.decode()

    def test_one_click_comes_in_with_the_second_factor_taken_as_given(self, settings: Any) -> None:
        settings.NHIEMKY_DEMO = True
        client = here()
        assert "Bùi Thanh Tùng" in client.get("/sign-in").content.decode()
        assert client.post("/sign-in/demo", {"username": "anphu", "next": "/me"})["Location"] == "/me"
        assert client.get("/me").status_code == 200
        settings.NHIEMKY_DEMO = False
        assert client.get("/me").status_code == 302

    @pytest.mark.parametrize(
        "more",
        [
            {"REMOTE_ADDR": "10.0.0.5"},
            {"REMOTE_ADDR": ""},
            {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
            {"HTTP_FORWARDED": "for=127.0.0.1"},
            {"HTTP_X_FORWARDED_HOST": "127.0.0.1"},
            {"HTTP_X_FORWARDED_PROTO": "https"},
            {"HTTP_VIA": "1.1 proxy"},
            {"HTTP_HOST": "example.vn"},
            {"HTTP_HOST": "testserver"},
        ],
    )
    def test_only_from_this_machine_itself(self, settings: Any, more: dict[str, str]) -> None:
        settings.NHIEMKY_DEMO = True
        client = Client(**{"HTTP_HOST": "127.0.0.1:8000", **more})
        assert client.post("/sign-in/demo", {"username": "anphu"}).status_code == 404
        assert "sign-in/demo" not in client.get("/sign-in").content.decode()

    def test_only_the_cast_comes_in(self, settings: Any) -> None:
        settings.NHIEMKY_DEMO = True
        assert here().post("/sign-in/demo", {"username": "quantri"}).status_code == 404

    def test_it_is_no_link(self, settings: Any) -> None:
        settings.NHIEMKY_DEMO = True
        assert here().get("/sign-in/demo?username=anphu").status_code == 405
        strict = here(enforce_csrf_checks=True)
        assert strict.post("/sign-in/demo", {"username": "anphu"}).status_code == 403
