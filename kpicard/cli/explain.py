"""`kpicard explain`: the whole calculation of a card, step by step."""

from __future__ import annotations

from typing import Annotated

from kpicard import reports
from kpicard.cli.output import Output, destination, format_option, keep_old, write_report
from kpicard.cli.scoring import Asked, finish, reads_actuals, scored, status_without_cards

EXAMPLES = """\b
Examples:
  kpicard explain 2026-10.csv --employee E017
  kpicard explain 2026-10.csv --employee E017 --lang zh
  kpicard explain actuals/ --period 2026-10 --employee E017 --output E017.md
  kpicard explain 2026-10.csv --employee E017 --format json"""


@reads_actuals()
def explain(
    asked: Asked,
    format_: Annotated[str | None, format_option(reports.EXPLAIN)] = None,
    output: Output = None,
) -> None:
    """Show how a scorecard is calculated, step by step, with each KPI's curve."""
    to = destination(reports.EXPLAIN, format_, output, asked.actuals)
    result = scored(asked)
    keep_old(to, asked.language, status=status_without_cards(result))
    write_report(reports.EXPLAIN, to, result, asked.language, cards=result.count)
    finish(result)
