"""What conferences hold about one person, for that person (`members.held.Provider`)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nhiemky.conferences.called import post_of
from nhiemky.conferences.wording import PRESENCE, ROLES
from nhiemky.members.held import Section
from nhiemky.members.models import Person
from nhiemky.members.sums import View


def held(person: Person, view: View) -> Iterator[Section]:
    """Conferences one was invited to, as what, whether one came, and how much was noted as one's words."""
    heads = {"day": _("Day"), "conference": _("Conference"), "post": _("Post"), "role": _("Role"),
             "presence": _("Presence"), "reason": _("Why excused"), "noted": _("Instructions noted")}  # fmt: skip
    found = person.invitations.select_related("conference").order_by("-conference__on", "-pk")
    yield Section.of("invitations", _("Conferences"), heads, (
        (i.conference.on, i.conference.title, post_of(i, i.conference.on), str(ROLES[i.role]),
         str(PRESENCE.get(i.presence, "")), i.reason, i.instructions.count())
        for i in found
    ))  # fmt: skip
