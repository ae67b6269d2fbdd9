"""What is typed when particulars of a person are changed: one field for each of `domain.members.particulars`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.domain.members.particulars import PARTICULARS, Particular
from nhiemky.members.models import Person
from nhiemky.members.wording import choice_names, particular_name

# What every page of a person shows, and the deliberate reading of an identity number, are different rights.
_SEALED = tuple(particular.key for particular in PARTICULARS if particular.sealed)


class AmendForm(Form):
    """The particulars as they are, to be changed. An identity number is never shown: typed, it replaces the old one."""

    def __init__(self, person: Person, *args: Any, may_identity: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.person = person
        for particular in PARTICULARS:
            if may_identity or not particular.sealed:
                self.fields[particular.key] = field_of(particular, person)
        self.fields["since"] = DayField(
            label=_("Holds from"), required=False, help_text=_("Leave empty where the old value was never right.")
        )
        self.fields["reason"] = forms.CharField(
            label=_("Reason, paper"), max_length=300, help_text=_("It stays in the history beside the old value.")
        )

    def values(self) -> dict[str, object]:
        """What was typed and differs from what the page showed."""
        given = {key: self.cleaned_data[key] for key in self.fields if key not in ("since", "reason")}
        return {key: value for key, value in given.items() if key in self.changed_data}

    def entry(self) -> dict[str, Any]:
        """As `person_amend` takes it."""
        return {"values": self.values(), "since": self.cleaned_data["since"], "reason": self.cleaned_data["reason"]}


def field_of(particular: Particular, person: Person) -> forms.Field:
    """The form field in which a particular of the person is changed."""
    label = particular_name(particular.key)
    if particular.sealed:
        text = _("Stored encrypted. Leave empty to keep the number that is stored.")
        widget = forms.TextInput({"autocomplete": "off", "inputmode": "numeric"})
        return forms.CharField(label=label, required=False, max_length=particular.most, help_text=text, widget=widget)
    value = getattr(person, particular.key)
    if particular.kind == "day":
        return DayField(label=label, required=particular.required, initial=value)
    if particular.kind == "flag":
        return forms.BooleanField(label=label, required=False, initial=value)
    if particular.kind == "choice":
        names = choice_names(particular.key)
        first = [] if particular.required else [("", _("not known"))]
        choices = [*first, *names.items()]
        return forms.ChoiceField(label=label, required=particular.required, choices=choices, initial=str(value))
    return forms.CharField(label=label, required=particular.required, max_length=particular.most, initial=value)


def shown_value(key: str, value: str) -> str:
    """A value of the history of changes as people read it."""
    names = choice_names(key)
    if value in names:
        return str(names[value])
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return {"True": str(_("yes")), "False": str(_("no"))}.get(value, value)
