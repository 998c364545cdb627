"""A period on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpicard.cli.wrong_use import WrongUse
from kpicard.periods import read_period
from kpicard.text import Both

if TYPE_CHECKING:
    from kpicard.rules.rules import Rules

_NO_PERIOD: Final = Both(
    "{value!r} is no period; write year and month, as 2026-10", "“{value}”不是有效的考核周期；请写年和月，如 2026-10"
)
_NO_RULES: Final = Both("no role has rules for {period}", "没有任何岗位在 {period} 有考核规则")


def one_period(value: str) -> str:
    """Return a period in any spelling as `YYYY-MM`."""
    period = read_period(value)
    if period is None:
        raise WrongUse(_NO_PERIOD, value=value)
    return period


def rules_at(rules: Rules, period: str) -> Rules:
    """Return the rules as they hold in a period; that there are none then is a wrong use of `--period`."""
    held = rules.at(period)
    if rules.roles and (not held.roles or (rules.department and not held.department)):
        raise WrongUse(_NO_RULES, where="--period", period=period)
    return held
