"""The fixed cast: who can sign in to the demo, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from nhiemky.access.models import Grant
from nhiemky.accounts.models import User
from nhiemky.audit.services import record, service
from nhiemky.domain.access import Actor
from nhiemky.organisation import selectors
from nhiemky.organisation.models import Unit

_GRANTED = date(2024, 1, 1)
# The first cell of An Phú; which code it has depends on the size of the demo.
SECRETARYS_CELL = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """A user of the demo; `ended`: the grant ended yesterday."""

    username: str
    name: str
    role: str
    unit_code: str
    what_vi: str
    what_en: str
    ended: bool = False


PERSONAS = (
    Persona(
        "chuyenvien",
        "Phạm Thị Thu Hà",
        "specialist",
        "T-51",
        "Chuyên viên Ban Tổ chức Tỉnh ủy: tổng hợp số liệu, sắp xếp tổ chức, viết báo cáo",
        "Specialist of the provincial organisation commission: figures, reorganisations, the review",
    ),
    Persona(
        "lanhdao",
        "Võ Minh Quang",
        "leader",
        "T-51",
        "Lãnh đạo Ban Tổ chức Tỉnh ủy: xem toàn tỉnh, không sửa",
        "Head of the commission: sees the whole province, changes nothing",
    ),
    Persona(
        "anphu",
        "Bùi Thanh Tùng",
        "clerk",
        "X25-21034",
        "Cán bộ tổ chức Đảng ủy xã An Phú: nhập biến động đảng viên của xã",
        "Clerk of the commune of An Phú: books the changes of its members",
    ),
    Persona(
        "bithu",
        "Nguyễn Văn Lợi",
        "secretary",
        SECRETARYS_CELL,
        "Bí thư chi bộ thôn ở xã An Phú: chỉ thấy chi bộ mình",
        "Secretary of a hamlet cell in An Phú: sees only this cell",
    ),
    Persona(
        "dangvien",
        "Trần Thị Hạnh",
        "member",
        SECRETARYS_CELL,
        "Đảng viên của chi bộ thôn ấy: xem dữ liệu về mình, đề nghị sửa",
        "Member of that cell: sees what is kept of her, asks for corrections",
    ),
    Persona(
        "kiemtra",
        "Đỗ Thị Mai",
        "auditor",
        "T-51",
        "Cán bộ Ủy ban Kiểm tra Tỉnh ủy: xem số liệu và nhật ký",
        "Auditor of the inspection commission: reads figures and the audit trail",
    ),
    Persona(
        "quantri",
        "Lê Quốc Việt",
        "administrator",
        "T-51",
        "Quản trị hệ thống: phân quyền, không xem hồ sơ đảng viên",
        "Administrator: gives grants, sees no member's record",
    ),
    Persona(
        "trabong",
        "Hồ Văn Sơn",
        "clerk",
        "X25-21115",
        "Cán bộ tổ chức Đảng ủy xã Trà Bồng: người ngoài đối với xã An Phú",
        "Clerk of the commune of Trà Bồng: an outsider to An Phú",
    ),
    Persona(
        "daquyen",
        "Trần Ngọc Bích",
        "specialist",
        "T-51",
        "Chuyên viên đã hết quyền từ hôm qua",
        "A specialist whose grant ended yesterday",
        ended=True,
    ),
)


@service
def make_users(actor: Actor, today: date) -> None:
    """Users that only the demo's door lets in, with their grants."""
    for persona in PERSONAS:
        member = persona.role == "member"
        user = User(username=persona.username, full_name=persona.name, must_change=True, of_member=member)
        user.set_unusable_password()
        user.save()
        if member:  # linked to a person by `rights`; holds no grant
            continue
        end = today if persona.ended else None
        start = min(_GRANTED, today - timedelta(days=365))
        unit = Unit.objects.get(code=persona.unit_code or _first_cell(today))
        Grant.objects.create(user=user, role=persona.role, unit=unit, during=DateRange(start, end))
    record("demo.users_made", actor=actor, subject="demo", facts={"users": len(PERSONAS)})


def _first_cell(today: date) -> str:
    structure = selectors.structure()
    below = structure.children(structure.by_code["X25-21034"], today)
    return sorted(structure.codes[c] for c in below)[0]
