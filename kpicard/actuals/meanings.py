"""The meanings of all distinct texts, as tables of the engine that its rows are joined with.

`period_meaning`, `role_meaning` and `kpi_meaning` have the texts that are understood; `actual_meaning`,
`numerator_meaning`, `denominator_meaning` and `target_meaning` all texts but plain actuals, each with its status, NULL
where it is a problem, and its value in millionths; `unit_meaning` the texts that say a KPI's own unit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from kpicard.actuals.forms import create_read
from kpicard.actuals.meaning import Meaning, Reader
from kpicard.actuals.vocabulary import Vocabulary
from kpicard.engine.database import Database, Value, create
from kpicard.numbers import to_millionths
from kpicard.periods import read_period

PLAIN_NUMBER: Final = r"[-+]?[0-9]{1,12}(\.[0-9]+)?"
"""What the engine reads by itself: RE2 and Python take the same texts."""

Read = Callable[[Reader, str], Meaning]
Meant = TypeVar("Meant")

_TYPED: Final = """
CREATE TEMP VIEW typed AS
SELECT cell.*, k.kpi FROM cell
JOIN role_meaning AS r ON r.text = role_text{of_period}
JOIN kpi_meaning AS k ON k.role = r.role AND k.text = kpi_text"""


def create_names(database: Database, vocabulary: Vocabulary) -> None:
    """Create the meanings of periods, roles and KPIs; unknown ones are not in the tables.

    Where a role has several editions, what it means hangs on the period: `role_meaning` says for which text of one.
    """
    numbered, names = vocabulary.numbered, vocabulary.names
    periods = {text: read_period(text) for (text,) in _distinct(database, "period_text")}
    create(
        database, "period_meaning", {"text": "VARCHAR", "period": "VARCHAR"}, [row for row in periods.items() if row[1]]
    )
    kpis: set[tuple[int, str, int]] = set()
    roles: dict[tuple[str, str | None], int] = {}
    period_text = "period_text" if numbered.is_dated else "NULL"
    for role_text, dated, kpi_text in _distinct(database, "role_text", period_text, "kpi_text"):
        for id_ in _only(names.roles(role_text)):
            number = numbered.number(id_, periods.get(dated) if numbered.is_dated else None)
            if number is not None:
                roles[role_text, dated] = number
                kpis |= {(number, kpi_text, kpi) for kpi in _only(names.kpis(number, kpi_text or ""))}
    create(
        database,
        "role_meaning",
        {"text": "VARCHAR", "period_text": "VARCHAR", "role": "SMALLINT"},
        [(*texts, number) for texts, number in roles.items()],
    )
    create(database, "kpi_meaning", {"role": "SMALLINT", "text": "VARCHAR", "kpi": "INTEGER"}, sorted(kpis))
    of_period = " AND r.period_text = cell.period_text" if numbered.is_dated else ""
    database.execute(_TYPED.format(of_period=of_period))


def create_actuals(database: Database, readers: Sequence[Reader]) -> None:
    """Create the meanings of the actuals that are no plain numbers."""
    _create(database, "actual", readers, Reader.actual, f"NOT regexp_full_match(actual_text, '{PLAIN_NUMBER}')")


def create_targets(database: Database, readers: Sequence[Reader]) -> None:
    """Create the meanings of all targets; not every KPI may have one of 0 or less."""
    _create(database, "target", readers, Reader.target, values="value > 0")


def create_parts(database: Database, readers: Sequence[Reader]) -> None:
    """Create the meanings of all numerators and denominators, and by what each KPI's ratio is multiplied."""
    _create(database, "numerator", readers, Reader.numerator)
    _create(database, "denominator", readers, Reader.denominator)
    factors = [(number, reader.ratio_factor) for number, reader in enumerate(readers)]
    create(database, "ratio_factor", {"kpi": "INTEGER", "factor": "INTEGER"}, factors)


def create_units(database: Database, readers: Sequence[Reader]) -> None:
    """Create the texts that say a KPI's own unit, or nothing."""
    found = database.execute("SELECT DISTINCT kpi, unit_text FROM typed WHERE unit_text IS NOT NULL").fetchall()
    own = [(kpi, text) for kpi, text in found if readers[kpi].is_unit(text)]
    create(database, "unit_meaning", {"kpi": "INTEGER", "text": "VARCHAR"}, own)


def _create(  # noqa: PLR0913, PLR0917 - what to read, and what of it
    database: Database, part: str, readers: Sequence[Reader], read: Read, texts: str = "TRUE", values: str = "TRUE"
) -> None:
    """Create a table of meanings: first what the engine reads a form at a time, then the rest one by one.

    `texts` and `values` are conditions of SQL: on the texts that are read at all, and on the values that
    the engine may read.
    """
    columns = {"kpi": "INTEGER", "text": "VARCHAR", "status": "VARCHAR", "value": "BIGINT"}
    database.execute(f"""
        CREATE TEMP TABLE {part}_text AS
        SELECT DISTINCT kpi, {part}_text AS text FROM typed WHERE {part}_text IS NOT NULL AND {texts}""")
    if not database.execute(f"FROM {part}_text LIMIT 1").fetchall():
        create(database, f"{part}_meaning", columns, [])
        return
    create_read(database, f"{part}_read", f"{part}_text", lambda kpi, text: read(readers[kpi], text).value, values)
    others = database.execute(f"""
        SELECT t.kpi, t.text FROM {part}_text AS t ANTI JOIN {part}_read AS r ON r.kpi = t.kpi AND r.text = t.text
        """).fetchall()
    rows = [_row(kpi, text, read(readers[kpi], text)) for kpi, text in others]
    create(database, f"{part}_meaning", columns, rows)
    database.execute(f"INSERT INTO {part}_meaning SELECT kpi, text, 'scored', value FROM {part}_read")


def _row(kpi: int, text: str, meaning: Meaning) -> tuple[Value, ...]:
    return kpi, text, meaning.status, None if meaning.value is None else to_millionths(meaning.value)


def _only(meant: frozenset[Meant]) -> frozenset[Meant]:
    """Return what a text means where that is clear, otherwise nothing."""
    return meant if len(meant) == 1 else frozenset()


def _distinct(database: Database, *columns: str) -> list[tuple[str, ...]]:
    return database.execute(f"SELECT DISTINCT {', '.join(columns)} FROM cell WHERE {columns[0]} IS NOT NULL").fetchall()
