"""A target shared out by membership: worked cases, and what must hold for any numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhiemky.domain.reporting.sharing import share_out


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1, 1], [5, 5]),
        (10, [1, 1, 1], [4, 3, 3]),
        (1400, [6872, 5364, 334], [765, 598, 37]),
        (5, [0, 3], [0, 5]),
        (5, [0, 0], [0, 0]),
        (0, [1, 2], [0, 0]),
    ],
)
def test_worked_case(total: int, weights: list[int], parts: list[int]) -> None:
    assert share_out(total, weights) == parts


@given(st.integers(0, 100_000), st.lists(st.integers(0, 20_000), min_size=1, max_size=120))
def test_nothing_is_lost_and_nobody_is_far_from_the_exact_share(total: int, weights: list[int]) -> None:
    parts = share_out(total, weights)
    whole = sum(weights)
    assert sum(parts) == (total if whole else 0)
    assert all(abs(part * whole - total * weight) < whole for part, weight in zip(parts, weights, strict=True) if whole)


def test_nothing_negative() -> None:
    with pytest.raises(ValueError, match="not negative"):
        share_out(-1, [1])
