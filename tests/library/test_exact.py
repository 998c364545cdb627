"""`python -m tests.exact` at a small size, and what it compares with: the arithmetic of the contract."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from fractions import Fraction
from pathlib import Path

import pytest

from tests import oracle
from tests.exact.batch import PERIOD, Batch
from tests.exact.scorer import Cells, Scorer

SEEDS = [f"small-{number}" for number in range(8)]


def in_fractions(batch: Batch) -> Iterator[str]:
    """Yield a month's lines as the slow oracle has them."""
    for (role, employee), cells in sorted(batch.cards.items()):
        try:
            texts = {id_: cell(each) for id_, each in cells.items()}
            card = oracle.card(batch.roles[role], batch.department, texts, batch.shape.missing)
        except oracle.OutOfRangeError:
            continue
        for figure in card.figures if card else ():
            assert card
            *shown, vetoed, section, out_of = astuple(figure)
            more = [vetoed] if batch.scorer.has_vetoes else []
            more += [section] if batch.scorer.has_sections else []
            more += [out_of] if batch.scorer.has_full_marks else []
            line = (PERIOD, employee, role, *shown, card.total, card.grade, card.coefficient)
            yield ",".join(each or "" for each in (*line, *more))


def cell(cells: Cells) -> oracle.Cell:
    """Return a figure with the one actual that it comes to."""
    if not cells.denominator:
        return cells.actual, cells.target
    numerator, denominator = oracle.read(cells.numerator), oracle.read(cells.denominator)
    if not numerator and not denominator:
        return "N/A", cells.target
    return str(Fraction(numerator) / denominator), cells.target


@pytest.mark.parametrize("seed", SEEDS)
def test_whole_numbers_come_to_the_same_as_fractions(seed: str) -> None:
    """The quick oracle is the slow one, which is written from the contract."""
    batch = Batch(seed, 1_500)
    expected = list(in_fractions(batch))
    assert len(expected) > 0
    assert expected == batch.expected()[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_line_differs(tmp_path: Path, seed: str) -> None:
    """Months of every kind, from their files to the CSV."""
    assert [] == Batch(seed, 5_000).differences(tmp_path)


def test_all_kinds_of_months_come_by() -> None:
    """Long and wide, ordinary and extreme, with and without ratios, adjustments and vetoes."""
    shapes = [astuple(Batch(seed, 1).shape) for seed in SEEDS]
    assert all(len(set(values)) > 1 for values in zip(*shapes, strict=True))


def test_a_tie_comes_by_at_every_place_of_rounding() -> None:
    batches = [Batch(seed, 5_000) for seed in SEEDS]
    for batch in batches:
        batch.expected()
    places = ("reading", "quotient", "attainment", "score", "points", "adjustment")
    assert dict.fromkeys(places, True) == {
        place: any(batch.scorer.seen[f"ties: {place}"] for batch in batches) for place in places
    }


def test_one_weight_that_is_not_as_written_is_a_difference(tmp_path: Path) -> None:
    """The comparison does see: an oracle with other rules than the files does not agree."""
    batch = Batch(SEEDS[0], 500)
    scored = batch.expected()[0][0].split(",")[2]
    role, others = batch.roles[scored], [each for each in batch.roles.values() if each["id"] != scored]
    changed: Mapping[str, object] = {**role, "kpis": [{**role["kpis"][0], "weight": "99.999999"}, *role["kpis"][1:]]}
    batch.scorer = Scorer(batch.department, [changed, *others])
    assert {role["id"]} == {each.expected.split(",")[2] for each in batch.differences(tmp_path)}


def test_the_command_says_what_it_compared(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.exact", "--rows", "900", "--batch", "300", "--folder", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (0, "") == (result.returncode, result.stderr)
    assert " in 3 months: 0 differences, in " in result.stdout.splitlines()[-1]
    assert ["nightly-0", "nightly-1", "nightly-2"] == sorted(folder.name for folder in tmp_path.iterdir())
