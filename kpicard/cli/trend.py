"""`kpicard trend`: how people and KPIs came along from period to period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

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
from kpicard.cli.options import SOMETHING_WRONG, Lang, Roles, WrongUse, environment_language, one_of, tell_error
from kpicard.cli.output import REPORT_HELP, Output, destination, keep_old, write_report
from kpicard.cli.scoring import finish, is_all_wrong, scored
from kpicard.text import Both

if TYPE_CHECKING:
    from kpicard.rules.rules import Rules

EXAMPLES = """\b
Examples:
  kpicard trend 2026-*.csv
  kpicard trend 2026-*.csv --employee E017 --lang zh
  kpicard trend actuals/ --role customer-service --output trend.md
  kpicard trend actuals/ --kpi response-time
  kpicard trend actuals/ --format csv >trend.csv"""

_UNKNOWN = Both("there is no KPI {name!r}", "没有考核指标“{name}”")
_MEANT = Both("there is no KPI {name!r}; did you mean {meant!r}?", "没有考核指标“{name}”；是否为“{meant}”？")
_NOWHERE = Both("none of the cards has the KPI {kpis}", "考核表中均无该考核指标：{kpis}")


def trend(  # noqa: PLR0913, PLR0917 - each is an option of the command
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
    kpi: Annotated[
        list[str] | None,
        typer.Option(metavar="KPI", help="Only this KPI, by id or name, in any role that has it; may be repeated."),
    ] = None,
    missing: MissingFigures = "refuse",
    by: By = None,
    rollup: RollupOf = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(reports.TREND), parser=one_of(reports.TREND), help=REPORT_HELP),
    ] = None,
    output: Output = None,
    encoding: Encoding = None,
    sheet: Sheets = None,
    lang: Lang = None,
) -> None:
    """Show how people and KPIs came along over several periods."""
    language = lang or environment_language()
    to = destination(reports.TREND, format_, output, files)
    request = requested(missing=missing, period=period, employee=employee, role=role, by=by, rollup=rollup)
    result = scored(Actuals(files, encoding, sheet), roles_folder, request, language)
    from kpicard.cards.trend import trend as of

    keep_old(to, language, is_wrong=is_all_wrong(result))
    chosen = of(result, _kpis(kpi or (), result.rules))
    write_report(reports.TREND, to, chosen, language)
    if chosen.lacking and result.count:
        tell_error(_NOWHERE, language, kpis=", ".join(chosen.lacking))
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
            raise WrongUse(_UNKNOWN if meant is None else _MEANT, where="--kpi", name=name, meant=meant)
        found |= ids or {name}
    return frozenset(found)
