"""Lists of requests: the member's own, and what lies on an office's desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhiemky.core.days import write_day
from nhiemky.core.lists import Column, Table, table_of
from nhiemky.core.pages import PageRequest
from nhiemky.rights.models import Request
from nhiemky.rights.views.common import TONES, subject_of
from nhiemky.rights.wording import ask_name, state_name

Columns = tuple[Column[Request], ...]
OWN_COLUMNS: Columns = (
    Column("kind", _("Request"), lambda r: f"{ask_name(r.kind)} ({r.pk})",
           href=lambda r: reverse("rights:own_request", args=[r.pk]), sortable=False),
    Column("about", _("About what"), subject_of, sortable=False),
    Column("made", _("Made on"), lambda r: r.made_on, sort_value=lambda r: r.made_on),
    Column("due", _("Answer by"), lambda r: r.due_on, sortable=False, minor=True),
    Column("state", _("State"), lambda r: state_name(r.state), tone=lambda r: TONES[r.state], sortable=False),
)  # fmt: skip


def office_columns(today: date) -> Columns:
    """With the member's name; a day that has passed is marked."""
    return (
        Column("name", _("Member"), lambda r: r.person.full_name, sort=("person__name_key",),
               href=lambda r: reverse("rights:request", args=[r.pk])),
        Column("kind", _("Request"), lambda r: f"{ask_name(r.kind)} ({r.pk})", sortable=False),
        Column("about", _("About what"), subject_of, sortable=False, minor=True),
        Column("made", _("Made on"), lambda r: r.made_on, sort=("made_on", "pk"), minor=True),
        Column("due", _("Due by"), lambda r: r.due_on, sort=("due_on", "pk"),
               shown=lambda r: r.due_on and write_day(r.due_on),
               tone=lambda r: "bad" if r.due_on and r.due_on < today else ""),
        Column("state", _("State"), lambda r: state_name(r.state), tone=lambda r: TONES[r.state], sortable=False),
    )  # fmt: skip


def table_of_own(request: PageRequest, rows: Sequence[Request], columns: Columns) -> Table[Request]:
    """The member's requests, the newest first unless another order is asked for."""
    return table_of(request, columns, rows)


def table_of_office(request: PageRequest, rows: QuerySet[Request]) -> Table[Request]:
    """An office's requests, what is due first unless another order is asked for."""
    return table_of(request, office_columns(request.today), rows)
