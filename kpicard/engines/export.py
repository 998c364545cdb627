"""Scorecards out of the engine: to a CSV or Parquet file, or as a relation of DuckDB."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from kpicard.engines.cards import Tables
from kpicard.engines.duckdb import Database, Value, connect, create, is_named_alike, quote
from kpicard.files import own_folder

_COEFFICIENT: Final = "CAST(CAST(coefficient AS VARCHAR) AS DECIMAL(18, 6))"
"""A coefficient, which is a text of its own in the engine, as a number."""

_VETOES: Final = "\n    LEFT JOIN grade AS v ON v.scale = k.scale AND v.rank = s.veto"

_DECIMAL: Final = "CAST(CAST({0} AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(18, 6))"

# Sorted while a row is still narrow. An adjustment has points and no score. Cards of rules with vetoes have a column
# more, the best grade that the row's veto leaves, and those of rules with full marks what a score is out of.
_ROWS: Final = f"""
SELECT
    period, employee, role, kpi, {_DECIMAL.format("weight")} AS weight,
    {_DECIMAL.format("effective_weight")} AS effective_weight, {_DECIMAL.format("target")} AS target,
    {_DECIMAL.format("actual")} AS actual,
    CAST(attainment AS DECIMAL(16, 0)) * 0.01 AS attainment, CAST(score AS DECIMAL(16, 0)) * 0.01 AS score,
    CAST(CAST(points AS DECIMAL(18, 0)) * 0.0001 AS DECIMAL(18, 4)) AS points, CAST(status AS VARCHAR) AS status,
    CAST(total AS DECIMAL(16, 0)) * 0.01 AS total, CAST(grade AS VARCHAR) AS grade,
    {_COEFFICIENT} AS coefficient{{more}}
FROM (
    SELECT
        c.period, c.employee, CAST(r.id AS VARCHAR) AS role, CAST(k.id AS VARCHAR) AS kpi, k.weight, s.effective_weight,
        s.target, s.actual, s.attainment, {{score}} AS score, s.points, s.status, g.total, g.grade,
        g.coefficient{{of_row}}
    FROM {{scored}} AS s
    JOIN {{graded}} AS g ON g.card = s.card
    JOIN {{card}} AS c ON c.card = s.card
    JOIN {{kpi}} AS k ON k.kpi = s.kpi
    JOIN role AS r ON r.role = k.role{{vetoes}}
    ORDER BY s.card, s.kpi
)
"""


_TOTALS: Final = """
SELECT
    c.period, c.employee, CAST(c.id AS VARCHAR) AS role, m.months, CAST(g.total AS DECIMAL(16, 0)) * 0.01 AS total,
    CAST(g.grade AS VARCHAR) AS grade, {coefficient} AS coefficient
FROM rollup_mean AS g
JOIN rollup_card AS c ON c.card = g.card
JOIN (
    SELECT m.card, COUNT(t.total) AS months
    FROM rollup_month AS m JOIN graded AS t ON t.card = m.month_card
    GROUP BY m.card
) AS m ON m.card = g.card
ORDER BY g.card
"""
"""The rows of cards that are made from totals: one for each."""


class _More(NamedTuple):
    """A column that stands behind the others where the rules use what it says."""

    name: str
    of_row: str
    """The value in a narrow row."""
    as_text: str
    as_value: str


_MORE: Final = (
    _More("veto", "v.grade", "cell(CAST(veto AS VARCHAR))", "CAST(veto AS VARCHAR)"),
    _More("section", "k.section_id", "section", "section"),
    _More("out_of", "CASE WHEN k.weight IS NOT NULL THEN k.full_marks END", "plain(out_of)", _DECIMAL.format("out_of")),
)


class _Beside(NamedTuple):
    """What the cards have beside weighted KPIs."""

    has_vetoes: bool
    has_full_marks: bool
    has_sections: bool
    has_adjustments: bool

    @property
    def more(self) -> list[_More]:
        """The columns that stand behind the others."""
        wanted = {"veto": self.has_vetoes, "out_of": self.has_full_marks, "section": self.has_sections}
        return [each for each in _MORE if wanted[each.name]]

    @property
    def score(self) -> str:
        """The score of a row, as SQL."""
        return "CASE WHEN k.weight IS NOT NULL THEN s.score END" if self.has_adjustments else "s.score"


def _beside(database: Database, of: Tables) -> _Beside:
    """Return what the cards have beside weighted KPIs."""
    query = (
        "SELECT COUNT(veto_rank) > 0, COALESCE(BOOL_OR(full_marks <> 100000000), FALSE),"
        " COUNT(section_id) > 0, COUNT(*) > COUNT(weight)"
        f" FROM kpi WHERE role IN (SELECT role FROM {of.card})"
    )
    return _Beside(*database.execute(query).fetchall()[0])


def write_parquet(database: Database, of: Tables, path: Path) -> None:
    """Write the same with its numbers as decimals. Raises OSError where the path cannot be written."""
    copy(database, _rows(database, of), path, PARQUET)


def write_table(columns: Mapping[str, str], rows: Sequence[Sequence[Value]], path: Path) -> None:
    """Write rows of values as Parquet; `columns` are names and SQL types. Raises OSError if it cannot be written."""
    database = connect()
    create(database, "rows_of_values", columns, rows)
    copy(database, "SELECT * FROM rows_of_values", path, "FORMAT parquet")


def relation(database: Database, of: Tables) -> duckdb.DuckDBPyRelation:
    """Return one row per card and KPI, or per card, its numbers as decimals."""
    return database.sql(_rows(database, of))


_NAMED: Final = """
SELECT r.period, r.employee, n.name, n.team, r.* EXCLUDE (period, employee, place)
FROM (SELECT *, ROW_NUMBER() OVER () AS place FROM ({rows})) AS r
LEFT JOIN (
    SELECT c.period, c.employee, CAST(o.id AS VARCHAR) AS role, p.name, p.team
    FROM {card} AS c JOIN role AS o ON o.role = c.role LEFT JOIN {person} AS p ON p.card = c.card
) AS n ON n.period = r.period AND n.employee = r.employee AND n.role = r.role
ORDER BY r.place
"""

_CARDS: Final = f"""
SELECT
    c.period, c.employee, p.name, p.team, CAST(r.id AS VARCHAR) AS role,
    CAST(g.total AS DECIMAL(16, 0)) * 0.01 AS total, CAST(g.grade AS VARCHAR) AS grade, {_COEFFICIENT} AS coefficient,
    {_DECIMAL.format("p.base")} AS base
FROM {{graded}} AS g
JOIN {{card}} AS c ON c.card = g.card
JOIN role AS r ON r.role = c.role
LEFT JOIN {{person}} AS p ON p.card = g.card
ORDER BY g.card
"""


def named_rows(database: Database, of: Tables, *, floats: bool) -> duckdb.DuckDBPyRelation:
    """Return the same rows with name and team, their numbers as decimals or as binary fractions."""
    return _numbers(database.sql(_NAMED.format(**of._asdict(), rows=_rows(database, of))), floats=floats)


def card_rows(database: Database, of: Tables, *, floats: bool) -> duckdb.DuckDBPyRelation:
    """Return one row per card with its total, likewise."""
    return _numbers(database.sql(_CARDS.format(**of._asdict())), floats=floats)


def _numbers(rows: duckdb.DuckDBPyRelation, *, floats: bool) -> duckdb.DuckDBPyRelation:
    if not floats:
        return rows
    typed = zip(rows.columns, rows.types, strict=True)
    return rows.project(
        ", ".join(
            f'CAST("{name}" AS DOUBLE) AS "{name}"' if kind.id == "decimal" else f'"{name}"' for name, kind in typed
        )
    )


def _rows(database: Database, of: Tables) -> str:
    if not of.has_lines:
        return _TOTALS.format(coefficient=_COEFFICIENT)
    found = _beside(database, of)
    return _ROWS.format(
        **of._asdict(),
        score=found.score,
        more="".join(f", {each.as_value} AS {each.name}" for each in found.more),
        of_row="".join(f", {each.of_row} AS {each.name}" for each in found.more),
        vetoes=_VETOES if found.has_vetoes else "",
    )


def copy(database: Database, rows: str, path: Path, options: str) -> None:
    """Write rows of SQL to a file. Raises OSError where the path cannot be written."""
    if not is_named_alike(path.absolute()):
        with own_folder() as folder:
            copy(database, rows, folder / "rows", options)
            shutil.copyfile(folder / "rows", path)
        return
    try:
        database.execute(f"COPY ({rows}) TO {quote(str(path.absolute()))} ({options}, USE_TMP_FILE false)")
    except duckdb.IOException as error:
        raise _as_os_error(error) from error


def _as_os_error(error: duckdb.IOException) -> OSError:
    """Return what the system said, as far as the database tells: it gives the number, or only the words."""
    numbered = re.search(r'"errno":"([0-9]+)"', str(error))
    number = int(numbered[1]) if numbered else errno.ENOSPC if os.strerror(errno.ENOSPC) in str(error) else None
    return OSError(number, os.strerror(number)) if number else OSError(str(error))


CSV: Final = "FORMAT csv, HEADER, COMPRESSION none"
PARQUET: Final = "FORMAT parquet"
"""The options of `copy`."""

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
FROM {kpi} AS k JOIN role AS r ON r.role = k.role;
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
SELECT 1 FROM {scored} AS s JOIN {kpi} AS k ON k.kpi = s.kpi WHERE s.{of_row} IS DISTINCT FROM k.{of_kpi} LIMIT 1
"""

# Sorted while a row is still narrow, and written out above that. Further columns are as above. A row without a target
# or an effective weight of its own has its KPI's.
_LINES: Final = """
SELECT concat(
    period, ',', {employee}, ',', middle, {weight}, ',', {target}, ',', plain(actual), ',', hundredths(attainment), ',',
    hundredths(score), ',', ten_thousandths(points), ',', status, ',', hundredths(total), ',', {grade}, ',',
    coefficient{more}) AS "{columns}"
FROM (
    SELECT
        c.period, c.employee, t.middle, t.weight AS kpi_weight, t.target AS kpi_target,
        CASE WHEN s.effective_weight IS DISTINCT FROM k.weight THEN s.effective_weight END AS own_weight,
        CASE WHEN s.target IS DISTINCT FROM k.target THEN s.target END AS own_target, s.actual, s.attainment,
        {score} AS score, s.points, s.status, g.total, g.grade, g.coefficient{of_row}
    FROM {scored} AS s
    JOIN {card} AS c ON c.card = s.card
    JOIN {graded} AS g ON g.card = s.card
    JOIN kpi_text AS t ON t.kpi = s.kpi
    JOIN {kpi} AS k ON k.kpi = s.kpi{vetoes}
    ORDER BY s.card, s.kpi
)
"""


_OWN_WEIGHT: Final = """
    CASE WHEN points IS NOT NULL THEN COALESCE(plain(own_weight), CAST(kpi_weight AS VARCHAR)) END"""


def write_csv(database: Database, of: Tables, path: Path) -> None:
    """Write one row per card and KPI, or per card. Raises OSError where the path cannot be written."""
    if not of.has_lines:
        copy(database, _TOTALS.format(coefficient="g.coefficient"), path, CSV)
        return
    found = _beside(database, of)
    database.execute(_MACROS)
    database.execute(_KPI_TEXTS.format(kpi=of.kpi))
    has_own_targets = bool(database.execute(_others(of, "target", "target")).fetchall())
    has_own_weights = bool(database.execute(_others(of, "effective_weight", "weight")).fetchall())
    lines = _LINES.format(
        **of._asdict(),
        columns=",".join((_COLUMNS, *(each.name for each in found.more))),
        employee=_cell(database, "employee", "(SELECT employee FROM known_employee)"),
        grade=_cell(database, "grade", "(SELECT CAST(grade AS VARCHAR) FROM grade)"),
        weight=_OWN_WEIGHT if has_own_weights else "kpi_weight",
        target="COALESCE(plain(own_target), CAST(kpi_target AS VARCHAR))" if has_own_targets else "kpi_target",
        score=found.score,
        more="".join(f", ',', {each.as_text}" for each in found.more),
        of_row="".join(f", {each.of_row} AS {each.name}" for each in found.more),
        vetoes=_VETOES if found.has_vetoes else "",
    )
    try:
        copy(database, lines, path, _LINES_ONLY)
    finally:
        database.execute("DROP TABLE kpi_text; DROP TYPE kpi_text")


def _others(of: Tables, of_row: str, of_kpi: str) -> str:
    return _OTHERS.format(scored=of.scored, kpi=of.kpi, of_row=of_row, of_kpi=of_kpi)


def _cell(database: Database, column: str, words: str) -> str:
    """Return the SQL of a cell: quotes are looked for in each row only if a word of the column needs any."""
    needs_quotes = database.execute(_QUOTED.format(words=words)).fetchall()
    return f"cell(CAST({column} AS VARCHAR))" if needs_quotes else column
