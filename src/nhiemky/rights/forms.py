"""What is typed about requests, accounts of members and shredding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.domain.findings import Refused
from nhiemky.domain.members.particulars import PARTICULAR, written
from nhiemky.domain.rights.requests import CORRECTION, OBJECTION
from nhiemky.members.forms_particulars import field_of
from nhiemky.members.models import Person
from nhiemky.members.services.ledger import Paper
from nhiemky.members.wording import particular_name
from nhiemky.rights.models import Request
from nhiemky.rights.services.requests import Asked


def _text(label: Any, help_text: Any = "", most: int = 1000, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, help_text=help_text, required=required, widget=forms.Textarea({"rows": 3})
    )


class CorrectionForm(Form):
    """The value as it is kept, to be written as it should be. A sealed one is typed by the office, from the card."""

    def __init__(self, person: Person, key: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.key, self.sealed = key, PARTICULAR[key].sealed
        if not self.sealed:
            self.fields["value"] = field_of(PARTICULAR[key], person)
            self.fields["value"].label = _("It should be")
            self.fields["since"] = DayField(
                label=_("Holds from"), required=False, help_text=_("Leave empty where the old value was never right.")
            )
        self.fields["why"] = _text(_("Reason"), _("Which paper shows it. Bring it along when the office asks for it."))

    def asked(self) -> Asked:
        """As `request_make` takes it."""
        data = self.cleaned_data
        return Asked(CORRECTION, why=data["why"], field=self.key, value=data.get("value", ""), since=data.get("since"))


class AskForm(Form):
    """An objection or a question."""

    about = forms.CharField(
        label=_("About what"), max_length=300, help_text=_("An entry, a decision, a reading, a value on this page.")
    )
    why = _text(_("What you say to it"))
    to = forms.ChoiceField(
        label=_("Addressed to"),
        help_text=_("Who is addressed and the offices above read it and answer; nobody below reads it."),
    )

    def __init__(self, kind: str, addressees: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        to = cast(forms.ChoiceField, self.fields["to"])
        to.choices = list(addressees)
        # An objection is often one against the own cell: it goes to the office above unless the member says otherwise.
        above = kind == OBJECTION and len(addressees) > 1
        to.initial = addressees[1 if above else 0][0] if addressees else ""

    def asked(self) -> Asked:
        """As `request_make` takes it."""
        data = self.cleaned_data
        return Asked(self.kind, why=data["why"], about=data["about"], to=data["to"])


class GrantForm(Form):
    """The answer to a request that is granted; for an identity number, the number on the card."""

    prefix = "grant"

    def __init__(self, asked: Request, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if asked.field and PARTICULAR[asked.field].sealed:
            self.fields["number"] = forms.CharField(
                label=particular_name(asked.field), max_length=12, help_text=_("From the card the member shows you."),
                widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
            )  # fmt: skip
        self.of, correction = asked, asked.kind == CORRECTION
        if correction and "number" not in self.fields:
            now = written(getattr(asked.person, asked.field))
            self.fields["seen"] = forms.CharField(widget=forms.HiddenInput(), required=False, strip=False)
            self.fields["seen"].initial = now
        self.fields["answer"] = _text(_("Answer to the member"), required=not correction)

    def refuse(self, no: Refused) -> None:
        """Add what stands against it; the value that the page then shows is the one seen from now on."""
        super().refuse(no)
        if "seen" in self.fields:
            self.of.person.refresh_from_db(fields=[self.of.field])
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("seen")] = written(getattr(self.of.person, self.of.field))
            self.data = data


class RefuseForm(Form):
    prefix = "refuse"
    answer = _text(_("Why it is refused"), _("The member reads this, and may contest it."))
    source = forms.CharField(label=_("Rule it rests on"), max_length=300, help_text=_("Document and article."))


class PasswordForm(Form):
    password = forms.CharField(
        label=_("First password"),
        strip=False,
        max_length=200,
        help_text=_("At least 12 characters. Hand it over in person; the member then sets their own."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class ShreddingForm(Form):
    """The decision on paper."""

    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    decided_on = DayField(label=_("Day of the decision"))
    body = forms.CharField(label=_("Deciding body"), max_length=200)

    def paper(self) -> Paper:
        """As `shredding_prepare` takes it."""
        data = self.cleaned_data
        day: date = data["decided_on"]
        return Paper(data["number"], day, data["body"])


class ConfirmForm(Form):
    number = forms.CharField(
        label=_("Number of the decision, typed again"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("From the paper in front of you. What is shredded cannot be brought back."),
    )
