"""The tidy table as people get it: one row per figure, by id and in exact numbers, with the place that it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from kpicard.actuals.files.prepare import steady
from kpicard.actuals.files.records import pick_lines, read_records
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.readers import NOT_UNDERSTOOD, NUMBERS
from kpicard.engines.duckdb import Database, create
from kpicard.engines.export import CSV, PARQUET, copy

_TEXT: Final = "NULLIF(regexp_replace(trim(c.{}), '[\\r\\n\\t]+', ' ', 'g'), '')"
_OWN_TEXT: Final = f"CASE WHEN f.row IS NULL THEN {_TEXT} END"
_NUMBER: Final = "CAST(TRY_CAST({} AS DECIMAL(18, 0)) * 0.000001 AS DECIMAL(18, 6))"
_OWN_NUMBER: Final = _NUMBER.format("CASE WHEN f.row IS NULL THEN {}.value END")

COLUMNS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "period": ("VARCHAR", f"COALESCE(p.period, {_TEXT.format('period_text')})"),
        "employee": ("VARCHAR", "e.employee"),
        "role": ("VARCHAR", f"COALESCE(CAST(o.id AS VARCHAR), {_TEXT.format('role_text')})"),
        "kpi": ("VARCHAR", f"COALESCE(CAST(k.id AS VARCHAR), {_TEXT.format('kpi_text')})"),
        "status": ("VARCHAR", "r.said"),
        "actual": ("DECIMAL(18, 6)", _NUMBER.format("r.actual")),
        "numerator": ("DECIMAL(18, 6)", _NUMBER.format("CASE WHEN r.status = 'scored' THEN r.numerator END")),
        "denominator": ("DECIMAL(18, 6)", _NUMBER.format("CASE WHEN r.status = 'scored' THEN r.denominator END")),
        "target": ("DECIMAL(18, 6)", _NUMBER.format("r.target")),
        "reason": ("VARCHAR", f"CASE WHEN r.said = 'not_applicable' THEN {_TEXT.format('reason_text')} END"),
        "name": ("VARCHAR", f"COALESCE({_OWN_TEXT.format('name')}, q.name)"),
        "team": ("VARCHAR", f"COALESCE({_OWN_TEXT.format('team')}, q.team)"),
        "base": ("DECIMAL(18, 6)", f"COALESCE({_OWN_NUMBER.format('base')}, {_NUMBER.format('q.base')})"),
        "days": ("DECIMAL(18, 6)", _OWN_NUMBER.format("days")),
        "share": ("DECIMAL(18, 6)", f"COALESCE({_OWN_NUMBER.format('share')}, {_NUMBER.format('q.share')})"),
        "comment": ("VARCHAR", f"CASE WHEN NOT c.is_wide THEN {_OWN_TEXT.format('comment')} END"),
        "file": ("VARCHAR", "s.file"),
        "sheet": ("VARCHAR", "s.sheet"),
        "line": ("BIGINT", "COALESCE(l.line, r.row + s.behind)"),
        "column": ("INTEGER", "r.col + 1"),
    }
)
"""Each column with its type and how it is made; what is not understood stands as its text where there is room for one.

`line` counts lines, or the rows of a sheet; `column` counts the cells of a row; both from 1.
"""

# A wide row none of whose columns is for its role shows that the card is there: none of its figures is reported.
_FIGURES: Final = f"""
SELECT
    t.row, t.col, t.card, t.period, t.employee, t.role, t.kpi, t.status, t.actual, t.target, t.numerator, t.denominator,
    CASE WHEN t.fault THEN '{NOT_UNDERSTOOD}' ELSE CAST(t.status AS VARCHAR) END AS said
FROM tidy AS t
WHERE t.status IS DISTINCT FROM 'presence'
UNION ALL
SELECT
    t.row, t.col, t.card, t.period, t.employee, t.role, i.kpi, NULL, NULL, NULL, NULL, NULL,
    CASE WHEN t.fault THEN '{NOT_UNDERSTOOD}' ELSE 'not_reported' END
FROM tidy AS t
LEFT JOIN kpi AS i ON i.role = t.role
WHERE t.status = 'presence' AND t.row NOT IN (SELECT o.row FROM tidy AS o WHERE o.status IS DISTINCT FROM 'presence')
"""

_NUMBERS: Final = "".join(
    f"""
LEFT JOIN person_value AS {column} ON {column}.card = r.card AND {column}.number = {number}
    AND {column}.text = c.{column}_text"""
    for number, column in enumerate(NUMBERS)
)

# Four kinds of rows more say what else was not understood: a number of a person's, whose card it is known of; a row of
# the wrong width, which may hold anybody's figures; a figure that is lacking, where a column that is not read may hold
# it; and a file that could not be read.
_ROWS: Final = f"""
CREATE TEMP TABLE tidy_row AS
SELECT {", ".join(f'{made} AS "{name}"' for name, (_, made) in COLUMNS.items())}, r.row AS "of_row", r.col AS "of_col"
FROM ({_FIGURES}) AS r
JOIN cell AS c ON c.row = r.row AND c.col = r.col
JOIN tidy_source AS s ON r.row BETWEEN s.first AND s.last
LEFT JOIN tidy_line AS l ON l.row = r.row
LEFT JOIN faulty_row AS f ON f.row = r.row
LEFT JOIN known_period AS p ON p.number = r.period
LEFT JOIN known_employee AS e ON e.number = r.employee
LEFT JOIN role AS o ON o.role = r.role
LEFT JOIN kpi AS k ON k.kpi = r.kpi
LEFT JOIN roster_card AS q ON q.card = r.card{_NUMBERS}
WHERE r.row NOT IN (SELECT row FROM team_cell) OR trim(c.employee_text) = e.employee
UNION ALL BY NAME
SELECT
    d.period, d.employee, CAST(o.id AS VARCHAR) AS role, '{NOT_UNDERSTOOD}' AS status, s.file, s.sheet,
    COALESCE(l.line, b.row + s.behind) AS line, b.row AS of_row, 1000000 + b.number AS of_col
FROM bad_number AS b
JOIN card AS d ON d.card = b.card
JOIN role AS o ON o.role = d.role
JOIN tidy_source AS s ON b.row BETWEEN s.first AND s.last
LEFT JOIN tidy_line AS l ON l.row = b.row
UNION ALL BY NAME
SELECT
    '{NOT_UNDERSTOOD}' AS status, s.file, s.sheet, COALESCE(l.line, f.row + s.behind) AS line, f.row AS of_row,
    -1 AS of_col
FROM faulty_row AS f
JOIN tidy_source AS s ON f.row BETWEEN s.first AND s.last
LEFT JOIN tidy_line AS l ON l.row = f.row
UNION ALL BY NAME
SELECT
    d.period, d.employee, CAST(o.id AS VARCHAR) AS role, CAST(k.id AS VARCHAR) AS kpi, '{NOT_UNDERSTOOD}' AS status,
    s.file, s.sheet, COALESCE(l.line, m.card_row + s.behind) AS line, m.card_row AS of_row, 2000000 + k.kpi AS of_col
FROM missing AS m
JOIN unread_kpi AS u ON u.kpi = m.kpi
JOIN kpi AS k ON k.kpi = m.kpi
JOIN card AS d ON d.card = m.card
JOIN role AS o ON o.role = d.role
JOIN tidy_source AS s ON m.card_row BETWEEN s.first AND s.last
LEFT JOIN tidy_line AS l ON l.row = m.card_row
UNION ALL BY NAME
SELECT '{NOT_UNDERSTOOD}' AS status FROM scheme WHERE NOT all_read AND EXISTS (SELECT 1 FROM missing)
"""


def keep_rows(database: Database, tables: Sequence[LoadedTable]) -> None:
    """Create `tidy_row`, the rows as people get them, while the texts of the cells are there.

    The models that `card`, `bad_number` and `roster_card` come from are there. A team's figure has a row for each of
    its people, and what rows leave out of people is the roster's.
    """
    sources = []
    lines: list[tuple[int, int]] = []
    for table in tables:
        behind = _one_line_each(table)
        if behind is None:
            lines += _lines(table)
        first, last = table.first, table.first + table.rows - 1
        sources.append((first, last, table.table.name, table.table.sheet, None if behind is None else behind - first))
    kinds = {"first": "BIGINT", "last": "BIGINT", "file": "VARCHAR", "sheet": "VARCHAR", "behind": "BIGINT"}
    create(database, "tidy_source", kinds, sources)
    create(database, "tidy_line", {"row": "BIGINT", "line": "BIGINT"}, lines)
    database.execute(_ROWS)


def _one_line_each(table: LoadedTable) -> int | None:
    """Return the line of the first row, where each row is one line; None where only reading the file shows that."""
    if table.table.relation:
        return table.table.relation.first
    above = table.above + 1
    if table.has_tabs or table.faulty:
        return None
    try:
        with steady(table.table.path, table.state):
            return None if pick_lines(table.table.path, (), table.rows + above) is None else above + 1
    except OSError:
        return None


def _lines(table: LoadedTable) -> Iterator[tuple[int, int]]:
    """Yield each row and the line on which it begins; none where the file has changed since it was read."""
    try:
        with steady(table.table.path, table.state):
            found = [record.line for record in read_records(table.table)]
    except OSError:
        return
    yield from enumerate(found[table.above + 1 :], start=table.first)


def write_rows(database: Database, as_: Literal["csv", "parquet"], path: Path) -> None:
    """Write the rows; numbers of CSV without closing zeros. Raises OSError where the path cannot be written."""
    columns = (_out(name, kind, as_) for name, (kind, _) in COLUMNS.items())
    rows = f"SELECT {', '.join(columns)} FROM tidy_row ORDER BY of_row, of_col, kpi"
    copy(database, rows, path, CSV if as_ == "csv" else PARQUET)


def _out(name: str, kind: str, as_: Literal["csv", "parquet"]) -> str:
    column = f'"{name}"'
    if as_ == "csv" and kind.startswith("DECIMAL"):
        return f"rtrim(rtrim(CAST({column} AS VARCHAR), '0'), '.') AS {column}"
    return f"CAST({column} AS {kind}) AS {column}"


def count_rows(database: Database) -> int:
    """Return how many rows there are."""
    ((count,),) = database.execute("SELECT COUNT(*) FROM tidy_row").fetchall()
    return int(count)
