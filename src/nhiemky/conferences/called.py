"""What people and issuers of a conference are called, in Vietnamese for papers and in the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils.translation import override

from nhiemky.conferences.models import Conference, Invitee
from nhiemky.domain.organisation.issuers import Issuer, issuer
from nhiemky.members.wording import POSTS
from nhiemky.organisation import selectors as organisation


def unit_name(unit_id: int, on: date) -> str:
    """What a unit was called on the day, or last before it."""
    held = organisation.structure()
    place = held.index[unit_id]
    version = held.last_version(place, on) or held.versions[place][-1]
    return version.name


def post_of(one: Invitee, on: date) -> str:
    """The post by which somebody is invited: "secretary, Đảng bộ xã An Phú"; a guest's as typed."""
    if one.unit_id is None:
        return ", ".join(part for part in (one.post, one.body) if part)
    return f"{POSTS.get(one.post, one.post)}, {unit_name(one.unit_id, on)}"


def called_in_vietnamese(one: Invitee) -> str:
    """As papers call somebody: Nguyễn Văn A, bí thư, Đảng bộ xã An Phú."""
    with override("vi"):
        post = post_of(one, one.conference.on)
    return f"{one.name}, {post}" if post else one.name


def issuer_of(conference: Conference) -> Issuer:
    """How the unit that holds the conference is called on its papers of the day."""
    held, on = organisation.structure(), conference.on
    place = held.index[conference.unit_id]
    version = held.last_version(place, on) or held.versions[place][-1]
    above = [held.name(one, on) for one in reversed(held.tree(on).path(place)[:-1])]
    return issuer(version.name, version.kind, above)
