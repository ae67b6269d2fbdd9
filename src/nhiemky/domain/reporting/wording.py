"""Sentences that agree with their numbers, in Vietnamese and English.

A clause is a row of pieces: plain text, and numbers that remember which field of a figure they are. So a page can make
links of them and a document plain text, and both say the same. A rounded number never says more than the exact one:
what is short of a target is never written as 100%, what exists never as 0%.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

LANGUAGES = ("vi", "en")
_TO_VIETNAMESE = str.maketrans(",.", ".,")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, the field of the figure it is, and its exact value (None: not known)."""

    field: str
    text: str
    value: float | None = None


Piece = str | Number
Pieces = tuple[Piece, ...]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "rise": "tăng {change}{measure} ({percent}) so với {then}",
        "fall": "giảm {change}{measure} ({percent}) so với {then}",
        "rise_few": "tăng {change}{measure} so với {then}",
        "fall_few": "giảm {change}{measure} so với {then}",
        "same": "bằng {then}",
        "rise_from_none": "tăng {change}{measure} so với {then} ({then} không có)",
        "none_before": " ({then} cũng không có)",
        "some_before": " ({then}: {previous})",
        "no_previous": "{then} chưa có dữ liệu để so sánh",
        "previous.not_founded": "không so sánh với {then} vì khi đó chưa thành lập",
        "previous.split": "không so sánh được chính xác với {then}",
        "year": "năm {year}",
        "same_period": "cùng kỳ năm {year}",
        "above": "vượt chỉ tiêu {target} đề ra (đạt {percent})",
        "met": "đạt chỉ tiêu {target} đề ra",
        "below": "chưa đạt chỉ tiêu {target} đề ra (đạt {percent}, còn thiếu {gap})",
        "so_far": "đạt {percent} chỉ tiêu cả năm ({target})",
        "apart.founded": "bằng {percent} chỉ tiêu cả năm ({target}); không đánh giá mức hoàn thành vì tổ chức mới hoạt "
        "động từ ngày {day}",
        "apart.ended": "bằng {percent} chỉ tiêu cả năm ({target}); không đánh giá mức hoàn thành vì tổ chức kết thúc "
        "hoạt động từ ngày {day}",
        "apart.scope": "bằng {percent} chỉ tiêu {target}; không đánh giá mức hoàn thành vì phạm vi tổ chức thay đổi "
        "từ ngày {day}",
        "apart.since": "bằng {percent} chỉ tiêu {target}; không đánh giá mức hoàn thành vì chỉ tiêu chỉ tính từ ngày "
        "{day}",
        "assumed": "chỉ tiêu chờ xác nhận",
        "summed.below": "chỉ tiêu cộng từ cấp dưới",
        "summed.former": "chỉ tiêu cộng từ các tổ chức cũ",
        "points": "{change} điểm phần trăm",
        "head": "{year}",
        "head_part": "{year} (đến ngày {day})",
        "head_before_part": "Cùng kỳ {year} (đến ngày {day})",
        "inexact": "không xác định chính xác, từ {low} đến {high}, vì đơn vị cũ đã chia tách",
        "under": "dưới {n}%",
        "over": "hơn {n}%",
        "why.no_data": "chưa có dữ liệu",
        "why.not_founded": "chưa thành lập",
        "why.ended": "đã kết thúc hoạt động",
        "why.not_in_structure": "không có trong cơ cấu của ngày đã chọn",
        "why.split": "không xác định chính xác",
    },
    "en": {
        "rise": "up {change}{measure} ({percent}) on {then}",
        "fall": "down {change}{measure} ({percent}) on {then}",
        "rise_few": "up {change}{measure} on {then}",
        "fall_few": "down {change}{measure} on {then}",
        "same": "the same as in {then}",
        "rise_from_none": "up {change}{measure} on {then} (when there were none)",
        "none_before": " (none in {then} either)",
        "some_before": " ({then}: {previous})",
        "no_previous": "there are no data for {then} to compare with",
        "previous.not_founded": "not compared with {then}, when it did not exist",
        "previous.split": "not exactly comparable with {then}",
        "year": "{year}",
        "same_period": "the same period of {year}",
        "above": "above the target of {target} ({percent} of it)",
        "met": "meeting the target of {target}",
        "below": "short of the target of {target} ({percent} of it, {gap} missing)",
        "so_far": "{percent} of the year's target of {target} so far",
        "apart.founded": "equal to {percent} of the year's target of {target}; not judged, as the organisation began "
        "on {day}",
        "apart.ended": "equal to {percent} of the year's target of {target}; not judged, as the organisation ended on "
        "{day}",
        "apart.scope": "equal to {percent} of the target of {target}; not judged, as other organisations joined or "
        "left on {day}",
        "apart.since": "equal to {percent} of the target of {target}; not judged, as the target holds only from {day}",
        "assumed": "target to be confirmed",
        "summed.below": "target summed up from below",
        "summed.former": "target summed up from former organisations",
        "points": "{change} percentage points",
        "head": "{year}",
        "head_part": "{year} (to {day})",
        "head_before_part": "Same period {year} (to {day})",
        "inexact": "not known exactly, between {low} and {high}, because a former unit was split",
        "under": "under {n}%",
        "over": "over {n}%",
        "why.no_data": "no data yet",
        "why.not_founded": "not yet founded",
        "why.ended": "no longer exists",
        "why.not_in_structure": "not part of the chosen day's structure",
        "why.split": "not known exactly",
    },
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


# --- Numbers and days ----------------------------------------------------------------------------------------------


def write_number(value: float, language: str, decimals: int = 0) -> str:
    """1.666 in Vietnamese, 1,666 in English, with a real minus sign."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,.{decimals}f}"
    return ("−" if exact < 0 else "") + (text.translate(_TO_VIETNAMESE) if language == "vi" else text)


def write_share(part: int, whole: int, language: str) -> str:
    """Per cent with at most one decimal: 100% only where it is all, 0% only where it is none.

    Raises:
        ValueError: the whole is not positive, or the part negative.
    """
    if whole <= 0 or part < 0:
        raise ValueError(f"no share: {part} of {whole}")
    tenths = (2000 * part + whole) // (2 * whole)
    if tenths == 0 and part:
        return _WORDS[language]["under"].format(n=write_number(0.1, language, 1))
    if tenths == 1000 and part < whole:
        tenths = 999
    if tenths == 1000 and part > whole:
        return _WORDS[language]["over"].format(n=100)
    return write_number(tenths / 10, language, 1 if tenths % 10 else 0) + "%"


def write_day(day: date) -> str:
    """dd/mm/yyyy, the same in both languages."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def write_day_long(day: date, language: str) -> str:
    """As in the head of a document: single-figure days and the first two months carry a nought in Vietnamese."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


# --- Clauses -------------------------------------------------------------------------------------------------------


def plain(pieces: Iterable[Piece]) -> str:
    """The clause as text."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


def fill(pattern: str, parts: Mapping[str, Piece]) -> Pieces:
    """The pattern with its {places} filled; neighbouring text runs together."""
    result: list[Piece] = []
    for n, bit in enumerate(_SLOT.split(pattern)):
        piece: Piece = parts[bit] if n % 2 else bit
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        elif piece:
            result.append(piece)
    return tuple(result)


def word(key: str, language: str) -> str:
    """A fixed phrase."""
    return _WORDS[language][key]


def missing(why: str, language: str) -> str:
    """Why there is no number."""
    return _WORDS[language][f"why.{why or 'no_data'}"]


def whole(field: str, value: int, language: str) -> Number:
    """A whole number."""
    return Number(field, write_number(value, language), value)


_FEW = 10
"""Below so many a change is not given in per cent: one more than two is no rise by half."""


def _then(year: int, language: str, part_year: bool) -> str:
    return _WORDS[language]["same_period" if part_year else "year"].format(year=year)


def versus(
    value: int,
    previous: int | None,
    year: int,
    language: str,
    *,
    part_year: bool = False,
    why: str = "",
    measure: str = "",
) -> Pieces:
    """tăng, giảm, bằng: the value against the year before, or why the two cannot be compared.

    `measure` is the word that follows the change: "tăng 1 tổ chức".
    """
    words, then = _WORDS[language], _then(year, language, part_year)
    if previous is None:
        return fill(words.get(f"previous.{why}", words["no_previous"]), {"then": then})
    if value == previous:
        return fill(words["same"], {"then": then})
    size = abs(value - previous)
    parts: dict[str, Piece] = {
        "then": then,
        "measure": f" {measure}" if measure else "",
        "change": Number("change", write_number(size, language), value - previous),
    }
    if not previous:
        return fill(words["rise_from_none"], parts)
    direction = "rise" if value > previous else "fall"
    if previous < _FEW:
        return fill(words[f"{direction}_few"], parts)
    parts["percent"] = Number("percent", write_share(size, previous, language), 100 * size / previous)
    return fill(words[direction], parts)


def none_against(previous: int | None, year: int, language: str, *, part_year: bool = False) -> Pieces:
    """What follows "không có": how many there were the year before, or that there were none then either."""
    words, then = _WORDS[language], _then(year, language, part_year)
    if previous is None:
        return ()
    if not previous:
        return fill(words["none_before"], {"then": then})
    return fill(words["some_before"], {"then": then, "previous": whole("previous", previous, language)})


def reach(
    value: int,
    target: int | None,
    language: str,
    *,
    finished: bool = True,
    assumed: bool = False,
    summed: str = "",
    apart: str = "",
    apart_on: date | None = None,
) -> Pieces:
    """vượt, đạt, chưa đạt chỉ tiêu; of a year that is not over only how much is reached. Nothing without a target.

    Where figure and target do not cover the same (`apart`: founded, ended, scope or since, from `apart_on`), the share
    and the reason are told, but no judgement.
    """
    if not target:
        return ()
    words = _WORDS[language]
    parts: dict[str, Piece] = {
        "target": Number("target", write_number(target, language), target),
        "percent": Number("achievement", write_share(value, target, language), 100 * value / target),
        "gap": write_number(max(target - value, 0), language),
        "day": write_day(apart_on) if apart_on else "",
    }
    how = "above" if value > target else "met" if value == target else "below" if finished else "so_far"
    pattern = words[f"apart.{apart}" if apart else how]
    notes = [words[key] for key, said in (("assumed", assumed), (f"summed.{summed}", bool(summed))) if said]
    return fill(_noted(pattern, notes), parts)


def _noted(pattern: str, notes: list[str]) -> str:
    """Notes go into the bracket at the end, if there is one."""
    if not notes:
        return pattern
    return f"{pattern[:-1]}; {'; '.join(notes)})" if pattern.endswith(")") else f"{pattern} ({'; '.join(notes)})"


def write_points(change: float, language: str) -> str:
    """A change of a share: +1,2 điểm phần trăm."""
    text = write_number(change, language, 1)
    sign = "+" if change > 0 and text.strip("0.,") else ""
    return _WORDS[language]["points"].format(change=sign + text)


def head(year: int, day: date, language: str, *, finished: bool, before: bool = False) -> str:
    """Over a column of a year: only the year, or how much of it; the year before is told up to the same day."""
    key = "head" if finished else "head_before_part" if before else "head_part"
    return _WORDS[language][key].format(year=year, day=f"{day.day:02}/{day.month:02}")


def inexact(low: int, high: int, language: str) -> Pieces:
    """Between which bounds a figure lies that cannot be told exactly, and why."""
    parts = {"low": whole("low", low, language), "high": whole("high", high, language)}
    return fill(_WORDS[language]["inexact"], parts)


def share(part: int | None, of: int | None, language: str, field: str = "share") -> Number:
    """A share as a number; a share of nothing is not known."""
    if part is None or not of:
        return Number(field, missing("no_data", language))
    return Number(field, write_share(part, of, language), 100 * part / of)
