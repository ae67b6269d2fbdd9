"""Reading what people upload: the rules are the domain's, the parser works in a process of its own."""

from __future__ import annotations

from nhiemky.domain.exchange import reading
from nhiemky.domain.exchange.reading import Sheet
from nhiemky.exchange.apart import Child


def read(content: bytes, *, sheet: str = "", encoding: str = "") -> Sheet:
    """As `domain.exchange.reading.read`.

    Raises:
        Refused: not a spreadsheet, beyond the limits, encrypted or broken.
    """
    return reading.read(content, Child, sheet=sheet, encoding=encoding)
