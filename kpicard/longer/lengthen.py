"""From the months' cards to those of quarters or years."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kpicard.actuals.faults import Fault
from kpicard.actuals.load import LoadedTable
from kpicard.engine.database import Database
from kpicard.engine.longer import create_longer, create_rolled, create_rollups, score_actuals, score_totals
from kpicard.longer.calendar import longer_period, months_of
from kpicard.longer.faults import bases_lacking, beyond, not_ratios, rules_changed, too_large
from kpicard.longer.lacking import maybe_lacking
from kpicard.longer.values import Longer
from kpicard.rules.models import Kpi
from kpicard.rules.numbered import Numbered


def lengthen(  # noqa: PLR0913 - the months, and what is to become of them
    database: Database,
    tables: Sequence[LoadedTable],
    numbered: Numbered,
    longer: Longer,
    periods: Collection[str],
    *,
    all_read: bool,
) -> list[Fault]:
    """Put the cards of longer periods in the place of the months'; return why some are withheld.

    `periods` are the months that were chosen, where any were; `all_read` is false where a file could not be read.
    """
    months = database.execute("SELECT DISTINCT period FROM card ORDER BY period").fetchall()
    wanted = dict.fromkeys(longer_period(month, longer.by) for (month,) in months)
    create_longer(database, {month: period for period in wanted for month in months_of(period)})
    faults = list(maybe_lacking(database, tables, numbered, periods, all_read=all_read))
    if longer.rollup == "totals":
        score_totals(database)
        return [*faults, *bases_lacking(database, tables, numbered)]
    faults += rules_changed(database, tables, numbered)
    create_rollups(database, _rollups(numbered))
    faults += not_ratios(database, numbered)
    create_rolled(database)
    faults += too_large(database, tables, numbered)
    score_actuals(database)
    faults += beyond(database, tables, numbered)
    return [*faults, *bases_lacking(database, tables, numbered)]


def _rollups(numbered: Numbered) -> list[tuple[int, str]]:
    """Return the rollup of each KPI that says one, by its number."""
    items = ((number, item) for number, (_, _, item) in enumerate(numbered.items))
    return [(number, item.rollup) for number, item in items if isinstance(item, Kpi) and item.rollup]
