"""How a KPI is scored, in the words of its scoring method, with its figures as reports show them."""

from __future__ import annotations

from decimal import Decimal

from kpicard.reports.figures import grouped, with_unit
from kpicard.rules.models import Kpi
from kpicard.rules.scoring.curve import Axis, Curve, Place
from kpicard.rules.scoring.method import Quantity
from kpicard.text import Language, printable


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
