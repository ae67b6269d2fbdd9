"""One column spec for a table on the page and for the spreadsheet (`spreadsheets`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: how to read its value, and how to order by it.

    `sort` names the model fields to order a queryset by; a list sorts by `sort_value` or the value itself. `href` makes
    the cell a link, `tone` a chip, `shown` draws it differently from the plain value that the spreadsheet gets.
    """

    key: str
    label: str | Promise
    value: Callable[[Row], Any]
    numeric: bool = False
    sort: tuple[str, ...] = ()
    sortable: bool = True
    sort_value: Callable[[Row], Any] | None = None
    href: Callable[[Row], str] | None = None
    tone: Callable[[Row], str] | None = None
    shown: Callable[[Row], Any] | None = None
    minor: bool = False  # left out on narrow screens


@dataclass(slots=True)
class Table(Generic[Row]):
    """Rows in an order, cut into pages. Template `core/parts/table.html` draws it."""

    columns: Sequence[Column[Row]]
    rows: Sequence[Row]
    total: int
    order: str = ""
    page: Page[Row] | None = None
    depth: Callable[[Row], int] | None = None
    foot: Sequence[Any] = field(default_factory=tuple)
    caption: str = ""

    def headers(self) -> list[tuple[Column[Row], str, str]]:
        """Each column with its state (ascending, descending or empty) and the order a click asks for."""
        result = []
        for column in self.columns:
            state = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.order, "")
            first = f"-{column.key}" if column.numeric else column.key
            again = column.key if self.order == f"-{column.key}" else f"-{column.key}"
            result.append((column, state, again if state else first))
        return result

    def lines(self) -> list[tuple[Row, int, list[tuple[Column[Row], Any, str, str]]]]:
        """For each row: the row, its depth, and for each cell column, value, link and tone."""
        return [(row, self.depth(row) if self.depth else 0, [_cell(c, row) for c in self.columns]) for row in self.rows]


def _cell(column: Column[Row], row: Row) -> tuple[Column[Row], Any, str, str]:
    value = column.shown(row) if column.shown else column.value(row)
    return column, value, column.href(row) if column.href else "", column.tone(row) if column.tone else ""


def table_of(
    request: HttpRequest,
    columns: Sequence[Column[Row]],
    rows: QuerySet[Any] | Sequence[Row],
    *,
    default: str = "",
    per_page: int | None = 50,
    depth: Callable[[Row], int] | None = None,
) -> Table[Row]:
    """The table a request asks for with ?sort= and ?page=; a queryset is ordered and cut in the database."""
    order = request.GET.get("sort", "") or default
    known = {column.key: column for column in columns if column.sortable}
    order = order if order.removeprefix("-") in known else default
    if column := known.get(order.removeprefix("-")):
        rows = _ordered(rows, column, order.startswith("-"))
    if per_page is None:
        return Table(columns, list(rows), len(rows), order, depth=depth)
    page: Page[Row] = Paginator(rows, per_page).get_page(request.GET.get("page"))
    shown = _cut(rows, page) if column and isinstance(rows, QuerySet) else list(page.object_list)
    return Table(columns, shown, page.paginator.count, order, page, depth)


def _cut(rows: QuerySet[Any], page: Page[Row]) -> list[Row]:
    """The rows of a page of a queryset in a whole order. The database sorts keys, and only then reads so many rows.

    A page of the latter half is counted from the end: the last page of a long list costs what the first one does.
    """
    first, after, total = page.start_index() - 1, page.end_index(), page.paginator.count
    keys = rows.values_list("pk", flat=True)
    if first > total // 2:
        chosen = list(keys.reverse()[total - after : total - first])
    else:
        chosen = list(keys[max(first, 0) : after])
    return list(rows.filter(pk__in=chosen)) if chosen else []


def _ordered(rows: QuerySet[Any] | Sequence[Row], column: Column[Row], down: bool) -> QuerySet[Any] | Sequence[Row]:
    if isinstance(rows, QuerySet):
        # The key last, so that equal rows stay in one order from page to page.
        fields = [f"-{name}" if down else name for name in column.sort or (column.key,)]
        return rows.order_by(*fields, "pk")
    read = column.sort_value or column.value
    known = [row for row in rows if read(row) is not None]
    unknown = [row for row in rows if read(row) is None]
    return sorted(known, key=read, reverse=down) + unknown
