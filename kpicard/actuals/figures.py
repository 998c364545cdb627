"""From cells to figures: the engine's typed rows, with what every distinct text means joined in."""

from __future__ import annotations

from collections.abc import Sequence

from kpicard.actuals.cell_view import cells_sql
from kpicard.actuals.load import LoadedFile
from kpicard.actuals.meaning import (
    NOT_APPLICABLE,
    NOT_REPORTED,
    PLAIN_NUMBER,
    Names,
    read_actual,
    read_period,
    read_target,
)
from kpicard.actuals.selection import Selection
from kpicard.engine.database import Database, Value, create, quote
from kpicard.numbers import LIMIT, to_millionths
from kpicard.rules.numbered import Numbered


def create_figures(database: Database, files: Sequence[LoadedFile], numbered: Numbered, selection: Selection) -> None:
    """Create `cell`, a view of all files' cells as texts, and `reading`, the same cells typed.

    `reading` has row, col, period, employee, role, kpi, status, actual and target: NULL where a text is not understood,
    and `fault`, true where that is a problem. Cells of a wide file under KPIs of other roles are left out when empty.
    """
    selects = [cells_sql(file, selection.only_period) for file in files]
    database.execute(f"CREATE TEMP VIEW cell AS {' UNION ALL '.join(selects) or _NO_CELLS}")
    create(database, "faulty_row", {"row": "BIGINT"}, [(row,) for file in files for row in sorted(file.faulty)])
    _create_meanings(database, numbered, Names(numbered))
    wide_rows = " OR ".join(
        f"c.row BETWEEN {file.first} AND {file.first + file.rows - 1}" for file in files if file.layout.is_wide
    )
    database.execute(
        _READING.format(
            plain=PLAIN_NUMBER,
            limit=LIMIT,
            wide=wide_rows or "FALSE",
            blank=", ".join(quote(text) for text in sorted(NOT_APPLICABLE | NOT_REPORTED)),
            selected=selection.condition(numbered),
        )
    )


_NO_CELLS = """
    SELECT 0 AS row, 0 AS col, '' AS period_text, '' AS employee, '' AS role_text, '' AS kpi_text, '' AS actual_text,
        '' AS target_text, '' AS name, '' AS team
    WHERE FALSE"""

# A plain number with an exponent of six is cast to whole millionths, rounded half away from zero, with no type between
# that could overflow. A wide row's cell without a KPI only shows that the row is there. In a wide file a KPI that the
# row's role does not have is no fault while its cell is empty.
_READING = r"""
CREATE TYPE status AS ENUM ('scored', 'not_applicable', 'not_reported', 'presence');
CREATE TEMP TABLE reading AS
SELECT
    row, col, period, employee, role, kpi,
    CAST(CASE WHEN kpi_text IS NULL AND is_wide THEN 'presence' ELSE status END AS status) AS status,
    actual, target,
    period IS NULL OR employee IS NULL OR role IS NULL
        OR ((kpi IS NULL OR status IS NULL OR target_fault) AND NOT (kpi_text IS NULL AND is_wide))
        OR faulty_row IS NOT NULL AS fault
FROM (
    SELECT
        c.row, c.col, p.period, c.employee, r.role, k.kpi, c.kpi_text, f.row AS faulty_row,
        {wide} AS is_wide,
        c.actual_text IS NULL OR lower(trim(c.actual_text)) IN ({blank}) AS is_blank,
        CASE
            WHEN c.actual_text IS NULL OR c.actual_text = '' THEN 'not_reported'
            WHEN c.plain THEN CASE WHEN c.millionths > -{limit} AND c.millionths < {limit} THEN 'scored' END
            ELSE a.status
        END AS status,
        CASE WHEN c.plain THEN c.millionths ELSE a.value END AS actual,
        t.value AS target,
        c.target_text IS NOT NULL AND (t.text IS NULL OR t.fault) AS target_fault
    FROM (
        SELECT
            *, regexp_full_match(actual_text, '{plain}') AS plain, TRY_CAST(actual_text || 'e6' AS BIGINT) AS millionths
        FROM cell
    ) AS c
    LEFT JOIN period_meaning AS p ON p.text = c.period_text
    LEFT JOIN role_meaning AS r ON r.text = c.role_text
    LEFT JOIN kpi_meaning AS k ON k.role = r.role AND k.text = c.kpi_text
    LEFT JOIN actual_meaning AS a ON a.kpi = k.kpi AND a.text = c.actual_text
    LEFT JOIN target_meaning AS t ON t.kpi = k.kpi AND t.text = c.target_text
    LEFT JOIN faulty_row AS f ON f.row = c.row
)
WHERE NOT (is_wide AND kpi IS NULL AND kpi_text IS NOT NULL AND role IS NOT NULL AND is_blank)
    AND {selected}
"""


def _create_meanings(database: Database, numbered: Numbered, names: Names) -> None:
    """Create a table for each kind of text, with what every distinct one means; unknown ones are not in it."""
    periods = [(text, read_period(text)) for (text,) in _distinct(database, "period_text")]
    create(database, "period_meaning", {"text": "VARCHAR", "period": "VARCHAR"}, [row for row in periods if row[1]])
    roles: dict[str, int] = {}
    kpis: set[tuple[int, str, int]] = set()
    for role_text, kpi_text in _distinct(database, "role_text", "kpi_text"):
        for role in _only(names.roles(role_text)):
            roles[role_text] = role
            kpis |= {(role, kpi_text, kpi) for kpi in _only(names.kpis(role, kpi_text or ""))}
    create(database, "role_meaning", {"text": "VARCHAR", "role": "SMALLINT"}, list(roles.items()))
    create(database, "kpi_meaning", {"role": "SMALLINT", "text": "VARCHAR", "kpi": "INTEGER"}, sorted(kpis))
    _create_numbers(database, numbered)


def _create_numbers(database: Database, numbered: Numbered) -> None:
    """Create the meanings of the actuals that are no plain numbers, and of all targets."""
    typed = """cell
        JOIN role_meaning AS r ON r.text = role_text
        JOIN kpi_meaning AS k ON k.role = r.role AND k.text = kpi_text"""
    odd = database.execute(
        f"""SELECT DISTINCT kpi, actual_text FROM {typed}
        WHERE actual_text IS NOT NULL AND NOT regexp_full_match(actual_text, '{PLAIN_NUMBER}')"""
    ).fetchall()
    actuals: list[tuple[Value, ...]] = []
    for number, text in odd:
        actual = read_actual(text, numbered.kpis[number][2])
        value = None if actual.value is None else to_millionths(actual.value)
        actuals.append((number, text, actual.status, value))
    create(
        database,
        "actual_meaning",
        {"kpi": "INTEGER", "text": "VARCHAR", "status": "VARCHAR", "value": "BIGINT"},
        actuals,
    )
    given = database.execute(f"SELECT DISTINCT kpi, target_text FROM {typed} WHERE target_text IS NOT NULL").fetchall()
    targets: list[tuple[Value, ...]] = []
    for number, text in given:
        kpi = numbered.kpis[number][2]
        target = read_target(text, kpi, needs_positive=numbered.rules.curve(kpi).axis == "attainment")
        value = None if target.value is None else to_millionths(target.value)
        targets.append((number, text, value, target.fault is not None))
    create(
        database,
        "target_meaning",
        {"kpi": "INTEGER", "text": "VARCHAR", "value": "BIGINT", "fault": "BOOLEAN"},
        targets,
    )


def _only(meant: frozenset[int]) -> frozenset[int]:
    """Return what a text means where that is clear, otherwise nothing."""
    return meant if len(meant) == 1 else frozenset()


def _distinct(database: Database, *columns: str) -> list[tuple[str, ...]]:
    return database.execute(f"SELECT DISTINCT {', '.join(columns)} FROM cell WHERE {columns[0]} IS NOT NULL").fetchall()
