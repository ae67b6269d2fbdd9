"""Sentences of the chain's own checks."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "audit.gap": _("After event %(after_seq)s comes event %(found_seq)s: events are missing."),
    "audit.changed": _("Event %(seq)s was changed, or does not follow the one before it."),
    "audit.head": _("The chain's head says %(head_seq)s, the last event is %(last_seq)s."),
    "audit.whole": _("All %(events)s events follow one another unchanged."),
}
APP_NAMES = {
    "accounts": _("Accounts"),
    "access": _("Grants"),
    "organisation": _("Organisations"),
    "members": _("Members"),
    "reporting": _("Figures"),
    "demo": _("Demo"),
}
