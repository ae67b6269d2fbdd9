"""Small values that components of `templatetags.ui` draw. Views build them, templates show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Link:
    """A step of the crumb, a link of a panel or an action. `main` marks the one main button of a page."""

    label: Text
    url: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice of `{% tabs %}` or `{% segmented %}`."""

    label: Text
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One step of `{% life %}`: a day (or `when` in words), what happened, and links."""

    text: Text
    day: date | None = None
    when: Text = ""
    links: Sequence[Link] = ()
    note: Text = ""
    now: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of `{% facts %}`. `value` None shows that there is no data."""

    label: Text
    value: object
    url: str = ""
    note: Text = ""
