"""A province's paperwork of five years: 20,000 documents, 100,000 tasks, and everything that points to them.

Rows as acts leave them, written with COPY; what none of the pages measured reads is left out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from table import TODAY

TASKS, DOCUMENTS, FILES, RELATIONS, PROGRAMMES = 100_000, 20_000, 8_000, 12_000, 2_000
ASKS, REGULATIONS, PROPOSALS, CONFERENCES = 80, 800, 1_500, 320
BATCH = 10_000
FIRST = date(2022, 1, 3)
KINDS = ("letter", "plan", "report", "decision", "programme", "resolution", "regulation", "notice", "submission")
SUBJECTS = (
    "công tác tổ chức xây dựng Đảng", "kết nạp đảng viên mới", "sắp xếp tổ chức bộ máy", "quy hoạch cán bộ",
    "kiểm tra, giám sát", "xây dựng nông thôn mới", "bảo vệ chính trị nội bộ", "chi bộ bốn tốt",
    "đánh giá, xếp loại tổ chức đảng", "đại hội chi bộ nhiệm kỳ", "luân chuyển cán bộ", "chuyển đổi số trong Đảng",
)  # fmt: skip
NOTES = "Các cấp ủy trực thuộc căn cứ tình hình thực tế của địa phương, đơn vị để triển khai; định kỳ báo cáo."
Copy = Callable[[str, Sequence[str], Iterable[Sequence[object]]], None]
Ids = Callable[[str, int], range]


@dataclass
class Made:
    """What was written so far, for what comes after it to point to."""

    rng: random.Random
    copy: Copy
    ids: Ids
    root: int
    parents: dict[int, int]
    communes: list[int]
    users: dict[int, int]
    terms: dict[int, int]
    issuers: dict[int, int] = field(default_factory=dict)
    papers: dict[int, list[tuple[int, str, date]]] = field(default_factory=dict)
    programmes: dict[int, list[int]] = field(default_factory=dict)
    tasks: dict[int, list[int]] = field(default_factory=dict)

    def day(self, until: date = TODAY) -> date:
        return FIRST + timedelta(self.rng.randrange((until - FIRST).days))

    def papers_of(self, unit: int, *kinds: str) -> list[tuple[int, str, date]]:
        return [one for one in self.papers.get(unit, ()) if one[1] in kinds]


def fill(users: dict[int, int]) -> None:
    """Everything in one transaction; `users` are the user by the unit of the grant."""
    from django.db import connection, transaction

    from nhiemky.core.copying import take_ids
    from nhiemky.organisation import selectors
    from nhiemky.organisation.models import Term

    held = selectors.structure()
    alive = [p for p in held.alive(TODAY).nonzero()[0].tolist() if held.parent(p, TODAY) is not None]
    parents = {int(held.ids[p]): int(held.ids[held.parent(p, TODAY) or 0]) for p in alive}
    [root] = held.roots(TODAY)
    rng, top = random.Random(20230106), int(held.ids[root])
    terms = dict(Term.objects.filter(during__contains=TODAY).values_list("body__unit_id", "id"))
    below = [int(held.ids[p]) for p in held.children(root, TODAY)]
    made = Made(rng, _copy, take_ids, top, parents, below, users, terms)
    with transaction.atomic():
        for part in _PARTS:
            part(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """COPY with the empty text in the columns of text that are left out and hold no NULL."""
    from django.db import connection

    from nhiemky.core.copying import copy_rows

    asked = """SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND
               table_name = %s AND is_nullable = 'NO' AND data_type IN ('character varying', 'text')"""
    with connection.cursor() as cursor:
        cursor.execute(asked, [table])
        empty = sorted({name for (name,) in cursor.fetchall()} - set(columns))
    copy_rows(table, (*columns, *empty), ([*row, *[""] * len(empty)] for row in rows))


def _documents(made: Made) -> None:
    """A quarter issued by the province, the rest by its communes, each with its number books."""
    from nhiemky.documents.models import Issuer
    from nhiemky.domain.names import fold

    made.issuers = dict(Issuer.objects.filter(unit__isnull=False).values_list("unit_id", "id"))
    new = [unit for unit in [made.root, *made.communes] if unit not in made.issuers]
    numbers = made.ids("documents_issuer", len(new))
    made.copy("documents_issuer", ("id", "unit_id", "name", "symbol", "sort"),
              ((pk, unit, f"Đảng ủy số {unit}", f"ĐU-{unit}", "committee")
               for pk, unit in zip(numbers, new, strict=True)))  # fmt: skip
    made.issuers |= dict(zip(new, numbers, strict=True))
    signed = sorted(made.day() for _ in range(DOCUMENTS))
    given: dict[tuple[int, str], list[int]] = {}
    rows = []
    for pk, on in zip(made.ids("documents_document", DOCUMENTS), signed, strict=True):
        unit = made.root if made.rng.random() < 0.25 else made.rng.choice(made.communes)
        kind = made.rng.choice(KINDS)
        given.setdefault((unit, kind), []).append(pk)
        number = 10_000 + len(given[unit, kind])
        title = f"về {made.rng.choice(SUBJECTS)} năm {on.year}, đợt {number - 10_000}"
        ends = on + timedelta(365) if made.rng.random() < 0.1 else None
        rows.append([pk, made.issuers[unit], kind, number, on, title,
                     fold(f"{number}-{kind} {title}"), "", "", "f", on, ends, None, 0])  # fmt: skip
        made.papers.setdefault(unit, []).append((pk, kind, on))
    _books(made, rows)
    names = ("id", "issuer_id", "kind", "number", "signed_on", "title", "folded", "body", "signer", "withheld",
             "in_force_from", "in_force_to", "series_id", "seq")  # fmt: skip
    made.copy("documents_document", names, rows)


def _books(made: Made, rows: list[list[object]]) -> None:
    """A number book for each type of an issuer whose unit has a term; what is in force now stands in it."""
    with_term = {made.issuers[unit]: term for unit, term in made.terms.items() if unit in made.issuers}
    wanted = sorted({(row[1], row[2]) for row in rows if row[1] in with_term}, key=str)
    books = dict(zip(wanted, made.ids("documents_series", len(wanted)), strict=True))
    last: dict[object, int] = {}
    for row in rows:
        if (book := books.get((row[1], row[2]))) is not None:
            row[-2], last[book] = book, max(last.get(book, 0), int(str(row[3])))
    made.copy("documents_series", ("id", "issuer_id", "kind", "term_id", "label", "first", "last"),
              ((pk, issuer, kind, with_term[issuer], "bench", 10_001, last[pk])
               for (issuer, kind), pk in books.items()))  # type: ignore[index]  # fmt: skip


def _files(made: Made) -> None:
    """Texts of about 250 words with their search words."""
    from nhiemky.domain.names import fold

    every = [one[0] for papers in made.papers.values() for one in papers]
    rows = []
    for document in made.rng.sample(every, FILES):
        text = " ".join(f"{made.rng.choice(SUBJECTS)} {NOTES} Mục {made.rng.randrange(5_000)}." for _ in range(8))
        words = "".join(c if c.isalnum() else " " for c in fold(text))
        rows.append((document, "van-ban.docx", 1, "docx", 4, "0" * 64, "f", "\\x00", text, words, "bench", TODAY, 0))
    names = ("document_id", "name", "version", "format", "size", "sha256", "sealed", "content", "text", "words",
             "user_name", "at", "seq")  # fmt: skip
    made.copy("documents_file", names, rows)


def _relations(made: Made) -> None:
    """Later papers rest on earlier ones, most on the province's; some of these change or replace them."""
    seen, rows = set(), []
    top = made.papers[made.root]
    while len(rows) < RELATIONS:
        source, _kind, on = made.rng.choice(made.papers[made.rng.choice([made.root, *made.communes])])
        target, _kind, before = made.rng.choice(top)
        kind = made.rng.choices(("cites", "implements", "amends", "supplements", "replaces", "repeals"),
                                (50, 35, 5, 4, 4, 2))[0]  # fmt: skip
        if target < source and before <= on and (source, target, kind) not in seen:
            seen.add((source, target, kind))
            rows.append((source, target, kind, on, "", "", 0))
    made.copy("documents_relation", ("source_id", "target_id", "kind", "on", "part", "struck", "seq"), rows)


def _programmes(made: Made) -> None:
    """The province's programmes of each year, and the plans of its communes that they hold."""
    top = made.ids("tasks_programme", 60)
    rows: list[tuple[object, ...]] = []
    for number, pk in enumerate(top):
        year = 2022 + number % 5
        rows.append((pk, made.root, "year_programme" if number < 5 else "programme", f"Chương trình số {number}",
                     f"[{year}-01-01,{year + 1}-01-01)", None, "", None, 0))  # fmt: skip
    made.programmes[made.root] = list(top)
    for pk in made.ids("tasks_programme", PROGRAMMES - 60):
        unit, parent = made.rng.choice(made.communes), made.rng.randrange(60)
        year = 2022 + parent % 5
        rows.append((pk, unit, "plan", f"Kế hoạch {made.rng.choice(SUBJECTS)}", f"[{year}-01-01,{year + 1}-01-01)",
                     made.rng.choice(made.papers[made.root])[0], "Mục 2", top[parent], 0))  # fmt: skip
        made.programmes.setdefault(unit, []).append(pk)
    names = ("id", "unit_id", "kind", "title", "during", "implements_id", "part", "parent_id", "seq")
    made.copy("tasks_programme", names, rows)


def _tasks(made: Made) -> None:
    """Half done by communes for the province, half by cells for their commune; ten key tasks of each year."""
    for _ in range(TASKS // BATCH):
        _batch(made, made.ids("tasks_task", BATCH))
    names = ("task_id", "unit_id")
    every = [(task, unit) for unit, found in made.tasks.items() for task in found]
    along = {(task, made.rng.choice(made.communes)) for task, unit in made.rng.sample(every, 6_000) if unit}
    made.copy("tasks_coordinator", names, along)
    _key_tasks(made)


def _batch(made: Made, numbers: range) -> None:
    from nhiemky.domain.names import fold
    from nhiemky.domain.tasks.days import last_day

    tasks, steps, handed, asked = [], [], [], []
    cells = list(made.parents)
    for number in numbers:
        unit = made.rng.choice(made.communes if made.rng.random() < 0.5 else cells)
        giver, given = made.parents[unit], FIRST + timedelta(made.rng.randrange(1740))
        due = given + timedelta(made.rng.randrange(7, 90))
        state = "done" if due < TODAY and made.rng.random() < 0.97 else made.rng.choice(
            ("assigned", "accepted", "working", "submitted", "returned"))  # fmt: skip
        done = min(due + timedelta(made.rng.choice((-3, -1, 0, 9))), TODAY) if state == "done" else None
        waits = min(due, TODAY) if state == "submitted" else None
        title = f"Báo cáo kết quả {made.rng.choice(SUBJECTS)}, số {number}"
        whose = made.users.get(unit) if made.rng.random() < 0.3 else None
        programme = made.rng.choice(made.programmes[giver]) if giver in made.programmes else None
        parent = made.rng.choice(made.tasks[giver]) if giver in made.tasks and made.rng.random() < 0.2 else None
        made.tasks.setdefault(unit, []).append(number)
        tasks.append((number, unit, giver, whose, programme, parent, title, fold(title), given, given, due,
                      last_day(due), "Báo cáo", "deliverables", "", "", "t", state, waits, done, done, 0))  # fmt: skip
        acts = ["assign", *{"accepted": ["accept"], "working": ["accept", "begin"], "done": ["submit", "done"],
                            "submitted": ["submit"], "returned": ["submit", "return"]}.get(state, [])]  # fmt: skip
        steps += [(number, act, done or given, "", "bench", 0) for act in acts]
        handed.append((number, "Báo cáo", "", "", done or waits, done))
        if state == "working" and made.rng.random() < 0.3:
            asked.append((number, due, last_day(due), due + timedelta(20), "Chờ số liệu", given, "asked", "", 0))
    columns = (
        "id", "unit_id", "giver_id", "assignee_id", "programme_id", "parent_id", "title", "folded", "given_on",
        "start_on", "due_on", "last_on", "deliverable", "measure", "indicator", "part", "required", "state",
        "handed_on", "done_on", "closed_on", "seq",
    )  # fmt: skip
    made.copy("tasks_task", columns, tasks)
    made.copy("tasks_step", ("task_id", "act", "on", "text", "user_name", "seq"), steps)
    made.copy("tasks_deliverable", ("task_id", "title", "file_name", "note", "handed_on", "accepted_on"), handed)
    names = ("task_id", "before", "last_before", "until", "reason", "asked_on", "state", "answer", "seq")
    made.copy("tasks_moretime", names, asked)


def _key_tasks(made: Made) -> None:
    from nhiemky.tasks.models import Task

    for giver in [made.root, *made.communes]:
        of_giver = Task.objects.filter(giver_id=giver, due_on__year=2026).values_list("pk", flat=True)
        taken = Task.objects.filter(giver_id=giver, key_year=2026)
        for rank, task in enumerate([] if taken.exists() else of_giver.order_by("pk")[:10], start=1):
            Task.objects.filter(pk=task).update(key_year=2026, key_rank=rank)


def _asks(made: Made) -> None:
    """Each directive asks some hundred units: four fifths have answered, some late, some were reminded."""
    directives = made.rng.sample(made.papers_of(made.root, "resolution", "plan", "programme"), ASKS)
    cells = list(made.parents)
    asks, asked, reminded = [], [], []
    for pk, (document, _kind, on) in zip(made.ids("directives_ask", ASKS), directives, strict=True):
        due, what = on + timedelta(60), made.rng.choice(("programme", "plan", "report"))
        asks.append((pk, document, made.root, what, "", "Mục III", on, due, due + timedelta(2), "", 0))
        units = made.rng.sample(made.communes, min(90, len(made.communes)))
        units = [*units, *made.rng.sample([cell for cell in cells if cell not in units], 100 - len(units))]
        for unit, row in zip(units, made.ids("directives_askedof", len(units)), strict=True):
            papers = [p for p in made.papers_of(unit, what) if p[2] > on] if made.rng.random() < 0.8 else []
            answer = papers[0] if papers else None
            asked.append((row, pk, unit, unit, answer and answer[0], answer and answer[2], "", 0))
            if answer is None and due < TODAY and made.rng.random() < 0.5:
                reminded.append((row, due + timedelta(9), "bench", 0))
    names = ("id", "document_id", "unit_id", "what", "text", "part", "asked_on", "due_on", "last_on", "withdrawn",
             "seq")  # fmt: skip
    made.copy("directives_ask", names, asks)
    names = ("id", "ask_id", "unit_id", "owing_id", "document_id", "answered_on", "exempt", "seq")
    made.copy("directives_askedof", names, asked)
    made.copy("directives_reminder", ("asked_of_id", "on", "by", "seq"), reminded)


def _drafts(made: Made, units: Sequence[int], *, closed: Sequence[date | None]) -> range:
    """Drafts with two versions of their text, on the latter of which ten bodies are asked for an opinion."""
    pks = made.ids("documents_draft", len(units))
    texts, opinions = [], []
    for pk, unit, over in zip(pks, units, closed, strict=True):
        on = (over or TODAY) - timedelta(40)
        texts += [(pk, version, NOTES * 12, "", on, "bench", 0) for version in (1, 2)]
        for body in made.rng.sample([one for one in made.communes if one != unit], 10):
            told = over is not None or made.rng.random() < 0.6
            opinions.append((pk, 2, body, "", on, on + timedelta(30), *(("agrees", "Nhất trí.", on) if told
                                                                        else ("", "", None)), "", 0))  # fmt: skip
    named = [(pk, unit, f"Dự thảo {pk}", over, 0) for pk, unit, over in zip(pks, units, closed, strict=True)]
    made.copy("documents_draft", ("id", "unit_id", "title", "closed_on", "seq"), named)
    made.copy("documents_drafttext", ("draft_id", "version", "text", "note", "on", "user_name", "seq"), texts)
    names = ("draft_id", "version", "unit_id", "body", "asked_on", "due_on", "stance", "text", "answered_on",
             "user_name", "seq")  # fmt: skip
    made.copy("documents_opinion", names, opinions)
    return pks


def _regulations(made: Made) -> None:
    """Half the province's; a quarter is being changed."""
    from nhiemky.domain.names import fold
    from nhiemky.regulations.models import Regulation

    taken = set(Regulation.objects.values_list("document_id", flat=True))
    papers = [(unit, one) for unit in made.papers for one in made.papers_of(unit, "regulation", "decision")]
    chosen = made.rng.sample([(unit, one) for unit, one in papers if one[0] not in taken], REGULATIONS)
    pks = made.ids("regulations_regulation", REGULATIONS)
    rows = []
    for pk, (unit, (document, _kind, _on)) in zip(pks, chosen, strict=True):
        subject = f"Quy định {made.rng.choice(SUBJECTS)} {pk}"
        review = date(2026, 1, 1) + timedelta(made.rng.randrange(900))
        rows.append((pk, unit, subject, fold(subject), document, review, 0))
    made.copy("regulations_regulation",
              ("id", "unit_id", "subject", "folded", "document_id", "next_review_on", "seq"), rows)  # fmt: skip
    changing = rows[: REGULATIONS // 4]
    drafts = _drafts(made, [int(str(row[1])) for row in changing], closed=[None] * len(changing))
    stages = ("drafting", "opinions", "appraisal")
    made.copy("regulations_revision", ("regulation_id", "draft_id", "state", "began_on", "change", "seq"),
              ((row[0], draft, made.rng.choice(stages), TODAY - timedelta(60), "", 0)
               for row, draft in zip(changing, drafts, strict=True)))  # fmt: skip
    steps = [(row[0], act, TODAY - timedelta(60), "", "bench", 0) for row in rows for act in ("enter", "begin")]
    made.copy("regulations_regulationstep", ("regulation_id", "act", "on", "text", "user_name", "seq"), steps)


def _proposals(made: Made) -> None:
    from nhiemky.domain.names import fold

    units = [made.root if made.rng.random() < 0.4 else made.rng.choice(made.communes) for _ in range(PROPOSALS)]
    states = made.rng.choices(("decided", "submitted", "opinions", "drafting"), (80, 6, 8, 6), k=PROPOSALS)
    sessions = [made.day() for _ in units]
    closed = [on if state == "decided" else None for state, on in zip(states, sessions, strict=True)]
    drafts = _drafts(made, units, closed=closed)
    pks, rows, steps = made.ids("proposals_proposal", PROPOSALS), [], []
    for pk, unit, state, on, draft in zip(pks, units, states, sessions, drafts, strict=True):
        title = f"Đề nghị {made.rng.choice(SUBJECTS)} {pk}"
        over = on if state == "decided" else None
        rows.append((pk, unit, "Ban Tổ chức", title, fold(title), draft, on, state, over and "approved", over, over, 0))
        steps += [(pk, act, on, "", "", "bench", 0) for act in ("enter", "ask", "submit")]
    names = ("id", "unit_id", "body", "title", "folded", "draft_id", "session_on", "state", "outcome", "decided_on",
             "closed_on", "seq")  # fmt: skip
    made.copy("proposals_proposal", names, rows)
    made.copy("proposals_proposalstep", ("proposal_id", "act", "on", "text", "outcome", "user_name", "seq"), steps)
    later = [(pk, made.rng.choice(made.tasks[unit])) for pk, unit in zip(pks, units, strict=True) if unit in made.tasks]
    made.copy("proposals_condition", ("proposal_id", "task_id"), {task: (pk, task) for pk, task in later}.values())


def _conferences(made: Made) -> None:
    """A tenth the province's with 300 invited, the rest the communes' with 60; instructions that became tasks."""
    from nhiemky.members.models import Person

    people = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:20_000])
    rows, items, invited, noted = [], [], [], []
    for number, pk in enumerate(made.ids("conferences_conference", CONFERENCES)):
        unit = made.root if number % 10 == 0 else made.rng.choice(made.communes)
        on = made.day(TODAY + timedelta(20))
        rows.append((pk, unit, "yearly_review" if unit == made.root else "thematic", f"Hội nghị {pk}", on, "07:30",
                     "Hội trường", on.year - 1 if unit == made.root else None,
                     "closed" if on < TODAY else "planned", 0))  # fmt: skip
        points = made.ids("conferences_agendaitem", 8)
        items += [(one, pk, f"{7 + n:02}:30", 45, f"Nội dung {n}", "") for n, one in enumerate(points)]
        for n, person in enumerate(made.rng.sample(people, 300 if unit == made.root else 60)):
            invited.append((pk, person, "Đại biểu", unit, "", "chair" if n < 2 else "summoned", f"B{pk:05}{n:05}", "",
                            "present" if on < TODAY and n % 9 else "", "", "f", 0))  # fmt: skip
        for task in made.rng.sample(made.tasks.get(unit) or made.tasks[made.communes[0]], 20):
            noted.append((pk, points[3], made.rng.choice(("instruction", "limit")), "Khẩn trương", task, "", 0))
    names = ("id", "unit_id", "kind", "title", "on", "starts_at", "place", "reviewed_year", "state", "seq")
    made.copy("conferences_conference", names, rows)
    made.copy("conferences_agendaitem", ("id", "conference_id", "begins_at", "minutes", "title", "speaker"), items)
    names = ("conference_id", "person_id", "post", "unit_id", "body", "role", "code", "guest_name", "presence",
             "reason", "by_code", "seq")  # fmt: skip
    made.copy("conferences_invitee", names, invited)
    names = ("conference_id", "item_id", "kind", "text", "task_id", "waived", "seq")
    made.copy("conferences_instruction", names, noted)


_PARTS = (_documents, _files, _relations, _programmes, _tasks, _asks, _regulations, _proposals, _conferences)
