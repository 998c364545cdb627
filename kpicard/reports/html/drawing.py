"""Bars, sparklines and ranges as SVG: coordinates only, colours are the style sheet's.

Every drawing of a kind has one fixed scale, so that any two can be compared by eye.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

HIGHEST = 120
"""The right or upper end of every scale; what lies beyond is drawn at the end."""

_LOWEST = 40
"""The lower end of sparklines: below it nothing is passed, and from 0 on all lines would look flat."""

_WIDTH, _HEIGHT, _MARGIN = 56, 28, 3


def bar(attainment: Decimal | None) -> Markup:
    """Draw an attainment as a bar, with a mark at 100 %. The figure stands beside it, so that it is only decoration."""
    if attainment is None:
        return Markup()
    return Markup(
        '<svg class="bar" viewBox="0 0 120 6" preserveAspectRatio="none" aria-hidden="true">'
        '<path class="track" d="M0 3h120"/><path class="fill" d="M0 3h{}"/><path class="mark" d="M100 0v6"/></svg>'
    ).format(place(attainment))


def share(count: int, most: int) -> Markup:
    """Draw a count as a bar that is full where it is the most."""
    return Markup(
        '<svg class="bar" viewBox="0 0 120 6" preserveAspectRatio="none" aria-hidden="true">'
        '<path class="track" d="M0 3h120"/><path class="fill" d="M0 3h{}"/></svg>'
    ).format(place(Decimal(count * HIGHEST) / max(most, 1)))


def extent(lowest: Decimal, mean: Decimal, highest: Decimal) -> Markup:
    """Draw where totals lie: a line from the lowest to the highest, and a dot at the mean."""
    return Markup(
        '<svg class="extent" viewBox="-3 0 126 8" aria-hidden="true"><path class="track" d="M0 4h120"/>'
        '<path class="fill" d="M{} 4H{}"/><circle cx="{}" cy="4" r="3"/></svg>'
    ).format(place(lowest), place(highest), place(mean))


def sparkline(values: Sequence[Decimal | None], label: str) -> Markup:
    """Draw values, oldest first, as a line with gaps, a dot at the last one and dots where 100 is."""
    step = (_WIDTH - 2 * _MARGIN) / max(len(values) - 1, 1)
    places = [
        None if value is None else f"{_MARGIN + index * step:.5g} {_up(value)}" for index, value in enumerate(values)
    ]
    lines = "".join(f"M{run[0]}L{' '.join(run[1:] or run)}" for run in _runs(places))
    last = Markup()
    if places and places[-1]:
        x, y = places[-1].split()
        last = Markup('<circle cx="{}" cy="{}" r="2.5"/>').format(x, y)
    return Markup(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}"><path class="mark" d="M0 {}h{}"/>'
        '<path class="line" d="{}"/>{}</svg>'
    ).format(_WIDTH, _HEIGHT, label, _up(Decimal(100)), _WIDTH, lines, last)


def place(value: Decimal) -> str:
    """Return where a value lies on the scale, as an SVG coordinate."""
    return f"{min(max(float(value), 0), HIGHEST):.4g}"


def _up(value: Decimal) -> str:
    share = (min(max(float(value), _LOWEST), HIGHEST) - _LOWEST) / (HIGHEST - _LOWEST)
    return f"{_HEIGHT - _MARGIN - share * (_HEIGHT - 2 * _MARGIN):.4g}"


def _runs(places: Sequence[str | None]) -> Iterator[list[str]]:
    """Yield the places between gaps."""
    for is_there, run in groupby(places, key=bool):
        if is_there:
            yield [place for place in run if place]
