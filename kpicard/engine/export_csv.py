"""Scorecards out of the engine to a CSV file, one row per card and KPI.

The lines are put together in SQL: a single column is written several times as fast as fifteen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kpicard.engine.database import Database
from kpicard.engine.export import VETOES, beside, copy

CSV: Final = "FORMAT csv, HEADER, COMPRESSION none"

_LINES_ONLY: Final = f"{CSV}, QUOTE '', ESCAPE '', DELIMITER e'\\x01'"
"""Lines that have their commas and quotes already: with quotes off, they are written as they are."""

_COLUMNS: Final = (
    "period,employee,role,kpi,weight,effective_weight,target,actual,attainment,score,points,status,total,grade,"
    "coefficient"
)

# Whole millionths as a decimal without trailing zeros: the usual lengths are told apart, since trimming texts is slow.
# Hundredths and ten-thousandths with all their decimals; in 64 bits where these hold them, which is faster. A text with
# quotes where it needs them.
_MACROS: Final = """
CREATE OR REPLACE TEMP MACRO plain(v) AS CASE
    WHEN v % 1000000 = 0 THEN CAST(v // 1000000 AS VARCHAR)
    WHEN v % 100000 = 0 THEN CAST(CAST(v // 100000 AS DECIMAL(17, 0)) * 0.1 AS VARCHAR)
    WHEN v % 10000 = 0 THEN CAST(CAST(v // 10000 AS DECIMAL(16, 0)) * 0.01 AS VARCHAR)
    ELSE rtrim(CAST(CAST(v AS DECIMAL(19, 0)) * 0.000001 AS VARCHAR), '0')
END;
CREATE OR REPLACE TEMP MACRO hundredths(v) AS CAST(CAST(v AS DECIMAL(16, 0)) * 0.01 AS VARCHAR);
CREATE OR REPLACE TEMP MACRO ten_thousandths(v) AS CASE
    WHEN abs(v) < 100000000000000 THEN CAST(CAST(v AS DECIMAL(14, 0)) * 0.0001 AS VARCHAR)
    ELSE CAST(CAST(v AS DECIMAL(18, 0)) * 0.0001 AS VARCHAR)
END;
CREATE OR REPLACE TEMP MACRO cell(text) AS
    CASE WHEN regexp_matches(text, '[",\\r\\n]') THEN '"' || replace(text, '"', '""') || '"' ELSE text END;
"""

# What a KPI says in each of its rows: as an enumeration it takes a byte or two while rows are sorted.
_KPI_TEXTS: Final = """
CREATE OR REPLACE TEMP VIEW kpi_said AS
SELECT
    k.kpi, concat(r.id, ',', k.id, ',', plain(k.weight), ',') AS middle, plain(k.weight) AS weight,
    plain(k.target) AS target
FROM kpi AS k JOIN role AS r ON r.role = k.role;
CREATE TEMP TYPE kpi_text AS ENUM (
    SELECT middle FROM kpi_said
    UNION SELECT weight FROM kpi_said WHERE weight IS NOT NULL
    UNION SELECT target FROM kpi_said WHERE target IS NOT NULL
);
CREATE TEMP TABLE kpi_text AS
SELECT kpi, CAST(middle AS kpi_text) AS middle, CAST(weight AS kpi_text) AS weight, CAST(target AS kpi_text) AS target
FROM kpi_said;
"""

_QUOTED: Final = "SELECT 1 FROM {words} AS w(word) WHERE cell(word) <> word LIMIT 1"

_OTHERS: Final = """
SELECT 1 FROM scored AS s JOIN kpi AS k ON k.kpi = s.kpi WHERE s.{0} IS DISTINCT FROM k.{1} LIMIT 1
"""

# Sorted while a row is still narrow, and written out above that. Cards of rules with vetoes have a column more: the
# best grade that the row's veto leaves. A row without a target or an effective weight of its own has its KPI's.
_LINES: Final = """
SELECT concat(
    period, ',', {employee}, ',', middle, {weight}, ',', {target}, ',', plain(actual), ',', hundredths(attainment), ',',
    hundredths(score), ',', ten_thousandths(points), ',', status, ',', hundredths(total), ',', {grade}, ',',
    coefficient{veto}) AS "{columns}"
FROM (
    SELECT
        c.period, c.employee, t.middle, t.weight AS kpi_weight, t.target AS kpi_target,
        CASE WHEN s.effective_weight IS DISTINCT FROM k.weight THEN s.effective_weight END AS own_weight,
        CASE WHEN s.target IS DISTINCT FROM k.target THEN s.target END AS own_target, s.actual, s.attainment,
        {score} AS score, s.points, s.status, g.total, g.grade, g.coefficient{of_row}
    FROM scored AS s
    JOIN card AS c ON c.card = s.card
    JOIN graded AS g ON g.card = s.card
    JOIN kpi_text AS t ON t.kpi = s.kpi
    JOIN kpi AS k ON k.kpi = s.kpi{vetoes}
    ORDER BY s.card, s.kpi
)
"""


_OWN_WEIGHT: Final = """
    CASE WHEN points IS NOT NULL THEN COALESCE(plain(own_weight), CAST(kpi_weight AS VARCHAR)) END"""


def write_csv(database: Database, path: Path) -> None:
    """Write one row per card and KPI. Raises OSError where the path cannot be written."""
    found = beside(database)
    database.execute(_MACROS)
    database.execute(_KPI_TEXTS)
    has_own_targets = bool(database.execute(_OTHERS.format("target", "target")).fetchall())
    has_own_weights = bool(database.execute(_OTHERS.format("effective_weight", "weight")).fetchall())
    lines = _LINES.format(
        columns=f"{_COLUMNS},veto" if found.has_vetoes else _COLUMNS,
        employee=_cell(database, "employee", "(SELECT employee FROM known_employee)"),
        grade=_cell(database, "grade", "(SELECT CAST(grade AS VARCHAR) FROM grade)"),
        weight=_OWN_WEIGHT if has_own_weights else "kpi_weight",
        target="COALESCE(plain(own_target), CAST(kpi_target AS VARCHAR))" if has_own_targets else "kpi_target",
        score=found.score,
        veto=", ',', cell(CAST(veto AS VARCHAR))" if found.has_vetoes else "",
        of_row=", v.grade AS veto" if found.has_vetoes else "",
        vetoes=VETOES if found.has_vetoes else "",
    )
    try:
        copy(database, lines, path, _LINES_ONLY)
    finally:
        database.execute("DROP TABLE kpi_text; DROP TYPE kpi_text")


def _cell(database: Database, column: str, words: str) -> str:
    """Return the SQL of a cell: quotes are looked for in each row only if a word of the column needs any."""
    needs_quotes = database.execute(_QUOTED.format(words=words)).fetchall()
    return f"cell(CAST({column} AS VARCHAR))" if needs_quotes else column
