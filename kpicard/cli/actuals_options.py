"""Options of the commands that read actuals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias, cast

import typer

from kpicard.cli.inputs import one_encoding, one_period
from kpicard.cli.options import WrongUse, one_of
from kpicard.numbers import read_size
from kpicard.text import Both

if TYPE_CHECKING:
    from kpicard.cards import rollup as cards
    from kpicard.cards.request import ScoreRequest
    from kpicard.cards.values import Missing, Rollup

MISSING: Final = ("refuse", "zero", "exclude")

SHOWN: Final = 100
"""The most problems that are listed on standard error; how many more there are is said."""

Periods: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="YYYY-MM", parser=one_period, help="Only this period; it also dates a file that says none."),
]
Employees: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Only this employee; may be repeated.")
]
OnlyRoles: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="ROLE", help="Only this role, by id or title; may be repeated.")
]
MissingFigures: TypeAlias = Annotated[
    str,
    typer.Option(
        metavar="|".join(MISSING),
        parser=one_of(MISSING),
        help="A KPI not reported: withhold the card, score it 0, or leave it out and scale the other weights up.",
    ),
]
Encoding: TypeAlias = Annotated[
    str | None, typer.Option(metavar="NAME", parser=one_encoding, help="Encoding of text files. [default: found out]")
]
Sheets: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Sheet of a workbook; may be repeated. [default: the one with actuals]"),
]


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


_NO_SIZE: Final = Both(
    "{value!r} is no size of memory; write it as 500MB or 4GB", "“{value}”不是有效的内存大小；请写成 500MB、4GB 等形式"
)
_TOO_SMALL: Final = Both(
    "{value!r} is too little memory: scoring takes at least 300MB", "内存上限“{value}”太小：计分至少需要 300MB"
)

_LEAST: Final = 300_000_000


def _size(value: str) -> int:
    found = read_size(value)
    if found is None:
        raise WrongUse(_NO_SIZE, value=value)
    if found < _LEAST:
        raise WrongUse(_TOO_SMALL, value=value)
    return found


MemoryLimit: TypeAlias = Annotated[
    int | None,
    typer.Option(
        metavar="SIZE",
        parser=_size,
        help="The most memory to take, as 4GB; what is beyond it goes to disk. [default: most of the machine's]",
    ),
]


def requested(  # noqa: PLR0913 - the options that make a request
    *,
    missing: str,
    period: Sequence[str] | None,
    employee: Sequence[str] | None,
    role: Sequence[str] | None,
    by: str | None = None,
    rollup: str | None = None,
    expect_rules: Sequence[str] | None = None,
    memory_limit: int | None = None,
) -> ScoreRequest:
    """Return what is asked of scoring; its roles are called as they were written, until the rules are known."""
    from kpicard.cards.request import ScoreRequest

    if rollup and not by:
        raise WrongUse(_NEEDS_BY, where="--rollup")
    return ScoreRequest(
        missing=cast("Missing", missing),
        periods=tuple(period or ()),
        employees=tuple(employee or ()),
        roles=tuple(role or ()),
        expect_rules=tuple(expect_rules or ()),
        by=cast("cards.By | None", by),
        rollup=cast("Rollup", rollup or "totals"),
        memory_limit=memory_limit,
    )
