"""The calendar of one's tasks under a secret address, and the daily e-mail."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.core.components import Link
from nhiemky.core.pages import PageRequest, done, page, show
from nhiemky.domain.findings import Refused
from nhiemky.tasks.calendars import calendar_of, owner_of
from nhiemky.tasks.forms import MailForm
from nhiemky.tasks.models import Subscription
from nhiemky.tasks.services import subscribing


@page("work.view")
def subscription(request: PageRequest) -> HttpResponse:
    """Whether there is an address of one's calendar, and where the e-mail goes."""
    return _shown(request)


def _shown(request: PageRequest, form: MailForm | None = None, secret: str = "") -> HttpResponse:
    found = Subscription.objects.filter(user_id=request.user.pk).first()
    form = form or MailForm(initial={"email": found.email if found else ""})
    address = request.build_absolute_uri(reverse("tasks:feed", args=[secret])) if secret else ""
    context = {
        "form": form,
        "has_feed": found is not None and found.feed_hash is not None,
        "address": address,
        "mails": settings.NHIEMKY_MAIL,
        "crumb": (Link(_("My tasks"), reverse("tasks:mine")), Link(_("Calendar and e-mail"))),
    }
    response = show(request, "tasks/subscription.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@page("work.view", methods=("POST",))
def renew(request: PageRequest) -> HttpResponse:
    """Make the secret address anew; it is shown this once."""
    return _shown(request, secret=subscribing.feed_renew(actor=request.actor))


@page("work.view", methods=("POST",))
def end(request: PageRequest) -> HttpResponse:
    """Let the address end."""
    subscribing.feed_end(actor=request.actor)
    return done(request, to=reverse("tasks:subscription"), note=_("The address does not hold any more."))


@page("work.view", methods=("POST",))
def mail(request: PageRequest) -> HttpResponse:
    """Where the daily e-mail goes."""
    form = MailForm(request.POST)
    if form.is_valid():
        try:
            subscribing.mail_set(actor=request.actor, address=form.cleaned_data["email"])
        except Refused as no:
            form.refuse(no)
        else:
            return done(request, to=reverse("tasks:subscription"), note=_("Noted."))
    return _shown(request, form)


@page(public=True)
def feed(request: PageRequest, secret: str) -> HttpResponse:
    """The calendar, for programs that know its address: whoever has it reads the titles and days, and nothing else."""
    actor = owner_of(secret, request.today)
    content = calendar_of(actor, request.today, request.build_absolute_uri("/").rstrip("/"))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
