"""KPI scorecards from YAML rules and a month's CSV.

The library in two calls::

    import kpicard

    rules, problems = kpicard.load("roles")
    result = kpicard.score(rules, ["2026-10.csv"])
    for card in result.cards:
        print(card.employee, card.total, card.grade)

Names are imported on first use, so that ``kpicard --help`` stays quick and only scoring imports DuckDB.
"""

__version__ = "0.1.0"

_NAMES = {
    "actuals.files.inputs": "Frame",
    "actuals.files.tables": "Source",
    "actuals.load": "TableRead",
    "cards.advice": "Advice Step",
    "cards.history": "History",
    "cards.impact.compare": "compare",
    "cards.impact.revision": "load_revision",
    "cards.impact.values": "Impact",
    "cards.request": "ScoreRequest",
    "cards.scorecards": "Scorecards score score_request",
    "cards.summary_values": "Summary",
    "cards.trend": "Trend trend",
    "cards.values": "Adjusted Card Missing RoleName Scored Status Withheld",
    "problems": "Problem ProblemsError",
    "rules.ranges": "Range",
    "rules.adjustments": "Adjustment",
    "rules.load": "Loaded load",
    "rules.models": "Department Grade Kpi Responsibility Role Veto",
    "rules.rules": "Rules",
}
"""The public names, by the modules that they come from; `__init__.pyi` has them for type checkers."""

_HOMES = {name: f"{__name__}.{module}" for module, names in _NAMES.items() for name in names.split()}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - names, all of them


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> object:
    """Import a public name from its home module on first use (PEP 562)."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
