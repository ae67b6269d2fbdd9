"""What is kept of a person, as pages show it: particulars, the three days, changes. For offices and for the member."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nhiemky.core.components import Fact, LifeEvent
from nhiemky.domain.members.particulars import PARTICULARS
from nhiemky.members import selectors
from nhiemky.members.forms_particulars import shown_value
from nhiemky.members.models import Person, PersonChange
from nhiemky.members.wording import CHANGED_BY, choice_names, particular_name

# Shown elsewhere on the page, or with another field.
APART = ("full_name", "birth_year_only", "decided_on")


def facts(found: Person) -> list[Fact]:
    """Every particular but the sealed one and the days that have a panel of their own."""
    rows = []
    for one in PARTICULARS:
        if one.sealed or one.key in APART:
            continue
        value = getattr(found, one.key)
        if one.key == "birth_date":
            value = f"{value:%Y}" if found.birth_year_only else f"{value:%d/%m/%Y}"
        rows.append(Fact(particular_name(one.key), choice_names(one.key).get(str(value), value) or None))
    return rows


def changes(found: Person) -> list[LifeEvent]:
    """The history of particulars: what was there before, since when the new value holds, who changed it and why."""
    return [
        LifeEvent(
            particular_name(change.field),
            day=change.at.date(),
            note=" · ".join(part for part in _change_words(change) if part),
        )
        for change in selectors.changes(found)
    ]


def _change_words(change: PersonChange) -> tuple[str, ...]:
    before, after = (shown_value(change.field, value) or "–" for value in (change.before, change.after))
    since = _("holds from %(day)s") % {"day": f"{change.since:%d/%m/%Y}"} if change.since else _("corrected")
    return f"{before} → {after}", since, change.reason, f"{change.user_name} ({CHANGED_BY[change.source]})"


def days(found: Person) -> list[Fact]:
    """The three days that are so often mixed up, each under its own name."""
    rows = (
        (_("Decision to admit"), found.decided_on, _("Party age counts from it")),
        (_("Ceremony"), found.admitted_on, _("the day of joining")),
        (_("Official member"), found.official_on, _("the day of official recognition")),
    )
    return [Fact(label, f"{day:%d/%m/%Y}" if day else None, note=note) for label, day, note in rows]
