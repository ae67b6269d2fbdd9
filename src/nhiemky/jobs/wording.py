"""Sentences for long work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhiemky.jobs.models import DONE, FAILED, INTERRUPTED, REFUSED, RUNNING, WAITING

MESSAGES = {
    "jobs.denied": _("When it was its turn, your grants no longer included what it needs. Nothing was written."),
}
ACTIONS = {
    "jobs.job_asked": _("asked for long work: %(title)s"),
    "jobs.files_expired": _("dropped %(count)s files that long work made more than %(days)s days ago"),
    "jobs.files_forgotten": _("dropped %(count)s files that long work made, for data of people were shredded"),
    "jobs.jobs_interrupted": _("found %(count)s pieces of work interrupted when the server was stopped"),
}
STATES = {
    WAITING: _("waits for its turn"),
    RUNNING: _("is being done"),
    DONE: _("done"),
    REFUSED: _("refused; nothing was written"),
    FAILED: _("failed; nothing was written"),
    INTERRUPTED: _("interrupted; nothing was written"),
}
TONES = {WAITING: "off", RUNNING: "warn", DONE: "good", REFUSED: "bad", FAILED: "bad", INTERRUPTED: "bad"}
