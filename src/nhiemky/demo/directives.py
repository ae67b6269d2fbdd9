"""What directives of the demo asked of whom: three of the centre in 2022 and 2023, and two of this year.

The papers that answer are those of `demo.documents`; communes of 2022 and this year's reports are written here.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from nhiemky.access.selectors import actor_for
from nhiemky.accounts.models import User
from nhiemky.audit.services import record, service
from nhiemky.demo.task_texts import PROVINCE
from nhiemky.demo.tasks import AN_PHU
from nhiemky.directives.models import Ask, AskedOf
from nhiemky.directives.services import asking, following, reminding
from nhiemky.directives.services.answering import AnswerGiven, answer_give
from nhiemky.directives.services.asking import AskGiven, ask_make
from nhiemky.documents.models import COMMITTEE, Document, Issuer, Relation
from nhiemky.domain.access import Actor
from nhiemky.organisation import selectors as organisation

CENTRAL = (("conclusion", 21, 2021), ("resolution", 21, 2022), ("resolution", 28, 2022))
_THIRTY, _DISTRICTS_DUE = timedelta(days=30), timedelta(days=109)
_EXEMPT_OLD = "Xã đang thực hiện sắp xếp đơn vị hành chính; thực hiện theo kế hoạch của huyện."
_EXEMPT_NEW = "Đã báo cáo trong báo cáo tổng kết đợt kiểm tra của Tỉnh ủy."
_THIS_YEAR = date(2026, 4, 1)
_COMMUNES = 6
"""Communes of the one district whose answers of 2022 are written."""


@service
def write(actor: Actor, today: date) -> None:
    """All by the services, each act on its day."""
    for kind, number, year in CENTRAL:
        directive = Document.objects.get(
            issuer__unit=None, issuer__symbol="TW", kind=kind, number=number, signed_on__year=year
        )
        _province(actor, directive)
        _districts(actor, directive)
        if (kind, number) == ("resolution", 21):
            _communes_then(actor, directive)
    if today > _THIS_YEAR:
        _this_year(actor, today)
    if following.any_left_behind(today):
        following.directives_follow(actor=actor, today=today)
    record("directives.demo_written", actor=actor, subject="demo", facts={"asks": Ask.objects.count()})


def _province(actor: Actor, directive: Document) -> None:
    """What the centre asks of the province itself, answered by its programme; one came two days late."""
    due = directive.signed_on + (_THIRTY + timedelta(days=3) if directive.number == 28 else 2 * _THIRTY)
    given = AskGiven(PROVINCE, directive.pk, "programme", due, asked_on=directive.signed_on, codes=(PROVINCE,))
    _answered(actor, ask_make(actor=actor, given=given, today=directive.signed_on))


def _districts(actor: Actor, directive: Document) -> None:
    """A plan of each district; some came late."""
    day = directive.signed_on + timedelta(days=83)
    held = organisation.structure()
    below = [int(held.ids[place]) for place in held.children(held.by_code[PROVINCE], day)]
    papers = _papers(directive, "plan").filter(issuer__symbol__in=("HU", "Th.U"), issuer__unit_id__in=below)
    codes = papers.order_by("issuer__unit_id").values_list("issuer__unit__code", flat=True)
    given = AskGiven(
        PROVINCE, directive.pk, "plan", directive.signed_on + _DISTRICTS_DUE, asked_on=day, codes=tuple(codes),
        text="Kế hoạch thực hiện của ban thường vụ huyện ủy, thị ủy",
    )  # fmt: skip
    _answered(actor, ask_make(actor=actor, given=given, today=day))


def _papers(directive: Document, kind: str) -> QuerySet[Document]:
    return Document.objects.filter(relations__target=directive, relations__kind="implements", kind=kind, cancelled="")


def _answered(actor: Actor, ask: Ask, *, but: str = "") -> None:
    """Whoever has a paper in the register answers with it, on its day."""
    papers = {
        one.source.issuer.unit_id: one.source
        for one in Relation.objects.filter(target=ask.document_id, kind="implements", source__kind=ask.what)
        .select_related("source__issuer")
        .order_by("-pk")
    }
    for one in AskedOf.objects.filter(ask=ask).exclude(owing__code=but).order_by("pk"):
        if (paper := papers.get(one.owing_id)) is not None:
            answer_give(actor=actor, asked_id=one.pk, given=AnswerGiven(paper.pk), today=paper.signed_on)


def _communes_then(actor: Actor, directive: Document) -> None:
    """What the first district asked of some of its communes: one was exempt, one late."""
    asked_by_province = AskedOf.objects.filter(ask__document=directive, ask__what="plan", document__isnull=False)
    first = asked_by_province.select_related("document__issuer").order_by("owing_id").first()
    if first is None or first.document is None or first.document.issuer.unit_id is None:
        return
    held, day = organisation.structure(), first.document.signed_on + timedelta(days=7)
    district = held.index[first.document.issuer.unit_id]
    communes = [held.codes[place] for place in held.children(district, day) if _is_commune(place, day)]
    if not communes:
        return
    due = day + timedelta(days=45)
    given = AskGiven(held.codes[district], directive.pk, "plan", due, asked_on=day, codes=sorted(communes)[:_COMMUNES])
    asked = ask_make(actor=actor, given=given, today=day).asked.order_by("pk")
    for turn, one in enumerate(asked):
        if turn == 1:
            asking.exempt(actor=actor, asked_id=one.pk, reason=_EXEMPT_OLD, today=day + timedelta(days=9))
            continue
        on = due + timedelta(days=12 if turn == 2 else -3 - turn)
        _entered(actor, one, 10 + turn, on, "Kế hoạch thực hiện Nghị quyết số 21-NQ/TW")


def _is_commune(place: int, on: date) -> bool:
    version = organisation.structure().version(place, on)
    return version is not None and version.name.startswith(("Đảng bộ xã", "Đảng bộ phường", "Đảng bộ thị trấn"))


def _entered(actor: Actor, one: AskedOf, number: int, on: date, title: str) -> None:
    """A paper that comes into the register with the answer."""
    if Issuer.objects.filter(unit_id=one.owing_id, sort=COMMITTEE).exists():
        given = AnswerGiven(number=number, signed_on=on, title=title)
        answer_give(actor=actor, asked_id=one.pk, given=given, today=on)


def _this_year(actor: Actor, today: date) -> None:
    """The province's directive of the year: plans by the end of February, and reports that were due lately."""
    directive = Document.objects.filter(
        issuer__unit__code=PROVINCE, kind="directive", signed_on__year=2026
    ).earliest("signed_on")  # fmt: skip
    on = directive.signed_on
    held = organisation.structure()
    places = [place for place in held.children(held.by_code[PROVINCE], today) if _is_commune(place, today)]
    communes = sorted(held.codes[place] for place in places)
    given = AskGiven(
        PROVINCE, directive.pk, "plan", date(2026, 2, 27), asked_on=on, codes=communes, part="Mục III, điểm 1",
        text="Kế hoạch phát triển đảng viên năm 2026 của xã, phường",
    )  # fmt: skip
    _answered(actor, ask_make(actor=actor, given=given, today=on))
    _reports(actor, directive, communes, today)


def _reports(actor: Actor, directive: Document, communes: list[str], today: date) -> None:
    """Of some communes the report is late today, An Phú's among them; they were reminded once."""
    due = today - timedelta(days=10)
    province = User.objects.get(username="chuyenvien")
    asker = actor_for(province.pk, province.username, today, verified=True)
    given = AskGiven(
        PROVINCE, directive.pk, "report", due, asked_on=today - timedelta(days=45), codes=communes,
        part="Mục III, điểm 4", text="Báo cáo kết quả chín tháng và giải pháp những tháng cuối năm",
    )  # fmt: skip
    ask = ask_make(actor=asker, given=given, today=today - timedelta(days=45))
    title = "Báo cáo kết quả thực hiện công tác phát triển đảng viên"
    for turn, one in enumerate(ask.asked.select_related("owing").order_by("pk")):
        if turn % 9 == 4 or one.owing.code == AN_PHU:
            continue
        if turn == 7:
            asking.exempt(actor=asker, asked_id=one.pk, reason=_EXEMPT_NEW, today=due - timedelta(days=5))
        else:
            on = due + timedelta(days=4 if turn % 11 == 3 else -1 - turn % 13)
            _entered(actor, one, 40 + turn % 30, on, title)
    reminding.remind(actor=asker, ask_id=ask.pk, today=today - timedelta(days=3))
