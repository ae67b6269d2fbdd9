"""What is typed about grants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.access.wording import ROLE_HELP, ROLES
from nhiemky.core.forms import DayField, Form
from nhiemky.organisation.forms import unit_input


def _username(*, required: bool = True) -> forms.CharField:
    """A name of the reader's own people is offered; any other is taken as typed, so no list tells who else there is."""
    typed = forms.TextInput({"list": "known-users", "autocomplete": "off", "autocapitalize": "none"})
    help_text = _("The user name, exactly as it is typed at sign-in.")
    return forms.CharField(label=_("User"), max_length=60, required=required, help_text=help_text, widget=typed)


class GrantForm(Form):
    username = _username()
    role = forms.ChoiceField(
        label=_("Role"),
        choices=lambda: [(key, f"{name}: {ROLE_HELP[key]}") for key, name in ROLES.items()],
        widget=forms.RadioSelect,
    )
    unit_code = forms.CharField(
        label=_("Over the organisation, with everything below it"),
        max_length=40,
        help_text=_("Code; type part of the name to be offered codes."),
        widget=unit_input("found-unit"),
    )
    start = DayField(label=_("First day"))
    end = DayField(label=_("First day on which it no longer holds"), required=False)

    def clean_unit_code(self) -> str:
        return str(self.cleaned_data["unit_code"]).strip()


class EndForm(Form):
    on = DayField(
        label=_("First day on which it no longer holds"),
        help_text=_("Today ends it at once. A day not after its first one withdraws it: then it never held."),
    )


class ExplainForm(Form):
    user = _username(required=False)
    unit = forms.CharField(label=_("Organisation"), max_length=40, required=False, widget=unit_input("found-unit"))

    def asked(self) -> dict[str, Any]:
        """What was asked; empty while something is missing."""
        given = self.cleaned_data if self.is_valid() else {}
        return given if given.get("user") and given.get("unit") else {}
