"""A KPI's curve drawn with characters: the score as a landscape of blocks, with the target and the actual on it.

It is of a fixed size, and no colour is needed to read it. Every character of the drawing takes one column.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

from rich.cells import cell_len

from kpicard.reports.curve_shape import Line, Point, Shape
from kpicard.reports.figures import grouped, with_unit
from kpicard.reports.words_explain import WORDS
from kpicard.text import Language, printable, say

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
    bottom, step = int(shape.bottom), _STEP * ceil((shape.top - shape.bottom) / (_STEP * _ROWS))
    rows = ceil((shape.top - shape.bottom) / step)
    marks = dict(_marks(shape))
    scores = [marks[column][1] if column in marks else _score(shape, column) for column in range(WIDTH)]
    heights = [(score - bottom) / step for score in scores]
    drawn: list[str] = []
    for row in range(rows):
        cells = [_block(height - row) for height in heights]
        for column, (mark, _) in marks.items():
            if row == max(0, ceil(heights[column]) - 1):
                cells[column] = mark
        drawn.append(f"{bottom + step * (row + 1):>4} ┤{''.join(cells)}".rstrip())
    axis = "".join("┴" if column in marks else "─" for column in range(WIDTH))
    return [*reversed(drawn), f"{bottom:>4} ┼{axis}", f"{'':6}{_ends(shape, language)}", *_legend(shape, language)]


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
        words = f"mark-{word}" if shape.axis == "actual" else f"mark-{word}-attainment"
        number = grouped(point.x) if shape.axis == "actual" else f"{point.x:f}"
        x = printable(with_unit(number, shape.unit, language))
        yield f"{'':6}{mark} " + say(WORDS[words], language).format(x=x, score=f"{point.score:f}")
