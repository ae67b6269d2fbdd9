"""What was decided about one person's data, for that person (`members.held.Provider`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from nhiemky.domain.members.particulars import PARTICULAR
from nhiemky.members.held import Section
from nhiemky.members.models import Person
from nhiemky.members.sums import View
from nhiemky.members.wording import particular_name
from nhiemky.quality.models import Accepted, Deed, Merge, NotSame
from nhiemky.quality.wording import RULE_NAMES


def held(person: Person, view: View) -> Iterator[Section]:
    """Findings accepted, records found to be another person's (who stays unnamed), records that were merged."""
    heads = {"finding": _("Finding"), **_heads()}
    accepted = Accepted.objects.filter(person=person).order_by("-seq")
    yield Section.of("accepted", _("Findings accepted as right"), heads, (
        (str(RULE_NAMES[one.rule]), *_deed(one)) for one in accepted
    ))  # fmt: skip
    two = NotSame.objects.filter(Q(first=person) | Q(second=person)).order_by("-seq")
    yield Section.of("not_same", _("Found to be another person than somebody alike"), _heads(), map(_deed, two))
    heads = {"kept": _("Record kept"), "dropped": _("Record dropped"), "fields": _("Values taken over"),
             "entries": _("Entries taken back"), **_heads()}  # fmt: skip
    merges = Merge.objects.filter(Q(kept=person) | Q(dropped=person)).order_by("-seq")
    yield Section.of("merges", _("Records made one"), heads, (
        (one.kept_id, one.dropped_id, _fields(one), len(one.taken), *_deed(one)) for one in merges
    ))  # fmt: skip


def _heads() -> dict[str, str]:
    return {"at": _("Day"), "reason": _("Reason"), "by": _("By"), "undone_at": _("Taken back on"),
            "undone_by": _("Taken back by")}  # fmt: skip


def _deed(one: Deed) -> tuple[object, ...]:
    return one.at.date(), one.reason, one.user_name, one.undone_at and one.undone_at.date(), one.undone_by


def _fields(one: Merge) -> str:
    return ", ".join(str(particular_name(key)) for key in one.copied if key in PARTICULAR)
