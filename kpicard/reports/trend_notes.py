"""What stands below a trend: how to read it, and whose cards were withheld."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from kpicard.reports.trend_grids import word
from kpicard.text import Language, printable
from kpicard.trends import Trend

_MOST: Final = 20
"""The most people that are named; the problems say of each why."""


def notes(trend: Trend, language: Language) -> list[str]:
    """Return the lines below the grids."""
    lines = [word("legend", language)] if trend.roles else []
    if len(trend.periods) == 1:
        lines.append(word("one-period", language))
    if trend.withheld:
        lines.append(word("withheld", language).format(people=_withheld(trend, language)))
    return lines


def _withheld(trend: Trend, language: Language) -> str:
    """Name the people whose cards were withheld, each with the periods."""
    periods: dict[str, dict[str, None]] = defaultdict(dict)
    for each in trend.withheld:
        who = printable(f"{each.name} ({each.employee})" if each.name else each.employee)
        periods[who][each.period] = None
    between, comma = ("；", "、") if language == "zh" else ("; ", ", ")
    named = [f"{who} {comma.join(sorted(of_one))}" for who, of_one in sorted(periods.items())]
    listed = between.join(named[:_MOST])
    if len(named) <= _MOST:
        return listed
    return word("more-people", language).format(people=listed, count=len(named) - _MOST)
