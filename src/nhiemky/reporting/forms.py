"""The form of targets: one field per unit, made for the units of a page."""

from __future__ import annotations

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

    def __init__(self, units: list[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.codes = [code for code, _name in units]
        for code, name in units:
            field = forms.IntegerField(label=name, required=False, min_value=1, max_value=MOST)
            field.widget.attrs["class"] = "n"
            self.fields[code] = field

    @property
    def values(self) -> dict[str, int | None]:
        """Unit code to target."""
        return {code: self.cleaned_data[code] for code in self.codes}
