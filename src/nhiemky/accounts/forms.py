"""What users type about themselves."""

from __future__ import annotations

from functools import partial

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from nhiemky.core.forms import Form


class SignInForm(Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class CodeForm(Form):
    token = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class RecoveryForm(CodeForm):
    """As `CodeForm`; a recovery code has letters."""

    token = forms.CharField(
        label=_("Code from your telephone, or a recovery code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}),
    )


class PasswordForm(Form):
    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=_("At least 12 characters. A few words are better than a short riddle."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> None:
        data = self.cleaned_data
        if "new" in data and "again" in data and data["new"] != data["again"]:
            self.add_error("again", _("The two new passwords differ."))


_handed_over = partial(
    forms.CharField,
    strip=False,
    max_length=200,
    help_text=_("At least 12 characters. Hand it over in person; the user then sets their own."),
    widget=forms.PasswordInput({"autocomplete": "new-password"}),
)


class OthersPasswordForm(Form):
    """A password that an administrator hands over, to be changed at the next sign-in."""

    new = _handed_over(label=_("New password"))


NAME = RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z", _("Small letters a to z, digits, dot, hyphen; no accents."))


class UserForm(Form):
    full_name = forms.CharField(label=_("Full name"), max_length=120)
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        validators=[NAME],
        help_text=_("To sign in with. It cannot be changed later."),
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}),
    )
    password = _handed_over(label=_("First password"))
    language = forms.ChoiceField(label=_("Language"), choices=[("vi", "Tiếng Việt"), ("en", "English")])


class LanguageForm(Form):
    language = forms.ChoiceField(label=_("Language"), choices=[("vi", "Tiếng Việt"), ("en", "English")])
