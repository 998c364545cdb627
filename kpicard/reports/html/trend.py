"""How a figure of a card came along from period to period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from markupsafe import Markup

from kpicard.history import History
from kpicard.reports import history_text
from kpicard.reports.figures import number
from kpicard.reports.html.drawing import sparkline


@dataclass(frozen=True, slots=True)
class Trend:
    """A sparkline with a gap where a period has no figure, and the change against the card before, with its sign."""

    line: Markup
    change: str

    @classmethod
    def of_total(cls, history: History) -> Self:
        """Return how the total came along."""
        return cls._of(history, history.totals, history.change)

    @classmethod
    def of_kpi(cls, history: History, kpi: str) -> Self:
        """Return how the score of a KPI came along."""
        return cls._of(history, history.scores(kpi), history.score_change(kpi))

    @classmethod
    def _of(cls, history: History, values: Sequence[Decimal | None], change: Decimal | None) -> Self:
        shown = zip(history.periods, map(number, values), strict=True)
        label = ", ".join(f"{period}: {figure}" for period, figure in shown)
        return cls(sparkline(values, label), history_text.change(change))
