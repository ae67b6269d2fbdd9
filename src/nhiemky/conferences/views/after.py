"""After it: the summary on the page and published; papers as .docx."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nhiemky.conferences import papers, selectors
from nhiemky.conferences.forms import PublishForm
from nhiemky.conferences.models import Conference, Invitee
from nhiemky.conferences.selectors import VIEW, WRITE
from nhiemky.conferences.services.publishing import papers_taken, summary_publish
from nhiemky.conferences.summary import summary as summed_up
from nhiemky.conferences.views.common import crumb, of_page, written
from nhiemky.core.downloads import download
from nhiemky.core.pages import PageRequest, page, show
from nhiemky.core.papers import DOCX
from nhiemky.documents.selectors import writable_issuers
from nhiemky.documents.wording import cited


@page(VIEW)
def summary(request: PageRequest, conference_id: int) -> HttpResponse:
    """The summary as the records say it today; each number opens its rows. What was published stands beside it."""
    found = _of_figures(request, conference_id)
    told = summed_up(found, request.today)
    last = found.publications.select_related("document__issuer").order_by("-pk").first()
    now = {number.key: number.text for number in told.numbers}
    context = of_page(
        request, found, "summary",
        told=told,
        last=last,
        notice=cited(last.document) if last is not None and last.document is not None else "",
        same=last is not None and last.digest == told.digest,
        changed=[(key, before, now.get(key, "–")) for key, before in last.numbers.items() if now.get(key) != before]
        if last else [],
    )  # fmt: skip
    return show(request, "conferences/summary.html", context)


def _of_figures(request: PageRequest, conference_id: int) -> Conference:
    """The conference, for whoever may also see the figures of its unit."""
    found = selectors.visible_conference(request.actor, conference_id)
    request.actor.require("reporting.view", found.unit_id)
    return found


@page(WRITE, methods=("GET", "POST"))
def publish(request: PageRequest, conference_id: int) -> HttpResponse:
    """Keep that the summary went out, with its numbers."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)
    issuers = writable_issuers(request.actor).filter(unit=found.unit_id)
    form = PublishForm(request.POST if request.method == "POST" else None, issuers=issuers)
    return written(
        request, form,
        lambda: summary_publish(
            actor=request.actor, conference_id=found.pk, today=request.today, address=request.build_absolute_uri("/"),
            issuer_id=form.cleaned_data["issuer"],
        ),
        to=reverse("conferences:summary", args=[found.pk]), title=_("Publish the summary"),
        note=_("Published. The numbers it told are kept."), steps=crumb(found),
        lead=_("The numbers as they stand now are kept; if the records say otherwise later, the page shows it."),
    )  # fmt: skip


def _paper(
    request: PageRequest, found: Conference, content: bytes, name: str, people: QuerySet[Invitee]
) -> HttpResponse:
    named = list(people.exclude(person=None).values_list("person_id", flat=True))
    papers_taken(actor=request.actor, conference=found, paper=name, people=named)
    return download(content, f"{name}-{found.on:%Y-%m-%d}.docx", DOCX)


@page(WRITE)
def invitations(request: PageRequest, conference_id: int) -> HttpResponse:
    """Every invitation with its code, each on a page of its own, in one file."""
    found = selectors.visible_conference(request.actor, conference_id, WRITE)

    def address(one: Invitee) -> str:
        return request.build_absolute_uri(f"{reverse('conferences:arrivals', args=[found.pk])}?code={one.code}")

    content = papers.invitations(found, address, request.today)
    return _paper(request, found, content, "giay-moi", found.invitees.all())


@page(VIEW)
def minutes(request: PageRequest, conference_id: int) -> HttpResponse:
    """The minutes."""
    found = selectors.visible_conference(request.actor, conference_id)
    return _paper(request, found, papers.minutes(found, request.today), "bien-ban", found.invitees.all())


@page(VIEW)
def instruction_list(request: PageRequest, conference_id: int) -> HttpResponse:
    """The list of instructions and limits."""
    found = selectors.visible_conference(request.actor, conference_id)
    speakers = found.invitees.filter(instructions__isnull=False).distinct()
    return _paper(request, found, papers.instructions(found, request.today), "danh-muc-chi-dao", speakers)


@page(VIEW)
def summary_file(request: PageRequest, conference_id: int) -> HttpResponse:
    """The summary with the source of every number."""
    found = _of_figures(request, conference_id)
    told = summed_up(found, request.today)
    content = papers.summary_paper(found, told, request.build_absolute_uri("/"), request.today)
    return _paper(request, found, content, "thong-bao-ket-qua", found.invitees.filter(role="chair"))
