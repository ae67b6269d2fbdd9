"""What is typed about tasks and programmes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import DayField, Form
from nhiemky.documents.finding import document_called
from nhiemky.domain.access import Actor
from nhiemky.domain.organisation.kinds import KIND_KEYS
from nhiemky.domain.tasks.files import MOST
from nhiemky.domain.tasks.kinds import DELIVERABLES
from nhiemky.organisation.forms import unit_input
from nhiemky.organisation.wording import kind_name
from nhiemky.tasks.rollup import OF_WHICH
from nhiemky.tasks.services.assigning import TaskGiven
from nhiemky.tasks.services.delivering import Handed
from nhiemky.tasks.services.programmes import ProgrammeGiven
from nhiemky.tasks.wording import KINDS, MEASURES, OUTCOMES, PERIODS, STATES

Choices = Iterable[tuple[Any, Any]]
_DAY = timedelta(days=1)


def _unit(label: Any, *, required: bool = True, help_text: Any = "", field: str = "unit") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=40,
        required=required,
        help_text=help_text or _("Code; type part of the name to be offered codes."),
        widget=unit_input(f"found-{field}"),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class GivingForm(Form):
    """A task: what, until when, handed in as what. Which unit is asked for by those who inherit."""

    title = forms.CharField(label=_("What is to be done"), max_length=300)
    start_on = DayField(label=_("Begins on"), required=False, help_text=_("Today, if nothing is given."))
    due_on = DayField(
        label=_("Due on"), help_text=_("If offices are closed on the day, the working day after it counts.")
    )
    deliverables = forms.CharField(
        label=_("What is handed in"),
        required=False,
        help_text=_("One deliverable a line; each is accepted for itself, and progress counts them."),
        widget=forms.Textarea({"rows": 3}),
    )
    measure = forms.ChoiceField(label=_("Measured by"), choices=MEASURES.items(), initial=DELIVERABLES)
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    target = forms.DecimalField(label=_("Target of the indicator"), required=False, max_digits=12, decimal_places=2)
    coordinators = forms.CharField(
        label=_("Works along"),
        required=False,
        max_length=400,
        help_text=_("Codes of organisations, separated by commas."),
    )
    programme = forms.TypedChoiceField(label=_("Programme or plan"), required=False, coerce=int, empty_value=None)
    part = forms.CharField(
        label=_("Paragraph it carries out"),
        required=False,
        max_length=200,
        help_text=_("Of the programme or directive."),
    )
    document = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, programmes: Choices = (), indicators: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["programme"].choices = [("", "–"), *programmes]  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [("", "–"), *indicators]  # type: ignore[attr-defined]

    def given(self, giver_code: str) -> TaskGiven:
        """As `task_assign` takes it."""
        typed = self.cleaned_data
        handed = _lines(typed["deliverables"])
        codes = tuple(code.strip() for code in typed.get("coordinators", "").split(",") if code.strip())
        return TaskGiven(
            giver_code=typed.get("giver") or giver_code, unit_code=typed.get("unit", ""), title=typed["title"],
            start_on=typed["start_on"], due_on=typed["due_on"], deliverable=handed[0] if handed else "",
            further=handed[1:], coordinators=codes, programme_id=typed["programme"], document_id=typed["document"],
            part=typed["part"], measure=typed["measure"], indicator=typed["indicator"], target=typed["target"],
            key_year=typed.get("key_year"), key_rank=typed.get("key_rank"), every=typed.get("every", ""),
        )  # fmt: skip


class NewForm(GivingForm):
    field_order = (
        "title", "giver", "unit", "start_on", "due_on", "deliverables", "measure", "indicator", "target",
        "coordinators", "programme", "part", "every", "key_year", "key_rank",
    )  # fmt: skip
    giver = _unit(_("Given by"), field="giver")
    unit = _unit(_("Done by"))
    every = forms.ChoiceField(label=_("Comes again"), required=False, choices=[("", _("no")), *PERIODS.items()])
    key_year = forms.IntegerField(label=_("Key task of the year"), required=False, min_value=1930, max_value=2100)
    key_rank = forms.IntegerField(label=_("Number among the key tasks"), required=False)


class DelegateForm(GivingForm):
    field_order = ("title", "unit", "start_on", "due_on", "deliverables", "required")
    unit = _unit(_("Done by"), help_text=_("Code of an organisation below; type part of the name to be offered codes."))
    required = forms.BooleanField(
        label=_("The task cannot be handed in without this part"), required=False, initial=True
    )


class BulkForm(GivingForm):
    """The same task for many units."""

    field_order = ("title", "giver", "below", "kinds", "start_on", "due_on", "deliverables")
    giver = _unit(_("Given by"), field="giver")
    below = _unit(_("To those under"), required=False, help_text=_("Code; all under the giver, if nothing is given."),
                  field="below")  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of organisation"),
        choices=lambda: [(key, kind_name(key)) for key in KIND_KEYS],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["coordinators"]


class StepForm(Form):
    """An act of the giver or the doer on a day."""

    on = DayField(label=_("On"), required=False, help_text=_("Today, if nothing is given."))
    reason = forms.CharField(
        label=_("Note"), required=False, max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text=_("It stays with the task; both sides read it."),
    )  # fmt: skip


class TimeForm(Form):
    until = DayField(label=_("New due day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}))


class AnswerForm(Form):
    verdict = forms.ChoiceField(
        label=_("Decision"),
        choices=(("grant", _("Grant more time")), ("refuse", _("Refuse"))),
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Note"), required=False, max_length=300, help_text=_("A refusal says why."),
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class UnitForm(Form):
    unit = _unit(_("Goes on with it"))


class PersonForm(Form):
    username = forms.ChoiceField(label=_("Who does it"), required=False)

    def __init__(self, *args: Any, people: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["username"].choices = [("", _("nobody in particular")), *people]  # type: ignore[attr-defined]


class HandInForm(Form):
    """What a deliverable is handed in as."""

    document = forms.CharField(
        label=_("Document of the register"), required=False, max_length=80,
        help_text=_("Its number: 21-KH/ĐU; where several have it, with the day: 21-KH/ĐU 16/06/2026."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("Word, Excel, PDF or a picture, at most 20 MB.")
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, help_text=_("For example where the paper lies.")
    )

    def clean_file(self) -> Any:
        """Looked at before it is read: nobody's gigabytes come into memory."""
        given = self.cleaned_data["file"]
        if given and given.size > MOST:
            raise forms.ValidationError(_("At most %(most)s MB are taken.") % {"most": MOST // 2**20})
        return given

    def handed(self, actor: Actor) -> Handed:
        """As `deliverable_hand_in` takes it.

        Raises:
            Refused: the register has no such document that the actor may see, or several.
        """
        file, called = self.cleaned_data["file"], self.cleaned_data["document"]
        return Handed(
            document_called(actor, called).pk if called else None,
            file.read() if file else None, file.name if file else "", self.cleaned_data["note"],
        )  # fmt: skip


class ProgrammeForm(Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS.items())
    title = forms.CharField(label=_("Title"), max_length=300)
    unit = _unit(_("Organisation"))
    start = DayField(label=_("From"))
    last = DayField(label=_("Until"), required=False, help_text=_("The last day; none, if it has no end."))
    parent = forms.TypedChoiceField(label=_("Part of"), required=False, coerce=int, empty_value=None)
    part = forms.CharField(label=_("Paragraph it carries out"), required=False, max_length=200)
    document = forms.IntegerField(required=False, widget=forms.HiddenInput)
    implements = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, programmes: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["parent"].choices = [("", "–"), *programmes]  # type: ignore[attr-defined]

    def given(self) -> ProgrammeGiven:
        """As `programme_enter` takes it."""
        typed = self.cleaned_data
        return ProgrammeGiven(
            typed["unit"], typed["kind"], typed["title"], typed["start"], typed["last"] and typed["last"] + _DAY,
            typed["document"], typed["implements"], typed["part"], typed["parent"],
        )  # fmt: skip


class FilterForm(Form):
    """What a list of tasks is cut by."""

    q = forms.CharField(label=_("Words of the task"), required=False, max_length=80,
                        widget=forms.TextInput({"class": "search-box"}))  # fmt: skip
    unit = _unit(_("Done by, with those below"), required=False)
    giver = _unit(_("Given by"), required=False, field="giver")
    year = forms.IntegerField(label=_("Due in"), required=False, min_value=1930, max_value=2100)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *STATES.items()])
    outcome = forms.ChoiceField(label=_("Result"), required=False, choices=[("", _("all")), *OUTCOMES.items()])
    programme = forms.IntegerField(required=False, widget=forms.HiddenInput)
    carried = forms.CharField(required=False, widget=forms.HiddenInput)
    of_which = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[("", ""), *((k, k) for k in OF_WHICH)]
    )


class MailForm(Form):
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("Empty: no e-mail. Only numbers are sent, no names.")
    )
