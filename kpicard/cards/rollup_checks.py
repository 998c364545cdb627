"""What the models find on the cards of longer periods, as problems: months that lack, and what does not go together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.readers import Vocabulary
from kpicard.cards.longer import Longer, changed, longer_period, months_of, shape
from kpicard.engines.duckdb import Database, create
from kpicard.models.run import Models
from kpicard.numbers import from_millionths
from kpicard.rules.models import Kpi
from kpicard.rules.rule_index import Numbered


def roll_up(  # noqa: PLR0913, PLR0917 - the months, and what is to become of them
    models: Models,
    database: Database,
    tables: Sequence[LoadedTable],
    vocabulary: Vocabulary,
    longer: Longer,
    periods: Collection[str],
) -> Iterator[Fault]:
    """Make the cards of longer periods from the months'; yield why some are withheld.

    `periods` are the months that were chosen, where any were.
    """
    numbered = vocabulary.numbered
    _create_calendar(database, longer, periods)
    models.make("rollup_whole", "rollup_maybe_misread", "rollup_maybe_unread", "rollup_person", "rollup_base_lacking")
    yield from _months_lacking(database, tables, numbered)
    if longer.rollup == "totals":
        models.make("rollup_mean")
        yield from _bases_lacking(database, tables, numbered, "rollup_whole")
        return
    _create_rollups(database, vocabulary)
    models.make("rollup_graded", "rollup_scored", "rollup_ratio", "rollup_kpi")
    models.make("rollup_changed", "rollup_not_ratio", "rollup_too_large", "rollup_range")
    yield from _rules_changed(database, tables, numbered)
    yield from _not_ratios(database, numbered)
    yield from _out_of_range(database, tables, numbered, "rollup_too_large")
    yield from _out_of_range(database, tables, numbered, "rollup_range")
    yield from _bases_lacking(database, tables, numbered, "rollup_fit")


def _create_calendar(database: Database, longer: Longer, periods: Collection[str]) -> None:
    """Create `calendar`: all months of the longer periods that there is a card of."""
    found = database.execute("SELECT DISTINCT period FROM card ORDER BY period").fetchall()
    wanted = dict.fromkeys(longer_period(month, longer.by) for (month,) in found)
    rows = [(month, period, not periods or month in periods) for period in wanted for month in months_of(period)]
    create(database, "calendar", {"period": "VARCHAR", "longer": "VARCHAR", "is_wanted": "BOOLEAN"}, rows)


def _create_rollups(database: Database, vocabulary: Vocabulary) -> None:
    """Create what the rules say of bringing actuals together: `kpi_shape`, `kpi_rollup` and `kpi_factor`."""
    numbered = vocabulary.numbered
    shapes = {each: number for number, each in enumerate({shape(edition): None for edition in numbered.editions})}
    rows = [(number, shapes[shape(edition)]) for number, edition in enumerate(numbered.editions)]
    create(database, "kpi_shape", {"role": "SMALLINT", "shape": "SMALLINT"}, rows)
    items = ((number, item) for number, (_, _, item) in enumerate(numbered.items))
    rollups = [(number, item.rollup) for number, item in items if isinstance(item, Kpi) and item.rollup]
    create(database, "kpi_rollup", {"kpi": "INTEGER", "rollup": "VARCHAR"}, rollups)
    factors = [(number, reader.ratio_factor) for number, reader in enumerate(vocabulary.readers)]
    create(database, "kpi_factor", {"kpi": "INTEGER", "factor": "INTEGER"}, factors)


_MISREAD: Final = "SELECT period, employee, role, row, months, wanted, other, card FROM rollup_maybe_misread"
_UNREAD: Final = "SELECT period, employee, role, row, months, wanted, NULL AS other, card FROM rollup_maybe_unread"


def _months_lacking(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    """Yield the longer cards that lack a month which may be there."""
    for code, query in (("month-maybe-misread", _MISREAD), ("month-maybe-unread", _UNREAD)):

        def fault(*row: Any, code: str = code) -> Fault:
            return _fault(code, row[:-1], tables, numbered)

        yield from faults_of(database, query, "row, card", fault)


def _fault(code: str, row: Sequence[Any], tables: Sequence[LoadedTable], numbered: Numbered) -> Fault:
    period, employee, role, first, months, wanted, other = row
    values = {
        "period": period,
        "employee": employee,
        "role": numbered.roles[role].title,
        "found": months,
        "wanted": wanted,
    }
    return Fault(_employee_cell(tables, first), code, values, other=None if other is None else Cell(other, 0))


def _employee_cell(tables: Sequence[LoadedTable], row: int) -> Cell:
    """Return the cell of a row that says whose it is."""
    return Cell(row, table_of(tables, row).layout.columns["employee"])


_BASE_LACKING: Final = """
SELECT row, period, employee, role, month FROM rollup_base_lacking WHERE card IN (SELECT card FROM {of})
"""


def _bases_lacking(database: Database, tables: Sequence[LoadedTable], numbered: Numbered, of: str) -> Iterator[Fault]:
    """Yield each month without a bonus base on a card of which other months have one: the card has none then.

    `of` are the cards that nothing else is wrong with.
    """

    def fault(row: int, period: str, employee: str, role: int, month: str) -> Fault:
        values = {"employee": employee, "role": numbered.roles[role].title, "period": period, "month": month}
        columns = table_of(tables, row).layout.columns
        return Fault(Cell(row, columns.get("base", columns["employee"])), "base-lacking", values)

    yield from faults_of(database, _BASE_LACKING.format(of=of), "row", fault)


def _rules_changed(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    """Yield each role that has other figures in one month of a card than in another, once for each period."""
    found = database.execute("FROM rollup_changed ORDER BY row").fetchall()
    said: set[tuple[str, str]] = set()
    for _, row, period, id_, first, last in found:
        if (period, id_) not in said:
            said.add((period, id_))
            cell = Cell(row, table_of(tables, row).layout.columns.get("role", 0))
            ids = changed(numbered.editions[first : last + 1])
            values = {"role": numbered.roles[last].title, "period": period, "changed": ids}
            yield Fault(cell, "rules-changed-within", values)


def _not_ratios(database: Database, numbered: Numbered) -> Iterator[Fault]:
    """Yield each figure that is not given as a ratio where the KPI's rollup needs one."""

    def fault(*found: Any) -> Fault:
        _, row, col, kpi, period, employee, actual = found
        name = numbered.items[kpi][2].name
        values = {"kpi": name, "period": period, "employee": employee, "value": from_millionths(actual)}
        return Fault(Cell(row, col), "rollup-needs-ratio", values)

    yield from faults_of(database, "FROM rollup_not_ratio", "row, col", fault)


def _out_of_range(database: Database, tables: Sequence[LoadedTable], numbered: Numbered, model: str) -> Iterator[Fault]:
    """Yield the figures that are too large once they are brought together, or whose attainment is."""
    query = f"SELECT c.row, c.period, c.employee, f.kpi FROM {model} AS f JOIN rollup_card AS c ON c.card = f.card"
    for row, period, employee, kpi in database.execute(f"{query} ORDER BY ALL").fetchall():
        values = {"kpi": numbered.items[kpi][2].name, "period": period, "employee": employee}
        yield Fault(_employee_cell(tables, row), "rollup-out-of-range", values)
