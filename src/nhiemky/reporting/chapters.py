"""What a chapter of the yearly review is made of."""

from __future__ import annotations

from dataclasses import dataclass

from nhiemky.reporting.declaring import Text


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in both languages; `zero` is used where its first figure is 0.

    One of `needs` must be more than 0, and all of `unless` must be 0. `of` are the kinds of unit it is written for
    (`writing.KINDS`), all by itself.
    """

    vi: str
    en: str
    zero_vi: str = ""
    zero_en: str = ""
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    of: tuple[str, ...] = ()

    def pattern(self, language: str, *, zero: bool) -> str:
        """The sentence of a language."""
        chosen = (self.zero_vi if language == "vi" else self.zero_en) if zero else ""
        return chosen or (self.vi if language == "vi" else self.en)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Some lines under a title; one that is `optional` is left out where it has nothing to tell."""

    key: str
    title: Text
    lines: tuple[Line, ...]
    optional: bool = False
