"""`nhiemky bench national`: what it refuses, and the form of what it answers."""

from __future__ import annotations

import argparse

import pytest

from nhiemky.config import cli
from nhiemky.config.commands import WrongUsage, bench
from nhiemky.national.measuring import Measure


@pytest.mark.parametrize("scale", ["0", "1.5", "-1"])
def test_a_part_of_the_nation_is_more_than_none_and_at_most_all(scale: str) -> None:
    given = cli.parser().parse_args(["bench", "national", "--scale", scale])
    with pytest.raises(WrongUsage):
        bench.bench(given)


def test_a_measure_names_its_limit_and_whether_it_was_met() -> None:
    made = Measure("the reform", 170.5, limit="< 300 s", met=True)
    assert made.as_dict().keys() == {"name", "median", "p95", "unit", "ratio", "limit", "met"}
    assert bench._line(made).endswith("< 300 s ✓")
    assert "✕" in bench._line(Measure("memory", 5.0, unit="GB", limit="< 4 GB", met=False))


def test_only_the_nation_can_be_measured() -> None:
    with pytest.raises((SystemExit, argparse.ArgumentError)):
        cli.parser().parse_args(["bench", "province"])


@pytest.mark.django_db
def test_the_nation_is_not_written_over_a_register() -> None:
    import builders
    from nhiemky.domain.findings import Refused
    from nhiemky.national.generate import generate

    builders.province()
    with pytest.raises(Refused) as refused:
        generate(scale=0.001)
    assert refused.value.findings[0].facts == {"units": len(builders.UNITS)}


@pytest.mark.parametrize(
    ("numbers", "width", "texts"), [([0, 7, 12_345], 5, [b"00000", b"00007", b"12345"]), ([900], 3, [b"900"])]
)
def test_numbers_are_written_with_zeros_in_front(numbers: list[int], width: int, texts: list[bytes]) -> None:
    import numpy as np

    from nhiemky.national.copying import digits

    assert digits(np.array(numbers), width).tolist() == texts
