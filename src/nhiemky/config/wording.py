"""Sentences of the checks that `nhiemky check` runs over everything."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "ledger.unbalanced": _("In %(year)s the ledger of %(unit)s does not add up: opening, in and out miss the closing."),
    "ledger.children": _("On %(on)s the members of %(unit)s are not the sum of its own and its sub-units' members."),
    "tree.unreachable": _("%(unit)s exists but hangs under no root in the tree."),
}
