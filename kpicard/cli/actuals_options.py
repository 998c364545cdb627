"""Options of the commands that read actuals."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

import typer

from kpicard.cli.actuals_files import one_encoding
from kpicard.cli.options import one_of
from kpicard.cli.periods import one_period

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
