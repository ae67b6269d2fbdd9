"""What is typed about documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.documents.models import SORTS, STATE, Document, Issuer
from nhiemky.documents.wording import DOES, ORGANS, STATES, kind_name
from nhiemky.documents.wording import SORTS as SORT_NAMES
from nhiemky.domain.documents.entering import DocumentGiven
from nhiemky.domain.documents.kinds import KINDS, RELATIONS
from nhiemky.domain.documents.naming import Written, number_text, read_number
from nhiemky.organisation.forms import unit_input

_ORGANS = [("", "–"), *ORGANS.items()]
_SURE = _("The paper says so")
_SURE_HELP = _("Tick it only when told that a rule stands against what the paper itself says.")


def _types() -> list[tuple[str, str]]:
    return [(kind.key, kind_name(kind.key)) for kind in KINDS]


def issuer_choices(issuers: Iterable[Issuer]) -> list[tuple[str, Any]]:
    """Issuers by name with their symbols."""
    return [(str(one.pk), f"{one.name} ({one.symbol})") for one in issuers]


class FilterForm(Form):
    q = forms.CharField(
        label=_("Number, title or words of a file"), max_length=120, required=False,
        widget=forms.TextInput({"type": "search", "class": "search-box"}),
    )  # fmt: skip
    issuer = forms.ChoiceField(label=_("Issuer"), required=False)
    kind = forms.ChoiceField(label=_("Type"), required=False, choices=lambda: [("", _("All")), *_types()])
    year = forms.IntegerField(label=_("Year"), min_value=1930, max_value=2199, required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("All")), ("holds", _("in force, whole or in part")), *STATES.items()],
    )  # fmt: skip

    def __init__(self, issuers: Iterable[Issuer], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["issuer"].choices = [("", _("All")), *issuer_choices(issuers)]  # type: ignore[attr-defined]


class EnterForm(Form):
    """A document that was issued, as its paper says."""

    issuer = forms.ChoiceField(label=_("Issuer"))
    kind = forms.ChoiceField(label=_("Type"), choices=_types)
    number = forms.CharField(
        label=_("Number and symbol"), max_length=40, required=False,
        help_text=_("21, or as it stands on the paper: 21-NQ/TW. Empty for a paper that bears none."),
    )  # fmt: skip
    signed_on = DayField(label=_("Day of signing"))
    withheld = forms.BooleanField(
        label=_("Withheld: the number alone is known"), required=False,
        help_text=_("A secret paper shares the sequence; nothing of its content may be held here."),
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    organ = forms.ChoiceField(label=_("Organ"), choices=_ORGANS, required=False)
    body = forms.CharField(label=_("Body that issued it"), max_length=200, required=False,
                           help_text=_("For example: Bộ Chính trị."))  # fmt: skip
    signer = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    in_force_from = DayField(label=_("In force from"), required=False, help_text=_("Empty: from the day of signing."))
    in_force_to = DayField(label=_("No longer in force from"), required=False)
    unverified = forms.CharField(label=_("Still to be confirmed"), max_length=300, required=False,
                                 help_text=_("What of this entry no source confirms yet."))  # fmt: skip
    sure = forms.BooleanField(label=_SURE, required=False, help_text=_SURE_HELP)

    def __init__(self, issuers: Iterable[Issuer], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.issuers = {str(one.pk): one for one in issuers}
        self.fields["issuer"].choices = issuer_choices(self.issuers.values())  # type: ignore[attr-defined]
        self.written: Written | None = None

    def clean_number(self) -> str:
        text = self.cleaned_data["number"].strip()
        if text:
            self.written = read_number(text)
            if self.written is None:
                raise forms.ValidationError(
                    _("“%(value)s” is no number of a document. Write 21, or 21-NQ/TW as it stands there.")
                    % {"value": text}
                )
        return text

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.written and self.written.issuer_symbol and {"issuer", "kind", "signed_on"} <= set(given):
            expected = self._expected(given)
            if read_number(expected) != self.written:
                text = _("The number says %(written)s, but type and issuer make %(expected)s. Correct number, type or "
                         "issuer.")  # fmt: skip
                self.add_error("number", text % {"written": given["number"], "expected": expected})
        return given

    def _expected(self, given: dict[str, Any]) -> str:
        issuer, number = self.issuers[given["issuer"]], self.written.number if self.written else 0
        state = issuer.sort == STATE
        return number_text(given["kind"], number, issuer.symbol, given["signed_on"].year, state=state)

    def given(self) -> DocumentGiven:
        """As `document_enter` takes it."""
        fields = dict(self.cleaned_data)
        number = self.written.number if self.written else None
        return DocumentGiven(issuer_id=int(fields.pop("issuer")), **{**fields, "number": number})


class AmendForm(Form):
    """What may change of a document: all but its key."""

    title = forms.CharField(label=_("Title"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    organ = forms.ChoiceField(label=_("Organ"), choices=_ORGANS, required=False)
    body = forms.CharField(label=_("Body that issued it"), max_length=200, required=False)
    signer = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    in_force_from = DayField(label=_("In force from"))
    in_force_to = DayField(label=_("No longer in force from"), required=False)
    unverified = forms.CharField(label=_("Still to be confirmed"), max_length=300, required=False)
    sure = forms.BooleanField(label=_SURE, required=False, help_text=_SURE_HELP)

    @staticmethod
    def values_of(document: Document) -> dict[str, Any]:
        """What the form begins with."""
        return {name: getattr(document, name) for name in AmendForm.base_fields if name != "sure"}


class NumberForm(Form):
    """The next number of an issuer."""

    issuer = forms.ChoiceField(label=_("Issuer"))
    kind = forms.ChoiceField(label=_("Type"), choices=_types)
    on = DayField(label=_("Day of signing"))
    organ = forms.ChoiceField(label=_("Organ"), choices=_ORGANS, required=False)
    title = forms.CharField(
        label=_("Title"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("It may be entered later; the number is taken at once."),
    )  # fmt: skip
    withheld = forms.BooleanField(label=_("Secret paper: nothing but the number is kept here"), required=False)

    def __init__(self, issuers: Iterable[Issuer], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["issuer"].choices = issuer_choices(issuers)  # type: ignore[attr-defined]


class RelationForm(Form):
    """What the document does to another."""

    kind = forms.ChoiceField(label=_("This document"), choices=[(key, DOES[key]) for key in RELATIONS])
    target = forms.CharField(
        label=_("The other document"), max_length=80,
        help_text=_("Its number: 21-NQ/TW; where several have it, with the day: 21-NQ/TW 16/06/2022."),
    )  # fmt: skip
    part = forms.CharField(label=_("Which part of it"), max_length=200, required=False,
                           help_text=_("For example: Điều 3, khoản 2. Empty: the whole."))  # fmt: skip
    on = DayField(label=_("From"), required=False, help_text=_("Empty: from the day this document is in force."))
    sure = forms.BooleanField(label=_SURE, required=False, help_text=_SURE_HELP)


class FileForm(Form):
    file = forms.FileField(
        label=_("File"), help_text=_(".docx or .pdf, at most 25 MB. The same name makes the next version."),
        widget=forms.FileInput({"accept": ".docx,.pdf"}),
    )  # fmt: skip
    sealed = forms.BooleanField(
        label=_("Keep sealed"), required=False,
        help_text=_("For papers with identity numbers or the like: encrypted, and its words are not searched."),
    )  # fmt: skip


class ReasonForm(Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}))


class IssuerForm(Form):
    """A body whose documents are kept."""

    sort = forms.ChoiceField(label=_("What it is"), choices=[(key, SORT_NAMES[key]) for key in SORTS])
    unit = forms.CharField(
        label=_("Of the organisation"), max_length=40, required=False, widget=unit_input("found-unit"),
        help_text=_("Code; type part of the name to be offered codes. Empty for a body outside the register."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=200)
    symbol = forms.CharField(label=_("Symbol"), max_length=24, help_text=_("What stands after the slash: TU, BTCTU."))
