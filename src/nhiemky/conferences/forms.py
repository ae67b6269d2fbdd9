"""What is typed about conferences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhiemky.conferences.services.inviting import Posts
from nhiemky.conferences.services.noting import Noted
from nhiemky.conferences.services.planning import ConferenceGiven, ItemGiven
from nhiemky.conferences.wording import KINDS, ONE_NOTE, PRESENCE, ROLES
from nhiemky.core.forms import DayField, Form
from nhiemky.documents.forms import issuer_choices
from nhiemky.documents.models import Issuer
from nhiemky.domain.organisation.kinds import KIND_KEYS
from nhiemky.members.wording import POSTS
from nhiemky.organisation.forms import unit_input
from nhiemky.organisation.wording import kind_name
from nhiemky.tasks.services.assigning import TaskGiven

Choices = Iterable[tuple[Any, Any]]


class TimeField(forms.TimeField):
    """A time of day typed as 07:30 or 7h30."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("error_messages", {"invalid": _("Write the time as hh:mm, for example 07:30.")})
        more.setdefault("input_formats", ["%H:%M", "%Hh%M", "%H.%M"])
        more.setdefault("widget", forms.TimeInput({"placeholder": "hh:mm", "maxlength": 5, "class": "day"}, "%H:%M"))
        super().__init__(**more)


def unit_field(label: Any, **more: Any) -> forms.CharField:
    """The code of a unit, offered while its name is typed."""
    more.setdefault("help_text", _("Code; type part of the name to be offered codes."))
    return forms.CharField(label=label, max_length=40, widget=unit_input("found-unit"), **more)


class ConferenceForm(Form):
    unit = unit_field(_("Held by"))
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS.items())
    title = forms.CharField(label=_("Title"), max_length=300)
    on = DayField(label=_("Day"))
    starts_at = TimeField(label=_("Begins at"))
    ends_at = TimeField(label=_("Ends at"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200)
    reviewed_year = forms.IntegerField(label=_("Year it reviews"), required=False, min_value=1930, max_value=2100)
    quorum_percent = forms.IntegerField(
        label=_("Quorum (per cent of those summoned)"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Only where no rule names one: a setting of your own, shown as to be confirmed."),
    )

    def given(self, unit_code: str = "") -> ConferenceGiven:
        """As the services take it."""
        typed = {**self.cleaned_data}
        return ConferenceGiven(unit_code=unit_code or typed.pop("unit").strip(), **_without(typed, "unit"))


class ChangeForm(ConferenceForm):
    unit = None  # type: ignore[assignment]


def _without(typed: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in typed.items() if key != name}


class ItemForm(Form):
    begins_at = TimeField(label=_("Begins at"))
    minutes = forms.IntegerField(label=_("Minutes"), initial=15)
    title = forms.CharField(label=_("Matter"), max_length=300)
    speaker = forms.CharField(label=_("Who speaks"), max_length=200, required=False)
    papers = forms.TypedMultipleChoiceField(
        label=_("Papers of the item"),
        required=False,
        coerce=int,
        help_text=_("Documents of the register, the latest first."),
        widget=forms.SelectMultiple({"size": 6}),
    )

    def __init__(self, *args: Any, papers: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["papers"].choices = list(papers)  # type: ignore[attr-defined]

    def given(self) -> ItemGiven:
        """As the services take it."""
        typed = self.cleaned_data
        return ItemGiven(typed["begins_at"], typed["minutes"], typed["title"], typed["speaker"], tuple(typed["papers"]))


class PostsForm(Form):
    unit = unit_field(_("Organisation"))
    kinds = forms.MultipleChoiceField(
        label=_("In all organisations below it of these kinds"),
        required=False,
        help_text=_("None chosen: in the organisation itself."),
        widget=forms.CheckboxSelectMultiple,
    )
    posts = forms.MultipleChoiceField(label=_("Whoever is"), widget=forms.CheckboxSelectMultiple)
    role = forms.ChoiceField(label=_("Role at the conference"), choices=ROLES.items(), initial="summoned")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        standing = ("standing", _("of the standing committee"))
        self.fields["kinds"].choices = [(key, kind_name(key)) for key in KIND_KEYS]  # type: ignore[attr-defined]
        self.fields["posts"].choices = [*POSTS.items(), standing]  # type: ignore[attr-defined]

    def given(self) -> Posts:
        """As the services take it."""
        typed = self.cleaned_data
        return Posts(typed["unit"].strip(), tuple(typed["posts"]), tuple(typed["kinds"]), typed["role"])


class GuestForm(Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    post = forms.CharField(label=_("Post"), max_length=200, required=False)
    body = forms.CharField(label=_("Where from"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role at the conference"), choices=ROLES.items(), initial="guest")


class PresenceForm(Form):
    presence = forms.ChoiceField(label=_("Presence"), required=False)
    reason = forms.CharField(label=_("Why excused"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role at the conference"), choices=ROLES.items())

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["presence"].choices = [("", _("not noted")), *PRESENCE.items()]  # type: ignore[attr-defined]


class ArrivalForm(Form):
    code = forms.CharField(
        label=_("Code of the invitation"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
    )


class NoteForm(Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=ONE_NOTE.items(), widget=forms.RadioSelect,
                             initial="instruction")  # fmt: skip
    text = forms.CharField(label=_("What was said"), max_length=500, widget=forms.Textarea({"rows": 3}))
    by = forms.TypedChoiceField(label=_("By whom"), required=False, coerce=int, empty_value=None)
    item = forms.TypedChoiceField(label=_("At which item"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: Choices = (), items: Choices = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["by"].choices = [("", "–"), *people]  # type: ignore[attr-defined]
        self.fields["item"].choices = [("", "–"), *items]  # type: ignore[attr-defined]

    def given(self) -> Noted:
        """As the services take it."""
        typed = self.cleaned_data
        return Noted(typed["kind"], typed["text"], typed["by"], typed["item"])


class AssignForm(Form):
    title = forms.CharField(label=_("What is to be done"), max_length=300)
    unit = unit_field(_("Done by"))
    due_on = DayField(label=_("Due on"))
    deliverable = forms.CharField(label=_("What is handed in"), max_length=300)

    def given(self, giver_code: str) -> TaskGiven:
        """As the services take it."""
        typed = self.cleaned_data
        return TaskGiven(giver_code, typed["unit"].strip(), typed["title"], typed["due_on"], typed["deliverable"])


class WaiveForm(Form):
    reason = forms.CharField(label=_("Why it needs no task"), max_length=300)


class CallOffForm(Form):
    reason = forms.CharField(label=_("Why it is not held"), max_length=300, widget=forms.Textarea({"rows": 3}))


class PublishForm(Form):
    issuer = forms.TypedChoiceField(
        label=_("As a notice, with the next number of"), required=False, coerce=int, empty_value=None,
        help_text=_("Nothing chosen: it goes out without a number, and only its numbers are kept."),
    )  # fmt: skip

    def __init__(self, *args: Any, issuers: Iterable[Issuer] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["issuer"].choices = [("", "–"), *issuer_choices(issuers)]  # type: ignore[attr-defined]
