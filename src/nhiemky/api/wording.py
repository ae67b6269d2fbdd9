"""Sentences for the findings and acts of the interface for other systems."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, str | Promise] = {
    "api.name_taken": _("A token needs a name of its own; “%(value)s” is taken or empty."),
    "api.no_purpose": _("Say what the system needs the data for."),
    "api.own_token": _("Nobody makes a token for themselves. Name the user who answers for the system."),
    "api.no_such_permission": _("Choose at least one of the rights listed. Not one of them: %(value)s"),
    "api.token_over": _("This token holds no longer since %(on)s."),
    "api.token_missing": _("Send the token in the header “Authorization: Bearer …”."),
    "api.token_unknown": _("The token is unknown."),
    "api.token_not_in_force": _(
        "The token is not in force today, or its responsible user may no longer sign in. Ask for a new one."
    ),
    "api.too_many_tries": _("Too many wrong tokens came from this address. Wait a quarter of an hour."),
    "api.not_found": _("There is nothing here, or it concerns an organisation outside the token's reach."),
    "api.denied": "%(reason)s",
    "api.not_json": _("The body could not be read as JSON."),
    "api.bad_value": _("The value is missing or not of the right type (%(type_code)s)."),
    "api.day_impossible": _("“%(value)s” is no day of our time."),
}
ACTIONS: dict[str, str | Promise] = {
    "api.token_made": _(
        "made the token “%(subject)s” for %(user)s over %(unit)s from %(start)s to %(end)s (%(permissions)s): "
        "%(purpose)s"
    ),
    "api.token_withdrawn": _("withdrew the token “%(subject)s” on %(on)s"),
}
