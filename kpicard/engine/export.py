"""Scorecards out of the engine: to a Parquet file, or as a relation of DuckDB. CSV has a module of its own."""

from __future__ import annotations

import errno
import os
import re
import shutil
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from kpicard.engine.database import Database, is_named_alike, quote
from kpicard.folders import own_folder

PARQUET: Final = "FORMAT parquet"
COEFFICIENT: Final = "CAST(CAST(coefficient AS VARCHAR) AS DECIMAL(18, 6))"
"""A coefficient, which is a text of its own in the engine, as a number."""

VETOES: Final = "\n    LEFT JOIN grade AS v ON v.scale = k.scale AND v.rank = s.veto"

_DECIMAL: Final = "CAST(CAST({0} AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(18, 6))"

# Sorted while a row is still narrow. An adjustment has points and no score. Cards of rules with vetoes have a column
# more: the best grade that the row's veto leaves.
_ROWS: Final = f"""
SELECT
    period, employee, role, kpi, {_DECIMAL.format("weight")} AS weight,
    {_DECIMAL.format("effective_weight")} AS effective_weight, {_DECIMAL.format("target")} AS target,
    {_DECIMAL.format("actual")} AS actual,
    CAST(attainment AS DECIMAL(16, 0)) * 0.01 AS attainment, CAST(score AS DECIMAL(16, 0)) * 0.01 AS score,
    CAST(CAST(points AS DECIMAL(18, 0)) * 0.0001 AS DECIMAL(18, 4)) AS points, CAST(status AS VARCHAR) AS status,
    CAST(total AS DECIMAL(16, 0)) * 0.01 AS total, CAST(grade AS VARCHAR) AS grade, {COEFFICIENT} AS coefficient{{veto}}
FROM (
    SELECT
        c.period, c.employee, CAST(r.id AS VARCHAR) AS role, CAST(k.id AS VARCHAR) AS kpi, k.weight, s.effective_weight,
        s.target, s.actual, s.attainment, {{score}} AS score, s.points, s.status, g.total, g.grade,
        g.coefficient{{of_row}}
    FROM scored AS s
    JOIN graded AS g ON g.card = s.card
    JOIN card AS c ON c.card = s.card
    JOIN kpi AS k ON k.kpi = s.kpi
    JOIN role AS r ON r.role = k.role{{vetoes}}
    ORDER BY s.card, s.kpi
)
"""


class Beside(NamedTuple):
    """What the cards have beside weighted KPIs."""

    has_vetoes: bool
    has_adjustments: bool

    @property
    def score(self) -> str:
        """The score of a row, as SQL."""
        return "CASE WHEN k.weight IS NOT NULL THEN s.score END" if self.has_adjustments else "s.score"


def beside(database: Database) -> Beside:
    """Return what the cards have beside weighted KPIs."""
    query = "SELECT COUNT(veto_rank) > 0, COUNT(*) > COUNT(weight) FROM kpi WHERE role IN (SELECT role FROM card)"
    ((vetoes, adjustments),) = database.execute(query).fetchall()
    return Beside(vetoes, adjustments)


def write_parquet(database: Database, path: Path) -> None:
    """Write one row per card and KPI, its numbers as decimals. Raises OSError where the path cannot be written."""
    copy(database, _rows(database), path, PARQUET)


def relation(database: Database) -> duckdb.DuckDBPyRelation:
    """Return one row per card and KPI, its numbers as decimals."""
    return database.sql(_rows(database))


def _rows(database: Database) -> str:
    found = beside(database)
    return _ROWS.format(
        score=found.score,
        veto=", CAST(veto AS VARCHAR) AS veto" if found.has_vetoes else "",
        of_row=", v.grade AS veto" if found.has_vetoes else "",
        vetoes=VETOES if found.has_vetoes else "",
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
