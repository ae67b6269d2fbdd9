"""What is typed about a transfer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.domain.transfers.kinds import ABROAD, INTERNAL, OFFICIAL, TEMPORARY
from nhiemky.members.services.ledger import Paper
from nhiemky.organisation.forms import unit_input
from nhiemky.transfers.models import Transfer
from nhiemky.transfers.services.sending import Letter
from nhiemky.transfers.wording import PURPOSES

_YES_NO = (("no", _("no")), ("yes", _("yes")))


def _address_input() -> forms.TextInput:
    """As `unit_input`, with the organisations of the whole system that a letter may be addressed to."""
    field = unit_input("found-target")
    field.attrs["hx-get"] = reverse_lazy("transfers:lookup")
    return field


class SendForm(Form):
    """A letter of introduction; which fields there are depends on the kind of transfer."""

    field_order = (
        "decided_on", "letter_number", "letter_on", "letter_body", "target", "place", "purpose", "until", "unresolved",
    )  # fmt: skip
    decided_on = DayField(label=_("Day of the decision or move"), help_text=_("The time limit counts from it."))
    letter_number = forms.CharField(label=_("Number of the letter of introduction"), max_length=60)
    letter_on = DayField(label=_("Day of the letter"))
    letter_body = forms.CharField(
        label=_("Introducing body"),
        max_length=200,
        help_text=_("The committee directly above the grassroots, or the provincial organisation commission."),
    )
    unresolved = forms.ChoiceField(
        label=_("Under inspection or examination, or with an unresolved complaint?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
    )

    def __init__(self, kind: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        if kind != ABROAD:
            self.fields["target"] = self._target(kind)
        if kind in (OFFICIAL, TEMPORARY):
            self.fields["place"] = forms.CharField(
                label=_("Or outside the province: where"), max_length=200, required=False
            )
        if kind == ABROAD:
            self.fields["place"] = forms.CharField(label=_("Country, Party organisation abroad"), max_length=200)
            self.fields["until"] = DayField(label=_("Expected back on"))
        if kind == TEMPORARY:
            self.fields["purpose"] = forms.ChoiceField(
                label=_("Purpose"), choices=PURPOSES.items(), widget=forms.RadioSelect
            )
            self.fields["until"] = DayField(label=_("The stay ends on"))
        self.order_fields(self.field_order)

    @staticmethod
    def _target(kind: str) -> forms.CharField:
        if kind == INTERNAL:
            return forms.CharField(label=_("To the cell"), max_length=40, widget=unit_input("found-target"))
        return forms.CharField(
            label=_("To which organisation"),
            max_length=40,
            required=False,
            help_text=_("Code; type part of the name to be offered codes. The receiving office chooses the cell."),
            widget=_address_input(),
        )

    def letter(self) -> Letter:
        """As `transfer_send` takes it."""
        given = self.cleaned_data
        return Letter(
            kind=self.kind,
            decided_on=given["decided_on"],
            paper=Paper(given["letter_number"], given["letter_on"], given["letter_body"]),
            target_code=given.get("target", ""),
            place=given.get("place", ""),
            purpose=given.get("purpose", ""),
            until=given.get("until"),
            unresolved=given["unresolved"] == "yes",
        )

    @staticmethod
    def values_of(transfer: Transfer) -> dict[str, object]:
        """What was typed before, for a letter that is sent again."""
        target = transfer.target_unit.code if transfer.target_unit else ""
        names = ("decided_on", "letter_number", "letter_on", "letter_body", "place", "purpose", "until")
        return {**{name: getattr(transfer, name) for name in names}, "target": target}


def _cell(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=40,
        help_text=_("Code; type part of the name to be offered codes."),
        widget=unit_input("found-unit"),
    )


class ReceiveForm(Form):
    """That somebody has come, and into which cell."""

    on = DayField(label=_("Came on"), help_text=_("The day from which the person belongs to the cell."))

    def __init__(self, transfer: Transfer, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if transfer.target_unit_id is not None:
            self.fields["unit"] = _cell(_("Cell"))
        else:
            self.fields["on"].label = _("Received there on")
            self.fields["on"].help_text = _("As the paper says that came back from there.")

    def entry(self) -> dict[str, Any]:
        """As `transfer_receive` takes it."""
        return {"on": self.cleaned_data["on"], "unit_code": self.cleaned_data.get("unit", "")}


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It stays with the transfer; both offices read it."),
        widget=forms.Textarea({"rows": 3}),
    )


class EndForm(ReasonForm):
    """An early end of a temporary stay."""

    field_order = ("on", "reason")
    on = DayField(label=_("First day no longer a guest"))


class BackForm(Form):
    """Somebody is back from abroad."""

    field_order = ("on", "unit", "paper_number", "paper_date", "paper_body")
    on = DayField(label=_("Comes on"), help_text=_("The day from which the member belongs to the cell."))
    paper_number = forms.CharField(label=_("Number of the letter of introduction"), max_length=60)
    paper_date = DayField(label=_("Day of the letter"))
    paper_body = forms.CharField(label=_("Introducing body"), max_length=200)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"] = _cell(_("To the cell"))
        self.order_fields(self.field_order)

    def entry(self) -> dict[str, Any]:
        """As `abroad_return` takes it."""
        given = self.cleaned_data
        paper = Paper(given["paper_number"], given["paper_date"], given["paper_body"])
        return {"on": given["on"], "unit_code": given["unit"].strip(), "paper": paper}
