"""A document cited in a text: where it stands, and what of its key the text tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation; `text` is what stands between the offsets `start` and `end` of the text it was found in.

    `kinds` are the types it may be ("QĐ" alone is a decision or a regulation), empty for a symbol that is not known.
    `symbol` is that of the type, `issuer` that after the slash or of the body named in words (`body`). Of the day there
    may be only the year; `term` and `session` are those of the Central Committee. `again` is the place, among the
    citations of the text, of the earlier fuller one that this one repeats.
    """

    start: int
    end: int
    text: str
    kinds: tuple[str, ...] = ()
    number: int | None = None
    letter: str = ""
    symbol: str = ""
    issuer: str = ""
    body: str = ""
    on: date | None = None
    year: int | None = None
    term: int | None = None
    session: int | None = None
    again: int | None = None

    @property
    def when(self) -> str:
        """The day, else the year, else the term ("k12"), as far as the text tells."""
        if self.on or self.year:
            return self.on.isoformat() if self.on else str(self.year)
        return f"k{self.term}" if self.term else ""

    @property
    def key(self) -> str:
        """kind:number:issuer:when, a type that is not certain as ?symbol, without what is not told at the end."""
        kind = self.kinds[0] if len(self.kinds) == 1 else f"?{self.symbol}"
        number = "" if self.number is None else f"{self.number}{self.letter}"
        return f"{kind}:{number}:{self.issuer}:{self.when}".rstrip(":")
