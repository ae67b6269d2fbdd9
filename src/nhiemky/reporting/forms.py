"""The form of targets: one field per unit, made for the units of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import Form
from nhiemky.reporting.services import MOST


class TargetsForm(Form):
    """Targets of a unit and the units below it; an empty field withdraws a target."""

    source = forms.CharField(
        label=_("Paper that sets the targets"),
        max_length=200,
        required=False,
        help_text=_("Number, date and body; needed when a target changes."),
    )
    assumed = forms.BooleanField(label=_("To be confirmed"), required=False)
    all_of_them = forms.BooleanField(
        label=_("The paper sets all targets of this page"),
        required=False,
        help_text=_("Also those whose number stays the same; so assumed targets become confirmed."),
    )

    from_founding = forms.BooleanField(
        label=_("Targets of organisations founded in the year hold from their founding on"),
        required=False,
        initial=True,
        help_text=_("Otherwise they are for the whole year, and it is not judged whether they were reached."),
    )

    def __init__(self, units: list[tuple[str, str]], *args: Any, founded: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not founded:
            del self.fields["from_founding"]
        self.codes = [code for code, _name in units]
        for code, name in units:
            field = forms.IntegerField(label=name, required=False, min_value=1, max_value=MOST)
            field.widget.attrs["class"] = "n"
            self.fields[code] = field

    def fill(self, values: Mapping[str, int | None]) -> None:
        """Put a proposal into the fields in place of what was sent; nothing is saved by that."""
        typed = {code: "" if value is None else str(value) for code, value in values.items()}
        self.data = {**{name: self.data.get(name) for name in self.data}, **typed}

    @property
    def values(self) -> dict[str, int | None]:
        """Unit code to target."""
        return {code: self.cleaned_data[code] for code in self.codes}
