"""Writing the ledger: admitting, booking a movement, taking the last entry back. Each is confirmed once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from nhiemky.core.components import Link, Tab
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.domain.members.kinds import MOVEMENT_KINDS, PROBATIONARY
from nhiemky.domain.organisation.kinds import KIND
from nhiemky.members import selectors
from nhiemky.members.forms import AdmitForm, MovementForm, ReceiveForm, ReverseForm
from nhiemky.members.models import Person, Stay
from nhiemky.members.services import entering, ledger, reading
from nhiemky.members.views.common import crumb, seen_unit
from nhiemky.members.views.confirming import asked, confirmed
from nhiemky.members.wording import movement_name

RIGHT = "members.write"


@sensitive_post_parameters("identity_number")
@page(RIGHT, methods=("GET", "POST"))
def admit(request: PageRequest, code: str) -> HttpResponse:
    """A newly admitted person."""
    return _entered(request, code, AdmitForm, entering.person_admit, _("Admit a member"))


@sensitive_post_parameters("identity_number")
@page(RIGHT, methods=("GET", "POST"))
def receive(request: PageRequest, code: str) -> HttpResponse:
    """A member who comes by transfer from outside the system."""
    return _entered(request, code, ReceiveForm, entering.person_receive, _("Receive a member"))


def _entered(
    request: PageRequest, code: str, kind: type[AdmitForm], service: Callable[..., Person], title: str
) -> HttpResponse:
    seen = seen_unit(request, code, RIGHT)
    cell = code if seen.version is not None and KIND[seen.version.kind].has_members else ""
    form = kind(request.POST or None, cell=cell)
    made = confirmed(request, form, lambda: service(actor=request.actor, today=request.today, **form.entry()))
    if any(found.code == "members.identity_known" for found in form.refused):
        reading.identity_met(actor=request.actor, unit_id=seen.unit_id)
    if made is not None:
        to = reverse("members:person", args=[made.pk])
        return done(request, to=to, note=_("%(name)s is in the register.") % {"name": made.full_name})
    context = {"seen": seen, "title": title, "crumb": crumb(request, seen, Link(title))}
    return asked(request, form, "members/admit.html", context)


def open_kinds(person: Person) -> list[str]:
    """The kinds of entry that may come next."""
    stay = Stay.objects.filter(person=person, during__upper_inf=True).first()
    if stay is not None:
        typed = [kind.key for kind in MOVEMENT_KINDS if kind.typed and not kind.enters]
        return [kind for kind in typed if not _contradicts(kind, stay)]
    last = selectors.last_that_counts(person)
    if last is None or last.kind == "transfer_out":
        return ["transfer_in"]
    return [] if last.kind == "death" else ["readmission"]


def _contradicts(kind: str, stay: Stay) -> bool:
    return (
        (kind == "official_recognition" and stay.standing != PROBATIONARY)
        or (kind == "exemption_on" and stay.exempt)
        or (kind == "exemption_off" and not stay.exempt)
    )


@page(RIGHT, methods=("GET", "POST"))
def movement_new(request: PageRequest, person_id: int) -> HttpResponse:
    """Book one movement of a person."""
    person = selectors.visible_person(request.actor, person_id, RIGHT)
    kinds = open_kinds(person)
    kind = request.GET.get("kind", kinds[0] if kinds else "")
    if kind not in kinds:
        raise Denied(RIGHT, "no_such_kind", status=404)
    form = MovementForm(kind, request.POST or None)
    made = confirmed(
        request,
        form,
        lambda: ledger.movement_book(actor=request.actor, person_id=person.pk, today=request.today, **form.entry()),
    )
    to = reverse("members:person", args=[person.pk])
    if made is not None:
        return done(request, to=to, note=_("The entry is in the ledger."))
    tabs = [Tab(movement_name(key), f"?kind={key}", key == kind) for key in kinds]
    steps = (Link(person.full_name, to), Link(movement_name(kind)))
    return asked(request, form, "members/movement.html", {"person": person, "kind": kind, "tabs": tabs, "crumb": steps})


@page(RIGHT, methods=("GET", "POST"))
def reverse_entry(request: PageRequest, movement_id: int) -> HttpResponse:
    """Take the person's last entry back by a counter-entry, with the reason."""
    wrong = selectors.visible_movement(request.actor, movement_id, RIGHT)
    form = ReverseForm(request.POST or None)
    to = reverse("members:person", args=[wrong.person_id])
    if form.is_valid():
        try:
            ledger.movement_reverse(actor=request.actor, movement_id=wrong.pk, **form.cleaned_data, today=request.today)
        except Refused as no:
            form.refuse(no)
        except Denied:
            form.add_error(None, _("The entry also concerns an organisation outside your grants."))
        else:
            return done(request, to=to, note=_("The entry is taken back; both stay visible."))
    person = Person.objects.only("full_name").get(pk=wrong.person_id)
    steps = (Link(person.full_name, to), Link(_("Take back")))
    context = {"wrong": wrong, "person": person, "form": form, "crumb": steps}
    return show(request, "members/reverse.html", context, status=422 if form.errors else 200)
