"""`kpicard trend`: how people and KPIs came along from period to period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from kpicard import reports
from kpicard.cli.completion import kpis
from kpicard.cli.options import (
    SOMETHING_WRONG,
    WrongUse,
    apart,
    tell_error,
)
from kpicard.cli.output import Output, destination, format_option, keep_old, write_report
from kpicard.cli.scoring import Asked, finish, reads_actuals, scored, status_without_cards

if TYPE_CHECKING:
    from kpicard.rules.rules import Rules

EXAMPLES = """\b
Examples:
  kpicard trend 2026-*.csv
  kpicard trend 2026-*.csv --employee E017 --lang zh
  kpicard trend actuals/ --role customer-service --output trend.md
  kpicard trend actuals/ --kpi response-time
  kpicard trend actuals/ --format csv >trend.csv"""


@reads_actuals()
def trend(
    asked: Asked,
    kpi: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KPI",
            help="Only this KPI, by id or name, in any role that has it; may be repeated.",
            autocompletion=kpis,
        ),
    ] = None,
    format_: Annotated[str | None, format_option(reports.TREND)] = None,
    output: Output = None,
) -> None:
    """Show how people and KPIs changed over several periods."""
    to = destination(reports.TREND, format_, output, asked.actuals)
    result = scored(asked, takes_closed=True)
    from kpicard.cards.trend import trend as of

    keep_old(to, asked.language, status=status_without_cards(result))
    chosen = of(result, _kpis(kpi or (), result.rules))
    write_report(reports.TREND, to, chosen, asked.language)
    if chosen.lacking and result.count:
        tell_error("kpi-nowhere", asked.language, kpis=", ".join(chosen.lacking))
        raise typer.Exit(SOMETHING_WRONG)
    finish(result)


def _kpis(names: Sequence[str], rules: Rules) -> frozenset[str]:
    """Return the ids of the KPIs that are called so in any role; a name that is none's is a wrong use."""
    from kpicard.rules.rules import by_name, look_up
    from kpicard.text import nearest, spellings

    kpis = [kpi for versions in rules.versions.values() for role in versions for kpi in role.kpis]
    known = by_name((kpi.id, (kpi.id, *spellings(kpi.name))) for kpi in kpis)
    found: set[str] = set()
    for name in names:
        ids = look_up(known, name)
        if not ids and not rules.broken:
            meant = nearest(name, [word for kpi in kpis for word in (kpi.id, *spellings(kpi.name))])
            words = "one-each" if "," in name else "no-kpi" if meant is None else "no-kpi-meant"
            known_ids = tuple(dict.fromkeys(kpi.id for kpi in kpis))
            raise WrongUse(words, where="--kpi", name=name, meant=meant, known=known_ids, apart=apart("--kpi", name))
        found |= ids or {name}
    return frozenset(found)
