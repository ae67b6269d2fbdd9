"""Ratios: one figure of another, in per cent, with the change in percentage points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nhiemky.reporting.declaring import Ratio
from nhiemky.reporting.ratios import RATIOS
from nhiemky.reporting.selectors import Figure


@dataclass(frozen=True)
class Share:
    """A ratio: `value` in per cent, None where the whole is 0 or a part is not known exactly."""

    ratio: Ratio
    part: int | None
    whole: int | None
    value: float | None
    previous: float | None

    @property
    def change(self) -> float | None:
        """In percentage points."""
        return None if self.value is None or self.previous is None else self.value - self.previous


def shares(found: Mapping[str, Figure]) -> dict[str, Share]:
    """The ratios whose two parts are among the figures."""
    return {
        ratio.key: _share(ratio, found[ratio.part], found[ratio.whole])
        for ratio in RATIOS
        if ratio.part in found and ratio.whole in found
    }


def _share(ratio: Ratio, part: Figure, whole: Figure) -> Share:
    return Share(
        ratio,
        part.value,
        whole.value,
        _percent(part.value, whole.value),
        _percent(part.previous, whole.previous),
    )


def _percent(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else 100 * part / whole
