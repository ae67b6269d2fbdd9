"""Sentences of start-up, keeping and serving."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "config.folder_busy": _(
        "The data folder %(folder)s is being served by another process (%(holder)s). Stop that one first, or choose "
        "another folder with --data."
    ),
    "config.server_failed": _("The embedded database does not start: %(why)s"),
    "config.database_unreachable": _("The database does not answer: %(why)s"),
    "config.disk_full": _(
        "The disk of %(folder)s is full (%(free)s MB free). What was under way is undone; make room and start again."
    ),
    "config.system_error": "%(why)s",
    "config.port_taken": _("Port %(port)s of %(host)s is in use. Choose another one with --port."),
    "config.web_server_failed": _("The web server stopped by itself (exit code %(code)s)."),
    "config.demo_only_loopback": _(
        "The demo signs in without a password, so it is served on this machine only (127.0.0.1), not on %(host)s."
    ),
    "config.debug_only_loopback": _(
        "NHIEMKY_DEBUG=1 shows traces with records to whoever makes a page fail: only on this machine (127.0.0.1), and "
        "without names in NHIEMKY_HOSTS. It was to be served on %(host)s."
    ),
    "config.not_demo_data": _(
        "The data folder holds records that the demo did not make. The demo opens a door without a password, so it "
        "does not serve them. Choose another folder with --data."
    ),
    "config.not_a_backup": _("%(file)s is not a backup of this system: %(why)s"),
    "config.not_empty": _("The database is not empty. A backup is restored into an empty folder or database only."),
    "config.newer_backup": _("The backup was made by a newer version (%(version)s). Install that version first."),
    "config.backup_incomplete": _("What was restored does not hold the last event of the backup (number %(seq)s)."),
    "ledger.unbalanced": _("The ledger of %(unit)s from %(from)s until %(until)s does not balance."),
    "ledger.kinds": _(
        "From %(from)s on, the entries “%(kind)s” of %(unit)s are not those of its sub-units and its own."
    ),
    "ledger.whole": _("On %(on)s the roots hold %(roots)s members, but there are %(people)s."),
    "succession.lost": _("The decision %(number)s sent %(from)s to %(to)s, and no succession says so."),
    "ledger.children": _("On %(on)s the members of %(unit)s are not its own and those of its sub-units."),
}
