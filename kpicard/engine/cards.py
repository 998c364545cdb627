"""Scorecards out of the engine: as values, or straight to a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal

import duckdb

from kpicard.card import Adjusted, Card, Scored, Withheld
from kpicard.engine.database import Database, quote
from kpicard.numbers import from_hundredths, from_millionths
from kpicard.rules.adjustment import Adjustment
from kpicard.rules.numbered import Numbered

_CARDS = """
SELECT
    s.card, c.period, c.employee, c.role, p.name, p.team, s.total, s.grade, s.coefficient, s.grade_by_total,
    p.base, p.days, p.share,
    s.kpi, s.status, s.target, s.actual, s.attainment, s.score, s.points, s.veto, q.numerator, q.denominator
FROM {of}{scored} AS s
JOIN {of}card AS c ON c.card = s.card
LEFT JOIN {of}person AS p ON p.card = s.card
LEFT JOIN {of}ratio AS q ON q.card = s.card AND q.kpi = s.kpi
ORDER BY s.card, s.kpi
"""

# Whole millionths as a decimal without trailing zeros. The usual lengths are told apart, since trimming texts is slow.
_PLAIN = """
CREATE OR REPLACE TEMP MACRO plain(v) AS CASE
    WHEN v % 1000000 = 0 THEN CAST(v // 1000000 AS VARCHAR)
    WHEN v % 100000 = 0 THEN CAST(CAST(v // 100000 AS DECIMAL(17, 0)) * 0.1 AS VARCHAR)
    WHEN v % 10000 = 0 THEN CAST(CAST(v // 10000 AS DECIMAL(16, 0)) * 0.01 AS VARCHAR)
    ELSE rtrim(CAST(CAST(v AS DECIMAL(19, 0)) * 0.000001 AS VARCHAR), '0')
END
"""

# Sorted while a row is still narrow, and written out as text above that. An adjustment has points and no score. Cards
# of rules with vetoes have a column more: the best grade that the row's veto leaves.
_CSV = """
SELECT
    period, employee, role, kpi, plain(weight) AS weight, plain(target) AS target, plain(actual) AS actual,
    CAST(attainment AS DECIMAL(16, 0)) * 0.01 AS attainment, CAST(score AS DECIMAL(16, 0)) * 0.01 AS score,
    CAST(points AS DECIMAL(16, 0)) * 0.01 AS points, status, CAST(total AS DECIMAL(16, 0)) * 0.01 AS total,
    grade, coefficient{veto}
FROM (
    SELECT
        c.period, c.employee, r.id AS role, k.id AS kpi, k.weight, s.target, s.actual, s.attainment, s.points,
        {score} AS score, s.status, s.total, s.grade, s.coefficient{of_row}
    FROM scored AS s
    JOIN card AS c ON c.card = s.card
    JOIN kpi AS k ON k.kpi = s.kpi
    JOIN role AS r ON r.role = k.role{vetoes}
    ORDER BY s.card, s.kpi
)
"""

# What the cards have beside weighted KPIs.
_BESIDE = """
SELECT COUNT(veto_rank) > 0, COUNT(*) > COUNT(weight) FROM kpi WHERE role IN (SELECT DISTINCT role FROM card)
"""
_VETOES = "LEFT JOIN grade AS v ON v.scale = k.scale AND v.rank = s.veto"


_WITHHELD = """
SELECT c.period, c.employee, c.role, p.name
FROM card AS c LEFT JOIN person AS p ON p.card = c.card
WHERE c.card NOT IN (SELECT card FROM scored)
ORDER BY c.card
"""


def count_cards(database: Database) -> int:
    """Return how many cards were scored."""
    ((count,),) = database.execute("SELECT COUNT(DISTINCT card) FROM scored").fetchall()
    return int(count)


def count_seen(database: Database) -> int:
    """Return how many cards the files have a row of, whether they are scored or withheld."""
    ((count,),) = database.execute("SELECT COUNT(*) FROM card").fetchall()
    return int(count)


def fetch_cards(
    database: Database, numbered: Numbered, *, of: str = "", scored: Literal["scored", "total"] = "scored"
) -> Iterator[Card]:
    """Yield the cards, sorted by period, role and employee.

    Those of longer periods have the cards of their months beside them, in the tables `of` "month_"; there `total` has
    the cards without their lines.
    """
    rows = database.execute(_CARDS.format(of=of, scored=scored)).fetchall()
    for key, group in groupby(rows, key=itemgetter(slice(0, 13))):
        _, period, employee, role, name, team, total, grade, coefficient, grade_by_total, base, days, share = key
        lines = [_line(row[13:], numbered) for row in group if row[13] is not None]
        yield Card(
            period=period,
            employee=employee,
            name=name,
            team=team,
            role=numbered.roles[role],
            kpis=tuple(line for line in lines if isinstance(line, Scored)),
            adjustments=tuple(line for line in lines if isinstance(line, Adjusted)),
            total=_hundredths(total),
            grade=grade,
            coefficient=None if coefficient is None else Decimal(coefficient),
            grade_by_total=grade_by_total,
            rules=numbered.editions[role].fingerprint,
            base=_millionths(base),
            days=_millionths(days),
            share=_millionths(share),
        )


def fetch_withheld(database: Database, numbered: Numbered) -> Iterator[Withheld]:
    """Yield whose cards were withheld, sorted by period, role and employee."""
    for period, employee, role, name in database.execute(_WITHHELD).fetchall():
        yield Withheld(period, employee, name, numbered.roles[role])


def write_csv(database: Database, path: Path) -> None:
    """Write one row per card and KPI. Raises OSError where the path cannot be written."""
    database.execute(_PLAIN)
    ((vetoes, adjustments),) = database.execute(_BESIDE).fetchall()
    rows = _CSV.format(
        score="CASE WHEN k.weight IS NOT NULL THEN s.score END" if adjustments else "s.score",
        veto=", veto" if vetoes else "",
        of_row=", v.grade AS veto" if vetoes else "",
        vetoes=f"\n    {_VETOES}" if vetoes else "",
    )
    try:
        database.execute(f"COPY ({rows}) TO {quote(str(path.absolute()))} (FORMAT csv, HEADER, COMPRESSION none)")
    except duckdb.IOException as error:
        raise OSError(str(error)) from error


def _line(row: tuple[Any, ...], numbered: Numbered) -> Scored | Adjusted:
    kpi, status, target, actual, attainment, score, points, veto, numerator, denominator = row
    item = numbered.items[kpi][2]
    if isinstance(item, Adjustment):
        return Adjusted(item, status, _millionths(actual), _hundredths(points))
    return Scored(
        kpi=item,
        status=status,
        target=_millionths(target),
        actual=_millionths(actual),
        attainment=_hundredths(attainment),
        score=_hundredths(score),
        points=_hundredths(points),
        vetoes=veto is not None,
        numerator=_millionths(numerator),
        denominator=_millionths(denominator),
    )


def _millionths(value: int | None) -> Decimal | None:
    return None if value is None else from_millionths(value)


def _hundredths(value: int | None) -> Decimal | None:
    return None if value is None else from_hundredths(int(value))
