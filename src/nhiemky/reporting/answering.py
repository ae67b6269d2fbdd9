"""Figures for those below who do not know this part: a task may be measured by an indicator (`tasks.measures`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from nhiemky.organisation import selectors as organisation
from nhiemky.reporting import selectors
from nhiemky.reporting.indicators import BY_KEY


class Answers:
    """`tasks.measures.Indicators`."""

    def names(self) -> Mapping[str, str]:
        language = get_language() or "vi"
        return {key: indicator.name.in_language(language) for key, indicator in BY_KEY.items()}

    def value(self, key: str, unit_id: int, on: date) -> float | None:
        """As it was, from 1 January up to the day; as of the day for what is no sum of a period."""
        if key not in BY_KEY:
            return None
        place = organisation.structure().index[unit_id]
        asked = selectors.question(place, on.year, on, on=on)
        return selectors.figures(asked, [key])[key].value

    def url(self, key: str, unit_code: str, year: int) -> str:
        return f"{reverse('reporting:figure', args=[key])}?{urlencode({'unit': unit_code, 'year': year})}"


INDICATORS = Answers()
