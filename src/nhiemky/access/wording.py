"""Words of access: findings, deeds, roles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "access.no_such_user": _("Nobody signs in as “%(value)s”, or the account is closed. Check the user name."),
    "access.no_such_role": _("“%(value)s” is not a role."),
    "access.member_account": _(
        "“%(value)s” is a member's own account, which never gets a role. Make an account of the office for this work."
    ),
    "access.ends_before_start": _("The last day (%(end)s) is not after the first day (%(start)s)."),
    "access.own_grant": _("Nobody gives a grant to themselves; ask another administrator."),
    "access.already_ended": _("The grant does not hold on %(on)s, so it cannot be ended on that day."),
    "access.own_grant_end": _("Nobody ends their own grant; ask another administrator."),
    "access.grants_over_ended": _(
        "Grants over “%(unit)s”, which ends: %(count)s. From %(on)s they hold only over what goes on under its "
        "successors; an administrator should renew them."
    ),
}
ACTIONS = {
    "access.grant_given": _("gave %(user)s the role “%(role)s” over %(unit)s from %(start)s"),
    "access.grant_withdrawn": _("withdrew the role “%(role)s” of %(user)s over %(unit)s"),
    "access.grant_ended": _("ended the role “%(role)s” of %(user)s over %(unit)s on %(on)s"),
}
ROLES = {
    "leader": _("Leader"),
    "specialist": _("Specialist"),
    "clerk": _("Clerk"),
    "secretary": _("Cell secretary"),
    "auditor": _("Auditor"),
    "administrator": _("Administrator"),
}
ROLE_HELP = {
    "leader": _("sees organisations, members and figures; changes nothing"),
    "specialist": _("sees and changes everything of the subtree, reorganises, sets targets"),
    "clerk": _("keeps the register of members"),
    "secretary": _("keeps the register of one cell, without identity numbers"),
    "auditor": _("sees everything and reads the audit log; changes nothing"),
    "administrator": _("gives grants and manages users; sees no member"),
}
