"""What is typed about people and their movements."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.domain.members.ethnic_groups import ETHNIC_GROUPS, KINH
from nhiemky.domain.members.grounds import OF_KIND
from nhiemky.domain.members.kinds import MOVEMENT
from nhiemky.domain.organisation.kinds import SECTOR_KEYS
from nhiemky.members.register import Wanted
from nhiemky.members.services.entering import PersonData
from nhiemky.members.services.ledger import Paper
from nhiemky.members.wording import SEXES, STANDINGS, ground_name
from nhiemky.organisation.forms import unit_input
from nhiemky.organisation.wording import sector_name

_ANY = ("", _("any"))


class ListFilter(Form):
    """Filters of a list of members."""

    q = forms.CharField(
        label=_("Name or card number"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"type": "search", "class": "search-box"}),
    )
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=[_ANY, *STANDINGS.items()])
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[_ANY, *SEXES.items()])
    age = forms.ChoiceField(
        label=_("Age"),
        required=False,
        choices=[
            _ANY,
            ("under_31", _("under 31")),
            ("31_40", "31–40"),
            ("41_50", "41–50"),
            ("51_60", "51–60"),
            ("over_60", _("over 60")),
        ],
    )
    minority = forms.ChoiceField(
        label=_("Ethnic minority"), required=False, choices=[_ANY, ("yes", _("yes")), ("no", _("no"))]
    )
    exempt = forms.ChoiceField(
        label=_("Exempt from work"), required=False, choices=[_ANY, ("yes", _("yes")), ("no", _("no"))]
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=lambda: [_ANY, *((key, sector_name(key)) for key in SECTOR_KEYS)]
    )

    def wanted(self) -> Wanted:
        """The filters that are set; what is none of the choices counts as not set."""
        given = self.cleaned_data if self.is_bound and (self.is_valid() or True) else {}
        return Wanted(**{key: value for key, value in given.items() if value})


class PaperForm(Form):
    """The paper an entry rests on."""

    paper_number = forms.CharField(label=_("Number of the decision"), max_length=60)
    paper_body = forms.CharField(label=_("Deciding body"), max_length=200)


class MovementForm(PaperForm):
    """One movement of a person; which fields there are depends on its kind."""

    field_order = ("on", "ground", "unit", "place", "paper_number", "paper_date", "paper_body")

    def __init__(self, kind: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = MOVEMENT[kind]
        self.fields["on"] = DayField(label=_("Effective on"))
        self.fields["paper_date"] = DayField(label=_("Day of the decision"))
        if self.kind.moves or self.kind.enters:
            self.fields["unit"] = forms.CharField(
                label=_("To the cell"),
                max_length=40,
                help_text=_("Code; type part of the name to be offered codes."),
                widget=unit_input("found-unit"),
            )
        if kind in OF_KIND:
            choices = [("", "–"), *((key, ground_name(key)) for key in OF_KIND[kind])]
            self.fields["ground"] = forms.ChoiceField(label=_("Ground"), choices=choices)
        if kind == "transfer_out":
            self.fields["place"] = forms.CharField(label=_("To where"), max_length=200)
        if kind == "transfer_in":
            self.fields["place"] = forms.CharField(label=_("From where"), max_length=200)
        if kind == "readmission":
            self.fields["on"].label = _("Day of the ceremony")
        if kind == "death":
            self.fields["paper_number"].required = self.fields["paper_body"].required = False
            self.fields["paper_date"].required = False
        self.order_fields(self.field_order)

    def entry(self) -> dict[str, Any]:
        """As `movement_book` takes it."""
        given = self.cleaned_data
        return {
            "kind": self.kind.key,
            "on": given["on"],
            "unit_code": given.get("unit", "").strip(),
            "place": given.get("place", ""),
            "ground": given.get("ground", ""),
            "paper": Paper(given["paper_number"], given["paper_date"], given["paper_body"]),
        }


class AdmitForm(PaperForm):
    """A newly admitted person."""

    field_order: tuple[str, ...] = (
        "unit", "full_name", "sex", "birth_date", "ethnic_group", "decided_on", "admitted_on", "paper_number",
        "paper_body", "card_number", "file_number", "identity_number",
    )  # fmt: skip
    full_name = forms.CharField(label=_("Full name"), max_length=120)
    sex = forms.ChoiceField(label=_("Sex"), choices=SEXES.items(), widget=forms.RadioSelect)
    birth_date = DayField(label=_("Born on"))
    ethnic_group = forms.TypedChoiceField(
        label=_("Ethnic group"), coerce=int, choices=list(ETHNIC_GROUPS.items()), initial=KINH
    )
    decided_on = DayField(label=_("Day of the decision"), help_text=_("Party age counts from this day."))
    admitted_on = DayField(label=_("Day of the ceremony"), help_text=_("The day of joining; probation begins with it."))
    card_number = forms.CharField(label=_("Card number"), max_length=8, required=False)
    file_number = forms.CharField(label=_("File number"), max_length=9, required=False)
    identity_number = forms.CharField(
        label=_("Identity number"),
        max_length=12,
        required=False,
        help_text=_("Stored encrypted; shown only to those with the right, and each reading is recorded."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, cell: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        if cell:
            self.fields["unit"] = forms.CharField(widget=forms.HiddenInput, initial=cell)
        else:
            self.fields["unit"] = forms.CharField(
                label=_("Cell"),
                max_length=40,
                help_text=_("Code; type part of the name to be offered codes."),
                widget=unit_input("found-unit"),
            )
        self.order_fields(self.field_order)

    def person(self) -> PersonData:
        """What the register keeps of the person."""
        keys = ("full_name", "sex", "birth_date", "ethnic_group", "card_number", "file_number", "identity_number")
        return PersonData(**{key: self.cleaned_data[key] for key in keys})

    def entry(self) -> dict[str, Any]:
        """As `person_admit` takes it."""
        given = self.cleaned_data
        return {
            "person": self.person(),
            "unit_code": given["unit"].strip(),
            "decided_on": given["decided_on"],
            "admitted_on": given["admitted_on"],
            "paper": Paper(given["paper_number"], given["decided_on"], given["paper_body"]),
        }


class ReceiveForm(AdmitForm):
    """A member who comes by transfer from outside the system."""

    field_order: tuple[str, ...] = (
        "unit", "full_name", "sex", "birth_date", "ethnic_group", "on", "place", "paper_number", "paper_date",
        "paper_body", "decided_on", "admitted_on", "official_on", "card_number", "file_number", "identity_number",
    )  # fmt: skip
    on = DayField(label=_("Comes on"), help_text=_("The day from which the member belongs to the cell."))
    place = forms.CharField(label=_("From where"), max_length=200)
    paper_number = forms.CharField(label=_("Number of the letter of introduction"), max_length=60)
    paper_date = DayField(label=_("Day of the letter"))
    paper_body = forms.CharField(label=_("Introducing body"), max_length=200)
    official_on = DayField(
        label=_("Day of official recognition"), required=False, help_text=_("Empty for a probationary member.")
    )

    def entry(self) -> dict[str, Any]:
        """As `person_receive` takes it."""
        given = self.cleaned_data
        days = {key: given[key] for key in ("on", "place", "decided_on", "admitted_on", "official_on")}
        paper = Paper(given["paper_number"], given["paper_date"], given["paper_body"])
        return {"person": self.person(), "unit_code": given["unit"].strip(), "paper": paper, **days}


class ReverseForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It stays in the ledger beside both entries."),
        widget=forms.Textarea({"rows": 3}),
    )


class PeriodForm(Form):
    """Any days instead of a year."""

    until = DayField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["from"] = DayField(label=_("First day"), required=False)
        self.order_fields(("from", "until"))

    def days(self) -> tuple[date, date] | None:
        """First and last day, if both are given in their order."""
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("until")
        return (first, last) if first and last and first <= last else None
