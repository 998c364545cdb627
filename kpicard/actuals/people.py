"""What the actuals say of people beside their figures: names and teams, and the numbers about a card as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.header_vocabulary import ABOUT_PEOPLE, COLUMNS
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.number_forms import create_read
from kpicard.actuals.readers import NUMBERS, Spelling, Vocabulary, read_number
from kpicard.actuals.suspicious_ids import alike_ids, namesakes
from kpicard.engines.duckdb import Database, create, create_empty, quoted
from kpicard.models.run import Models
from kpicard.numbers import from_millionths, to_millionths
from kpicard.problems import Value
from kpicard.rules.rule_index import Numbered
from kpicard.units import Style


def create_people(database: Database, tables: Sequence[LoadedTable], spelling: Spelling) -> None:
    """Create what the rows say of people beside the tidy table: `person_name`, `person_value`, `card_comment`.

    `person_name` has card, row and `ABOUT_PEOPLE`; `person_value` card, row, number (0 base, 1 days, 2 share), text and
    value, in millionths, NULL where the text is not understood. Each text of a card is there once, with its first row.
    """
    columns = {column for table in tables for column in table.layout.columns}
    if columns & {*ABOUT_PEOPLE}:
        database.execute(_NAMES)
    else:
        kinds = {"card": "BIGINT", "row": "BIGINT", **dict.fromkeys(ABOUT_PEOPLE, "VARCHAR")}
        create_empty(database, "person_name", kinds)
    if "comment" in columns:
        database.execute(_COMMENTS)
    else:
        create_empty(database, "card_comment", {"card": "BIGINT", "row": "BIGINT", "kpi": "INTEGER", "text": "VARCHAR"})
    used = [column for column in NUMBERS if column in columns]
    if used:
        database.execute(_texts_of(used, spelling))
        _understand(database, spelling.style)
        database.execute(_VALUES)
    else:
        kinds = {"card": "BIGINT", "row": "BIGINT", "number": "INTEGER", "text": "VARCHAR", "value": "BIGINT"}
        create_empty(database, "person_value", kinds)


_NAMES: Final = f"""
CREATE TEMP TABLE person_name AS
SELECT card, MIN(row) AS row, {", ".join(ABOUT_PEOPLE)}
FROM (
    SELECT r.card, r.row, {", ".join(f"NULLIF(trim(c.{each}), '') AS {each}" for each in ABOUT_PEOPLE)}
    FROM tidy AS r
    JOIN cell AS c ON c.row = r.row AND c.col = r.col
    WHERE r.card IS NOT NULL AND r.row NOT IN (FROM faulty_row)
)
GROUP BY ALL"""

# What stands at several figures of a card is about it as a whole.
_COMMENTS: Final = """
CREATE TEMP TABLE card_comment AS
SELECT card, MIN(row) AS row, CASE WHEN COUNT(DISTINCT kpi) = 1 AND COUNT(kpi) = COUNT(*) THEN MIN(kpi) END AS kpi, text
FROM (
    SELECT r.card, r.row, CASE WHEN NOT c.is_wide THEN r.kpi END AS kpi, trim(c.comment) AS text
    FROM tidy AS r
    JOIN cell AS c ON c.row = r.row AND c.col = r.col
    WHERE r.card IS NOT NULL AND r.row NOT IN (FROM faulty_row)
)
WHERE text <> ''
GROUP BY card, text"""

# A card's rows usually repeat the same texts: each is kept once, with the first row that has it.
_TEXTS: Final = """
CREATE TEMP TABLE person_text AS
SELECT card, MIN(row) AS row, number AS kpi, text
FROM (
    SELECT r.card, r.row, unnest([{numbers}]) AS number, unnest([{texts}]) AS text
    FROM tidy AS r
    JOIN cell AS c ON c.row = r.row AND c.col = r.col
    WHERE r.card IS NOT NULL AND r.row NOT IN (FROM faulty_row)
)
WHERE lower(trim(text)) NOT IN ({unsaid})
GROUP BY card, number, text
"""

_VALUES: Final = """
CREATE TEMP TABLE person_value AS
SELECT t.card, t.row, t.kpi AS number, t.text, m.value
FROM person_text AS t
LEFT JOIN person_meaning AS m ON m.kpi = t.kpi AND m.text = t.text
"""


def create_reasons(database: Database, tables: Sequence[LoadedTable]) -> None:
    """Create `not_applicable_reason`: card, kpi and the reason in the row, of each figure that is not applicable."""
    if any("reason" in table.layout.columns for table in tables):
        database.execute(_REASONS)
    else:
        kinds = {"card": "BIGINT", "kpi": "INTEGER", "reason": "VARCHAR"}
        create_empty(database, "not_applicable_reason", kinds)


_REASONS: Final = """
CREATE TEMP TABLE not_applicable_reason AS
SELECT r.card, r.kpi, MIN(trim(c.reason_text)) AS reason
FROM tidy AS r
JOIN cell AS c ON c.row = r.row AND c.col = r.col
WHERE r.card IS NOT NULL AND r.status = 'not_applicable' AND trim(c.reason_text) <> ''
GROUP BY r.card, r.kpi
"""


def _texts_of(used: Sequence[str], spelling: Spelling) -> str:
    return _TEXTS.format(
        numbers=", ".join(str(NUMBERS.index(column)) for column in used),
        texts=", ".join(f"c.{column}_text" for column in used),
        unsaid=quoted(sorted(spelling.no_figures)),
    )


def _understand(database: Database, style: Style) -> None:
    """Create `person_meaning`: as with actuals, the engine reads plain amounts itself, and Python each other text."""
    database.execute("CREATE TEMP TABLE person_distinct AS SELECT DISTINCT kpi, text FROM person_text")
    create_read(
        database,
        "person_read",
        "person_distinct",
        lambda number, text: read_number(NUMBERS[number], text, style).value,
        style,
        "value >= 0",
    )
    others = database.execute("FROM person_distinct EXCEPT SELECT kpi, text FROM person_read").fetchall()
    read = [(number, text, read_number(NUMBERS[number], text, style).value) for number, text in others]
    columns = {"kpi": "INTEGER", "text": "VARCHAR", "value": "BIGINT"}
    rows = [(number, text, to_millionths(value)) for number, text, value in read if value is not None]
    create(database, "person_read_one_by_one", columns, rows)
    database.execute("CREATE TEMP VIEW person_meaning AS FROM person_read UNION ALL FROM person_read_one_by_one")


def person_findings(
    database: Database,
    tables: Sequence[LoadedTable],
    vocabulary: Vocabulary,
    models: Models,
    reasons: frozenset[str],
) -> Iterator[Fault]:
    """Yield what is wrong with the numbers of cards, and which of them look wrong.

    `reasons` are those for which cards are withheld: a number is not understood, or differs from another.
    """
    if "shares_above_100" in reasons:
        yield from _shares_above_100(database, tables)
    if not any({*NUMBERS} & set(table.layout.columns) for table in tables):
        return
    numbered, style = vocabulary.numbered, vocabulary.spelling.style
    models.make("part_unknown", "base_twice")
    if "bad_number" in reasons:
        yield from _bad(database, tables, style)
    if "differing_number" in reasons:
        yield from _differing_numbers(database, tables)
    yield from _parts_unknown(database, tables, numbered)
    yield from _bases_twice(database, tables, numbered)


_DIFFERING_NUMBERS: Final = """
SELECT c.period, c.employee, d.number, d.row, d.text, d.first_row, d.first_text
FROM differing_number AS d JOIN card AS c ON c.card = d.card"""


def _bad(database: Database, tables: Sequence[LoadedTable], style: Style) -> Iterator[Fault]:
    def fault(row: int, number: int, text: str) -> Fault:
        column = NUMBERS[number]
        found = read_number(column, text, style)
        values = {"value": text.strip(), "understood": found.understood, "left": found.left or None}
        return Fault(_cell(tables, row, column), f"bad-{column}", values)

    return faults_of(database, "SELECT row, number, text FROM bad_number", "row, number", fault)


def _differing_numbers(database: Database, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    def fault(*found: Any) -> Fault:
        period, employee, number, row, text, first_row, first = found
        column = NUMBERS[number]
        values = {
            "column": COLUMNS[column],
            "period": period,
            "employee": employee,
            "value": text.strip(),
            "first": first.strip(),
        }
        return Fault(_cell(tables, row, column), "number-differs", values, other=_cell(tables, first_row, column))

    return faults_of(database, _DIFFERING_NUMBERS, "row, number", fault)


def _parts_unknown(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    def fault(row: int, period: str, employee: str, role: int, number: int) -> Fault:
        values: dict[str, Any] = {
            "employee": employee,
            "period": period,
            "role": numbered.roles[role].title,
            "column": COLUMNS[NUMBERS[number]],
        }
        return Fault(_cell(tables, row, NUMBERS[number]), "part-unknown", values)

    return faults_of(database, "FROM part_unknown", "row", fault)


def _bases_twice(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    def fault(*found: Any) -> Fault:
        row, period, employee, role, value, first_row = found
        values: dict[str, Any] = {
            "employee": employee,
            "period": period,
            "role": numbered.roles[role].title,
            "value": from_millionths(value),
        }
        return Fault(_cell(tables, row, "base"), "base-twice", values, other=_cell(tables, first_row, "base"))

    return faults_of(database, "FROM base_twice", "row", fault)


def _shares_above_100(database: Database, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    def fault(period: str, employee: str, row: int, total: int) -> Fault:
        values: dict[str, Any] = {"employee": employee, "period": period, "sum": from_millionths(int(total))}
        return Fault(_cell(tables, row, "share"), "shares-above-100", values)

    query = "SELECT period, employee, MAX(row) AS row, MAX(sum) FROM shares_above_100 GROUP BY period, employee"
    return faults_of(database, query, "row", fault)


def _cell(tables: Sequence[LoadedTable], row: int, column: str) -> Cell:
    """Return a row's cell in a column; where its table has none, the employee's."""
    columns = table_of(tables, row).layout.columns
    return Cell(row, columns.get(column, columns["employee"]))


# Where each card has one name and team, `person_name` has one row of it.
_ALL_ALIKE: Final = "SELECT COUNT(*) = COUNT(DISTINCT card) FROM person_name"


def name_findings(database: Database, tables: Sequence[LoadedTable], models: Models) -> Iterator[Fault]:
    """Yield where a card has several names or teams, and where one of them, or an id, is other than it looks."""
    has_names = any({*ABOUT_PEOPLE} & set(table.layout.columns) for table in tables)
    texts = {"employee": "FROM card"} | (dict.fromkeys(ABOUT_PEOPLE, "FROM person_name") if has_names else {})
    suspicious = suspicious_columns(database, texts)
    if "employee" in suspicious:
        yield from formula_texts(database, tables, "FROM card", "employee")
        yield from hidden_characters(database, tables, "FROM card", "employee")
    yield from alike_ids(database, tables)
    if any("name" in table.layout.columns for table in tables):
        yield from namesakes(database, tables)
    are_alike = not has_names or all(same for (same,) in database.execute(_ALL_ALIKE).fetchall())
    if not are_alike:
        models.make("person")
    for column in ABOUT_PEOPLE:
        if not are_alike:
            yield from _differing(database, tables, column)
        if column in suspicious:
            yield from formula_texts(database, tables, "FROM person_name", column)


def _differing(database: Database, tables: Sequence[LoadedTable], column: str) -> Iterator[Fault]:
    def fault(row: int, employee: str, value: str, other: str) -> Fault:
        cell = Cell(row, table_of(tables, row).layout.columns[column])
        said: dict[str, Value] = {"column": COLUMNS[column], "employee": employee, "value": value, "first": other}
        return Fault(cell, "name-differs", said)

    return faults_of(
        database,
        f"""SELECT MIN(r.row) AS row, c.employee, r.{column}, p.{column}
        FROM person_name AS r
        JOIN person AS p ON p.card = r.card
        JOIN card AS c ON c.card = r.card
        WHERE r.{column} <> p.{column}
        GROUP BY ALL""",
        "row",
        fault,
    )


# The first row of each text: a month says it once for each KPI.
_FOUND: Final = """
SELECT MIN(row) AS row, text FROM (SELECT row, {column} AS text FROM ({rows})) WHERE {condition} GROUP BY text"""

# A sign alone, or before digits as in a telephone number, computes nothing; with hyphens between them, it does.
_BEGINS: Final = " OR ".join(f"starts_with(text, '{sign}')" for sign in "=+-@")
_IS_FORMULA: Final = f"({_BEGINS}) AND NOT regexp_full_match(text, '[+-]?[0-9 .]*')"

# Controls, soft hyphens, and the marks that have no width, reorder the text or hide in it.
_IS_HIDDEN: Final = (
    r"regexp_matches(text, '[\x00-\x1f\x7f-\x9f\x{ad}\x{61c}\x{180e}\x{200b}-\x{200f}\x{2028}-\x{202e}"
    r"\x{2060}-\x{206f}\x{feff}\x{e0000}-\x{e007f}]')"
)


def suspicious_columns(database: Database, columns: Mapping[str, str]) -> frozenset[str]:
    """Return which columns have such a text at all; each comes with what stands for its rows in SQL."""
    texts = " UNION ALL ".join(
        f"SELECT '{column}' AS name, {column} AS text {rows}" for column, rows in columns.items()
    )
    query = f"SELECT DISTINCT name FROM ({texts}) WHERE ({_IS_FORMULA}) OR {_IS_HIDDEN}"
    return frozenset(name for (name,) in database.execute(query).fetchall())


def formula_texts(database: Database, tables: Sequence[LoadedTable], rows: str, column: str) -> Iterator[Fault]:
    """Yield where a column has a text like a formula; `rows` is a SELECT of `row` and of the column."""
    yield from _texts(database, tables, rows, column, "like-a-formula", _IS_FORMULA)


def hidden_characters(database: Database, tables: Sequence[LoadedTable], rows: str, column: str) -> Iterator[Fault]:
    """Yield where a column has a character that is not seen; `rows` is a SELECT of `row` and of the column."""
    yield from _texts(database, tables, rows, column, "hidden-character", _IS_HIDDEN)


def _texts(  # noqa: PLR0913, PLR0917 - the parts of the query, and what it finds
    database: Database, tables: Sequence[LoadedTable], rows: str, column: str, code: str, condition: str
) -> Iterator[Fault]:
    def fault(row: int, text: str) -> Fault:
        cell = Cell(row, table_of(tables, row).layout.columns[column])
        return Fault(cell, code, {"column": COLUMNS[column], "value": text, "sign": text[0]})

    return faults_of(database, _FOUND.format(column=column, rows=rows, condition=condition), "row", fault)
