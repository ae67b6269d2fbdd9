"""One transfer: its page, and what each side may do to it. Sending, receiving and coming back are confirmed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Fact, LifeEvent, Link, Tab
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.transfers.checks import presented_late, started_late
from nhiemky.domain.transfers.kinds import ABROAD, KINDS, OFFICIAL, OPEN, RECEIVED, RETURNED, SENT
from nhiemky.domain.transfers.kinds import KIND as TRANSFER_KINDS
from nhiemky.domain.transfers.limits import present_by
from nhiemky.members import selectors as members
from nhiemky.members.views.common import person_url
from nhiemky.members.views.confirming import asked, confirmed
from nhiemky.members.wording import STANDINGS
from nhiemky.transfers import selectors
from nhiemky.transfers.forms import BackForm, EndForm, ReasonForm, ReceiveForm, SendForm
from nhiemky.transfers.models import GuestStay, Transfer, TransferStep
from nhiemky.transfers.services import receiving, sending
from nhiemky.transfers.views.boards import side
from nhiemky.transfers.wording import ACTS, PURPOSES, STATES, TONES, kind_name

READ, WRITE = "members.view", "members.write"


@page(READ)
def transfer(request: PageRequest, transfer_id: int) -> HttpResponse:
    """What the letter says, what was done, and what comes next."""
    found = selectors.visible_transfer(request.actor, transfer_id)
    stay = GuestStay.objects.filter(transfer=found).first()
    context = {
        "transfer": found,
        "title": found.person.full_name,
        "kind": kind_name(found.kind),
        "state": STATES[found.state],
        "tone": TONES[found.state],
        "findings": _findings(request, found),
        "acts": _open_acts(request, found, stay),
        "facts": _facts(request, found, stay),
        "person_facts": _person_facts(request, found),
        "life": [_event(request, step) for step in found.steps.select_related("target_unit").order_by("-pk")],
        "crumb": _crumb(found),
    }
    response = show(request, "transfers/transfer.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _crumb(found: Transfer, *more: Link) -> tuple[Link, ...]:
    here = reverse("transfers:transfer", args=[found.pk])
    return (Link(_("Transfers"), reverse("transfers:board")), Link(found.person.full_name, here if more else ""), *more)


def _findings(request: PageRequest, found: Transfer) -> list[Finding]:
    findings = started_late(found.decided_on, found.letter_on)
    until = found.received_on or request.today
    if found.state in (SENT, RECEIVED):
        findings = [*findings, *presented_late(found.letter_on, until)]
    if found.state in OPEN and not selectors.still_where_sent(found, request.today):
        findings = [Finding("transfers.overtaken"), *findings]
    return findings


def _open_acts(request: PageRequest, found: Transfer, stay: GuestStay | None) -> list[Link]:
    """What the actor may do now, the main thing first."""
    sender, receiver = selectors.is_senders(request.actor, found), selectors.is_receivers(request.actor, found)
    running = stay is not None and stay.during.lower <= request.today < stay.during.upper
    away = selectors.away(request.actor).filter(pk=found.pk).exists()
    offered = (
        ("receive", _("Confirm receipt"), receiver and found.state == SENT),
        ("again", _("Send again"), sender and found.state == RETURNED),
        ("back", _("Back from abroad"), sender and away),
        ("return", _("Return to the sender"), receiver and found.state == SENT and found.target_unit_id is not None),
        ("withdraw", _("Withdraw"), sender and found.state in OPEN),
        ("end", _("End the stay"), (sender or receiver) and running),
    )
    return [
        Link(label, reverse(f"transfers:{name}", args=[found.pk]), main=number < 3)
        for number, (name, label, may) in enumerate(offered)
        if may
    ]


def _facts(request: PageRequest, found: Transfer, stay: GuestStay | None) -> list[Fact]:
    letter = f"{found.letter_number}, {found.letter_on:%d/%m/%Y}"
    rows = [
        Fact(_("From"), side(found.source_unit_id, "", request)),
        Fact(_("To"), side(found.target_unit_id, found.place, request)),
        Fact(_("Letter"), letter, note=found.letter_body),
        Fact(_("Day of the decision or move"), f"{found.decided_on:%d/%m/%Y}"),
    ]
    if found.state == SENT:
        rows.append(Fact(_("To be presented by"), f"{present_by(found.letter_on):%d/%m/%Y}"))
    if found.purpose:
        rows.append(Fact(_("Purpose"), PURPOSES[found.purpose]))
    if found.until:
        label = _("Expected back on") if found.kind == ABROAD else _("The stay ends on")
        rows.append(Fact(label, f"{(stay.during.upper if stay else found.until):%d/%m/%Y}"))
    if found.received_on:
        rows.append(Fact(_("Came on"), f"{found.received_on:%d/%m/%Y}", note=_taken_back(found)))
    return rows


def _taken_back(found: Transfer) -> str:
    if found.movement is not None and hasattr(found.movement, "reversed_by"):
        return _("the entry was taken back in the ledger")
    return ""


def _person_facts(request: PageRequest, found: Transfer) -> list[Fact]:
    """What a letter of introduction says of the person; the rest is on their own page, for whom they belong to."""
    person = found.person
    stay = person.stays.order_by("-during").first()
    return [
        Fact(_("Full name"), person.full_name, person_url(request, person)),
        Fact(_("Born on"), f"{person.birth_date:%d/%m/%Y}"),
        Fact(_("Standing"), STANDINGS[stay.standing] if stay else None),
        Fact(_("Card number"), person.card_number or None),
        Fact(_("File number"), person.file_number or None),
        Fact(_("Ceremony"), f"{person.admitted_on:%d/%m/%Y}" if person.admitted_on else None),
        Fact(_("Official member"), f"{person.official_on:%d/%m/%Y}" if person.official_on else None),
    ]


def _event(request: PageRequest, step: TransferStep) -> LifeEvent:
    note = " · ".join(part for part in (step.text, step.user_name) if part)
    text = str(ACTS[step.act])
    if step.act in ("sent", "sent_again") and step.target_unit_id:
        text = _("%(act)s to %(unit)s") % {"act": text, "unit": side(step.target_unit_id, "", request)}
    return LifeEvent(text, day=step.on, note=note)


@page(WRITE, methods=("GET", "POST"))
def send(request: PageRequest, person_id: int) -> HttpResponse:
    """A new transfer of a member."""
    person = members.visible_person(request.actor, person_id, WRITE)
    kind = request.GET.get("kind", OFFICIAL)
    if kind not in TRANSFER_KINDS:
        raise Denied(WRITE, "no_such_kind", status=404)
    form = SendForm(kind, request.POST or None)
    made = confirmed(
        request,
        form,
        lambda: sending.transfer_send(
            actor=request.actor, person_id=person.pk, letter=form.letter(), today=request.today
        ),
    )
    if made is not None:
        note = _("The letter is under way; until it is received the person stays counted where they are.")
        return done(request, to=reverse("transfers:transfer", args=[made.pk]), note=note)
    steps = (Link(person.full_name, person_url(request, person)), Link(_("Send a transfer")))
    tabs = [Tab(kind_name(one.key), f"?kind={one.key}", one.key == kind) for one in KINDS]
    context = {"title": _("Send a transfer"), "lead": person.full_name, "tabs": tabs, "crumb": steps,
               "cancel": reverse("transfers:person", args=[person.pk])}  # fmt: skip
    return asked(request, form, "transfers/form.html", context)


def _mine(request: PageRequest, transfer_id: int, *sides: Callable[..., bool]) -> Transfer:
    """The transfer, if the actor speaks for one of the sides."""
    found = selectors.visible_transfer(request.actor, transfer_id, WRITE)
    if not any(speaks(request.actor, found) for speaks in sides):
        raise Denied(WRITE, "permission_missing", status=403)
    return found


def _context(found: Transfer, title: str, **more: Any) -> dict[str, Any]:
    cancel = reverse("transfers:transfer", args=[found.pk])
    return {
        "title": title,
        "lead": found.person.full_name,
        "cancel": cancel,
        "crumb": _crumb(found, Link(title)),
        **more,
    }


def _back_to(request: PageRequest, found: Transfer, note: str) -> HttpResponse:
    return done(request, to=reverse("transfers:transfer", args=[found.pk]), note=note)


@page(WRITE, methods=("GET", "POST"))
def again(request: PageRequest, transfer_id: int) -> HttpResponse:
    """Send a returned letter again, mended or to another office."""
    found = _mine(request, transfer_id, selectors.is_senders)
    form = SendForm(found.kind, request.POST or None, initial=SendForm.values_of(found))
    made = confirmed(
        request,
        form,
        lambda: sending.transfer_send_again(
            actor=request.actor, transfer_id=found.pk, letter=form.letter(), today=request.today
        ),
    )
    if made is not None:
        return _back_to(request, found, _("The letter is under way again."))
    return asked(request, form, "transfers/form.html", _context(found, _("Send again")))


@page(WRITE, methods=("GET", "POST"))
def receive(request: PageRequest, transfer_id: int) -> HttpResponse:
    """Confirm that somebody has come."""
    found = _mine(request, transfer_id, selectors.is_receivers)
    cell = found.target_unit_id is not None and selectors.holds_members(found.target_unit_id, request.today)
    code = found.target_unit.code if found.target_unit and cell else ""
    form = ReceiveForm(found, request.POST or None, initial={"unit": code})
    made = confirmed(
        request,
        form,
        lambda: receiving.transfer_receive(
            actor=request.actor, transfer_id=found.pk, today=request.today, **form.entry()
        ),
    )
    if made is not None:
        return _back_to(request, found, _("Received. What follows from it is in the ledger."))
    more = {"lead": f"{found.person.full_name}, {found.letter_number}"}
    return asked(request, form, "transfers/form.html", _context(found, _("Confirm receipt")) | more)


@page(WRITE, methods=("GET", "POST"))
def back(request: PageRequest, transfer_id: int) -> HttpResponse:
    """Somebody is back from abroad."""
    found = _mine(request, transfer_id, selectors.is_senders)
    form = BackForm(request.POST or None)
    made = confirmed(
        request,
        form,
        lambda: receiving.abroad_return(actor=request.actor, transfer_id=found.pk, today=request.today, **form.entry()),
    )
    if made is not None:
        return _back_to(request, found, _("The member is back in the register."))
    return asked(request, form, "transfers/form.html", _context(found, _("Back from abroad")))


def _reasoned(
    request: PageRequest, found: Transfer, form: ReasonForm, act: Callable[..., Transfer], title: str, note: str
) -> HttpResponse:
    """One form with a reason, carried out at once: it changes nothing that could not be sent again."""
    if form.is_valid():
        try:
            act(actor=request.actor, transfer_id=found.pk, today=request.today, **form.cleaned_data)
        except Refused as no:
            form.refuse(no)
        else:
            return _back_to(request, found, note)
    context = _context(found, title, form=form, act=title)
    return show(request, "transfers/reason.html", context, status=422 if form.errors else 200)


@page(WRITE, methods=("GET", "POST"))
def give_back(request: PageRequest, transfer_id: int) -> HttpResponse:
    """Return the letter to the sender."""
    found = _mine(request, transfer_id, selectors.is_receivers)
    note = _("The letter is back with the sender.")
    form = ReasonForm(request.POST or None)
    return _reasoned(request, found, form, receiving.transfer_return, _("Return to the sender"), note)


@page(WRITE, methods=("GET", "POST"))
def withdraw(request: PageRequest, transfer_id: int) -> HttpResponse:
    """Take the letter back."""
    found = _mine(request, transfer_id, selectors.is_senders)
    note = _("The letter is withdrawn; nothing has changed for the person.")
    form = ReasonForm(request.POST or None)
    return _reasoned(request, found, form, sending.transfer_withdraw, _("Withdraw the letter"), note)


@page(WRITE, methods=("GET", "POST"))
def end(request: PageRequest, transfer_id: int) -> HttpResponse:
    """End a temporary stay early."""
    found = _mine(request, transfer_id, selectors.is_senders, selectors.is_receivers)
    form = EndForm(request.POST or None)
    return _reasoned(request, found, form, receiving.stay_end, _("End the stay"), _("The stay has ended."))
