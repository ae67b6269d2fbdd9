"""The summary of a conference in Vietnamese, built from the records: every number is a reference to its rows.

It is written for publication, so it is Vietnamese whatever language the pages are read in, like papers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override

from nhiemky.conferences import selectors
from nhiemky.conferences.called import called_in_vietnamese, issuer_of
from nhiemky.conferences.models import Conference, Instruction
from nhiemky.conferences.selectors import Became
from nhiemky.conferences.wording import BECAME
from nhiemky.directives import matrix
from nhiemky.directives.models import Ask
from nhiemky.documents.wording import cited
from nhiemky.domain.conferences.kinds import CHAIR, EXCUSED, INSTRUCTION, LIMIT, PRESENT
from nhiemky.domain.directives.standing import COUNTED, EXEMPT, ISSUED, LATE
from nhiemky.domain.documents.kinds import KIND
from nhiemky.domain.reporting.wording import write_number
from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import selectors as reporting
from nhiemky.reporting.indicators import BY_KEY
from nhiemky.reporting.mergers import mergers
from nhiemky.reporting.sentences import Ref
from nhiemky.reporting.writing import Writer
from nhiemky.tasks import rollup
from nhiemky.tasks.models import Task

_REVIEWED = ("members", "units")
"""Chapters of the yearly review that a report on a conference tells (as the one of 6 January 2023 does)."""


@dataclass(frozen=True, slots=True)
class Num:
    """A number of the summary: a stable key, as written, the address of its rows, and what was counted."""

    key: str
    text: str
    url: str
    source: str


Line = tuple[str | Num, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its sentences; `listed` ones stand as a numbered list."""

    title: str
    lines: tuple[Line, ...]
    listed: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    title: str
    parts: tuple[Part, ...]

    @property
    def lines(self) -> Iterator[Line]:
        """Every sentence, in order."""
        for part in self.parts:
            yield from part.lines
            yield from part.listed

    @property
    def numbers(self) -> list[Num]:
        """In the order in which they are told."""
        return [piece for line in self.lines for piece in line if isinstance(piece, Num)]

    @property
    def digest(self) -> str:
        """SHA-256 of the text."""
        text = "\n".join(plain(line) for line in self.lines)
        return hashlib.sha256(text.encode()).hexdigest()


def plain(line: Line) -> str:
    """A sentence without its references."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in line)


@reporting.at_one_moment
def summary(conference: Conference, today: date) -> Summary:
    """Everything the records say today about the conference."""
    return Summary(f"Kết quả {lower(conference.title)}", tuple(_Writer(conference, today).parts()))


def lower(text: str) -> str:
    """As it stands within a sentence."""
    return text[:1].lower() + text[1:]


class _Writer:
    """Writes the parts of one summary."""

    def __init__(self, conference: Conference, today: date) -> None:
        self.held, self.today = conference, today
        self.code = conference.unit.code

    def parts(self) -> Iterator[Part]:
        yield Part("Hội nghị", tuple(self._held()))
        if self.held.reviewed_year is not None:
            yield from self._reviewed(self.held.reviewed_year)
            if lines := tuple(self._directives(self.held.reviewed_year)):
                yield Part(f"Triển khai văn bản của cấp trên trong năm {self.held.reviewed_year}", lines)
            if lines := tuple(self._tasks(self.held.reviewed_year)):
                yield Part(f"Thực hiện nhiệm vụ đến hạn trong năm {self.held.reviewed_year}", lines)
        if lines := tuple(self._followed()):
            yield Part("Kết quả thực hiện các nội dung nêu tại hội nghị trước", lines)
        found = selectors.became(self.held, self.today)
        for kind, title in ((LIMIT, "Hạn chế, khuyết điểm được chỉ ra"), (INSTRUCTION, "Chỉ đạo tại hội nghị")):
            if of_kind := [one for one in found if one.note.kind == kind]:
                yield self._noted(kind, title, of_kind)
        if self.held.reviewed_year is not None:
            yield from self._key_tasks(self.held.reviewed_year + 1)

    def _num(self, key: str, count: int, url: str, source: str) -> Num:
        return Num(key, write_number(count, "vi"), url, source)

    # The conference itself

    def _held(self) -> Iterator[Line]:
        held, made = self.held, issuer_of(self.held)
        yield (f"Ngày {held.on.day}/{held.on.month}/{held.on.year}, tại {held.place}, {made.name} tổ chức "
               f"{lower(held.title)}.",)  # fmt: skip
        chairs = held.invitees.select_related("person", "unit").filter(role=CHAIR).order_by("pk")
        if names := [called_in_vietnamese(one) for one in chairs]:
            yield (f"Chủ trì hội nghị: {'; '.join(names)}.",)
        came = selectors.attendance(held)
        if not came.summoned:
            return
        line: list[str | Num] = [
            "Có ", self._people("summoned.present", came.present, PRESENT), "/",
            self._people("summoned", came.summoned), " đại biểu được triệu tập dự hội nghị",
        ]  # fmt: skip
        if excused := came.counts[EXCUSED]:
            line += ["; ", self._people("summoned.excused", excused, EXCUSED), " đại biểu vắng có lý do"]
        if guests := came.guests[PRESENT]:
            line += ["; ", self._people("guests.present", guests, PRESENT, "guest"), " khách mời"]
        yield (*line, ".")

    def _people(self, key: str, count: int, presence: str = "", who: str = "summoned") -> Num:
        query = {"who": who, **({"presence": presence} if presence else {})}
        url = f"{reverse('conferences:invitees', args=[self.held.pk])}?{urlencode(query)}"
        return self._num(key, count, url, "Danh sách đại biểu và điểm danh của hội nghị")

    # The year reviewed

    def _reviewed(self, year: int) -> Iterator[Part]:
        held = reporting.facts().structure
        asked = reporting.question(held.by_code[self.code], year, self.today)
        version = held.last_version(asked.unit, asked.shape)
        writer = Writer(
            asked, "vi", reporting.figures(asked), version.kind if version else "", mergers(asked, None), ended=False
        )
        for section in writer.sections():
            if section.key in _REVIEWED:
                lines = tuple(tuple(self._ref(piece, year) for piece in line) for line in section.sentences)
                yield Part(f"{section.title} năm {year}", lines)

    def _ref(self, piece: str | Ref, year: int) -> str | Num:
        if isinstance(piece, str):
            return piece
        if piece.value is None or piece.key not in BY_KEY:
            return piece.text
        url = f"{reverse('reporting:figure', args=[piece.key])}?{urlencode({'unit': self.code, 'year': year})}"
        name = BY_KEY[piece.key].name.in_language("vi")
        return Num(f"{piece.key}.{piece.field}", piece.text, url, f"Chỉ số “{name}” năm {year}")

    def _directives(self, year: int) -> Iterator[Line]:
        """What the unit asked for in the year in the name of directives: who issued it, is late, is exempt."""
        found = matrix.asked_by(self.held.unit_id).filter(asked_on__year=year)
        asks = list(found.select_related("document__issuer").order_by("document__signed_on", "asked_on", "pk"))
        counts = matrix.counts_of(asks, self.today)
        for ask in asks:
            yield self._asked(ask, {state: counts[ask.pk].get(state, 0) for state in COUNTED})

    def _asked(self, ask: Ask, counts: Mapping[str, int]) -> Line:
        issued = sum(counts[state] for state in ISSUED)

        def of(state: str, count: int) -> Num:
            url = f"{reverse('directives:rows')}?{urlencode({'asks': ask.pk, **({'state': state} if state else {})})}"
            return self._num(f"asked.{ask.pk}.{state or 'all'}", count, url, f"Bảng triển khai {cited(ask.document)}")

        line: list[str | Num] = [
            f"{cited(ask.document)}: ", of("issued", issued), "/", of("", sum(counts.values())),
            f" tổ chức được yêu cầu đã ban hành {KIND[ask.what].vi.lower()}",
        ]  # fmt: skip
        for state, words in ((LATE, "quá hạn"), (EXEMPT, "được miễn")):
            if counts[state]:
                line += ["; ", of(state, counts[state]), f" tổ chức {words}"]
        return (*line, ".")

    def _tasks(self, year: int) -> Iterator[Line]:
        counts = rollup.rollup(self.held.unit_id, year, self.today).counts()
        if not sum(counts.values()):
            return
        query = {"unit": self.code, "year": year}

        def of(outcome: str) -> Num:
            url = f"{reverse('tasks:list')}?{urlencode({**query, 'outcome': outcome} if outcome else query)}"
            count = counts[outcome] if outcome else sum(counts.values())
            return self._num(f"tasks.{outcome or 'all'}", count, url, f"Bảng nhiệm vụ đến hạn trong năm {year}")

        yield (*self._listed("Có ", of(""), " nhiệm vụ đến hạn trong năm, đến nay: ", counts, of), ".")

    def _listed(self, lead: str, whole: Num, after: str, counts: dict[str, int], of: object) -> Line:
        assert callable(of)
        line: list[str | Num] = [lead, whole, after]
        with override("vi"):
            told = [(outcome, str(word)) for outcome, word in BECAME.items() if counts.get(outcome)]
        for number, (outcome, word) in enumerate(told):
            line += [", " if number else "", of(outcome), f" {word}"]
        return tuple(piece for piece in line if piece)

    # What was noted, last time and this time

    def _followed(self) -> Iterator[Line]:
        for number, last in enumerate(selectors.before(self.held)):
            if found := selectors.became(last, self.today):
                yield self._became(last, found, f"followed.{number}" if number else "followed")

    def _became(self, last: Conference, found: list[Became], key: str) -> Line:
        counts = selectors.tally(found)

        def of(outcome: str) -> Num:
            url = notes_url(last, outcome=outcome)
            count = counts[outcome] if outcome else len(found)
            return self._num(
                f"{key}.{outcome or 'all'}", count, url, f"Nội dung nêu tại hội nghị ngày {last.on:%d/%m/%Y}"
            )

        by = "" if last.unit_id == self.held.unit_id else f" của {issuer_of(last).name}"
        lead = f"Hội nghị ngày {last.on.day}/{last.on.month}/{last.on.year}{by} nêu "
        return (*self._listed(lead, of(""), " nội dung chỉ đạo và hạn chế cần khắc phục, đến nay: ", counts, of), ".")

    def _noted(self, kind: str, title: str, found: list[Became]) -> Part:
        given = [one for one in found if one.task is not None]
        source = "Danh sách nội dung chỉ đạo và hạn chế của hội nghị"
        every = self._num(f"notes.{kind}", len(found), notes_url(self.held, kind=kind), source)
        tasks = self._num(f"notes.{kind}.tasks", len(given), notes_url(self.held, kind=kind, given="1"), source)
        words = "hạn chế, khuyết điểm" if kind == LIMIT else "nội dung chỉ đạo"
        lead: Line = (
            "Hội nghị ghi nhận ",
            every,
            f" {words}, trong đó ",
            tasks,
            " nội dung đã được giao thành nhiệm vụ.",
        )
        return Part(title, (lead,), tuple((self._told(one.note, one.task),) for one in found))

    def _told(self, note: Instruction, task: Task | None) -> str:
        by = f" ({called_in_vietnamese(note.by)})" if note.by is not None else ""
        if task is None:
            return f"{note.text}{by}."
        held = organisation.structure()
        place = held.index[task.unit_id]
        version = held.last_version(place, task.given_on) or held.versions[place][-1]
        return f"{note.text}{by}. Giao {version.name}, hạn {task.due_on:%d/%m/%Y}."

    def _key_tasks(self, year: int) -> Iterator[Part]:
        found = list(Task.objects.filter(giver_id=self.held.unit_id, key_year=year).order_by("key_rank"))
        if not found:
            return
        every = self._num("key_tasks", len(found), reverse("tasks:key", args=[self.code, year]),
                          f"Nhiệm vụ trọng tâm năm {year}")  # fmt: skip
        lead: Line = (f"Năm {year} tập trung thực hiện ", every, " nhiệm vụ trọng tâm:")
        yield Part(f"Nhiệm vụ trọng tâm năm {year}", (lead,), tuple((f"{task.title}.",) for task in found))


def notes_url(conference: Conference, **query: str) -> str:
    """The page of what was noted, narrowed to the rows of one number."""
    kept = urlencode({name: value for name, value in query.items() if value})
    return reverse("conferences:instructions", args=[conference.pk]) + (f"?{kept}" if kept else "")
