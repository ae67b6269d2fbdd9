"""The daily e-mail: what is on somebody's desk. Nothing leaves the machine unless a mail server is configured."""

from __future__ import annotations

import logging
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from nhiemky.access.selectors import actor_for
from nhiemky.core.wording import sentence
from nhiemky.domain.access import Actor
from nhiemky.tasks import desk
from nhiemky.tasks.models import Subscription
from nhiemky.tasks.services.subscribing import mail_noted

_log = logging.getLogger(__name__)


def digests_send(*, actor: Actor, today: date) -> int:
    """Send today's e-mail to everybody who asked for one and has something to do; how many went."""
    if not settings.NHIEMKY_MAIL:
        return 0
    waiting = Subscription.objects.exclude(email="").filter(user__is_active=True).select_related("user")
    return sum(_sent(actor, one, today) for one in waiting if one.mailed_on != today)


def _sent(actor: Actor, to: Subscription, today: date) -> int:
    """Noted before it is sent: if the server fails it is lost for the day, and never comes twice."""
    text = _text(to, today)
    if text is None or not mail_noted(actor=actor, subscription_id=to.pk, today=today):
        return 0
    try:
        EmailMessage(text[0], text[1], settings.DEFAULT_FROM_EMAIL, [to.email]).send()
    except OSError:
        _log.exception("the daily e-mail of user %s was not sent", to.user_id)
        return 0
    return 1


def _text(to: Subscription, today: date) -> tuple[str, str] | None:
    """Subject and lines; counts only, no names of tasks: an e-mail is read anywhere."""
    who = actor_for(to.user_id, to.user.username, today, verified=False, how="mail")
    with translation.override(to.user.language):
        lines = [f"- {sentence(line.finding)}" for line in desk.due(who, today)]
        if not lines:
            return None
        return _("Tasks of %(day)s") % {"day": f"{today:%d/%m/%Y}"}, "\n".join(lines) + "\n"
