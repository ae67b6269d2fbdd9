"""Filters of the log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.audit import selectors
from nhiemky.audit.wording import APP_NAMES
from nhiemky.core.forms import DayField, Form


class LogFilter(Form):
    app = forms.ChoiceField(label=_("Part"), required=False)
    user_name = forms.CharField(label=_("User name"), required=False, max_length=60)
    about = forms.CharField(label=_("Unit code or subject"), required=False, max_length=60)
    day = DayField(label=_("Day"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = [(app, APP_NAMES.get(app, app)) for app in selectors.apps()]
        self.fields["app"].choices = [("", _("all parts")), *known]  # type: ignore[attr-defined]
