"""`kpicard tidy`: what was understood of files of actuals, one row per figure."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from kpicard import reports
from kpicard.cli.options import MemoryLimit, ProblemsFile, one_of
from kpicard.cli.output import destination, write_report
from kpicard.cli.scoring import Asked, finish, reads_actuals, scored

EXAMPLES = """\b
Examples:
  kpicard tidy 2026-10.xlsx --output actuals.parquet
  kpicard tidy actuals/ --role customer-service --output actuals.csv
  kpicard tidy 2026-10.xlsx >actuals.csv"""


@reads_actuals(but=("by", "rollup", "anonymous"))
def tidy(  # noqa: PLR0913, PLR0917 - each is an option of the command
    asked: Asked,
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
        str | None,
        typer.Option("--output", "-o", metavar="PATH", help="Write to a file, as actuals.parquet or actuals.csv."),
    ] = None,
    problems_file: ProblemsFile = None,
    memory_limit: MemoryLimit = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say how each file was read.")] = False,
) -> None:
    """Write what was understood of files of actuals: one row per figure, by id, with its place."""
    to = destination(reports.TIDY, format_ or (None if output else "csv"), output, asked.actuals)
    request = replace(asked.request, keep_rows=True, memory_limit=memory_limit)
    result = scored(replace(asked, request=request), verbose=verbose, problems_file=problems_file)
    write_report(reports.TIDY, to, result, asked.language, rows=result.tidy_rows)
    finish(result)
