"""What is entered about badges: special cases, the decision, and what was recorded in error."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nhiemky.badges import selectors, services
from nhiemky.badges.forms import DecideForm, FindForm, ReasonForm, SpecialForm
from nhiemky.badges.selectors import DUE
from nhiemky.badges.views.rounds import round_day, round_url
from nhiemky.badges.wording import BASES
from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.findings import Refused
from nhiemky.members import selectors as members
from nhiemky.members.views.common import crumb, seen_unit
from nhiemky.members.views.confirming import asked, confirmed
from nhiemky.organisation import selectors as organisation

WRITE = "members.write"


@page(WRITE)
def special_find(request: PageRequest, code: str, day: str) -> HttpResponse:
    """Whom a special case concerns."""
    seen, on = seen_unit(request, code, WRITE), round_day(day)
    form = FindForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    inside = seen.view.structure.ids[seen.view.inside(seen.place)].tolist()
    people = members.found_people(request.actor, words, limit=20, within=inside) if words else []
    steps = crumb(request, seen, Link(f"{on:%d/%m/%Y}", round_url(code, on)), Link(_("Special case")))
    context = {"seen": seen, "day": on, "form": form, "people": people, "words": words, "crumb": steps,
               "cancel": round_url(code, on)}  # fmt: skip
    return show(request, "badges/find.html", context)


@page(WRITE, methods=("GET", "POST"))
def special_new(request: PageRequest, person_id: int, day: str) -> HttpResponse:
    """Put somebody into a round outside the count of the day, or hold somebody back."""
    person, on = members.visible_person(request.actor, person_id, WRITE), round_day(day)
    assert person.last_unit is not None
    to = round_url(person.last_unit.code, on)
    form = SpecialForm(on, request.POST or None)
    made = confirmed(
        request,
        form,
        lambda: services.special_add(
            actor=request.actor, person_id=person.pk, day=on, special=form.special(), today=request.today
        ),
    )
    if made is not None:
        return done(request, to=to, note=_("The special case stands in the round."))
    steps = (Link(_("Party badges"), to), Link(person.full_name))
    return asked(request, form, "badges/special.html", {"person": person, "day": on, "cancel": to, "crumb": steps})


@page(WRITE, methods=("GET", "POST"))
def decide(request: PageRequest, code: str, day: str) -> HttpResponse:
    """Record the decision: everybody to be decided on gets the badge by it."""
    seen, on = seen_unit(request, code, WRITE), round_day(day)
    form = DecideForm(request.POST or None)
    made = confirmed(
        request,
        form,
        lambda: services.round_decide(
            actor=request.actor, unit_code=code, day=on, paper=form.paper(), today=request.today
        ),
    )
    if made is not None:
        return done(request, to=round_url(code, on), note=_("The decision is recorded."))
    waiting = sum(line.state == DUE for line in selectors.lines(seen.place, on))
    steps = crumb(request, seen, Link(f"{on:%d/%m/%Y}", round_url(code, on)), Link(_("Record the decision")))
    context = {"seen": seen, "day": on, "waiting": waiting, "crumb": steps, "cancel": round_url(code, on)}
    return asked(request, form, "badges/decide.html", context)


@page(WRITE, methods=("GET", "POST"))
def special_remove(request: PageRequest, special_id: int) -> HttpResponse:
    """Take a special case out of its round."""
    case = selectors.visible_case(request.actor, special_id, WRITE)
    held = organisation.structure()
    assert case.person.last_unit_id is not None
    to = round_url(held.codes[held.index[case.person.last_unit_id]], case.day)
    if request.method == "POST":
        services.special_remove(actor=request.actor, case_id=case.pk)
        return done(request, to=to, note=_("The special case is out of the round."))
    context = {"case": case, "basis": BASES[case.basis], "cancel": to, "crumb": (Link(_("Party badges"), to),)}
    return show(request, "badges/remove.html", context)


@page(WRITE, methods=("GET", "POST"))
def withdraw(request: PageRequest, badge_id: int) -> HttpResponse:
    """A badge was recorded in error."""
    badge = selectors.visible_badge(request.actor, badge_id, WRITE)
    held = organisation.structure()
    to = round_url(held.codes[held.index[badge.decision.unit_id]], badge.decision.day)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            services.badge_withdraw(actor=request.actor, badge_id=badge.pk, **form.cleaned_data)
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=to, note=_("The badge is withdrawn; the record of it stays."))
    context = {"badge": badge, "form": form, "cancel": to, "crumb": (Link(_("Party badges"), to),)}
    return show(request, "badges/withdraw.html", context, status=422 if form.errors else 200)
