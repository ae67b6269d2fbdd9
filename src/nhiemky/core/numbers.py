"""Numbers as each language writes them: 1.666 and 97,8% in Vietnamese, 1,666 and 97.8% in English."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language

Number = int | float | Decimal
_TO_VIETNAMESE = str.maketrans(",.", ".,")


def write_number(value: Number, decimals: int | None = None) -> str:
    """Group by thousands; whole numbers without decimals, others with one unless told."""
    if decimals is None:
        decimals = 0 if value == int(value) else 1
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,.{decimals}f}"
    sign = "−" if exact < 0 else ""
    return sign + (text if (get_language() or "vi").startswith("en") else text.translate(_TO_VIETNAMESE))


def write_percent(value: Number) -> str:
    """A value already in percent, with at most one decimal."""
    return f"{write_number(round(float(value), 1))}%"
