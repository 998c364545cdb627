"""A period on the command line."""

from __future__ import annotations

import typer

from kpicard.periods import read_period


def one_period(value: str) -> str:
    """Return a period in any spelling as `YYYY-MM`."""
    period = read_period(value)
    if period is None:
        message = f"{value!r} is no period; write year and month, as 2026-10"
        raise typer.BadParameter(message)
    return period
