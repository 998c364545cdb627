"""Rows that are nobody's (sums and footers), and spreadsheet errors in place of an employee: settled before `tidy`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kpicard.actuals.files.tables import MERGED
from kpicard.actuals.findings import Cell, Fault, table_of
from kpicard.actuals.header_vocabulary import are_footer, is_footer, is_sum
from kpicard.actuals.load import LoadedTable
from kpicard.engines.duckdb import Database, create

# Employees are looked at before rows, of which there are more: here what may be one, and Python says which are.
_SUSPICIOUS: Final = """
SELECT employee, number, is_error FROM (
    SELECT
        employee, number,
        regexp_full_match(employee, '=.*|#(?:[A-Z]+[!?]|DIV/0!|N/A)|[0-9](?:[.][0-9]+)?[eE][+]?[0-9]{2,}') AS is_error
    FROM known_employee
    WHERE NOT regexp_full_match(employee, '[A-Za-z]{0,3}[0-9]+') AND (
        regexp_matches(employee, '(?i)[计总均和Σ∑]|汇|最|中\\s*位|total|sum|aver|avg|mean|median')
        OR regexp_matches(employee, '(?i)^\\W*all\\W*$|^[=#]|^[0-9][.0-9]*e[+]?[0-9]{2,}$')
    )
)"""

_ON_CARDS: Final = "SELECT DISTINCT employee FROM reading WHERE card IS NOT NULL AND employee IN ({numbers})"

# A row without a role may be nobody's whatever its first cells are headed.
_ROWS: Final = """
SELECT DISTINCT ON (c.row) c.row, COALESCE(trim(c.employee_text), ''), COALESCE(c.role_text, '')
FROM cell AS c
WHERE c.row IN (
    SELECT row FROM reading
    WHERE role IS NULL OR (employee IS NULL AND period IS NULL) OR employee IN ({numbers})
) AND c.status_text IS NULL
ORDER BY c.row, c.col"""

_IS_ERROR: Final = "COALESCE(employee IN ({numbers}), FALSE)"
_WITHOUT_ERRORS: Final = f"""
SELECT * REPLACE (
    CASE WHEN NOT {_IS_ERROR} THEN employee END AS employee, CASE WHEN NOT {_IS_ERROR} THEN card END AS card,
    fault OR {_IS_ERROR} AS fault
)
FROM reading"""


class Settled(NamedTuple):
    """The rows of `reading` that are left, as a SELECT, and what is said of those that are passed over."""

    rows: str
    faults: list[Fault]


class _Nobody(NamedTuple):
    """A row that is nobody's: the code that says so, and the cell by which it is known."""

    code: str
    cell: Cell
    text: str


def settle(database: Database, tables: Sequence[LoadedTable], *, may_be_nobodys: bool) -> Settled:
    """Return which rows of `reading` are figures: not those that sum others up, nor footers.

    An error in place of the employee stays, as a fault of its cell, on no card. Any is looked for only where a text
    may be one: `may_be_nobodys` says whether a row may be without a role or a period.
    """
    found = [each for each in database.execute(_SUSPICIOUS).fetchall() if each[2] or is_sum(each[0])]
    if found:  # those that no card is of are not settled here: their rows have faults of their own
        query = _ON_CARDS.format(numbers=_listed(number for _, number, _ in found))
        on_cards = {number for (number,) in database.execute(query).fetchall()}
        found = [each for each in found if each[1] in on_cards]
    sums = _listed(number for _, number, is_error in found if not is_error)
    errors = _listed(number for _, number, is_error in found if is_error)
    nobodys = sorted(_nobodys(database, tables, sums), key=lambda each: each.cell) if sums or may_be_nobodys else []
    rows = _WITHOUT_ERRORS.format(numbers=errors) if errors else "SELECT * FROM reading"
    if nobodys:
        rows += f" WHERE row NOT IN ({_listed(each.cell.row for each in nobodys)})"
    return Settled(rows, list(_said_once(nobodys, tables)))


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _said_once(nobodys: Sequence[_Nobody], tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    """Yield one fault for the sums of a table, and one for its footers, at the first cell of each."""
    of_table: dict[tuple[str, str], list[_Nobody]] = {}
    for each in nobodys:
        of_table.setdefault((table_of(tables, each.cell.row).raw, each.code), []).append(each)
    for (_, code), rows in of_table.items():
        texts = tuple(dict.fromkeys(each.text for each in rows))
        yield Fault(rows[0].cell, code, {"found": texts, "count": len(rows)})


def _nobodys(database: Database, tables: Sequence[LoadedTable], numbers: str) -> Iterator[_Nobody]:
    """Yield the rows that are nobody's. Those that some other cell may call a sum are asked for together."""
    unclear: dict[str, tuple[LoadedTable, list[int]]] = {}
    for row, employee, role in database.execute(_ROWS.format(numbers=numbers or "NULL")).fetchall():
        table = table_of(tables, row)
        if is_sum(employee):
            yield _Nobody("sum-row", Cell(row, table.layout.columns["employee"]), employee)
        elif (not employee or is_footer(employee)) and (not role.strip() or is_sum(role) or is_footer(role)):
            unclear.setdefault(table.raw, (table, []))[1].append(row)
    for table, rows in unclear.values():
        yield from _nobodys_in(database, table, rows)


def _nobodys_in(database: Database, table: LoadedTable, rows: Sequence[int]) -> Iterator[_Nobody]:
    """Yield those of some rows, of which neither employee nor role is known, that some cell calls a sum or a footer."""
    create(database, "maybe_sum", {"row": "BIGINT"}, [(row - table.first,) for row in rows])
    texts = ", ".join(f"c{column}" for column in range(table.layout.width))
    found = database.execute(f"SELECT rowid, {texts} FROM {table.raw} WHERE rowid IN (FROM maybe_sum) ORDER BY rowid")
    for row, *cells in found.fetchall():
        filled = {column: text.strip() for column, text in enumerate(cells) if (text or "").strip() not in {"", MERGED}}
        others = {column: text for column, text in filled.items() if column not in table.layout.figures}
        for column, text in others.items():
            if is_sum(text):
                yield _Nobody("sum-row", Cell(row + table.first, column), text)
                break
        else:
            if are_footer(filled.values()):
                column, text = next(iter(filled.items()))
                yield _Nobody("footer-row", Cell(row + table.first, column), text)
    database.execute("DROP TABLE maybe_sum")
