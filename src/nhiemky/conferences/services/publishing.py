"""Publishing the summary of a conference."""

from __future__ import annotations

import io
from collections.abc import Collection
from datetime import date

from nhiemky.audit.services import current_seq, record, service
from nhiemky.conferences import selectors
from nhiemky.conferences.models import Conference, Publication
from nhiemky.conferences.papers import summary_blocks
from nhiemky.conferences.selectors import WRITE
from nhiemky.conferences.summary import Summary, summary
from nhiemky.documents import papers as documents
from nhiemky.documents.models import Document, Issuer
from nhiemky.documents.services.attaching import file_add
from nhiemky.documents.services.numbering import number_give
from nhiemky.domain.access import Actor
from nhiemky.domain.conferences.kinds import CLOSED
from nhiemky.domain.findings import Finding, Refused
from nhiemky.members.services.reading import readings_note


@service
def summary_publish(
    *, actor: Actor, conference_id: int, today: date, issuer_id: int | None = None, address: str = ""
) -> Publication:
    """Keep that the summary went out today, with the numbers that it tells.

    With `issuer_id` it goes out as a notice of that issuer of the unit: with the next number, and as a file whose
    numbers name their pages at `address`.

    Raises:
        Refused: the conference is not over, or the same text was published already; the number cannot be given.
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
    document = _as_notice(actor, made, found, issuer_id, address, today) if issuer_id else None
    one = Publication.objects.create(
        conference=made, on=today, numbers=numbers, digest=found.digest, document=document, user_name=actor.name,
        seq=current_seq(),
    )  # fmt: skip
    facts = {"title": made.title, "on": made.on, "count": len(numbers), "digest": found.digest[:12]}
    record("conferences.summary_published", actor=actor, subject=made.pk, unit_id=made.unit_id, facts=facts)
    return one


def _as_notice(
    actor: Actor, made: Conference, found: Summary, issuer_id: int, address: str, today: date
) -> Document:  # fmt: skip
    if not Issuer.objects.filter(pk=issuer_id, unit=made.unit_id).exists():
        raise Refused(Finding("conferences.not_their_issuer", field="issuer"))
    notice = number_give(
        actor=actor, issuer_id=issuer_id, kind="notice", on=today, title=found.title[:500], today=today
    )
    content = documents.write(notice, summary_blocks(found, address))
    file_add(actor=actor, document_id=notice.pk, file=io.BytesIO(content), size=len(content),
             name=documents.file_name(notice))  # fmt: skip
    return notice


@service
def papers_taken(*, actor: Actor, conference: Conference, paper: str, people: Collection[int]) -> None:
    """Note that a paper with people's names left: which, and for each member named (by id) that it was read."""
    facts = {"title": conference.title, "on": conference.on, "paper": paper, "count": len(people)}
    readings_note(actor=actor, person_ids=people, what="paper")
    record("conferences.papers_taken", actor=actor, subject=conference.pk, unit_id=conference.unit_id, facts=facts)
