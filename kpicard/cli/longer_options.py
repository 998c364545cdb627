"""Options that bring months together to quarters or years."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

import typer

from kpicard.cli.options import one_of
from kpicard.cli.wrong_use import WrongUse
from kpicard.text import Both

BY: Final = ("quarter", "year")
ROLLUPS: Final = ("totals", "actuals")

By: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="|".join(BY), parser=one_of(BY), help="One card for each quarter or year, from its months."),
]
RollupOf: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(ROLLUPS),
        parser=one_of(ROLLUPS),
        help="With --by: the mean of the months' totals, or score the actuals of the months brought together. "
        "[default: totals]",
    ),
]

_NEEDS_BY: Final = Both("it goes with --by quarter or --by year", "须与 --by quarter 或 --by year 一起使用")


def rollup_of(by: str | None, rollup: str | None) -> str:
    """Return what the cards are made from; to say that and not `--by` is a wrong use."""
    if rollup and not by:
        raise WrongUse(_NEEDS_BY, where="--rollup")
    return rollup or "totals"
