"""What is typed about directives and answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.directives.services.answering import AnswerGiven
from nhiemky.directives.services.asking import AskGiven
from nhiemky.directives.wording import WHAT
from nhiemky.documents.models import Document
from nhiemky.documents.wording import cited, titled
from nhiemky.domain.documents.naming import read_number
from nhiemky.domain.organisation.kinds import KIND_KEYS
from nhiemky.organisation.forms import unit_input
from nhiemky.organisation.wording import kind_name

_CODE = _("Code; type part of the name to be offered codes.")


def _unit(label: Any, field: str, *, required: bool = True, help_text: Any = _CODE) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=40, required=required, help_text=help_text, widget=unit_input(f"found-{field}")
    )


class MatrixForm(Form):
    """Which asks the matrix shows."""

    year = forms.ChoiceField(label=_("Asked in"), required=False)
    what = forms.ChoiceField(label=_("Paper asked for"), required=False, choices=[("", _("All")), *WHAT.items()])
    asker = forms.ChoiceField(label=_("Asked by"), required=False)

    def __init__(self, years: Iterable[int], askers: Iterable[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["year"].choices = [(str(y), str(y)) for y in years]  # type: ignore[attr-defined]
        self.fields["asker"].choices = [("", _("All")), *askers]  # type: ignore[attr-defined]


class AskForm(Form):
    """What a directive asks, and of whom."""

    document = forms.CharField(
        label=_("Directive"), max_length=80,
        help_text=_("Its number: 21-NQ/TW; where several have it, with the day: 21-NQ/TW 16/06/2022."),
    )  # fmt: skip
    part = forms.CharField(label=_("Paragraph that asks"), max_length=200, required=False)
    asker = _unit(_("Asked by"), "asker")
    what = forms.ChoiceField(label=_("Paper asked for"), choices=WHAT.items(), initial="plan")
    text = forms.CharField(label=_("What it is to hold"), max_length=300, required=False,
                           widget=forms.Textarea({"rows": 2}))  # fmt: skip
    due_on = DayField(
        label=_("Due on"), help_text=_("If offices are closed on the day, the working day after it counts.")
    )
    asked_on = DayField(label=_("Asked on"), required=False, help_text=_("Today, if nothing is given."))
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of organisation"), required=False,
        choices=lambda: [(key, kind_name(key)) for key in KIND_KEYS], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    below = _unit(_("Those under"), "below", required=False,
                  help_text=_("Code; all under the asking one, if nothing is given."))  # fmt: skip
    codes = forms.CharField(
        label=_("And these"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Codes of organisations, separated by commas, spaces or lines."),
    )  # fmt: skip

    def given(self, document_id: int) -> AskGiven:
        """As `ask_make` takes it."""
        typed = self.cleaned_data
        codes = tuple(dict.fromkeys(code for code in re.split(r"[\s,;]+", typed["codes"]) if code))
        return AskGiven(
            typed["asker"], document_id, typed["what"], typed["due_on"], text=typed["text"], part=typed["part"],
            asked_on=typed["asked_on"], kinds=tuple(typed["kinds"]), below=typed["below"].strip(), codes=codes,
        )  # fmt: skip


class AnswerForm(Form):
    """The paper that answers: one of the register, or entered here."""

    document = forms.TypedChoiceField(
        label=_("Paper in the register"), required=False, coerce=int, empty_value=None,
        help_text=_("Papers of the organisation of the type asked for, the latest first."),
    )  # fmt: skip
    number = forms.CharField(label=_("Number and symbol"), max_length=40, required=False,
                             help_text=_("21, or as it stands on the paper: 21-KH/ĐU."))  # fmt: skip
    take = forms.BooleanField(
        label=_("Take the next number"), required=False,
        help_text=_("Where this system gives the numbers of the organisation: leave the number empty."),
    )  # fmt: skip
    signed_on = DayField(label=_("Day of signing"), required=False)
    title = forms.CharField(label=_("Title"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    signer = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    sure = forms.BooleanField(label=_("It is the answer"), required=False,
                              help_text=_("Tick it only when told that a rule stands against it."))  # fmt: skip

    def __init__(self, papers: Iterable[Document], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [(one.pk, f"{cited(one)}: {titled(one)}"[:160]) for one in papers]
        self.fields["document"].choices = [("", _("none of these: enter it below")), *offered]  # type: ignore[attr-defined]
        self.read: int | None = None

    def clean_number(self) -> str:
        text: str = self.cleaned_data["number"].strip()
        written = read_number(text) if text else None
        if text and written is None:
            error = _("“%(value)s” is no number of a document. Write 21, or 21-NQ/TW as it stands there.")
            raise forms.ValidationError(error, params={"value": text})
        self.read = written.number if written else None
        return text

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("number") and (typed.get("document") is not None or typed.get("take")):
            self.add_error("number", _("Leave the number empty, or neither choose a paper nor take the next number."))
        return typed

    def given(self) -> AnswerGiven:
        """As `answer_give` takes it."""
        typed = self.cleaned_data
        if typed["document"] is not None:
            return AnswerGiven(typed["document"], sure=typed["sure"])
        return AnswerGiven(
            None, self.read, typed["signed_on"], typed["title"], typed["signer"], typed["take"], typed["sure"]
        )


class ReasonForm(Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}),
                             help_text=_("Both sides read it."))  # fmt: skip


class DecideForm(Form):
    unit = _unit(_("Owes the answer"), "unit")
