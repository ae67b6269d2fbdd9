"""Sentences whose numbers are references: page, document and data file show the same pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nhiemky.domain.reporting.wording import Pieces


@dataclass(frozen=True, slots=True)
class Ref:
    """A number of a sentence: which indicator, which field of it, as written and exactly."""

    key: str
    field: str
    text: str
    value: float | None = None


Sentence = tuple[str | Ref, ...]


def refs(key: str, pieces: Pieces) -> list[str | Ref]:
    """The numbers of a clause as references to one indicator."""
    return [piece if isinstance(piece, str) else Ref(key, piece.field, piece.text, piece.value) for piece in pieces]


def joined(pieces: Iterable[str | Ref]) -> Sentence:
    """Neighbouring text runs together."""
    result: list[str | Ref] = []
    for piece in pieces:
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        elif piece:
            result.append(piece)
    return tuple(result)


def plain(sentence: Iterable[str | Ref]) -> str:
    """The sentence as text."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in sentence)
