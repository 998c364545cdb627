"""`kpicard explain`: the whole calculation of a card, step by step."""

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
  kpicard explain 2026-10.csv --employee E017
  kpicard explain 2026-10.csv --employee E017 --lang zh
  kpicard explain actuals/ --period 2026-10 --employee E017 --output E017.md
  kpicard explain 2026-10.csv --employee E017 --format json"""


def explain(  # noqa: PLR0913, PLR0917 - each is an option of the command
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
    by: By = None,
    rollup: RollupOf = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(reports.EXPLAIN), parser=one_of(reports.EXPLAIN), help=REPORT_HELP),
    ] = None,
    output: Output = None,
    encoding: Encoding = None,
    sheet: Sheets = None,
    lang: Lang = None,
) -> None:
    """Show how a scorecard is calculated, step by step, with each KPI's curve."""
    language = lang or environment_language()
    to = destination(reports.EXPLAIN, format_, output, files)
    request = requested(missing=missing, period=period, employee=employee, role=role, by=by, rollup=rollup)
    result = scored(Actuals(files, encoding, sheet), roles_folder, request, language)
    keep_old(to, language, is_wrong=is_all_wrong(result))
    write_report(reports.EXPLAIN, to, result, language, cards=result.count)
    finish(result)
