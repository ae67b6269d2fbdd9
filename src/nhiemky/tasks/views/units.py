"""A unit's tasks: the board by state, the line of time, the ten key tasks of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhiemky.core.components import Link, Tab
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.tasks.kinds import KEY_TASKS, OPEN, OUTCOMES, STATES
from nhiemky.domain.tasks.timeline import Window, window
from nhiemky.members.views.common import Seen, crumb, go, seen_unit
from nhiemky.tasks import measures, rollup, selectors
from nhiemky.tasks.columns import namer, standing_of, url
from nhiemky.tasks.models import Task
from nhiemky.tasks.wording import OUTCOMES as OUTCOME_NAMES
from nhiemky.tasks.wording import STATES as STATE_NAMES
from nhiemky.tasks.wording import TONES

VIEW = "work.view"
CARDS = 12
"""Cards of a column of the board; the rest is a link away."""
BARS = 60


@page(VIEW)
def board(request: PageRequest, code: str) -> HttpResponse:
    """The unit's own tasks by state, and its year rolled up with everything below it."""
    seen, year = unit_of(request, code), year_of(request)
    own = selectors.tasks(request.actor).filter(unit_id=seen.unit_id)
    year_own = own.filter(Q(due_on__year=year) | Q(state__in=OPEN))
    carried = tiles(request, seen, year, carried=True)
    context = {
        "seen": seen,
        "year": year,
        "tiles": tiles(request, seen, year),
        "carried": carried,
        "of_which": of_which(request, seen, year),
        "carried_any": any(tile.count for tile in carried),
        "columns": _columns(request, year_own, seen.code),
        "tabs": tabs(request, code, "board", year),
        "years": _years(request, "tasks:board", code, year),
        "may_give": seen.unit_id in request.actor.scope("work.write"),
        "crumb": crumb(request, seen, Link(_("Tasks"))),
    }
    return show(request, "tasks/board.html", context)


def unit_of(request: PageRequest, code: str) -> Seen:
    """The unit of a page. What ended units comprised and others now hold is not told under their name.

    Raises:
        Denied: 404 outside the actor's subtree, 403 where it comprised organisations outside it.
    """
    seen = seen_unit(request, code, VIEW)
    scope, below = request.actor.scope(VIEW), rollup.units_below(seen.unit_id, request.today)
    if not scope.everything and (below is None or not scope.unit_ids.issuperset(below)):
        raise Denied(VIEW, "restated_outside", status=403)
    return seen


def year_of(request: PageRequest) -> int:
    """The year asked for, or this one."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and 1930 <= int(asked) <= 2100 else request.today.year


@dataclass(frozen=True)
class Tile:
    """A number of a roll-up and the address of its rows."""

    key: str
    label: Any
    count: int
    url: str


def tiles(request: PageRequest, seen: Seen, year: int, *, carried: bool = False) -> list[Tile]:
    """The roll-up of the unit and those below; each number opens the rows it counted."""
    everything = selectors.tasks(request.actor)
    found = rollup.of_unit(everything, seen.unit_id, request.today)
    found = rollup.in_year(found, year, request.today, request.today, carried=carried)
    query: dict[str, object] = {"unit": seen.code, "year": year, **({"carried": 1} if carried else {})}
    return tiles_of(rollup.counts(found, request.today, request.today), query)


def of_which(request: PageRequest, seen: Seen, year: int) -> list[Link]:
    """What the tiles hold and do not show: the same work at two levels, due days that were moved."""
    found = rollup.of_unit(selectors.tasks(request.actor), seen.unit_id, request.today)
    counts = rollup.of_which(rollup.in_year(found, year, request.today, request.today))
    words = {
        "delegated": ngettext(
            "%(count)s is a part of another task counted here", "%(count)s are parts of other tasks counted here",
            counts["delegated"],
        ),
        "extended": ngettext(
            "%(count)s was given more time", "%(count)s were given more time", counts["extended"]
        ),
    }  # fmt: skip
    query: dict[str, object] = {"unit": seen.code, "year": year}
    to = reverse("tasks:list")
    return [
        Link(text % {"count": counts[name]}, f"{to}?{urlencode({**query, 'of_which': name})}")
        for name, text in words.items()
        if counts[name]
    ]


def tiles_of(counts: Any, query: dict[str, object]) -> list[Tile]:
    """Tiles of numbers; the query finds their rows in the list of all tasks."""
    to = reverse("tasks:list")
    return [
        Tile(key, OUTCOME_NAMES[key], counts[key], f"{to}?{urlencode({**query, 'outcome': key})}") for key in OUTCOMES
    ]


def tabs(request: PageRequest, code: str, current: str, year: int) -> list[Tab]:
    """The pages of a unit's tasks."""
    pages = (
        ("board", _("Board"), go(request, "tasks:board", code, year=year)),
        ("timeline", _("Timeline"), go(request, "tasks:timeline", code, year=year)),
        ("key", _("Ten key tasks"), reverse("tasks:key", args=[code, year])),
        ("programmes", _("Programmes and plans"), f"{reverse('tasks:programmes')}?{urlencode({'unit': code})}"),
    )
    return [Tab(label, to, name == current) for name, label, to in pages]


def _years(request: PageRequest, name: str, code: str, year: int) -> list[Tab]:
    return [Tab(str(one), go(request, name, code, year=one), one == year) for one in range(max(year - 2, 1), year + 2)]


def _columns(request: PageRequest, found: QuerySet[Task], code: str) -> list[dict[str, Any]]:
    """One column a state: the first cards by due day, and how many there are."""
    counted = dict(found.order_by().values_list("state").annotate(Count("pk")))
    name, today = namer(request.today), request.today
    columns = []
    for state in STATES:
        rows = found.filter(state=state).order_by("due_on", "pk")[:CARDS] if counted.get(state) else ()
        cards = [{"task": task, "url": url(task), "giver": name(task.giver_id), "late": standing_of(task, today)[1]}
                 for task in rows]  # fmt: skip
        to = f"{reverse('tasks:list')}?{urlencode({'unit': code, 'state': state})}"
        columns.append({"state": STATE_NAMES[state], "tone": TONES[state], "count": counted.get(state, 0),
                        "cards": cards, "more": counted.get(state, 0) - len(cards), "url": to})  # fmt: skip
    return columns


@page(VIEW)
def timeline(request: PageRequest, code: str) -> HttpResponse:
    """The unit's own tasks of a year as bars on a line of time."""
    seen, year = unit_of(request, code), year_of(request)
    own = selectors.tasks(request.actor).filter(unit_id=seen.unit_id).exclude(state="cancelled")
    found = own.filter(due_on__gte=date(year, 1, 1), start_on__lte=date(year, 12, 31)).order_by(
        "start_on", "due_on", "pk"
    )
    rows, total = list(found[:BARS]), found.count()
    drawn = window([(task.start_on, task.due_on) for task in rows], year)
    context = {
        "seen": seen,
        "year": year,
        "total": total,
        "left_out": total - len(rows),
        "drawing": drawing(rows, drawn, request.today),
        "rows": rows,
        "tabs": tabs(request, code, "timeline", year),
        "years": _years(request, "tasks:timeline", code, year),
        "crumb": crumb(request, seen, Link(_("Timeline"))),
    }
    return show(request, "tasks/timeline.html", context)


WIDTH, ROW, LEFT, TOP = 960, 26, 300, 24


def drawing(rows: list[Task], drawn: Window, today: date) -> dict[str, Any]:
    """The numbers of the picture: bars, months and the line of today, in its own units."""
    bars = []
    for number, task in enumerate(rows):
        bar = drawn.bar(task.start_on, task.due_on)
        if bar is not None:
            bars.append({
                "task": task, "url": url(task), "y": TOP + number * ROW, "text_y": TOP + number * ROW + 17,
                "x": f"{LEFT + bar.left * (WIDTH - LEFT):.1f}", "width": f"{bar.width * (WIDTH - LEFT):.1f}",
                "tone": standing_of(task, today)[1], "word": standing_of(task, today)[0],
            })  # fmt: skip
    months = [{"x": f"{LEFT + place * (WIDTH - LEFT):.1f}", "label": f"{day:%m}"} for day, place in drawn.months()]
    inside = drawn.start <= today <= drawn.end
    return {
        "bars": bars, "months": months, "width": WIDTH, "height": TOP + len(rows) * ROW + 8, "start": drawn.start,
        "end": drawn.end, "now": f"{LEFT + drawn.place(today) * (WIDTH - LEFT):.1f}" if inside else "",
    }  # fmt: skip


@page(VIEW)
def key_tasks(request: PageRequest, code: str, year: int) -> HttpResponse:
    """The ten key tasks that the unit set for a year: who, until when, measured how, how far."""
    seen = unit_of(request, code)
    found = selectors.tasks(request.actor).filter(giver_id=seen.unit_id, key_year=year).order_by("key_rank")
    name = namer(request.today)
    progress = measures.progresses(found)
    lines: list[dict[str, Any]] = [
        {"task": task, "url": url(task), "unit": name(task.unit_id), "standing": standing_of(task, request.today),
         "progress": progress.get(task.pk) or measures.progress(task, request.today)}
        for task in found
    ]  # fmt: skip
    near = range(max(year - 2, 1), year + 2)
    context = {
        "seen": seen,
        "year": year,
        "lines": lines,
        "missing": KEY_TASKS - sum(line["task"].state != "cancelled" for line in lines),
        "done": sum(line["task"].state == "done" for line in lines),
        "tabs": tabs(request, code, "key", year),
        "years": [Tab(str(one), reverse("tasks:key", args=[code, one]), one == year) for one in near],
        "may_give": seen.unit_id in request.actor.scope("work.write"),
        "crumb": crumb(request, seen, Link(_("Ten key tasks"))),
    }
    return show(request, "tasks/key.html", context)
