"""How a KPI is scored, as reports show it: its curve as a shape, and its scoring method in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final, NamedTuple, TypeAlias

from rich.cells import cell_len

from kpicard.messages import words_of
from kpicard.numbers import DECIMALS, MILLION, from_millionths, plain, round2, to_millionths
from kpicard.reports.figures import grouped, with_unit
from kpicard.rules.models import FULL, Kpi
from kpicard.rules.scoring.curve import HIGHEST, LOWEST, Axis, Curve, Place, Segment
from kpicard.rules.scoring.method import Quantity
from kpicard.text import Language, Text, printable, say

WORDS: Final = words_of("explanation")


_SCORES: Final = (0, 120)
"""The scores that every drawing shows at least, so that two of them compare."""

_SCORE_STEP: Final = 20
"""Scores are shown from one multiple of this to another."""

_HUNDRED: Final = 100 * MILLION


class Point(NamedTuple):
    """A point of a drawing: x in the axis's unit, and the score there."""

    x: Decimal
    score: Decimal


Line: TypeAlias = tuple[Point, ...]
"""Points from left to right, with straight lines between them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawing of a curve from `low` to `high` on its axis, and from the score `bottom` up to `top`.

    The lines follow each other from left to right, the first from `low`, the last up to `high`; where one ends and the
    next begins, the score jumps. The target and the actual lie on them, with the score that each earns; None: there is
    none. An actual far off may lie outside: see `is_inside`.
    """

    axis: Axis
    unit: Text | None
    """What x is in: the KPI's unit, or percent."""
    low: Decimal
    high: Decimal
    bottom: Decimal
    top: Decimal
    lines: tuple[Line, ...]
    target: Point | None
    actual: Point | None
    full: Decimal = FULL
    """The full marks that the scores are out of."""

    def is_inside(self, point: Point) -> bool:
        """Return whether a point lies in the part of the axis that is drawn."""
        return self.low <= point.x <= self.high


def curve_shape(
    curve: Curve, kpi: Kpi, target: Decimal | None, actual: Decimal | None, attainment: Decimal | None
) -> Shape:
    """Return what to draw of a KPI's curve for the figures of a card.

    The part of the axis that is drawn has every bend and jump of the curve and the target, and the actual unless it
    lies further beyond them than they lie from each other.
    """
    unit = "%" if curve.axis == "attainment" else kpi.unit
    reached, aim = curve.x(actual, target, attainment), curve.aim(target)
    first, last = _visible(curve, aim, reached, ends_at_100=curve.axis == "actual" and unit == "%")
    lines = tuple(_lines(curve, first, last))
    scores = [Fraction(point.score) for line in lines for point in line]
    part = kpi.full / 100
    step = Fraction(part) * _SCORE_STEP
    return Shape(
        axis=curve.axis,
        unit=unit,
        low=from_millionths(first),
        high=from_millionths(last),
        bottom=part * min(_SCORES[0], floor(min(scores) / step) * _SCORE_STEP),
        top=part * max(_SCORES[1], ceil(max(scores) / step) * _SCORE_STEP),
        lines=lines,
        target=_on(curve, aim),
        actual=_on(curve, reached),
        full=kpi.full,
    )


def _on(curve: Curve, x: Decimal | None) -> Point | None:
    return None if x is None else Point(x, round2(curve.score_at(x)))


def _visible(curve: Curve, aim: Decimal | None, reached: Decimal | None, *, ends_at_100: bool) -> tuple[int, int]:
    """Return the ends of what is drawn, in millionths: round numbers, with some room on either side.

    No room is made below 0 where nothing is there, nor above 100 percent where that is the most that there can be.
    """
    marks = [piece.first for piece in curve.segments[1:]] + ([] if aim is None else [to_millionths(aim)])
    actual = [] if reached is None else [to_millionths(reached)]
    marks = marks or actual or [0]
    low, high = min(marks), max(marks)
    alone = high - low <= 1  # one place only, or the last x below a jump and the first above it
    if alone or (actual and 2 * low - high <= actual[0] <= 2 * high - low):
        low, high = min([low, *actual]), max([high, *actual])
    width = max(high - low, abs(high) // 4, MILLION) if alone else high - low
    room = width // (4 if alone else 12)
    step = 10 ** max(0, len(str(width)) - 2)
    first, last = (low - room) // step * step, -(-(high + room) // step * step)
    if low >= 0:
        first = max(first, 0)
    if ends_at_100 and high < _HUNDRED:
        last = min(last, _HUNDRED)
    return max(first, LOWEST), min(last, HIGHEST)


def _lines(curve: Curve, first: int, last: int) -> list[Line]:
    """Return the lines between two x in millionths; pieces of the curve that meet are one line."""
    lines: list[list[Point]] = []
    before: Segment | None = None
    for piece in curve.segments:
        if piece.last < first or piece.first > last:
            continue
        start, end = max(piece.first, first), min(piece.last, last)
        if before and before.score_at(piece.first) == piece.score_at(piece.first):
            lines[-1][-1] = _point(piece, start)
        else:
            lines.append([_point(piece, start)])
        lines[-1].append(_point(piece, end))
        before = piece
    return [tuple(line) for line in lines]


def _point(piece: Segment, x: int) -> Point:
    """Return a point of a piece; a score with more decimals than a value may have is rounded."""
    score = piece.score_at(x) * 10**DECIMALS
    return Point(from_millionths(x), from_millionths(floor(score + Fraction(1, 2))))


WIDTH: Final = 48
"""The columns of the drawing itself; the scores stand to the left of it."""

TARGET, ACTUAL = "○", "●"

_BEFORE, _BEYOND = "◀", "▶"
"""The marks of an actual that lies to the left or to the right of what is drawn."""

_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_ROWS: Final = 8
_STEP: Final = 20
"""The scores of a row; a multiple of this where there would be more than eight rows."""


def curve_lines(shape: Shape, language: Language) -> list[str]:
    """Return the lines: the drawing with the scores on its left and the axis below, and what its marks stand for."""
    bottom, part = Fraction(shape.bottom), Fraction(shape.full) / 100
    step = part * _STEP * ceil((Fraction(shape.top) - bottom) / (part * _STEP * _ROWS))
    rows = ceil((Fraction(shape.top) - bottom) / step)
    marks = dict(_marks(shape))
    scores = [marks[column][1] if column in marks else _score(shape, column) for column in range(WIDTH)]
    heights = [(score - bottom) / step for score in scores]
    drawn: list[str] = []
    for row in range(rows):
        cells = [_block(height - row) for height in heights]
        for column, (mark, _) in marks.items():
            if row == max(0, ceil(heights[column]) - 1):
                cells[column] = mark
        drawn.append(f"{_label(bottom + step * (row + 1)):>4} ┤{''.join(cells)}".rstrip())
    axis = "".join("┴" if column in marks else "─" for column in range(WIDTH))
    return [
        *reversed(drawn),
        f"{_label(bottom):>4} ┼{axis}",
        f"{'':6}{_ends(shape, language)}",
        *_legend(shape, language),
    ]


def _label(score: Fraction) -> str:
    return plain(round2(score))


def _block(height: Fraction) -> str:
    """Draw how far a row is filled, in eighths."""
    return _EIGHTHS[int(max(Fraction(0), min(Fraction(1), height)) * 8)]


def _marks(shape: Shape) -> Iterator[tuple[int, tuple[str, Fraction]]]:
    """Yield the marks by their column, each with its score; where two are in one column, the actual's is the last."""
    if shape.target is not None:
        yield _column(shape, shape.target.x), (TARGET, Fraction(shape.target.score))
    if shape.actual is not None:
        yield _column(shape, shape.actual.x), (_actual_mark(shape, shape.actual), Fraction(shape.actual.score))


def _actual_mark(shape: Shape, actual: Point) -> str:
    if shape.is_inside(actual):
        return ACTUAL
    return _BEFORE if actual.x < shape.low else _BEYOND


def _column(shape: Shape, x: Decimal) -> int:
    share = (Fraction(x) - Fraction(shape.low)) / (Fraction(shape.high) - Fraction(shape.low))
    return min(max(int(share * WIDTH), 0), WIDTH - 1)


def _score(shape: Shape, column: int) -> Fraction:
    """Return the score in the middle of a column."""
    low, high = Fraction(shape.low), Fraction(shape.high)
    x = low + (high - low) * Fraction(2 * column + 1, 2 * WIDTH)
    line = next(each for each in reversed(shape.lines) if each[0].x <= x)
    return _score_on(line, x)


def _score_on(line: Line, x: Fraction) -> Fraction:
    """Return the score on a line; beyond its end, that of the end: the next one begins a millionth further."""
    before = line[0]
    for point in line[1:]:
        if x <= point.x and before.x < point.x:
            slope = (Fraction(point.score) - Fraction(before.score)) / (Fraction(point.x) - Fraction(before.x))
            return Fraction(before.score) + slope * (x - Fraction(before.x))
        before = point
    return Fraction(before.score)


def _ends(shape: Shape, language: Language) -> str:
    """Write the ends of the axis below it, and in its middle what it is."""
    low, high = (printable(with_unit(grouped(end), shape.unit, language)) for end in (shape.low, shape.high))
    name = say(WORDS[f"axis-{shape.axis}"], language)
    free = max(0, WIDTH - cell_len(low) - cell_len(high) - cell_len(name))
    return f"{low}{' ' * (free // 2)}{name}{' ' * (free - free // 2)}{high}"


def _legend(shape: Shape, language: Language) -> Iterator[str]:
    """Say what each mark stands for, with its x and its score."""
    marked = [("actual", _actual_mark(shape, shape.actual), shape.actual)] if shape.actual else []
    marked += [("target", TARGET, shape.target)] if shape.target else []
    if shape.actual and shape.target and _column(shape, shape.actual.x) == _column(shape, shape.target.x):
        marked[1] = ("target", marked[0][1], shape.target)
    for word, mark, point in marked:
        words = f"mark-{word}" if shape.axis == "actual" else f"mark-{word}-{shape.axis}"
        number = f"{point.x:f}" if shape.axis == "attainment" else grouped(point.x)
        x = printable(with_unit(number, shape.unit, language))
        yield f"{'':6}{mark} " + say(WORDS[words], language).format(x=x, score=f"{point.score:f}")


def scoring_words(kpi: Kpi, curve: Curve, language: Language) -> tuple[str, ...]:
    """Return phrases such as "120 at 15 s or less" and "100 at 30 s", the best score first."""
    from_highest = kpi.better == "higher" or curve.axis == "attainment"
    return kpi.scoring.words(curve, _quantity(kpi, curve.axis, language), language, from_highest=from_highest)


def place_words(kpi: Kpi, place: Place, language: Language) -> str:
    """Say on which piece of its curve a figure lies."""
    quantity = _quantity(kpi, place.axis, language)
    return kpi.scoring.place_words(place, lambda x: printable(quantity(x)), language)


def _quantity(kpi: Kpi, axis: Axis, language: Language) -> Quantity:
    unit = "%" if axis == "attainment" else kpi.unit

    def show(x: Decimal) -> str:
        return with_unit(grouped(x), unit, language)

    return show
