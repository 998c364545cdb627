"""`kpicard summary`: the whole department, period by period."""

from __future__ import annotations

from typing import Annotated

import typer

from kpicard import reports
from kpicard.cli.options import WrongUse, one_of
from kpicard.cli.output import Output, destination, format_option, keep_old, write_report
from kpicard.cli.scoring import Asked, finish, reads_actuals, scored, status_without_cards

EXAMPLES = """\b
Examples:
  kpicard summary 2026-10.csv
  kpicard summary 2026-10.csv --role customer-service --lang zh
  kpicard summary actuals/ --output summary.md
  kpicard summary actuals/ --format csv >summary.csv
  kpicard summary 2026-10.csv --per card --output payroll.xlsx"""


@reads_actuals()
def summary(
    asked: Asked,
    per: Annotated[
        str,
        typer.Option(
            metavar="period|card",
            parser=one_of(("period", "card")),
            help="A summary of each period, or one row per card, as payroll needs it (also as parquet and xlsx).",
        ),
    ] = "period",
    format_: Annotated[str | None, format_option({**reports.SUMMARY, **reports.CARDS})] = None,
    output: Output = None,
) -> None:
    """Show the whole department: grades, spread by role and team, quotas, ranking."""
    formats = reports.CARDS if per == "card" else reports.SUMMARY
    if format_ and format_ not in formats:
        raise WrongUse("not-per-card" if per == "card" else "only-per-card", where="--format", format=format_)
    to = destination(formats, format_, output, asked.actuals)
    result = scored(asked, takes_closed=True)
    keep_old(to, asked.language, status=status_without_cards(result))
    write_report(formats, to, result, asked.language, cards=result.count if per == "card" else None)
    finish(result)
