"""What is typed about badges."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.badges.services import Special
from nhiemky.badges.wording import BASES
from nhiemky.core.forms import DayField, Form
from nhiemky.domain.badges import rules
from nhiemky.members.services.ledger import Paper


class SpecialForm(Form):
    """A special case of a round."""

    basis = forms.ChoiceField(
        label=_("Basis"), choices=[(key, BASES[key]) for key in rules.SPECIAL], widget=forms.RadioSelect
    )
    years = forms.TypedChoiceField(label=_("Badge for how many years"), coerce=int)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example that the illness is serious, or why it was missed; no findings of doctors."),
        widget=forms.Textarea({"rows": 2}),
    )
    paper_number = forms.CharField(label=_("Number of the paper"), max_length=60, required=False)
    paper_date = DayField(label=_("Day of the paper"), required=False)
    paper_body = forms.CharField(
        label=_("Body that wrote it"),
        max_length=200,
        required=False,
        help_text=_("Who is held back needs a reason only."),
    )

    def __init__(self, day: date, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["years"].choices = [(n, n) for n in rules.LEVELS.at(day).value]  # type: ignore[attr-defined]

    def special(self) -> Special:
        """As `special_add` takes it."""
        given = self.cleaned_data
        paper = Paper(given["paper_number"], given["paper_date"], given["paper_body"])
        return Special(given["years"], given["basis"], given["reason"], paper)


class DecideForm(Form):
    """The decision of a round."""

    paper_number = forms.CharField(label=_("Number of the decision"), max_length=60)
    paper_date = DayField(label=_("Day of the decision"))
    paper_body = forms.CharField(label=_("Deciding body"), max_length=200)

    def paper(self) -> Paper:
        """As `round_decide` takes it."""
        given = self.cleaned_data
        return Paper(given["paper_number"], given["paper_date"], given["paper_body"])


class FindForm(Form):
    q = forms.CharField(
        label=_("Name or card number"),
        max_length=80,
        widget=forms.TextInput({"type": "search", "class": "search-box"}),
    )


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("It stays beside the badge."), widget=forms.Textarea({"rows": 3})
    )
