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
    from kpicard.actuals.files.inputs import Frame as Frame
    from kpicard.actuals.files.tables import Source as Source
    from kpicard.actuals.load import TableRead as TableRead
    from kpicard.cards.advice.plan import Advice as Advice
    from kpicard.cards.advice.plan import Step as Step
    from kpicard.cards.history import History as History
    from kpicard.cards.impact.compare import compare as compare
    from kpicard.cards.impact.revision import load_revision as load_revision
    from kpicard.cards.impact.values import Impact as Impact
    from kpicard.cards.request import ScoreRequest as ScoreRequest
    from kpicard.cards.scorecards import Scorecards as Scorecards
    from kpicard.cards.scorecards import score as score
    from kpicard.cards.scorecards import score_request as score_request
    from kpicard.cards.summary_values import Summary as Summary
    from kpicard.cards.trend import Trend as Trend
    from kpicard.cards.trend import trend as trend
    from kpicard.cards.values import (
        Adjusted as Adjusted,
    )
    from kpicard.cards.values import (
        Card as Card,
    )
    from kpicard.cards.values import (
        Missing as Missing,
    )
    from kpicard.cards.values import (
        RoleName as RoleName,
    )
    from kpicard.cards.values import (
        Scored as Scored,
    )
    from kpicard.cards.values import (
        Status as Status,
    )
    from kpicard.cards.values import (
        Withheld as Withheld,
    )
    from kpicard.problems import Problem as Problem
    from kpicard.rules.load import load as load
    from kpicard.rules.models import (
        Adjustment as Adjustment,
    )
    from kpicard.rules.models import (
        Department as Department,
    )
    from kpicard.rules.models import (
        Grade as Grade,
    )
    from kpicard.rules.models import (
        Kpi as Kpi,
    )
    from kpicard.rules.models import (
        Range as Range,
    )
    from kpicard.rules.models import (
        Responsibility as Responsibility,
    )
    from kpicard.rules.models import (
        Role as Role,
    )
    from kpicard.rules.models import (
        Veto as Veto,
    )
    from kpicard.rules.rules import Rules as Rules

__version__ = "0.1.0"

_NAMES = {
    "actuals.files.inputs": "Frame",
    "actuals.files.tables": "Source",
    "actuals.load": "TableRead",
    "cards.advice.plan": "Advice Step",
    "cards.history": "History",
    "cards.impact.compare": "compare",
    "cards.impact.revision": "load_revision",
    "cards.impact.values": "Impact",
    "cards.request": "ScoreRequest",
    "cards.scorecards": "Scorecards score score_request",
    "cards.summary_values": "Summary",
    "cards.trend": "Trend trend",
    "cards.values": "Adjusted Card Missing RoleName Scored Status Withheld",
    "problems": "Problem",
    "rules.load": "load",
    "rules.models": "Adjustment Department Grade Kpi Range Responsibility Role Veto",
    "rules.rules": "Rules",
}
"""The public names, by the modules that they come from."""

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
