"""What the audit log says about the demo."""

from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, str] = {}
ACTIONS = {
    "demo.province_generated": _("generated the demo province"),
    "demo.member_linked": _("linked the demo's member to person no. %(subject)s"),
    "demo.users_made": _("made the demo's users"),
    "demo.lists_written": _("wrote %(lists)s confirmed lists and %(scores)s scores of the demo"),
}
