"""A fixed cast of users over the small province: every page test uses them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

import builders
from nhiemky.access.models import Grant
from nhiemky.accounts import services
from nhiemky.accounts.models import User
from nhiemky.organisation.models import Unit

PASSWORD = "một hai ba bốn năm"
# user name, full name, role, unit code, grant ended yesterday
CAST = (
    ("chuyenvien", "Phạm Thị Hà", "specialist", "T", False),
    ("lanhdao", "Võ Minh Quang", "leader", "T", False),
    ("anphu", "Bùi Thanh Tùng", "clerk", "X1", False),
    ("bithu", "Nguyễn Văn Lợi", "secretary", "C1", False),
    ("kiemtra", "Đỗ Thị Mai", "auditor", "T", False),
    ("quantri", "Lê Quốc Việt", "administrator", "T", False),
    ("nguoingoai", "Hồ Văn Sơn", "clerk", "X3", False),
    ("hetquyen", "Trần Ngọc Bích", "specialist", "T", True),
)
Cast = Callable[[str], Client]


def users() -> dict[str, User]:
    """The cast with its grants, each with a password of their own; the province must stand already."""
    made = {}
    for username, name, role, code, ended in CAST:
        made[username] = services.user_create(
            actor=builders.SYSTEM, username=username, full_name=name, password=PASSWORD
        )
        User.objects.filter(pk=made[username].pk).update(must_change=False)
        made[username].must_change = False
        end = builders.TODAY - timedelta(days=1) if ended else None
        Grant.objects.create(
            user=made[username], role=role, unit=Unit.objects.get(code=code), during=DateRange(date(2020, 1, 1), end)
        )
    return made


def client_of(user: User) -> Client:
    """A browser of the user, second factor given."""
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    device, _ = TOTPDevice.objects.get_or_create(user=user, name="totp", confirmed=True)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client
