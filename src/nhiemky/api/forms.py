"""What is typed about tokens."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.api.models import PERMISSIONS
from nhiemky.core.forms import DayField, Form
from nhiemky.core.wording import PERMISSION_NAMES
from nhiemky.organisation.forms import unit_input


class TokenForm(Form):
    name = forms.CharField(
        label=_("Name of the system"), max_length=60, help_text=_("It stands beside everything the token does.")
    )
    purpose = forms.CharField(
        label=_("Purpose"), max_length=300, help_text=_("What the system needs the data for, and by which paper.")
    )
    username = forms.CharField(
        label=_("Responsible user"),
        max_length=60,
        help_text=_("The token can never do more than this user may do on the day. Not yourself."),
        widget=forms.TextInput({"list": "known-users", "autocomplete": "off", "autocapitalize": "none"}),
    )
    unit_code = forms.CharField(
        label=_("Over the organisation, with everything below it"),
        max_length=40,
        help_text=_("Code; type part of the name to be offered codes."),
        widget=unit_input("found-unit"),
    )
    permissions = forms.MultipleChoiceField(
        label=_("The token may"),
        choices=lambda: [(key, PERMISSION_NAMES[key]) for key in PERMISSIONS],
        widget=forms.CheckboxSelectMultiple,
    )
    start = DayField(label=_("First day"))
    end = DayField(label=_("First day on which it no longer holds"))
