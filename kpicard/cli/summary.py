"""`kpicard summary`: the whole department, period by period."""

from __future__ import annotations

from typing import Annotated

from kpicard import reports
from kpicard.cli.output import Output, destination, format_option, keep_old, write_report
from kpicard.cli.scoring import Asked, finish, is_all_wrong, reads_actuals, scored

EXAMPLES = """\b
Examples:
  kpicard summary 2026-10.csv
  kpicard summary 2026-10.csv --role customer-service --lang zh
  kpicard summary actuals/ --output summary.md
  kpicard summary actuals/ --format csv >summary.csv"""


@reads_actuals()
def summary(
    asked: Asked,
    format_: Annotated[str | None, format_option(reports.SUMMARY)] = None,
    output: Output = None,
) -> None:
    """Show the whole department: grades, spread by role and team, quotas, ranking."""
    to = destination(reports.SUMMARY, format_, output, asked.actuals)
    result = scored(asked)
    keep_old(to, asked.language, is_wrong=is_all_wrong(result))
    write_report(reports.SUMMARY, to, result, asked.language)
    finish(result)
