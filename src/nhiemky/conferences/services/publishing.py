"""Publishing the summary of a conference."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.conferences import selectors
from nhiemky.conferences.models import Conference, Publication
from nhiemky.conferences.selectors import WRITE
from nhiemky.conferences.summary import summary
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.kinds import CLOSED
from nhiemky.domain.findings import Finding, Refused
from nhiemky.members.services.reading import readings_note


@service
def summary_publish(*, actor: Actor, conference_id: int, today: date) -> Publication:
    """Keep that the summary went out today, with the numbers that it tells.

    Raises:
        Refused: the conference is not over, or the same text was published already.
        Denied: the conference is not the actor's to write, or its unit's figures are not the actor's to see.
    """
    made = selectors.visible_conference(actor, conference_id, WRITE)
    actor.require("reporting.view", made.unit_id)
    if made.state != CLOSED:
        raise Refused(Finding("conferences.not_closed"))
    found = summary(made, today)
    last = made.publications.order_by("-pk").first()
    if last is not None and last.digest == found.digest:
        raise Refused(Finding("conferences.published_already", facts={"on": last.on}))
    numbers = {number.key: number.text for number in found.numbers}
    one = Publication.objects.create(
        conference=made, on=today, numbers=numbers, digest=found.digest, user_name=actor.name, seq=current_seq()
    )
    facts = {"title": made.title, "on": made.on, "count": len(numbers), "digest": found.digest[:12]}
    record("conferences.summary_published", actor=actor, subject=made.pk, unit_id=made.unit_id, facts=facts)
    return one


@service
def papers_taken(*, actor: Actor, conference: Conference, paper: str, people: Collection[int]) -> None:
    """Note that a paper with people's names left: which, and for each member named (by id) that it was read."""
    facts = {"title": conference.title, "on": conference.on, "paper": paper, "count": len(people)}
    readings_note(actor=actor, person_ids=people, what="paper")
    record("conferences.papers_taken", actor=actor, subject=conference.pk, unit_id=conference.unit_id, facts=facts)
