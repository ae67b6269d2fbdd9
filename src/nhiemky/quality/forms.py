"""What is typed when a finding is accepted, a list confirmed, or two people are compared."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import Form


class ReasonForm(Form):
    """Why a finding is right as it is, or why a decision is taken back."""

    reason = forms.CharField(
        label=_("Why it is right as it is"),
        max_length=300,
        help_text=_(
            "For example: has no phone; registered abroad. The reason stays with your name and can be taken back."
        ),
    )


class ConfirmForm(Form):
    """The numbers of the paper book. Both must be the register's."""

    members = forms.IntegerField(label=_("Members in the paper book"), min_value=0, max_value=100_000)
    official = forms.IntegerField(label=_("Of these official"), min_value=0, max_value=100_000)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    sure = forms.BooleanField(label=_("The list was read name by name, and everybody on it is a member of this unit."))


class SameForm(Form):
    """Whether two people are one: which one stays, or that they are two; and why."""

    deed = forms.ChoiceField(
        label=_("What they are"),
        choices=(
            ("keep_first", _("One person: keep the left one")),
            ("keep_second", _("One person: keep the right one")),
            ("two", _("Two people: do not show them again")),
        ),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason, paper"),
        max_length=300,
        help_text=_("Who compared what with what. It stands in both histories."),
    )


class UndoForm(Form):
    """Which decision about a person is taken back."""

    deed = forms.ChoiceField(choices=[(key, key) for key in ("accepted", "not_same", "merge")])
    number = forms.IntegerField(min_value=1)
