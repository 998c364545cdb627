"""`kpicard summary`: the whole department, period by period."""

from __future__ import annotations

from typing import Annotated

import typer

from kpicard import reports
from kpicard.cli.actuals_options import (
    By,
    Employees,
    Encoding,
    MissingFigures,
    OnlyRoles,
    Periods,
    RollupOf,
    Sheets,
    requested,
)
from kpicard.cli.inputs import Actuals
from kpicard.cli.options import Lang, Roles, environment_language, one_of
from kpicard.cli.output import REPORT_HELP, Output, destination, keep_old, write_report
from kpicard.cli.scoring import finish, is_all_wrong, scored

EXAMPLES = """\b
Examples:
  kpicard summary 2026-10.csv
  kpicard summary 2026-10.csv --role customer-service --lang zh
  kpicard summary actuals/ --output summary.md
  kpicard summary actuals/ --format csv >summary.csv"""


def summary(  # noqa: PLR0913, PLR0917 - each is an option of the command
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="CSV, Excel or Parquet files of actuals, folders or patterns; - is standard input."
        ),
    ],
    roles_folder: Roles = None,
    period: Periods = None,
    employee: Employees = None,
    role: OnlyRoles = None,
    by: By = None,
    rollup: RollupOf = None,
    missing: MissingFigures = "refuse",
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(reports.SUMMARY), parser=one_of(reports.SUMMARY), help=REPORT_HELP),
    ] = None,
    output: Output = None,
    encoding: Encoding = None,
    sheet: Sheets = None,
    lang: Lang = None,
) -> None:
    """Show the whole department: grades, spread by role and team, quotas, ranking."""
    language = lang or environment_language()
    to = destination(reports.SUMMARY, format_, output, files)
    request = requested(missing=missing, period=period, employee=employee, role=role, by=by, rollup=rollup)
    result = scored(Actuals(files, encoding, sheet), roles_folder, request, language)
    keep_old(to, language, is_wrong=is_all_wrong(result))
    write_report(reports.SUMMARY, to, result, language)
    finish(result)
