"""Kinds of movement in the ledger, and what each does to a person's stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PROBATIONARY, OFFICIAL = "probationary", "official"
STANDINGS = (PROBATIONARY, OFFICIAL)
STANDING_CODE: Mapping[str, int] = {PROBATIONARY: 0, OFFICIAL: 1}
SEXES = ("female", "male")


@dataclass(frozen=True, slots=True)
class MovementKind:
    """One kind of ledger entry.

    `enters`: the person comes into the system; `leaves`: goes out of it; both false with `moves`: goes from one
    unit to another inside; all false: stays in place and only the standing or the exemption changes.
    """

    key: str
    vi: str
    en: str
    enters: bool = False
    leaves: bool = False
    moves: bool = False
    typed: bool = True

    @property
    def in_place(self) -> bool:
        """Whether the unit stays the same."""
        return not (self.enters or self.leaves or self.moves)


MOVEMENT_KINDS = (
    MovementKind("opening", "Đưa vào sổ ban đầu", "Taken into the register", enters=True, typed=False),
    MovementKind("admission", "Kết nạp", "Admission", enters=True),
    MovementKind("official_recognition", "Công nhận chính thức", "Official recognition"),
    MovementKind("transfer_in", "Chuyển đến từ ngoài tỉnh", "Transfer in from outside", enters=True),
    MovementKind("transfer_out", "Chuyển đi ngoài tỉnh", "Transfer out", leaves=True),
    MovementKind("transfer_within", "Chuyển sinh hoạt trong tỉnh", "Transfer within", moves=True),
    MovementKind("readmission", "Kết nạp lại", "Readmission", enters=True),
    MovementKind("exemption_on", "Miễn công tác và sinh hoạt", "Exemption begins"),
    MovementKind("exemption_off", "Hết miễn công tác và sinh hoạt", "Exemption ends"),
    MovementKind("striking_off", "Xóa tên", "Striking off", leaves=True),
    MovementKind("expulsion", "Khai trừ", "Expulsion", leaves=True),
    MovementKind("leaving", "Xin ra khỏi Đảng", "Leaving", leaves=True),
    MovementKind("death", "Từ trần", "Death", leaves=True),
    MovementKind("en_bloc", "Chuyển theo tổ chức", "En bloc with the organisation", moves=True, typed=False),
)
MOVEMENT_KEYS = tuple(kind.key for kind in MOVEMENT_KINDS)
MOVEMENT = {kind.key: kind for kind in MOVEMENT_KINDS}
LEAVING = tuple(kind.key for kind in MOVEMENT_KINDS if kind.leaves)
MOVEMENT_CODE = {key: number for number, key in enumerate(MOVEMENT_KEYS)}
