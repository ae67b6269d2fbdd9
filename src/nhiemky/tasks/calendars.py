"""The calendar of a user's tasks as others read it (RFC 5545), and who stands behind a secret address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from nhiemky.access.selectors import actor_for
from nhiemky.domain.access import Actor, Denied
from nhiemky.tasks import selectors
from nhiemky.tasks.models import Subscription, Task
from nhiemky.tasks.services.subscribing import hash_of
from nhiemky.tasks.wording import STATES


def owner_of(secret: str, today: date) -> Actor:
    """The user whose calendar the address opens, with the rights of today and no second factor.

    Raises:
        Denied: 404, the address does not hold, the account is closed, or its owner sees no tasks any more.
    """
    found = Subscription.objects.select_related("user").filter(feed_hash=hash_of(secret)).first()
    if found is not None and found.user.is_active:
        actor = actor_for(found.user_id, found.user.username, today, verified=False, how="calendar")
        if actor.may(selectors.VIEW):
            return actor
    raise Denied(selectors.VIEW, "no_such_feed", status=404)


def calendar_of(actor: Actor, today: date, address: str) -> bytes:
    """What is on the actor's desk, each on its due day. `address` is the site's, before the path of a task."""
    found = selectors.to_do(actor, today).order_by("due_on", "pk")
    return written(found, lambda task: f"{address}/tasks/{task.pk}/", name=_("Tasks of %(who)s") % {"who": actor.name})


def written(tasks: Iterable[Task], link: object, *, name: str) -> bytes:
    """The tasks as a calendar of whole days; escaping and folding are the library's."""
    made = Calendar()
    made.add("prodid", "-//Nhiem Ky//tasks//VI")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for task in tasks:
        made.add_component(_event(task, link(task) if callable(link) else ""))
    return bytes(made.to_ical())


def _event(task: Task, url: str) -> Event:
    event = Event()
    event.add("uid", f"task-{task.pk}@nhiemky")
    # The same task gives the same text: what changed last is told by the number of the last event.
    event.add("dtstamp", datetime.combine(task.given_on, time(), UTC))
    event.add("sequence", task.seq % 2**31)
    event.add("dtstart", task.due_on)
    event.add("dtend", task.due_on + timedelta(days=1))
    event.add("summary", task.title)
    event.add("description", f"{STATES[task.state]}. {task.deliverable}")
    event.add("url", url)
    return event
