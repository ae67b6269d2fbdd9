"""Sentences of accounts: findings, and what the audit log says."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "accounts.username_taken": _("The user name “%(value)s” is already taken."),
    "accounts.no_such_user": _("Nobody signs in as “%(value)s”. Check the user name."),
    "accounts.same_password": _("This is the present password. Think of a new one."),
    "accounts.passwords_differ": _("The two passwords differ. Type the same one twice."),
    "accounts.username_form": _("“%(value)s” is no user name: small letters a to z, digits, dot, hyphen; no accents."),
    "accounts.weak_password": "%(why)s",
    "accounts.own_account": _("Nobody does this to their own account; ask another administrator."),
    "accounts.wrong_code": _("The code is not right. Codes change every 30 seconds; look at the newest one."),
    "accounts.factor_exists": _("A second factor is already set up."),
}
ACTIONS = {
    "accounts.user_created": _("created the user %(subject)s (%(name)s)"),
    "accounts.member_user_renamed": _("showed the member's account %(subject)s under the name in the register"),
    "accounts.member_user_created": _("made the account %(subject)s for a member's own page"),
    "accounts.user_deactivated": _("closed the account %(subject)s"),
    "accounts.user_reactivated": _("opened the account %(subject)s again"),
    "accounts.password_set": _("set a new password for %(subject)s"),
    "accounts.user_unlocked": _("opened the door again for %(subject)s"),
    "accounts.locked_out": _("%(subject)s was locked out after wrong passwords from %(address)s"),
    "accounts.address_locked_out": _("the address %(address)s was locked out after wrong passwords for many names"),
    "accounts.language_set": _("chose the language %(language)s"),
    "accounts.signed_in": _("signed in (door: %(door)s)"),
    "accounts.second_factor_set": _("set up the second factor"),
    "accounts.second_factor_given": _("gave the second factor"),
    "accounts.second_factor_failed": _("gave a wrong second factor"),
    "accounts.second_factor_dropped": _("removed the second factor of %(subject)s"),
    "accounts.codes_renewed": _("made new recovery codes"),
}
