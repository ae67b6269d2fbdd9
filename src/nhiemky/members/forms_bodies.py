"""What is typed about terms and seats."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField
from nhiemky.members.forms import PaperForm, ReverseForm
from nhiemky.members.services.ledger import Paper
from nhiemky.members.wording import ORIGINS, POSTS


class _DatedPaperForm(PaperForm):
    """A paper with its day."""

    paper_date = DayField(label=_("Day of the decision"))

    def paper(self) -> Paper:
        given = self.cleaned_data
        return Paper(given["paper_number"], given["paper_date"], given["paper_body"])


class TermForm(_DatedPaperForm):
    """A new term of a body."""

    field_order = ("start", "end", "seats", "paper_number", "paper_date", "paper_body")
    start = DayField(label=_("First day"))
    end = DayField(label=_("Until the congress due on"), help_text=_("The term ends on the day before."))
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=200)

    def entry(self) -> dict[str, Any]:
        """As `term_begin` takes it."""
        return {**{key: self.cleaned_data[key] for key in ("start", "end", "seats")}, "paper": self.paper()}


class SeatForm(_DatedPaperForm):
    """A seat for a person who is chosen already."""

    field_order = ("post", "origin", "on", "paper_number", "paper_date", "paper_body")
    post = forms.ChoiceField(label=_("Post"), choices=POSTS.items(), initial="member")
    origin = forms.ChoiceField(label=_("How the seat was given"), choices=ORIGINS.items())
    on = DayField(label=_("From"))

    def entry(self) -> dict[str, Any]:
        """As `seat_give` takes it."""
        return {**{key: self.cleaned_data[key] for key in ("post", "origin", "on")}, "paper": self.paper()}


class EndForm(_DatedPaperForm):
    """The end of a term or seat before its time."""

    field_order = ("on", "paper_number", "paper_date", "paper_body")
    on = DayField(label=_("First day without it"))

    def entry(self) -> dict[str, Any]:
        """As `term_end` and `seat_end` take it."""
        return {"on": self.cleaned_data["on"], "paper": self.paper()}


class WithdrawForm(ReverseForm):
    """Why something is taken back that was recorded in error."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reason"].help_text = _("It stays in the audit log with what was taken back.")
