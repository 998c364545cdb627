"""Curves: each scoring method is what it says, exactly; and the words for it say the same."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kpicard
from kpicard.numbers import LIMIT, MILLION, from_millionths
from kpicard.reports.curves import scoring_words
from kpicard.rules.adjustments import Adjustment
from kpicard.rules.models import Kpi
from kpicard.rules.scoring import METHODS
from kpicard.rules.scoring.bands import Band, Bands
from kpicard.rules.scoring.curve import Curve
from kpicard.rules.scoring.linear import Linear
from kpicard.rules.scoring.method import Marking
from kpicard.rules.scoring.ratio import Ratio
from kpicard.rules.scoring.step import Steps

MARKING = Marking("higher", Decimal(120))
SETTINGS = settings(deadline=None, max_examples=300, derandomize=True)

X = st.one_of(
    st.integers(-200, 200).map(lambda n: n * MILLION),
    st.integers(-(10**9), 10**9),
    st.integers(1 - LIMIT, LIMIT - 1),
    st.sampled_from([1 - LIMIT, LIMIT - 1, 0, 1, -1]),
)
NUMBERS = X.map(from_millionths)
POSITIVE = NUMBERS.map(abs)
RATIOS = st.builds(Ratio, cap=st.none() | POSITIVE.filter(bool), zero_below=POSITIVE)
LINEARS = st.builds(
    lambda xs, scores: Linear(method="linear", points=tuple(zip(sorted(xs), scores, strict=False))),
    st.lists(NUMBERS, min_size=2, max_size=6, unique=True),
    st.lists(NUMBERS, min_size=6, max_size=6),
)
BANDS = st.builds(
    lambda bands, otherwise: Bands(method="bands", bands=tuple(bands), otherwise=otherwise),
    st.lists(
        st.builds(
            lambda low, high, score, keys: Band.model_validate({keys[0]: low, keys[1]: high, "score": score}),
            st.none() | NUMBERS,
            st.none() | NUMBERS,
            NUMBERS,
            st.tuples(st.sampled_from(["from", "above"]), st.sampled_from(["upto", "below"])),
        ),
        min_size=1,
        max_size=6,
    ),
    NUMBERS,
)
STEPS = st.builds(
    lambda size, lose, gain, steps, axis, ends: Steps(
        method="step", size=size, lose=lose, gain=gain, steps=steps, axis=axis, floor=ends[0], cap=ends[1]
    ),
    st.integers(1, 10**9).map(from_millionths),
    st.integers(10**6, 10**8).map(from_millionths),
    st.just(Decimal(0)) | st.integers(10**6, 10**8).map(from_millionths),
    st.sampled_from(["full", "started"]),
    st.sampled_from(["attainment", "gap"]),
    st.tuples(st.integers(-50, 99).map(Decimal), st.none() | st.integers(100, 200).map(Decimal)),
)
METHODS_DRAWN = RATIOS | LINEARS | BANDS | STEPS

ADJUSTMENTS = st.builds(
    lambda each, bounds: Adjustment.model_validate(
        {"id": "a", "name": "A", "points_each": each, "at_least": bounds[0], "at_most": bounds[1]}
    ),
    NUMBERS.filter(bool),
    st.lists(NUMBERS, min_size=2, max_size=2).map(sorted)
    | st.tuples(st.none() | NUMBERS, st.none())
    | st.tuples(st.none(), NUMBERS),
)


def _ratio(scoring: Ratio, x: Fraction, cap: Decimal) -> Fraction:
    if x < Fraction(scoring.zero_below):
        return Fraction(0)
    return min(max(x, Fraction(0)), Fraction(cap if scoring.cap is None else scoring.cap))


def _linear(scoring: Linear, x: Fraction, cap: Decimal) -> Fraction:  # noqa: ARG001 - like the others
    points = [(Fraction(at), Fraction(score)) for at, score in scoring.points]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= x <= x1:
            return (y0 * (x1 - x) + y1 * (x - x0)) / (x1 - x0)
    return points[0][1] if x < points[0][0] else points[-1][1]


def _bands(scoring: Bands, x: Fraction, cap: Decimal) -> Fraction:  # noqa: ARG001 - like the others
    for band in scoring.bands:
        is_above = band.above is None or Fraction(band.above) < x
        is_below = band.below is None or x < Fraction(band.below)
        is_from = band.from_ is None or Fraction(band.from_) <= x
        if is_above and is_below and is_from and (band.upto is None or x <= Fraction(band.upto)):
            return Fraction(band.score)
    return Fraction(scoring.otherwise)


def _step(scoring: Steps, x: Fraction, cap: Decimal) -> Fraction:
    distance = x - (100 if scoring.axis == "attainment" else 0)
    count = abs(distance) / Fraction(scoring.size)
    whole = floor(count) if scoring.steps == "full" else ceil(count)
    marks = 100 + whole * Fraction(scoring.gain if distance > 0 else -scoring.lose)
    return max(Fraction(scoring.floor), min(Fraction(cap if scoring.cap is None else scoring.cap), marks))


def _interesting(curve: Curve, xs: list[int]) -> list[int]:
    ends = [x for piece in curve.segments for x in (piece.first, piece.last)]
    return [x for end in (*ends, *xs) for x in (end - 1, end, end + 1) if abs(x) < LIMIT]


@SETTINGS
@given(METHODS_DRAWN, st.integers(10**6, 10**10).map(from_millionths))
def test_segments_cover_every_x_once_and_fit_the_engine(scoring: Ratio | Linear | Bands | Steps, cap: Decimal) -> None:
    """From -LIMIT to LIMIT there is no gap and no overlap, and no product leaves 126 bits."""
    segments = scoring.curve(Marking("higher", cap)).segments
    assert (-LIMIT, LIMIT) == (segments[0].first, segments[-1].last)
    for before, after in pairwise(segments):
        assert before.last + 1 == after.first
    for piece in segments:
        assert piece.first <= piece.last
        assert piece.divisor > 0
        for x in (piece.first, piece.last):
            assert abs(piece.intercept) + abs(piece.slope * x) + piece.divisor < 2**126


@SETTINGS
@given(METHODS_DRAWN, st.integers(10**6, 10**10).map(from_millionths), st.lists(X, max_size=5))
def test_a_curve_is_its_method(scoring: Ratio | Linear | Bands | Steps, cap: Decimal, xs: list[int]) -> None:
    """At every bound and beside it, the segments give exactly what the method's definition gives."""
    curve = scoring.curve(Marking("higher", cap))
    for x in _interesting(curve, xs):
        value = Fraction(x, MILLION)
        match scoring:
            case Ratio():
                expected = _ratio(scoring, value, cap)
            case Linear():
                expected = _linear(scoring, value, cap)
            case Bands():
                expected = _bands(scoring, value, cap)
            case Steps():
                expected = _step(scoring, value, cap)
        (piece,) = (each for each in curve.segments if each.first <= x <= each.last)
        assert expected == Fraction(piece.intercept + piece.slope * x, piece.divisor * 100)
        assert expected == curve.score_at(from_millionths(x))


@SETTINGS
@given(METHODS_DRAWN)
def test_each_segment_leads_to_what_was_written_for_it(scoring: Ratio | Linear | Bands | Steps) -> None:
    """A problem with a piece of a curve can be placed: its route leads to a field or an item of the scoring."""
    for piece in scoring.curve(MARKING).segments:
        found: Any = scoring
        for step in piece.route:
            found = getattr(found, step) if isinstance(step, str) else found[step]
        if isinstance(found, Band):
            assert Fraction(found.score) == piece.score_at(piece.first)


@SETTINGS
@given(METHODS_DRAWN)
def test_each_piece_of_a_curve_is_said_in_an_explanation(scoring: Ratio | Linear | Bands | Steps) -> None:
    """Wherever a figure lies, its method has words for the place, in both languages."""
    curve = scoring.curve(MARKING)
    for piece in curve.segments:
        place = curve.place(from_millionths(piece.first))
        assert scoring.place_words(place, str, "en")
        assert scoring.place_words(place, str, "zh")


def test_a_method_is_known_in_its_own_file_alone() -> None:
    """Whoever adds one need not look for others that would have to know of it; a form's words become rules as text."""
    home = Path(kpicard.__file__).parent
    rooms = (home / "rules" / "scoring", home / "import_form")
    others = [path for path in home.rglob("*.py") if path.parent not in rooms]
    classes = "|".join(method.__name__ for method in METHODS)
    assert classes == "Ratio|Linear|Bands|Steps"
    for path in others:
        code = path.read_text(encoding="utf-8")
        assert not re.findall(rf"\b(?:{classes})\b", code), path
        assert not re.findall(r"""["'`](?:linear|bands|step)["'`]""", code), path


def test_what_is_flat_beyond_the_points_leads_to_the_outermost_one() -> None:
    """The first to its left, the last to its right."""
    points = tuple((Decimal(x), Decimal(x)) for x in (10, 20, 30))
    routes = [piece.route for piece in Linear(method="linear", points=points).curve(MARKING).segments]
    assert [("points", index) for index in (0, 1, 2, 2)] == routes


def test_a_band_is_one_piece_wherever_others_begin_and_end_within_it() -> None:
    """Who reads the curve is told of it once."""
    inner = ({"from": x, "upto": x, "score": 0} for x in (-5, 0, 5, 11))
    bands = [Band.model_validate(each) for each in ({"from": -10, "upto": 10, "score": 100}, *inner)]
    routes = [piece.route for piece in Bands(method="bands", bands=tuple(bands)).curve(MARKING).segments]
    assert [("otherwise",), ("bands", 0), ("otherwise",), ("bands", 4), ("otherwise",)] == routes


@SETTINGS
@given(ADJUSTMENTS, st.lists(X, max_size=5))
def test_points_of_an_adjustment_are_so_many_for_each_within_the_bounds(adjustment: Adjustment, xs: list[int]) -> None:
    """For every count that is not negative; what a value cannot hold has no points at all."""
    curve = adjustment.curve(Decimal(120))
    for x in filter(lambda x: x >= 0, _interesting(curve, xs)):
        expected = Fraction(adjustment.points_each) * Fraction(x, MILLION)
        if adjustment.at_least is not None:
            expected = max(expected, Fraction(adjustment.at_least))
        if adjustment.at_most is not None:
            expected = min(expected, Fraction(adjustment.at_most))
        points = [each.score_at(x) for each in curve.segments if each.first <= x <= each.last]
        assert points == ([expected] if abs(expected) * MILLION < LIMIT else [])


@pytest.mark.parametrize(
    ("scoring", "x", "score"),
    [
        ({"method": "ratio"}, "90", "90"),
        ({"method": "ratio"}, "-5", "0"),
        ({"method": "ratio"}, "1000", "120"),
        ({"method": "ratio", "zero_below": "60"}, "59.99", "0"),
        ({"method": "ratio", "zero_below": "60"}, "60", "60"),
        ({"method": "ratio", "zero_below": "130"}, "130", "120"),
        ({"method": "linear", "points": [["15", "120"], ["30", "100"], ["60", "60"], ["120", "0"]]}, "28.5", "102"),
        ({"method": "linear", "points": [["15", "120"], ["30", "100"], ["60", "60"], ["120", "0"]]}, "40", "260/3"),
        (
            {"method": "bands", "bands": [{"from": "99.9", "score": "100"}, {"from": "99.5", "score": "80"}]},
            "99.5",
            "80",
        ),
        (
            {"method": "bands", "bands": [{"from": "99.9", "score": "100"}, {"from": "99.5", "score": "80"}]},
            "99.4",
            "0",
        ),
    ],
)
def test_worked_examples(scoring: dict[str, Any], x: str, score: str) -> None:
    """The figures that anybody can check by hand."""
    curve = _kpi("higher", scoring).scoring.curve(MARKING)
    assert Fraction(score) == curve.score_at(Decimal(x))


def _kpi(better: str, scoring: dict[str, Any]) -> Kpi:
    unit = "%" if better == "higher" else {"en": "min", "zh": "分钟"}
    return Kpi.model_validate(
        {"id": "k", "name": "K", "weight": "100", "unit": unit, "better": better, "target": "30", "scoring": scoring}
    )


def _points(*points: tuple[str, str], axis: str = "actual") -> dict[str, Any]:
    return {"method": "linear", "axis": axis, "points": points}


def _tiers(*bands: dict[str, str], **more: str) -> dict[str, Any]:
    return {"method": "bands", "bands": bands, **more}


WORDS = [
    ("higher", {"method": "ratio"}, "the attainment itself, at most 120", "得分等于达成率，最高 120 分"),
    (
        "higher",
        {"method": "ratio", "cap": "110", "zero_below": "60"},
        "the attainment itself, at most 110; 0 below 60% attainment",
        "得分等于达成率，最高 110 分；达成率低于 60% 得 0 分",
    ),
    (
        "lower",
        _points(("15", "120"), ("30", "100"), ("120", "0")),
        "120 at 15 min or less; 100 at 30 min; 0 at 120 min or more; in a straight line between",
        "15 分钟及以下得 120 分；30 分钟得 100 分；120 分钟及以上得 0 分；中间按直线插值",
    ),
    (
        "higher",
        _points(("-10", "0"), ("10", "100"), ("15", "120")),
        "120 at 15% or more; 100 at 10%; 0 at -10% or less; in a straight line between",
        "15% 及以上得 120 分；10% 得 100 分；-10% 及以下得 0 分；中间按直线插值",
    ),
    (
        "higher",
        _points(("0", "0"), ("100", "100")),
        "100 at 100% or more; 0 at 0% or less; in a straight line between",
        "100% 及以上得 100 分；0% 及以下得 0 分；中间按直线插值",
    ),
    (
        "higher",
        _points(("50", "50"), ("100", "100"), axis="attainment"),
        "the attainment itself, at most 100; 50 at 50% attainment or less",
        "得分等于达成率，最高 100 分；达成率 50% 及以下得 50 分",
    ),
    (
        "higher",
        _points(("80", "0"), ("100", "100"), axis="attainment"),
        "100 at 100% attainment or more; 0 at 80% attainment or less; in a straight line between",
        "达成率 100% 及以上得 100 分；达成率 80% 及以下得 0 分；中间按直线插值",
    ),
    (
        "within",
        _points(("6", "0"), ("7", "100"), ("8", "0")),
        "0 at 6 min or less; 100 at 7 min; 0 at 8 min or more; in a straight line between",
        "6 分钟及以下得 0 分；7 分钟得 100 分；8 分钟及以上得 0 分；中间按直线插值",
    ),
    (
        "within",
        _points(("6", "0"), ("7", "100"), ("7.5", "100"), ("8", "0")),
        "0 at 6 min or less; 100 from 7 min, up to 7.5 min; 0 at 8 min or more; in a straight line between",
        "6 分钟及以下得 0 分；不低于 7 分钟、不超过 7.5 分钟得 100 分；8 分钟及以上得 0 分；中间按直线插值",
    ),
    (
        "higher",
        _tiers({"from": "99.9", "score": "100"}, {"from": "99.5", "score": "80"}),
        "100 from 99.9%; 80 from 99.5%, below 99.9%; 0 below 99.5%",
        "99.9% 及以上得 100 分；不低于 99.5%、低于 99.9% 得 80 分；低于 99.5% 得 0 分",
    ),
    (
        "lower",
        _tiers({"upto": "15", "score": "120"}, {"upto": "30", "score": "100"}, otherwise="10"),
        "120 up to 15 min; 100 above 15 min, up to 30 min; 10 above 30 min",
        "15 分钟及以下得 120 分；高于 15 分钟、不超过 30 分钟得 100 分；高于 30 分钟得 10 分",
    ),
    (
        "within",
        _tiers({"from": "6", "upto": "8", "score": "100"}),
        "0 below 6 min; 100 from 6 min, up to 8 min; 0 above 8 min",
        "低于 6 分钟得 0 分；不低于 6 分钟、不超过 8 分钟得 100 分；高于 8 分钟得 0 分",
    ),
    (
        "higher",
        _tiers({"from": "100", "score": "100"}, axis="attainment"),
        "100 from 100% attainment; 0 below 100% attainment",
        "达成率 100% 及以上得 100 分；达成率低于 100% 得 0 分",
    ),
    ("higher", _tiers({"score": "100"}), "100 always", "始终得 100 分"),
]


@pytest.mark.parametrize(("better", "scoring", "english", "chinese"), WORDS)
def test_scoring_is_said_in_plain_words(better: str, scoring: dict[str, Any], english: str, chinese: str) -> None:
    """An employee reads from the duty sheet what each value scores, without a doubt at the bounds."""
    kpi = _kpi(better, scoring)
    curve = kpi.scoring.curve(MARKING)
    assert english == "; ".join(scoring_words(kpi, curve, "en"))
    assert chinese == "；".join(scoring_words(kpi, curve, "zh"))


def test_words_do_not_say_the_attainment_itself_where_the_score_goes_on_above_it() -> None:
    """Where the score goes on rising in another line, "at most" would be wrong."""
    kpi = _kpi("higher", _points(("0", "0"), ("100", "100"), ("150", "120"), axis="attainment"))
    said = scoring_words(kpi, kpi.scoring.curve(MARKING), "en")
    assert "120 at 150% attainment or more" in said
    assert "the attainment itself, at most 100" not in said
