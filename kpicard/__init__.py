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
    from kpicard.actuals.files.inputs import Frame
    from kpicard.actuals.files.tables import Source
    from kpicard.actuals.load import TableRead
    from kpicard.cards.advice.plan import Advice, Step
    from kpicard.cards.history import History
    from kpicard.cards.impact.compare import compare
    from kpicard.cards.impact.revision import load_revision
    from kpicard.cards.impact.values import Impact
    from kpicard.cards.request import ScoreRequest
    from kpicard.cards.scorecards import Scorecards, score, score_request
    from kpicard.cards.summary_values import Summary
    from kpicard.cards.trend import Trend, trend
    from kpicard.cards.values import Adjusted, Card, Missing, RoleName, Scored, Status, Withheld
    from kpicard.problems import Problem
    from kpicard.rules.load import load
    from kpicard.rules.models import Adjustment, Department, Grade, Kpi, Range, Responsibility, Role, Veto
    from kpicard.rules.rules import Rules

__version__ = "0.1.0"

_HOMES = {
    "Adjusted": "kpicard.cards.values",
    "Advice": "kpicard.cards.advice.plan",
    "Adjustment": "kpicard.rules.models",
    "Card": "kpicard.cards.values",
    "Department": "kpicard.rules.models",
    "Frame": "kpicard.actuals.files.inputs",
    "Grade": "kpicard.rules.models",
    "History": "kpicard.cards.history",
    "Impact": "kpicard.cards.impact.values",
    "Kpi": "kpicard.rules.models",
    "Missing": "kpicard.cards.values",
    "Problem": "kpicard.problems",
    "Range": "kpicard.rules.models",
    "Responsibility": "kpicard.rules.models",
    "Role": "kpicard.rules.models",
    "RoleName": "kpicard.cards.values",
    "Rules": "kpicard.rules.rules",
    "ScoreRequest": "kpicard.cards.request",
    "Scorecards": "kpicard.cards.scorecards",
    "Scored": "kpicard.cards.values",
    "Source": "kpicard.actuals.files.tables",
    "Status": "kpicard.cards.values",
    "Step": "kpicard.cards.advice.plan",
    "Summary": "kpicard.cards.summary_values",
    "TableRead": "kpicard.actuals.load",
    "Trend": "kpicard.cards.trend",
    "Veto": "kpicard.rules.models",
    "Withheld": "kpicard.cards.values",
    "compare": "kpicard.cards.impact.compare",
    "load": "kpicard.rules.load",
    "load_revision": "kpicard.cards.impact.revision",
    "score": "kpicard.cards.scorecards",
    "score_request": "kpicard.cards.scorecards",
    "trend": "kpicard.cards.trend",
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
    "ScoreRequest",
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
    "score_request",
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
