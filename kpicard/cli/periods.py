"""A period on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kpicard.periods import read_period

if TYPE_CHECKING:
    from kpicard.rules.rules import Rules


def one_period(value: str) -> str:
    """Return a period in any spelling as `YYYY-MM`."""
    period = read_period(value)
    if period is None:
        message = f"{value!r} is no period; write year and month, as 2026-10"
        raise typer.BadParameter(message)
    return period


def rules_at(rules: Rules, period: str) -> Rules:
    """Return the rules as they hold in a period; that there are none then is a wrong use of `--period`."""
    held = rules.at(period)
    if rules.roles and (not held.roles or (rules.department and not held.department)):
        message = f"no role has rules for {period}"
        raise typer.BadParameter(message, param_hint="--period")
    return held
