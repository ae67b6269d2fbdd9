"""Documents of the demo: the centre's, and what the province, its districts and communes made of them.

Papers of the province and below are generated: their numbers and days are nobody's, and each says so.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, timedelta

from nhiemky.audit.services import record, service
from nhiemky.core.papers import Text
from nhiemky.demo.central_documents import DIRECTIVES, DOCUMENTS, ISSUERS, RELATIONS
from nhiemky.documents import papers
from nhiemky.documents.models import Document, Issuer, Series
from nhiemky.documents.services.attaching import file_add
from nhiemky.documents.services.numbering import number_give
from nhiemky.documents.services.registering import document_enter, document_strike, issuer_enter
from nhiemky.documents.services.relating import relation_enter
from nhiemky.documents.services.writing import term_of
from nhiemky.domain.access import Actor
from nhiemky.domain.documents.entering import DocumentGiven
from nhiemky.domain.organisation.issuers import Issuer as Called
from nhiemky.domain.organisation.issuers import issuer
from nhiemky.organisation import selectors as organisation
from nhiemky.organisation.models import Body

_MADE_UP = "Văn bản mô phỏng của bản trình diễn."
_OFFICES = (("BTCTU", "Ban Tổ chức Tỉnh ủy"), ("VPTU", "Văn phòng Tỉnh ủy"), ("UBKTTU", "Ủy ban Kiểm tra Tỉnh ủy"))
# After so many days the province has its programme, and its districts their plans.
_PROVINCE_AFTER, _DISTRICT_AFTER, _NUMBER = timedelta(days=35), timedelta(days=104), 20
_PLAN_LATER = timedelta(days=7)
_BEFORE_REFORM = date(2023, 6, 30)
_COMMUNES_ON = date(2026, 2, 9)


@dataclass
class _Written:
    """What is there so far, by the names of the lists and by unit."""

    actor: Actor
    today: date
    central: dict[str, Document] = field(default_factory=dict)
    programmes: dict[str, Document] = field(default_factory=dict)

    def enter(self, given: DocumentGiven) -> Document:
        return document_enter(actor=self.actor, given=given, today=self.today)

    def relate(self, source: Document, kind: str, target: Document, on: date | None = None, part: str = "") -> None:
        relation_enter(actor=self.actor, source_id=source.pk, target_id=target.pk, kind=kind, on=on, part=part)

    def give(
        self, by: Issuer, kind: str, on: date, title: str = "", *, withheld: bool = False, signer: str = ""
    ) -> Document:
        return number_give(actor=self.actor, issuer_id=by.pk, kind=kind, on=on, title=title, today=self.today,
                           withheld=withheld, signer=signer)  # fmt: skip


@service
def write(actor: Actor, today: date) -> None:
    """Issuers of every committee, the centre's documents, and papers of the own levels until today."""
    made = _Written(actor, today)
    for symbol, name, sort in ISSUERS:
        issuer_enter(actor=actor, name=name, symbol=symbol, sort=sort)
    committees = _committees(actor)
    _write_central(made)
    root = organisation.structure().ids[organisation.structure().roots(today)[0]]
    province = committees[int(root)]
    _write_province(made, province)
    _write_districts(made, committees)
    if today > _COMMUNES_ON:
        _write_term(made, province)
        _write_communes(made, committees, province)
    facts = {"documents": Document.objects.count(), "series": Series.objects.count()}
    record("documents.demo_written", actor=actor, subject="demo", facts=facts)


def _committees(actor: Actor) -> dict[int, Issuer]:
    """The issuer of every unit that has or had a committee, by unit id; and the provincial offices."""
    held = organisation.structure()
    found: dict[int, Issuer] = {}
    for unit_id in Body.objects.filter(kind="committee").order_by("unit_id").values_list("unit_id", flat=True):
        called = _called(held.index[unit_id])
        found[unit_id] = Issuer(unit_id=unit_id, name=called.name, symbol=called.symbol)
        if held.versions[held.index[unit_id]][-1].kind == "provincial" and called.symbol == "TU":
            offices = [Issuer(unit_id=unit_id, name=name, symbol=symbol, sort="office") for symbol, name in _OFFICES]
            Issuer.objects.bulk_create(offices)
    Issuer.objects.bulk_create(found.values())
    return found


def _called(place: int) -> Called:
    held = organisation.structure()
    version = held.versions[place][-1]
    on = version.during.last_day or version.during.start
    above = [held.name(one, on) for one in reversed(held.tree(on).path(place)[:-1])]
    return issuer(version.name, version.kind, above)


def _write_central(made: _Written) -> None:
    issuers = {one.symbol: one for one in Issuer.objects.filter(unit=None)}
    for one in DOCUMENTS:
        if one.signed <= made.today:
            given = DocumentGiven(
                issuers[one.symbol].pk, one.kind, one.number, one.signed, one.title, body=one.body,
                in_force_from=one.since, unverified=one.unverified,
            )  # fmt: skip
            made.central[one.name] = made.enter(given)
    for source, kind, target in RELATIONS:
        if {source, target} <= set(made.central):
            on = made.central[target].signed_on if kind == "guided_by" else None
            made.relate(made.central[source], kind, made.central[target], on)


def _write_province(made: _Written, by: Issuer) -> None:
    """The province's programmes and plans of 2022 and 2023 from the paper book; its working rules, twice amended."""
    for turn, (name, title) in enumerate(DIRECTIVES):
        on = made.central[name].signed_on + _PROVINCE_AFTER
        given = DocumentGiven(by.pk, "programme", _NUMBER + 7 * turn, on, f"Chương trình hành động {title}",
                              organ="committee", unverified=_MADE_UP)  # fmt: skip
        made.programmes[name] = made.enter(given)
        made.relate(made.programmes[name], "implements", made.central[name])
        plan = made.enter(DocumentGiven(by.pk, "plan", _NUMBER + 40 + 9 * turn, on + _PLAN_LATER, f"Kế hoạch {title}",
                                        organ="committee", unverified=_MADE_UP))  # fmt: skip
        made.relate(plan, "implements", made.central[name])
        made.relate(plan, "implements", made.programmes[name])
    rules = [
        made.enter(DocumentGiven(by.pk, "statute", number, on, title, organ="committee", unverified=_MADE_UP))
        for number, on, title in (
            (1, date(2020, 11, 20), "Quy chế làm việc của Tỉnh ủy, Ban Thường vụ, Thường trực Tỉnh ủy"),
            (4, date(2022, 9, 12), "Sửa đổi, bổ sung một số điều của Quy chế làm việc"),
            (1, date(2025, 10, 6), "Quy chế làm việc của Tỉnh ủy, Ban Thường vụ, Thường trực Tỉnh ủy"),
        )
    ]
    made.relate(rules[1], "amends", rules[0], part="Điều 7, Điều 12")
    made.relate(rules[2], "replaces", rules[0])
    made.relate(rules[2], "replaces", rules[1])


def _write_districts(made: _Written, committees: dict[int, Issuer]) -> None:
    """A plan of each district for each directive, as long as there were districts."""
    held = organisation.structure()
    for place, (unit_id, by) in enumerate(committees.items()):
        version = held.version(held.index[unit_id], _BEFORE_REFORM)
        if version is None or version.kind != "above_grassroots" or by.symbol not in ("HU", "Th.U"):
            continue
        for turn, (name, title) in enumerate(DIRECTIVES):
            on = made.central[name].signed_on + _DISTRICT_AFTER + timedelta(days=(place + turn) % 9)
            number = 30 + 10 * turn + unit_id % 7
            plan = made.enter(DocumentGiven(by.pk, "plan", number, on, f"Kế hoạch {title}", unverified=_MADE_UP))
            made.relate(plan, "implements", made.central[name])
            if by.unit_id and made.programmes[name].signed_on <= on:
                made.relate(plan, "implements", made.programmes[name])


def _write_term(made: _Written, by: Issuer) -> None:
    """Numbers that the province took in its present term: one cancelled, one secret, one without a title yet."""
    signed = "Bùi Văn Hậu"
    plan = made.give(by, "plan", date(2025, 11, 3), "Thực hiện Quy định số 366-QĐ/TW về kiểm điểm, đánh giá, xếp loại",
                     signer=signed)  # fmt: skip
    made.relate(plan, "implements", made.central["366"])
    made.give(by, "plan", date(2025, 11, 24), withheld=True)
    wrong = made.give(by, "plan", date(2025, 12, 8), "Tổng kết công tác năm 2025")
    document_strike(actor=made.actor, document_id=wrong.pk, reason="Không ban hành; gộp vào kế hoạch chung.")
    guide = made.give(
        by, "directive", date(2026, 1, 12), "Lãnh đạo công tác phát triển đảng viên năm 2026", signer=signed
    )
    made.relate(guide, "implements", made.central["NQ21"])
    made.programmes["2026"] = guide
    made.give(by, "resolution", date(2026, 3, 2), "Nhiệm vụ trọng tâm năm 2026 của Đảng bộ tỉnh", signer=signed)
    made.give(by, "plan", min(made.today, date(2026, 10, 12)))
    for document in (plan, guide):
        _attach(made, document)
    office = Issuer.objects.get(unit=by.unit_id, symbol="BTCTU")
    hint = made.give(office, "guidance", date(2026, 1, 26), "Một số nội dung về kết nạp đảng viên năm 2026")
    made.relate(guide, "guided_by", hint, hint.signed_on)


def _attach(made: _Written, document: Document) -> None:
    """The paper itself as .docx, with a text that can be found."""
    blocks = (
        Text(f"Căn cứ các quy định của Trung ương, {document.issuer.name} ban hành văn bản này."),
        Text(" Quán triệt, tổ chức thực hiện nghiêm túc ở từng cấp ủy, tổ chức đảng.", lead="1."),
        Text(" Phân công cấp ủy viên phụ trách; sơ kết sáu tháng, tổng kết hằng năm.", lead="2."),
    )
    content = papers.write(document, blocks)
    file_add(actor=made.actor, document_id=document.pk, file=io.BytesIO(content), size=len(content),
             name=papers.file_name(document))  # fmt: skip


def _write_communes(made: _Written, committees: dict[int, Issuer], province: Issuer) -> None:
    """A plan of each commune for the province's directive of the year, in most communes."""
    held = organisation.structure()
    alive = held.alive(made.today)
    for unit_id, by in committees.items():
        place = held.index[unit_id]
        version = held.version(place, made.today)
        if not alive[place] or version is None or not version.name.startswith(("Đảng bộ xã", "Đảng bộ phường")):
            continue
        if unit_id % 8 == 3 or by is province:
            continue  # these have not answered yet
        on = _COMMUNES_ON + timedelta(days=unit_id % 23)
        if on <= made.today and term_of(by, on) is not None:
            plan = made.give(by, "plan", on, "Kế hoạch phát triển đảng viên năm 2026")
            made.relate(plan, "implements", made.programmes["2026"])
