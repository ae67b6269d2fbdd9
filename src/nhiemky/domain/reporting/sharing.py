"""Sharing a number out in whole parts, in proportion to weights: a proposal that people then change."""

from __future__ import annotations

from collections.abc import Sequence


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts that add up to the total, each within one of its exact share; the largest remainders round up.

    Without any weight there is nothing to go by, and no part.

    Raises:
        ValueError: the total or a weight is negative.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("Only what is not negative can be shared out.")
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    rest = [(total * weight) % whole for weight in weights]
    for place in sorted(range(len(weights)), key=lambda n: (-rest[n], n))[: total - sum(parts)]:
        parts[place] += 1
    return parts
