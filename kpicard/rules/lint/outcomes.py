"""The totals and the grades that the cards of a role can get, if every KPI is reported."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from pydantic import TypeAdapter, ValidationError

from kpicard.numbers import from_hundredths
from kpicard.rules.adjustments import Adjustment, Adjustments
from kpicard.rules.document import Document
from kpicard.rules.lint import limit_grades
from kpicard.rules.lint.role_file import KpiRead
from kpicard.rules.models import FULL, Department
from kpicard.rules.scoring.curve import Curve, Segment

Span: TypeAlias = tuple[int, int]
"""The lowest and the highest of a row of ten-thousandths, both included."""

MOST: Final = 5_000
"""Where sums lie in more spans than this, those less than a hundredth apart count as one."""

_HUNDREDTH: Final = 100


class Totals(NamedTuple):
    """The sums of points that can come out, in ten-thousandths: spans with gaps between, lowest first."""

    spans: Sequence[Span]

    @property
    def lowest(self) -> int:
        """The lowest total, in hundredths."""
        return _rounded(self.spans[0][0], _HUNDREDTH)

    @property
    def highest(self) -> int:
        """The highest total, in hundredths."""
        return _rounded(self.spans[-1][1], _HUNDREDTH)

    def reach(self, first: int | None, after: int | None) -> bool:
        """Return whether a total can be from `first` on and before `after`, in hundredths; None leaves an end open."""
        low = self.spans[0][0] if first is None else _least(first)
        high = self.spans[-1][1] if after is None else _least(after) - 1
        at = bisect_left(self.spans, low, key=itemgetter(1))
        return at < len(self.spans) and max(low, self.spans[at][0]) <= high


def points(curve: Curve, weight: Decimal, full: Decimal = FULL) -> list[Span]:
    """Return the points that a curve gives for all x, at a weight of at most 100 and out of full marks.

    A slope gives all between its ends, which may be more than it does, never less.
    """
    share = Fraction(weight) / Fraction(full)
    return [
        (min(ends), max(ends))
        for ends in ([_points(piece, x, share) for x in (piece.first, piece.last)] for piece in curve.segments)
    ]


def counted(curve: Curve) -> list[Span]:
    """Return the points of an adjustment for all counts, which are not below 0."""
    return [
        (min(ends), max(ends))
        for ends in (
            [
                _rounded(100 * (piece.intercept + piece.slope * x), piece.divisor)
                for x in (max(piece.first, 0), piece.last)
            ]
            for piece in curve.segments
            if piece.last >= 0
        )
    ]


def sums(terms: Sequence[Sequence[Span]]) -> Totals:
    """Return the sums of one value out of each term's spans."""
    found: list[Span] = [(0, 0)]
    for spans in terms:
        term = _joined(spans, 1)
        found = _joined(((low + first, high + last) for low, high in found for first, last in term), 1)
        found = _joined(found, _HUNDREDTH) if len(found) > MOST else found
    return Totals(found)


def _least(total: int) -> int:
    """Return the lowest sum of points that is rounded to a total or more."""
    return _HUNDREDTH * total - (50 if total > 0 else 49)


def _points(piece: Segment, x: int, share: Fraction) -> int:
    """Return points in ten-thousandths, for a share of the marks: as the engine does."""
    score = _rounded(piece.intercept + piece.slope * x, piece.divisor)
    return _rounded(100 * score * share.numerator, share.denominator)


def _rounded(dividend: int, divisor: int) -> int:
    """Return a quotient rounded half away from zero."""
    whole = (2 * abs(dividend) + divisor) // (2 * divisor)
    return -whole if dividend < 0 else whole


def _joined(spans: Iterable[Span], gap: int) -> list[Span]:
    """Return spans in order, with those as one that overlap or lie no further apart than a gap."""
    first, *others = sorted(set(spans))
    found = [first]
    for low, high in others:
        if low <= found[-1][1] + gap:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


_ADJUSTMENTS: TypeAdapter[tuple[Adjustment, ...]] = TypeAdapter(Adjustments)


class Outcome(NamedTuple):
    """The lowest and the highest total of a role, and its department's grades that are reached, and that are not."""

    lowest: Decimal
    highest: Decimal
    reached: tuple[str, ...]
    unreached: tuple[str, ...]


def outcomes(
    document: Document, shares: Sequence[tuple[KpiRead, Decimal | None]], departments: Sequence[Department]
) -> Iterator[Outcome]:
    """Yield what comes out under each of the departments; nothing while the role cannot be scored as it is.

    `shares` are the KPIs with the percent of the total that each counts.
    """
    own = _adjustments(document)
    weights = [share for kpi, share in shares if kpi.curve and share]
    if own is None or len(weights) < document.size("kpis") or sum(weights) != 100:
        return
    # A limit gives its grade to cards whose totals would give a better one.
    limits = {grade.strip() for _, grade in limit_grades(document)}
    limits |= {each.red_line.grade_at_most for held in departments for each in held.adjustments if each.red_line}
    for department in departments:
        yield _outcome(_totals(shares, (*own, *department.adjustments), department), department, limits)


def _adjustments(document: Document) -> tuple[Adjustment, ...] | None:
    """Return the role's own adjustments, None where they cannot be read."""
    written = [node for _, node in document.nodes("adjustments")]
    try:
        return _ADJUSTMENTS.validate_python(written[0] if written else ())
    except ValidationError:
        return None


def _totals(
    shares: Sequence[tuple[KpiRead, Decimal | None]], adjustments: Sequence[Adjustment], department: Department
) -> Totals:
    curves = [(kpi.possible_under(department.cap), share, kpi.full) for kpi, share in shares]
    terms = [points(curve, weight, full) for curve, weight, full in curves if curve and weight]
    return sums([*terms, *([_span(counted(each.curve(department.cap)))] for each in adjustments)])


def _span(spans: Sequence[Span]) -> Span:
    """Return all that an adjustment may add or take: nothing of what it counts may have happened."""
    return min(0, *(low for low, _ in spans)), max(0, *(high for _, high in spans))


def _outcome(totals: Totals, department: Department, limits: set[str]) -> Outcome:
    bounds = [ceil(grade.from_ * 100) for grade in department.grades]
    bands = zip(department.grades, [*bounds[:-1], None], [None, *bounds[:-1]], strict=True)
    reached = [grade.grade for grade, first, after in bands if grade.grade in limits or totals.reach(first, after)]
    unreached = [grade.grade for grade in department.grades if grade.grade not in reached]
    return Outcome(from_hundredths(totals.lowest), from_hundredths(totals.highest), tuple(reached), tuple(unreached))
