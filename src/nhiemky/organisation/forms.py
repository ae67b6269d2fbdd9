"""What is typed about a reorganisation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.domain.access import Scope
from nhiemky.domain.organisation.decision import OPERATIONS
from nhiemky.domain.organisation.kinds import KIND_KEYS, SECTOR_KEYS
from nhiemky.domain.organisation.structure import Structure
from nhiemky.organisation.wording import FIELDS, kind_name, sector_name

_LISTS = ("units", "into")
_UNIT_FIELDS = ("unit", "parent", "units_to", "members_to", "into", "units")
_HELP = {
    "unit": _("Code; type part of the name to be offered codes."),
    "units": _("Codes, separated by commas."),
    "into": _("Code of the target."),
    "code": _("A code that no organisation has or had."),
    "area": _("List and code, for example 2025-21034."),
}


class UploadForm(Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("An .xlsx, .ods, .csv or .json file, at most 10 MB."),
        widget=forms.FileInput({"accept": ".xlsx,.ods,.csv,.json"}),
    )


class HeadForm(Form):
    """The head of a decision."""

    number = forms.CharField(label=FIELDS["number"], max_length=60)
    date = DayField(label=FIELDS["date"])
    body = forms.CharField(label=FIELDS["body"], max_length=200)
    effective = DayField(label=FIELDS["effective"])
    title = forms.CharField(label=FIELDS["title"], max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("date") and given.get("effective") and given["effective"] < given["date"]:
            self.add_error("effective", _("The decision takes effect before it was made."))
        return given

    def as_data(self) -> dict[str, str]:
        """For the draft: days as ISO text."""
        given = self.cleaned_data
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in given.items()}


class OperationForm(Form):
    """One operation: the fields that this kind of operation needs and may have.

    What stands below a unit is told only within `scope`, where the actor may reorganise.
    """

    def __init__(self, op: str, structure: Structure, scope: Scope, on: date, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.op, self.structure, self.scope, self.on = op, structure, scope, on
        needed, optional = OPERATIONS[op]
        for key in (*needed, *optional):
            if key not in ("assign", "members_to") or op == "dissolve":
                self.fields[key] = _field(key, required=key in needed)
        if op == "split":
            self._add_assignment()

    def _add_assignment(self) -> None:
        """Once unit and targets are known, one choice for each sub-unit."""
        self.fields["into"].help_text = _("Codes of the targets, separated by commas.")
        place = self.structure.by_code.get(self.data.get("unit", "").strip())
        targets = _codes(self.data.get("into", ""))
        if place is None or not targets or int(self.structure.ids[place]) not in self.scope:
            return
        choices = [("", _("choose")), *((code, code) for code in targets)]
        for child in self.structure.children(place, self.on):
            code = self.structure.codes[child]
            version = self.structure.version(child, self.on)
            label = f"{version.name if version else ''} ({code})"
            self.fields[f"assign_{code}"] = forms.ChoiceField(label=label, choices=choices)
        self.fields["members_to"] = forms.ChoiceField(label=FIELDS["members_to"], choices=choices, required=False)

    def as_data(self) -> dict[str, Any]:
        """The operation as a decision holds it."""
        given = {key: value for key, value in self.cleaned_data.items() if value}
        assign = {key.removeprefix("assign_"): given.pop(key) for key in list(given) if key.startswith("assign_")}
        data: dict[str, Any] = {"op": self.op, **given}
        for key in _LISTS:
            if key in data:
                data[key] = _codes(data[key])
        return {**data, "assign": assign} if assign else data


def _codes(text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in text.replace(";", ",").split(",")) if part]


def _field(key: str, *, required: bool) -> forms.Field:
    common: Mapping[str, Any] = {"label": FIELDS[key], "required": required, "help_text": _HELP.get(key, "")}
    if key == "kind":
        return forms.ChoiceField(choices=lambda: [("", "–"), *((k, kind_name(k)) for k in KIND_KEYS)], **common)
    if key == "sector":
        return forms.ChoiceField(choices=lambda: [("", "–"), *((k, sector_name(k)) for k in SECTOR_KEYS)], **common)
    widget = unit_input(f"found-{key}") if key in _UNIT_FIELDS else forms.TextInput()
    return forms.CharField(max_length=2000 if key in _LISTS else 200, widget=widget, **common)


def unit_input(list_id: str) -> forms.TextInput:
    """A field for a code, which offers codes while a name is typed; without script the code is typed."""
    return forms.TextInput(
        {
            "list": list_id,
            "autocomplete": "off",
            "spellcheck": "false",
            "hx-get": reverse_lazy("organisation:lookup"),
            "hx-trigger": "input changed delay:150ms",
            "hx-target": f"#{list_id}",
            "hx-vals": '{"list": "1"}',
            "hx-params": "*",
        }
    )


class UndoForm(Form):
    sure = forms.BooleanField(label=_("Yes, undo this reorganisation"))


class HandOverForm(Form):
    """Who takes over what an ended organisation left."""

    unit = forms.CharField(label=_("Taken over by"), max_length=40, help_text=_HELP["unit"],
                           widget=unit_input("found-unit"))  # fmt: skip
