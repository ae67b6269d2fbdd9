"""What is typed about grants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.access.wording import ROLE_HELP, ROLES
from nhiemky.accounts.models import User
from nhiemky.core.forms import DayField, Form
from nhiemky.organisation.forms import unit_input


def _users() -> list[tuple[str, str]]:
    people = User.objects.filter(is_active=True).order_by("full_name").values_list("username", "full_name")
    return [("", "–"), *((username, f"{name} ({username})") for username, name in people)]


class GrantForm(Form):
    username = forms.ChoiceField(label=_("User"), choices=_users)
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
    on = DayField(label=_("First day on which it no longer holds"))


class ExplainForm(Form):
    user = forms.ChoiceField(label=_("User"), required=False, choices=_users)
    unit = forms.CharField(label=_("Organisation"), max_length=40, required=False, widget=unit_input("found-unit"))

    def asked(self) -> dict[str, Any]:
        """What was asked; empty while something is missing."""
        given = self.cleaned_data if self.is_valid() else {}
        return given if given.get("user") and given.get("unit") else {}
