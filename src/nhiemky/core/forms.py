"""Forms with day-first dates that can say which rule stands against what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core import wording
from nhiemky.core.days import parse_day, write_day
from nhiemky.domain.findings import Finding, Refused


class DayField(forms.DateField):
    """A day typed as dd/mm/yyyy, whatever order the browser's own date control would use."""

    widget = forms.TextInput

    def __init__(self, **more: Any) -> None:
        more.setdefault("error_messages", {"invalid": _("Write the day as dd/mm/yyyy, for example 31/12/2022.")})
        super().__init__(**more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {
            "placeholder": "dd/mm/yyyy",
            "inputmode": "numeric",
            "autocomplete": "off",
            "class": "day",
            "maxlength": 10,
        }

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                return parse_day(value)
            except ValueError:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return write_day(value) if hasattr(value, "year") else value


class Form(forms.Form):
    """Every form of ours. Errors and help are drawn by `{% fields %}`.

    Selects are drawn in one template: Django includes two for each option, which long lists are slow by.
    """

    required_css_class = "required"

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("label_suffix", "")
        super().__init__(*args, **more)
        self.refused: tuple[Finding, ...] = ()
        for one in self.fields.values():
            if type(one.widget) is forms.Select:
                one.widget.template_name = "core/parts/select.html"

    def refuse(self, no: Refused) -> None:
        """Show a refusal's findings at the fields they name, the rest at the top."""
        self.refused = no.findings
        for finding in no.findings:
            text = wording.sentence(finding)
            if finding.cites:
                text = f"{text} ({wording.source(finding)})"
            self.add_error(finding.field if finding.field in self.fields else None, text)
