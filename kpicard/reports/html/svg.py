"""The KPIs' curves, bars and sparklines as SVG: coordinates only, colours are the style sheet's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from kpicard.cards.values import Card, Scored
from kpicard.numbers import plain
from kpicard.reports.curves import Point, Shape, curve_shape
from kpicard.reports.figures import grouped, with_unit
from kpicard.reports.scoring_words import scoring_words
from kpicard.rules.models import Department, Kpi
from kpicard.rules.scoring.curve import Curve
from kpicard.text import Language

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


_LEFT, _RIGHT, _TOP, _BOTTOM, _LABELS = 24, 232, 8, 84, 96
"""Where the scales stand in a drawing of 240 by 100: scores to the left, and below what is measured."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A KPI's curve as it was drawn."""

    id: str
    """What a card's drawing refers to it by."""
    curve: Curve
    shape: Shape
    symbol: Markup
    scoring: str
    """How the KPI is scored, in words."""

    def target(self, scored: Scored) -> Markup:
        """Draw a card's target as a line across; nothing where there is none."""
        x = self.curve.aim(scored.target)
        if x is None or not self.shape.low <= x <= self.shape.high:
            return Markup()
        path = f"M{_right(self.shape, x):.4g} {_TOP}V{_BOTTOM}"
        return Markup('<path class="target" d="{}"/>').format(path)

    def actual(self, scored: Scored) -> Markup:
        """Draw a card's actual as a dot on the curve, or as an arrow towards one that lies beyond the drawing.

        Nothing where it was not scored.
        """
        x = self.curve.x(scored.actual, scored.target, scored.attainment)
        if x is None or scored.score is None:
            return Markup()
        y = _curve_up(self.shape, scored.score)
        if self.shape.is_inside(Point(x, scored.score)):
            return Markup('<path class="here" d="M{} {}h0"/>').format(f"{_right(self.shape, x):.4g}", f"{y:.4g}")
        tip, back = (_LEFT, 5) if x < self.shape.low else (_RIGHT, -5)
        return Markup('<path class="beyond" d="M{} {}l{} 4l{} 4"/>').format(tip + back, f"{y - 4:.4g}", -back, back)


class Drawings:
    """The curves of all KPIs of some cards; a KPI of another edition has another curve."""

    def __init__(self, cards: Iterable[tuple[Card, Department | None]], language: Language) -> None:
        drawings: dict[int, Drawing] = {}
        for card, department in cards:
            for scored in card.kpis:
                if department and id(scored.kpi) not in drawings:
                    drawings[id(scored.kpi)] = _draw(f"curve:{len(drawings)}", scored.kpi, department, language)
        self._by_kpi: Mapping[int, Drawing] = drawings

    @property
    def symbols(self) -> Iterable[Markup]:
        """What all drawings refer to."""
        return (drawing.symbol for drawing in self._by_kpi.values())

    def of(self, kpi: Kpi) -> Drawing:
        """Return the drawing of a KPI of one of the cards."""
        return self._by_kpi[id(kpi)]


def _draw(id_: str, kpi: Kpi, department: Department, language: Language) -> Drawing:
    curve = kpi.curve(department.cap)
    shape = curve_shape(curve, kpi, kpi.target, None, None)
    ends = [with_unit(grouped(x), shape.unit, language) for x in (shape.low, shape.high)]
    path = "".join(
        "M" + "L".join(f"{_right(shape, x):.4g} {_curve_up(shape, score):.4g}" for x, score in line)
        for line in shape.lines
    )
    symbol = Markup(
        '<g class="curve" id="{}"><path class="axis" d="M{left} {bottom}H{right}M{left} {full}H{right}"/>'
        '<text x="20" y="{bottom}" text-anchor="end">{least}</text><text x="20" y="{full}" text-anchor="end">100</text>'
        '<text x="{left}" y="{labels}">{low}</text><text x="{right}" y="{labels}" text-anchor="end">{high}</text>'
        '<path class="line" d="{path}"/></g>'
    ).format(
        id_,
        left=_LEFT,
        right=_RIGHT,
        bottom=_BOTTOM,
        labels=_LABELS,
        full=f"{_curve_up(shape, Decimal(100)):.4g}",
        least=plain(shape.bottom),
        low=ends[0],
        high=ends[1],
        path=path,
    )
    scoring = ("；" if language == "zh" else "; ").join(scoring_words(kpi, curve, language))
    return Drawing(id_, curve, shape, symbol, scoring)


def _right(shape: Shape, x: Decimal) -> float:
    return _LEFT + float((x - shape.low) / (shape.high - shape.low)) * (_RIGHT - _LEFT)


def _curve_up(shape: Shape, score: Decimal) -> float:
    return _BOTTOM - float((score - shape.bottom) / (shape.top - shape.bottom)) * (_BOTTOM - _TOP)
