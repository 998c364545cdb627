"""KPI scorecards from YAML rules and a month's CSV.

The library in two calls::

    import kpicard

    rules, problems = kpicard.load("roles")
    result = kpicard.score(rules, ["2026-10.csv"])
    for card in result.cards:
        print(card.employee, card.total, card.grade)

Names are imported on first use, so that ``kpicard --help`` stays quick and only scoring imports DuckDB.
"""

TYPE_CHECKING = False  # as `typing` has it, which takes ten times as long to import as this module
if TYPE_CHECKING:
    from kpicard.actuals.account import TableRead
    from kpicard.advice.values import Advice, Step
    from kpicard.card import Adjusted, Card, Missing, RoleName, Scored, Status, Withheld
    from kpicard.history import History
    from kpicard.impact.compare import compare
    from kpicard.impact.revision import load_revision
    from kpicard.impact.values import Impact
    from kpicard.loading import load
    from kpicard.problems import Problem
    from kpicard.rules.adjustment import Adjustment
    from kpicard.rules.models import Department, Grade, Kpi, Range, Responsibility, Role, Veto
    from kpicard.rules.rules import Rules
    from kpicard.scorecards import Scorecards, score
    from kpicard.sources.frame import Frame
    from kpicard.sources.source import Source
    from kpicard.summary.values import Summary
    from kpicard.trends import Trend, trend

__version__ = "0.1.0"

_HOMES = {
    "Adjusted": "kpicard.card",
    "Advice": "kpicard.advice.values",
    "Adjustment": "kpicard.rules.adjustment",
    "Card": "kpicard.card",
    "Department": "kpicard.rules.models",
    "Frame": "kpicard.sources.frame",
    "Grade": "kpicard.rules.models",
    "History": "kpicard.history",
    "Impact": "kpicard.impact.values",
    "Kpi": "kpicard.rules.models",
    "Missing": "kpicard.card",
    "Problem": "kpicard.problems",
    "Range": "kpicard.rules.models",
    "Responsibility": "kpicard.rules.models",
    "Role": "kpicard.rules.models",
    "RoleName": "kpicard.card",
    "Rules": "kpicard.rules.rules",
    "Scorecards": "kpicard.scorecards",
    "Scored": "kpicard.card",
    "Source": "kpicard.sources.source",
    "Status": "kpicard.card",
    "Step": "kpicard.advice.values",
    "Summary": "kpicard.summary.values",
    "TableRead": "kpicard.actuals.account",
    "Trend": "kpicard.trends",
    "Veto": "kpicard.rules.models",
    "Withheld": "kpicard.card",
    "compare": "kpicard.impact.compare",
    "load": "kpicard.loading",
    "load_revision": "kpicard.impact.revision",
    "score": "kpicard.scorecards",
    "trend": "kpicard.trends",
}

__all__ = [
    "Adjusted",
    "Adjustment",
    "Advice",
    "Card",
    "Department",
    "Frame",
    "Grade",
    "History",
    "Impact",
    "Kpi",
    "Missing",
    "Problem",
    "Range",
    "Responsibility",
    "Role",
    "RoleName",
    "Rules",
    "Scorecards",
    "Scored",
    "Source",
    "Status",
    "Step",
    "Summary",
    "TableRead",
    "Trend",
    "Veto",
    "Withheld",
    "__version__",
    "compare",
    "load",
    "load_revision",
    "score",
    "trend",
]


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> object:
    """Import a public name from its home module on first use (PEP 562)."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
