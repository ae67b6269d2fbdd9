"""What is typed about cases and their steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.admissions.services.opening import Candidate
from nhiemky.admissions.services.stepping import Counts, Recommender, Taken
from nhiemky.admissions.wording import ENDS, OUTCOMES, STAGES
from nhiemky.core.forms import DayField, Form
from nhiemky.domain.admissions import facts as known
from nhiemky.domain.admissions.steps import StepKind
from nhiemky.domain.members.ethnic_groups import ETHNIC_GROUPS, KINH
from nhiemky.members.wording import SEXES, choice_names
from nhiemky.organisation.forms import unit_input

Choices = Sequence[tuple[Any, Any]]
_NONE = ("", "–")


class CaseFilter(Form):
    """Filters of a list of cases."""

    q = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=80,
        widget=forms.TextInput({"type": "search", "class": "search-box"}),
    )
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[("", _("all open")), *STAGES.items()])
    late = forms.ChoiceField(
        label=_("Overdue"), required=False, choices=[("", _("any")), ("yes", _("only overdue cases"))]
    )
    cell = forms.CharField(label=_("Cell (code)"), required=False, max_length=40)


class CandidateForm(Form):
    """Whom a case is about, and who helps."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    sex = forms.ChoiceField(label=_("Sex"), choices=SEXES.items(), widget=forms.RadioSelect)
    birth_date = DayField(label=_("Born on"))
    ethnic_group = forms.TypedChoiceField(
        label=_("Ethnic group"), coerce=int, choices=list(ETHNIC_GROUPS.items()), initial=KINH
    )
    general_education = forms.ChoiceField(label=_("General education"), required=False)
    occupation = forms.ChoiceField(label=_("Occupation"), required=False)
    home_place = forms.CharField(label=_("Home place"), max_length=200, required=False)
    residence = forms.CharField(label=_("Residence"), max_length=200, required=False)
    union = forms.BooleanField(
        label=_("Nominated by the Youth Union"),
        required=False,
        help_text=_("Then one member's recommendation is enough, beside the Union's resolution (4-KNĐ)."),
    )

    def __init__(self, helpers: Choices, *args: Any, cell: str | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("general_education", "occupation"):
            self.fields[name].choices = [_NONE, *choice_names(name).items()]  # type: ignore[attr-defined]
        if helpers:
            self.fields["helper"] = forms.TypedChoiceField(
                label=_("Official member assigned to help"),
                coerce=int,
                empty_value=None,
                required=False,
                choices=[_NONE, *helpers],
            )
        if cell is not None:
            self.fields["noted_on"] = DayField(
                label=_("Noted on"), help_text=_("The day on which the cell noted the person.")
            )
            self.fields["unit"] = _cell_field(cell)
            self.order_fields(("unit", "full_name", "sex", "birth_date", "noted_on"))

    def candidate(self) -> Candidate:
        """What the case keeps of the person."""
        return Candidate(**{key: self.cleaned_data[key] for key in Candidate.__dataclass_fields__})

    def entry(self) -> dict[str, Any]:
        """As `case_open` or `case_amend` takes it."""
        given = self.cleaned_data
        entry: dict[str, Any] = {
            "candidate": self.candidate(), "union": given["union"], "helper_id": given.get("helper"),
        }  # fmt: skip
        if "noted_on" in self.fields:
            entry |= {"noted_on": given["noted_on"], "unit_code": given["unit"].strip()}
        return entry


def _cell_field(cell: str) -> forms.CharField:
    if cell:
        return forms.CharField(widget=forms.HiddenInput, initial=cell)
    return forms.CharField(
        label=_("Cell"),
        max_length=40,
        help_text=_("Code; type part of the name to be offered codes."),
        widget=unit_input("found-unit"),
    )


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=9999, **more)


class StepForm(Form):
    """One step; which fields there are depends on its kind."""

    on = DayField(label=_("Day"))

    def __init__(self, kind: StepKind, *args: Any, members: Choices = (), base_help: Any = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        if kind.vote:
            self._add_vote(base_help)
        if kind.key in known.OUTCOMES:
            choices = [(key, OUTCOMES[key]) for key in known.OUTCOMES[kind.key]]
            self.fields["outcome"] = forms.ChoiceField(
                label=_("Decided"), choices=choices, widget=forms.RadioSelect, initial=choices[0][0]
            )
        if kind.key == "recommendation":
            self._add_recommenders(members)
        if kind.paper:
            self.fields["paper_number"] = forms.CharField(label=_("Number of the paper"), max_length=60)
            self.fields["paper_body"] = forms.CharField(label=_("Issued by"), max_length=200, required=False)
            if kind.key != "course" and kind.key != "member_course":
                self.fields["received_on"] = DayField(
                    label=_("Received on"),
                    required=False,
                    help_text=_("When it reached the next body: that body's time limit runs from this day."),
                )
        self._add_special()
        self.fields["note"] = forms.CharField(
            label=_("Note"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3}), help_text=_NOTE_HELP
        )

    def _add_vote(self, base_help: Any) -> None:
        if self.kind.vote == "committee":
            self.fields["base"] = _count(_("Members of the committee"), help_text=base_help)
        self.fields["present"] = _count(_("Present"), help_text=base_help if self.kind.vote == "cell" else "")
        self.fields["in_favour"] = _count(_("For"))
        self.fields["against"] = _count(_("Against"), initial=0)
        self.fields["blank"] = _count(_("Blank or invalid"), initial=0)

    def _add_recommenders(self, members: Choices) -> None:
        for number in (1, 2):
            self.fields[f"recommender_{number}"] = forms.TypedChoiceField(
                label=_("Recommending member"),
                coerce=int,
                empty_value=None,
                required=number == 1,
                choices=[_NONE, *members],
            )
            self.fields[f"since_{number}"] = DayField(label=_("Has worked with the person since"), required=number == 1)

    def _add_special(self) -> None:
        if self.kind.key == "official_decision":
            self.fields["effective_on"] = DayField(
                label=_("Official from"),
                required=False,
                help_text=_(
                    "A worthy member is official from the day on which probation ended, also if bodies met late."
                ),
            )
        if self.kind.key == "ceremony":
            self.fields["identity_number"] = forms.CharField(
                label=_("Identity number"),
                max_length=12,
                required=False,
                help_text=_("Stored encrypted; shown only to those with the right, and each reading is recorded."),
                widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
            )

    def taken(self) -> Taken:
        """As `step_take` takes it."""
        given = self.cleaned_data
        counts = None
        if self.kind.vote:
            counts = Counts(given["present"], given["in_favour"], given["against"], given["blank"], given.get("base"))
        return Taken(
            key=self.kind.key,
            on=given["on"],
            counts=counts,
            recommenders=list(self._recommenders()),
            received_on=given.get("received_on"),
            effective_on=given.get("effective_on"),
            paper_number=given.get("paper_number", ""),
            paper_body=given.get("paper_body", ""),
            outcome=given.get("outcome", ""),
            note=given["note"],
            identity_number=given.get("identity_number", ""),
        )

    def _recommenders(self) -> Sequence[Recommender]:
        given = self.cleaned_data
        pairs = [(given.get(f"recommender_{n}"), given.get(f"since_{n}")) for n in (1, 2)]
        return [Recommender(who, since or date.max) for who, since in pairs if who is not None]


_NOTE_HELP = _("Conclusions in short; opinions of other people are not recorded here, they stay in the paper file.")


class EndForm(Form):
    """How a case ends before the ceremony."""

    kind = forms.ChoiceField(label=_("How it ended"), choices=ENDS.items(), widget=forms.RadioSelect)
    on = DayField(label=_("Day"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One sentence; it stays with the case."),
    )


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One sentence; it stays with the case."),
    )
