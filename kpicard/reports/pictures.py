"""Drawings as SVG that stand for themselves: bars, sparklines, and curves with what is meant on their axes.

Colours are attributes, which the style sheet of a page overrules by class, and which paper keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from rich.cells import cell_len

from kpicard.numbers import plain
from kpicard.reports.curves import Point, Shape
from kpicard.reports.figures import grouped, with_unit
from kpicard.text import Language, printable

_MOST: Final = 120
"""The right or upper end of every scale; what lies beyond is drawn at the end."""

_INK, _SOFT, _RULE, _FAINT, _ACCENT = "#1c2127", "#59616c", "#d8dce1", "#e4e7eb", "#1f4e79"
LEVELS: Final = {"met": "#1b7a4b", "near": "#9a6500", "short": "#b3261e", "": _SOFT}
"""The colours of what scored 100 or more, 60 or more, and less; they differ in grey as well."""

_XMLNS: Final = 'xmlns="http://www.w3.org/2000/svg"'


def level(score: Decimal | None) -> str:
    """Return how well something was scored: one of `LEVELS`."""
    if score is None:
        return ""
    return "met" if score >= 100 else "near" if score >= 60 else "short"


def meter(score: Decimal | None, attainment: Decimal | None = None) -> str:
    """Draw a score as a bar with a mark at 100, and below it an attainment as a quiet line, where there is one.

    The figures stand beside it, so that it is only decoration.
    """
    if score is None:
        return ""
    line = "" if attainment is None else f'<path class="quiet" stroke="{_SOFT}" d="M0 9h{_along(attainment)}"/>'
    return (
        f'<svg {_XMLNS} class="meter {level(score)}" viewBox="0 0 120 10" preserveAspectRatio="none" fill="none" '
        f'aria-hidden="true"><path class="track" stroke="{_FAINT}" stroke-width="6" d="M0 4h120"/>'
        f'<path class="fill" stroke="{LEVELS[level(score)]}" stroke-width="6" d="M0 4h{_along(score)}"/>{line}'
        f'<path class="mark" stroke="{_INK}" d="M100 0v10"/></svg>'
    )


def share(count: int, most: int) -> str:
    """Draw a count as a bar that is full where it is the most."""
    length = f"{120 * count / max(most, 1):.4g}"
    return (
        f'<svg {_XMLNS} class="meter" viewBox="0 0 120 10" preserveAspectRatio="none" fill="none" aria-hidden="true">'
        f'<path class="track" stroke="{_FAINT}" stroke-width="6" d="M0 4h120"/>'
        f'<path class="fill" stroke="{_ACCENT}" stroke-width="6" d="M0 4h{length}"/></svg>'
    )


_LOWEST: Final = 40
"""The lower end of sparklines: below it nothing is passed, and from 0 on all lines would look flat."""

_WIDTH, _HEIGHT, _MARGIN = 56, 28, 3


def spark(values: Sequence[Decimal | None], label: str) -> str:
    """Draw values, oldest first, as a line with gaps, a dot at the last one, and dashes where 100 is."""
    step = (_WIDTH - 2 * _MARGIN) / max(len(values) - 1, 1)
    places = [
        None if value is None else f"{_MARGIN + index * step:.5g} {_up(value)}" for index, value in enumerate(values)
    ]
    lines = "".join(f"M{run[0]}L{' '.join(run[1:] or run)}" for run in _runs(places))
    last = ""
    if places and places[-1]:
        x, y = places[-1].split()
        last = f'<circle class="dot" fill="{_ACCENT}" cx="{x}" cy="{y}" r="2.5"/>'
    return (
        f'<svg {_XMLNS} class="spark" viewBox="0 0 {_WIDTH} {_HEIGHT}" fill="none" role="img" '
        f'aria-label={quoteattr(label)}><path class="full" stroke="{_RULE}" stroke-dasharray="2 2" '
        f'd="M0 {_up(Decimal(100))}h{_WIDTH}"/>'
        f'<path class="line" stroke="{_ACCENT}" stroke-width="1.5" d="{lines}"/>{last}</svg>'
    )


def _along(value: Decimal) -> str:
    return f"{min(max(float(value), 0), _MOST):.4g}"


def _up(value: Decimal) -> str:
    part = (min(max(float(value), _LOWEST), _MOST) - _LOWEST) / (_MOST - _LOWEST)
    return f"{_HEIGHT - _MARGIN - part * (_HEIGHT - 2 * _MARGIN):.4g}"


def _runs(places: Sequence[str | None]) -> Iterator[list[str]]:
    """Yield the places between gaps."""
    for is_there, run in groupby(places, key=bool):
        if is_there:
            yield [place for place in run if place]


_LEFT, _RIGHT, _TOP, _BOTTOM = 26, 236, 6, 74
"""Where the scales stand in a drawing of 240 by 104: scores to the left, and below what is measured."""

_STEPS, _REACHED = 86, 99
"""The lines below the axis: the target and the steps of the curve, and under them the actual."""

_PER_CELL: Final = 4.6
"""The width that a letter takes."""


def curve(shape: Shape, language: Language, label: str) -> str:
    """Draw a curve with the scores of its bends, and on its axis their places, the target and the actual.

    The actual is a dot on the curve; one that lies beyond what is drawn is an arrow.
    """
    paths = "".join(
        "M" + "L".join(f"{_right(shape, x):.4g} {_rise(shape, score):.4g}" for x, score in line) for line in shape.lines
    )
    full = f"{_rise(shape, shape.full):.4g}"
    return "".join(
        (
            f'<svg {_XMLNS} class="curve" viewBox="0 0 240 104" fill="none" font-size="9" role="img" ',
            f'font-family="Noto Sans CJK SC, Noto Sans SC, sans-serif" aria-label={quoteattr(label)}>',
            f'<path class="axis" stroke="{_RULE}" d="M{_LEFT} {_BOTTOM}H{_RIGHT}M{_LEFT} {full}H{_RIGHT}"/>',
            *_scores(shape),
            *_places(shape, language),
            f'<path class="line" stroke="{_INK}" stroke-width="1.5" stroke-linejoin="round" d="{paths}"/>',
            *_actual(shape, language),
            "</svg>",
        )
    )


def _scores(shape: Shape) -> Iterator[str]:
    """Write the scores of the bends to the left, full marks and the highest first, where each has room."""
    scores = {point.score for line in shape.lines for point in line}
    taken: list[float] = []
    for score in sorted(scores, key=lambda each: (each != shape.full, len(plain(each)), -each)):
        y = _rise(shape, score)
        if all(abs(y - other) >= 9 for other in taken):
            taken.append(y)
            yield _text(_LEFT - 4, y + 3, plain(score), "end")


def _places(shape: Shape, language: Language) -> Iterator[str]:
    """Write the target and the bends below the axis, the target first and with its unit, where each has room."""
    bends = {point.x for line in shape.lines for point in line if shape.low < point.x < shape.high}
    taken: list[tuple[float, float]] = []
    if shape.target and shape.is_inside(shape.target):
        x = shape.target.x
        bends.discard(x)
        at = _right(shape, x)
        path = f"M{at:.4g} {_TOP}V{_BOTTOM + 3}"
        yield f'<path class="target" stroke="{_SOFT}" stroke-dasharray="3 2" d="{path}"/>'
        yield from _label(_with_unit(x, shape, language), at, _STEPS, taken)
    for x in sorted(bends, key=lambda each: (len(plain(each)), each)):
        yield from _label(grouped(x), _right(shape, x), _STEPS, taken)


def _actual(shape: Shape, language: Language) -> Iterator[str]:
    """Draw the actual with its figure below the axis; nothing where it was not scored."""
    point = shape.actual
    if point is None:
        return
    name = level(100 * point.score / shape.full)
    colour = LEVELS[name]
    y = _rise(shape, point.score)
    if shape.is_inside(Point(point.x, point.score)):
        at = _right(shape, point.x)
        yield f'<path class="drop {name}" stroke="{colour}" stroke-width=".75" d="M{at:.4g} {y:.4g}V{_BOTTOM}"/>'
        yield f'<circle class="here {name}" fill="{colour}" cx="{at:.4g}" cy="{y:.4g}" r="3.5"/>'
    else:
        at, back = (_LEFT, 5) if point.x < shape.low else (_RIGHT, -5)
        path = f"M{at + back} {y - 4:.4g}l{-back} 4l{back} 4"
        yield f'<path class="beyond {name}" stroke="{colour}" stroke-width="2" d="{path}"/>'
    yield from _label(_with_unit(point.x, shape, language), at, _REACHED, [], f' class="{name}" fill="{colour}"')


def _label(text: str, at: float, y: int, taken: list[tuple[float, float]], look: str = "") -> Iterable[str]:
    """Write a text with its middle at a place, or as near as it fits; nothing where others stand already."""
    half = cell_len(text) * _PER_CELL / 2
    middle = min(max(at, half), 240 - half)
    if any(middle - half < right + 4 and left - 4 < middle + half for left, right in taken):
        return ()
    taken.append((middle - half, middle + half))
    return (_text(middle, y, text, "middle", look),)


def _text(x: float, y: float, text: str, anchor: str, look: str = "") -> str:
    look = look or f' class="label" fill="{_SOFT}"'
    return f'<text x="{x:.4g}" y="{y:.4g}" text-anchor="{anchor}"{look}>{escape(text)}</text>'


def _with_unit(x: Decimal, shape: Shape, language: Language) -> str:
    return " ".join(printable(with_unit(grouped(x), shape.unit, language)).split())


def _right(shape: Shape, x: Decimal) -> float:
    return _LEFT + float((x - shape.low) / (shape.high - shape.low)) * (_RIGHT - _LEFT)


def _rise(shape: Shape, score: Decimal) -> float:
    return _BOTTOM - float((score - shape.bottom) / (shape.top - shape.bottom)) * (_BOTTOM - _TOP)
