"""A row of the world (`planting`) for every argument that occurs in an address."""

from __future__ import annotations

from typing import Any

import builders
from nhiemky.access.models import Grant
from nhiemky.accounts.models import User
from nhiemky.admissions.models import Case
from nhiemky.api.models import Token
from nhiemky.badges.models import Badge, SpecialCase
from nhiemky.conferences.models import Conference
from nhiemky.directives.models import AskedOf
from nhiemky.documents.models import Document
from nhiemky.exchange.models import Import
from nhiemky.jobs.models import Job
from nhiemky.members.models import Movement, Person, Seat
from nhiemky.organisation import services
from nhiemky.proposals.models import Proposal
from nhiemky.regulations.models import Regulation, RuleWord
from nhiemky.rights.models import Request, Shredding
from nhiemky.tasks.models import Programme, Task
from nhiemky.transfers.models import Transfer

NAMES = {code: name for code, name, _kind, _sector, _parent in builders.UNITS}
CELLS = {"X1": "C1", "X3": "C4"}
# Whoever asked for long work, and nobody else, sees it.
JOB_OWNERS = {"X1": "anphu", "X3": "nguoingoai"}


def samples(unit: str) -> dict[str, Any]:
    """A value for every argument that occurs in an address, all of the same commune."""
    person = Person.objects.get(last_unit__code=CELLS[unit], full_name__startswith="Đỗ Thị")
    holder = JOB_OWNERS[unit]
    seat = Seat.objects.get(term__body__unit__code=unit)
    return {
        "code": unit,
        "body": "committee",
        "term_id": seat.term_id,
        "seat_id": seat.pk,
        "year": 2025,
        "key": "members.admitted",
        "op": "rename",
        "person_id": person.pk,
        "movement_id": Movement.objects.filter(person=person).latest("pk").pk,
        "reorganisation_id": services.Reorganisation.objects.get().pk,
        "user_id": User.objects.get(username=holder).pk,
        "grant_id": Grant.objects.get(user__username=holder).pk,
        "rule": "phone_missing",
        "token_id": Token.objects.get(unit__code=unit).pk,
        "job_id": Job.objects.get(user__username=holder).pk,
        "import_id": Import.objects.get(user__username=holder).pk,
        "case_id": _case_of(unit).pk,
        "step": "course",
        "transfer_id": Transfer.objects.get(person__last_unit__code=CELLS[unit]).pk,
        "step_id": _case_of(unit).steps.get(key="course").pk,
        "paper": "1-KNĐ",
        "day": "2026-11-07",
        "file": "decision",
        "special_id": SpecialCase.objects.get(person__last_unit__code=CELLS[unit]).pk,
        "badge_id": Badge.objects.get(decision__unit__code=unit).pk,
        "field": "phone",
        "ask": "objection",
        "request_id": Request.objects.get(person=person).pk,
        "shredding_id": Shredding.objects.get(body=NAMES[unit]).pk,
        **_work_of(unit),
        **_document_of(CELLS[unit]),
        **_asked_of(CELLS[unit]),
        **_conference_of(unit),
    }


def _work_of(unit: str) -> dict[str, Any]:
    """A task of the commune's cell, and what belongs to it."""
    task = Task.objects.get(giver__code=unit)
    return {
        "task_id": task.pk,
        "deliverable_id": task.deliverables.get().pk,
        "programme_id": Programme.objects.get(unit__code=unit).pk,
        "act": "submit",
        "secret": "no-such-address",
    }


def _regulation_of(cell: str) -> dict[str, Any]:
    """A cell's regulation, its draft, and the opinion asked on it."""
    held = Regulation.objects.get(unit__code=cell)
    draft = held.revisions.get().draft
    proposal = Proposal.objects.get(unit__code=cell)
    return {"regulation_id": held.pk, "proposal_id": proposal.pk, "move": "submit",
            "draft_id": draft.pk, "opinion_id": draft.opinions.get().pk, "deed": "begin",
            "dated": "tasks.due_soon", "word_id": RuleWord.objects.get().pk}  # fmt: skip


def _document_of(cell: str) -> dict[str, Any]:
    """A cell's own document, its file, a relation and the number book."""
    made = Document.objects.get(issuer__unit__code=cell)
    return {**_regulation_of(cell), "document_id": made.pk, "file_id": made.files.get().pk,
            "relation_id": made.relations.get().pk,
            "series_id": made.series_id or 0}  # fmt: skip


def _asked_of(cell: str) -> dict[str, int]:
    """What the commune asks of its cell."""
    one = AskedOf.objects.get(owing__code=cell)
    return {"ask_id": one.ask_id, "asked_id": one.pk}


def _conference_of(unit: str) -> dict[str, int]:
    """The commune's own conference, and what belongs to it."""
    held = Conference.objects.get(unit__code=unit)
    return {"conference_id": held.pk, "item_id": held.items.order_by("pk")[0].pk,
            "invitee_id": held.invitees.get().pk, "instruction_id": held.instructions.get().pk}  # fmt: skip


def _case_of(unit: str) -> Case:
    return Case.objects.get(unit__code=CELLS[unit])
