"""What other parts keep of a person, for the person's page: cases, letters, badges, each with the way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from nhiemky.core.components import LifeEvent
from nhiemky.domain.access import Actor
from nhiemky.members.models import Person

Provider = Callable[[Actor, Person, date], Iterable[LifeEvent]]
"""Given who asks, a person they may see, and today: the files of one part; a link only where it may be opened."""


def filed(actor: Actor, person: Person, today: date) -> list[LifeEvent]:
    """The files of all parts, the newest first."""
    providers = (cast(Provider, import_string(path)) for path in settings.NHIEMKY_FILES)
    found = [file for provider in providers for file in provider(actor, person, today)]
    return sorted(found, key=lambda file: file.day or date.min, reverse=True)
