"""Drawings of curves: what is drawn is the curve that scores, with the target and the actual where they lie."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from rich.cells import cell_len

from kpicard.numbers import round2
from kpicard.reports.curves import WIDTH, Shape, curve_lines, curve_shape
from kpicard.rules.models import DEFAULT_CAP, Kpi
from tests.oracle import rounded
from tests.random_rules import number, standard

MILLIONTH = Decimal("0.000001")


def kpi(**standard: object) -> Kpi:
    return Kpi.model_validate({"id": "k", "name": "K", "weight": "100", "better": "higher", **standard})


def linear(*points: tuple[str, str], axis: str = "actual") -> dict[str, object]:
    return {"method": "linear", "points": list(points), "axis": axis}


def shape_of(kpi: Kpi, actual: str | None, attainment: str | None = None) -> Shape:
    figures = (None if value is None else Decimal(value) for value in (actual, attainment))
    return curve_shape(kpi.curve(DEFAULT_CAP), kpi, kpi.target, *figures)


RESPONSE = kpi(better="lower", unit="s", target="30", scoring=linear(("15", "120"), ("30", "100"), ("120", "0")))


@pytest.mark.parametrize("seed", range(300))
def test_every_line_that_is_drawn_lies_on_the_curve(seed: int) -> None:
    """Ends and middles of the lines of random curves score just so; nothing between the ends of the axis is left."""
    numbers = random.Random(seed)  # noqa: S311 - the same numbers each time are wanted
    drawn = kpi(**standard(numbers, "ordinary"))
    curve = drawn.curve(DEFAULT_CAP)
    shape = shape_of(drawn, number(numbers, -60, 400), f"{numbers.randint(-5000, 30000) / Decimal(100):f}")
    assert shape.lines[0][0].x == shape.low
    assert shape.lines[-1][-1].x == shape.high
    for before, after in pairwise(shape.lines):
        assert MILLIONTH == after[0].x - before[-1].x
    for line in shape.lines:
        for start, end in pairwise(line):
            middle = ((start.x + end.x) / 2).quantize(MILLIONTH)
            along = Fraction(middle - start.x) / Fraction(end.x - start.x) if end.x > start.x else Fraction(0)
            drawn_score = Fraction(start.score) + (Fraction(end.score) - Fraction(start.score)) * along
            assert abs(curve.score_at(middle) - drawn_score) < Fraction(1, 10**5)
            assert rounded(curve.score_at(end.x), 6) == Fraction(end.score)
            assert shape.bottom <= min(start.score, end.score) <= max(start.score, end.score) <= shape.top
    for point in filter(None, (shape.target, shape.actual)):
        assert round2(curve.score_at(point.x)) == point.score
    assert shape.target is None or shape.is_inside(shape.target)
    assert (shape.bottom, shape.top) == (min(shape.bottom, Decimal(0)), max(shape.top, Decimal(120)))


def test_target_and_actual_stand_on_the_axis_that_scores() -> None:
    """On the actual in the KPI's unit; on the attainment the target is 100 percent."""
    on_actual = shape_of(RESPONSE, "28.5", "105.00")
    assert ("actual", "s") == (on_actual.axis, on_actual.unit)
    assert ((Decimal(30), Decimal("100.00")), (Decimal("28.5"), Decimal("102.00"))) == (
        on_actual.target,
        on_actual.actual,
    )
    on_attainment = shape_of(kpi(unit="s", target="25"), "23.5", "94.00")
    assert ("attainment", "%") == (on_attainment.axis, on_attainment.unit)
    assert ((Decimal(100), Decimal("100.00")), (Decimal("94.00"), Decimal("94.00"))) == (
        on_attainment.target,
        on_attainment.actual,
    )


def test_a_jump_ends_one_line_and_begins_the_next() -> None:
    """Three bands are three lines, each to its last x and from its first."""
    scoring = {"method": "bands", "bands": [{"upto": "15", "score": "120"}, {"upto": "30", "score": "100"}]}
    lines = shape_of(kpi(better="lower", scoring=scoring), "20").lines
    assert [[120, 120], [100, 100], [0, 0]] == [[int(point.score) for point in line] for line in lines]
    assert [(Decimal(15), Decimal("15.000001")), (Decimal(30), Decimal("30.000001"))] == [
        (before[-1].x, after[0].x) for before, after in pairwise(lines)
    ]


def test_what_is_drawn_ends_at_round_numbers_with_some_room() -> None:
    """All bends, the target and the actual are inside; below 0 only where something is there."""
    assert (Decimal(0), Decimal(130)) == (shape_of(RESPONSE, "28.5").low, shape_of(RESPONSE, "28.5").high)
    growth = kpi(unit="%", target="10", scoring=linear(("-10", "0"), ("10", "100")))
    assert (Decimal(-12), Decimal(12)) == (shape_of(growth, "0").low, shape_of(growth, "0").high)
    uptime = kpi(unit="%", target="99.9", scoring={"method": "bands", "bands": [{"from": "99.5", "score": "80"}]})
    assert Decimal(100) == shape_of(uptime, "99.99").high


def test_one_place_alone_is_drawn_without_an_actual_too() -> None:
    """As in the HTML report, where a KPI's curve is drawn once, for all cards, and may have no target."""
    shape = shape_of(kpi(scoring={"method": "bands", "bands": [{"from": "250", "score": "100"}]}), None)
    assert shape.low < Decimal(250) < shape.high
    assert [[0, 0], [100, 100]] == [[int(point.score) for point in line] for line in shape.lines]


def test_an_actual_far_off_does_not_flatten_the_curve() -> None:
    """It is left outside; one place alone, as of a single band, is drawn together with whatever actual."""
    shape = shape_of(RESPONSE, "5000")
    assert Decimal(130) == shape.high
    assert shape.actual is not None
    assert not shape.is_inside(shape.actual)
    single = kpi(better="lower", scoring={"method": "bands", "bands": [{"upto": "0", "score": "100"}]})
    shape = shape_of(single, "3")
    assert shape.actual is not None
    assert shape.is_inside(shape.actual)


def test_a_drawing_has_its_marks_at_their_scores() -> None:
    """In 48 columns: the curve falls from 120 to 0, the actual stands above the target, the axis has both."""
    lines = curve_lines(shape_of(RESPONSE, "28.5"), "en")
    assert [
        " 120 ┤██████▆▅▃▂●",
        " 100 ┤███████████○▆▅▃▂▁",
    ] == [line.rstrip() for line in lines[:2]]
    assert f"   0 ┼{'─' * 10}┴┴{'─' * 36}" == lines[6]
    assert ["      ● actual 28.5 s: score 102.00", "      ○ target 30 s: score 100.00"] == lines[8:]


def test_drawings_line_up_with_chinese_labels_in_60_columns() -> None:
    """The axis and its ends are as wide as the drawing, a Chinese character being two columns."""
    drawn = kpi(better="lower", unit={"zh": "小时", "en": "hours"}, target="30", scoring=RESPONSE.scoring.model_dump())
    lines = curve_lines(shape_of(drawn, "28.5"), "zh")
    assert {6 + WIDTH} == {cell_len(line) for line in lines[6:8]}
    assert all(cell_len(line) <= 60 for line in lines)
    assert "130 小时" == lines[7][-6:]


@pytest.mark.parametrize(("actual", "mark"), [("5000", "▶"), ("-5000", "◀"), ("30", "●"), (None, None)])
def test_an_actual_outside_or_on_the_target_has_its_mark(actual: str | None, mark: str | None) -> None:
    """An arrow where it lies further on; one mark where both are in one place; none where there is no actual."""
    lines = curve_lines(shape_of(RESPONSE, actual), "en")
    drawing, legend = "".join(lines[:6]), [line.strip()[0] for line in lines[8:]]
    expected = {"▶": ["▶", "○"], "◀": ["◀", "○"], "●": ["●", "●"], None: ["○"]}[mark]
    assert expected == legend
    assert all(drawing.count(each) == 1 for each in set(legend))


def test_scores_far_beyond_120_are_drawn_in_eight_rows_at_most() -> None:
    """The rows then are worth more."""
    lines = curve_lines(shape_of(kpi(target="10", scoring=linear(("0", "-100"), ("10", "1000"))), "5"), "en")
    assert len(lines) <= 8 + 4
    assert " 120 ┤" not in "\n".join(lines)
