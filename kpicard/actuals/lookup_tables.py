"""The meanings of all distinct texts, as tables of the engine that its rows are joined with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from kpicard.actuals.number_forms import create_read
from kpicard.actuals.readers import Meaning, Reader, Vocabulary
from kpicard.engines.duckdb import Database, Value, create
from kpicard.numbers import LIMIT, to_millionths
from kpicard.periods import read_period
from kpicard.rules.rule_index import Numbered

IN_RANGE: Final = f"millionths BETWEEN {1 - LIMIT} AND {LIMIT - 1}"
"""Whether a plain number has no more digits than are read: its decimals may round up to one too many."""

Read = Callable[[Reader, str], Meaning]
Meant = TypeVar("Meant")

_TYPED: Final = """
CREATE TEMP VIEW typed AS
SELECT cell.*, k.kpi FROM cell
JOIN item_meaning AS k ON k.role_text = cell.role_text AND k.kpi_text = cell.kpi_text{of_period}
WHERE k.kpi IS NOT NULL"""


def create_names(database: Database, vocabulary: Vocabulary) -> None:
    """Create the meanings of periods, roles and KPIs; unknown periods and roles are not in the tables.

    A KPI that is not known for its role is NULL, and has no text where a wide row only shows that it is there. Where a
    role has several editions, what it means hangs on the period: `item_meaning` says for which text of one.
    """
    numbered, names = vocabulary.numbered, vocabulary.names
    meant = {text: read_period(text) for (text,) in _distinct(database, "period_text")}
    in_order = {period: number for number, period in enumerate(sorted({*filter(None, meant.values())}))}
    create(
        database,
        "period_meaning",
        {"text": "VARCHAR", "period": "VARCHAR", "number": "INTEGER"},
        [(text, period, in_order[period]) for text, period in meant.items() if period],
    )
    database.execute("CREATE TEMP VIEW known_period AS SELECT DISTINCT number, period FROM period_meaning")
    items: list[tuple[Value, ...]] = []
    for role_text, dated, kpi_text in _distinct(database, "role_text", _dated(numbered), "kpi_text"):
        for id_ in _only(names.roles(role_text)):
            role = numbered.number(id_, meant.get(dated) if numbered.is_dated else None)
            if role is not None:
                (kpi,) = _only(names.kpis(role, kpi_text or "")) or (None,)
                items.append((role_text, dated, kpi_text, role, kpi))
    columns = dict.fromkeys(("role_text", "period_text", "kpi_text"), "VARCHAR")
    create(database, "item_meaning", {**columns, "role": "SMALLINT", "kpi": "INTEGER"}, items)
    database.execute(_TYPED.format(of_period=of_period(numbered, "k", "cell")))


def of_period(numbered: Numbered, meaning: str, cell: str) -> str:
    """Return the condition by which a row of `item_meaning` is that of the cell's period, where it hangs on that."""
    return f" AND {meaning}.period_text = {cell}.period_text" if numbered.is_dated else ""


def _dated(numbered: Numbered) -> str:
    return "period_text" if numbered.is_dated else "NULL"


def create_actuals(database: Database, readers: Sequence[Reader]) -> None:
    """Create the meanings of the actuals that are no plain numbers."""
    _create(database, "actual", readers, Reader.actual, f"(millionths IS NULL OR NOT {IN_RANGE})")


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
    value = None if meaning.status is None or meaning.value is None else to_millionths(meaning.value)
    return kpi, text, meaning.status, value


def _only(meant: frozenset[Meant]) -> frozenset[Meant]:
    """Return what a text means where that is clear, otherwise nothing."""
    return meant if len(meant) == 1 else frozenset()


def _distinct(database: Database, *columns: str) -> list[tuple[str, ...]]:
    return database.execute(f"SELECT DISTINCT {', '.join(columns)} FROM cell WHERE {columns[0]} IS NOT NULL").fetchall()
