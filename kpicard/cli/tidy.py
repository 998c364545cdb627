"""`kpicard tidy`: what was understood of files of actuals, one row per figure."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from kpicard import reports
from kpicard.cli.actuals_options import (
    Employees,
    Encoding,
    MemoryLimit,
    MissingFigures,
    OnlyRoles,
    Periods,
    Sheets,
    requested,
)
from kpicard.cli.inputs import Actuals
from kpicard.cli.options import Lang, Roles, environment_language, one_of
from kpicard.cli.output import destination, write_report
from kpicard.cli.scoring import finish, scored

EXAMPLES = """\b
Examples:
  kpicard tidy 2026-10.xlsx --output actuals.parquet
  kpicard tidy actuals/ --role customer-service --output actuals.csv
  kpicard tidy 2026-10.xlsx >actuals.csv"""


def tidy(  # noqa: PLR0913, PLR0917 - each is an option of the command
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
    missing: MissingFigures = "refuse",
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(reports.TIDY),
            parser=one_of(reports.TIDY),
            help="The table. [default: by the ending of --output, else csv]",
        ),
    ] = None,
    output: Annotated[
        str | None, typer.Option(metavar="PATH", help="Write to a file, as actuals.parquet or actuals.csv.")
    ] = None,
    encoding: Encoding = None,
    sheet: Sheets = None,
    memory_limit: MemoryLimit = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say how each file was read.")] = False,
    lang: Lang = None,
) -> None:
    """Write what was understood of files of actuals: one row per figure, by id, with its place."""
    language = lang or environment_language()
    to = destination(reports.TIDY, format_ or (None if output else "csv"), output, files)
    request = requested(missing=missing, period=period, employee=employee, role=role, memory_limit=memory_limit)
    result = scored(
        Actuals(files, encoding, sheet), roles_folder, replace(request, keep_rows=True), language, verbose=verbose
    )
    write_report(reports.TIDY, to, result, language, rows=result.tidy_rows)
    finish(result)
