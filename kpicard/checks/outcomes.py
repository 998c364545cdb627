"""The grades that the cards of a role can get, if every KPI is reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from kpicard.checks.kpi_read import KpiRead
from kpicard.checks.totals import Span, Totals, counted, points, sums
from kpicard.numbers import from_hundredths
from kpicard.rules.adjustment import Adjustment
from kpicard.rules.document import Document
from kpicard.rules.models import Adjustments, Department

_ADJUSTMENTS: TypeAdapter[tuple[Adjustment, ...]] = TypeAdapter(Adjustments)


class Outcome(NamedTuple):
    """The lowest and the highest total of a role, and its department's grades that are reached, and that are not."""

    lowest: Decimal
    highest: Decimal
    reached: tuple[str, ...]
    unreached: tuple[str, ...]


def outcomes(document: Document, kpis: Sequence[KpiRead], departments: Sequence[Department]) -> Iterator[Outcome]:
    """Yield what comes out under each of the departments; nothing while the role cannot be scored as it is."""
    own = _adjustments(document)
    weights = [kpi.weight for kpi in kpis if kpi.curve and kpi.weight]
    if own is None or len(weights) < document.size("kpis") or sum(weights) != 100:
        return
    # A veto gives its grade to cards whose totals would give a better one.
    vetoed = {grade.strip() for _, grade in document.find("kpis", None, "veto", "grade_at_most")}
    for department in departments:
        yield _outcome(_totals(kpis, (*own, *department.adjustments), department), department, vetoed)


def _adjustments(document: Document) -> tuple[Adjustment, ...] | None:
    """Return the role's own adjustments, None where they cannot be read."""
    written = [node for _, node in document.nodes("adjustments")]
    try:
        return _ADJUSTMENTS.validate_python(written[0] if written else ())
    except ValidationError:
        return None


def _totals(kpis: Sequence[KpiRead], adjustments: Sequence[Adjustment], department: Department) -> Totals:
    curves = [(kpi.possible_under(department.cap), kpi.weight) for kpi in kpis]
    terms = [points(curve, weight) for curve, weight in curves if curve and weight]
    return sums([*terms, *([_span(counted(each.curve(department.cap)))] for each in adjustments)])


def _span(spans: Sequence[Span]) -> Span:
    """Return all that an adjustment may add or take: nothing of what it counts may have happened."""
    return min(0, *(low for low, _ in spans)), max(0, *(high for _, high in spans))


def _outcome(totals: Totals, department: Department, vetoed: set[str]) -> Outcome:
    bounds = [ceil(grade.from_ * 100) for grade in department.grades]
    bands = zip(department.grades, [*bounds[:-1], None], [None, *bounds[:-1]], strict=True)
    reached = [grade.grade for grade, first, after in bands if grade.grade in vetoed or totals.reach(first, after)]
    unreached = [grade.grade for grade in department.grades if grade.grade not in reached]
    return Outcome(from_hundredths(totals.lowest), from_hundredths(totals.highest), tuple(reached), tuple(unreached))
