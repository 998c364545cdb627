"""From cells to figures: the engine's typed rows, with what every distinct text means joined in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kpicard.actuals.layout import KpiColumns
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.lookup_tables import (
    IN_RANGE,
    create_actuals,
    create_names,
    create_parts,
    create_targets,
    create_units,
    of_period,
)
from kpicard.actuals.readers import NOT_APPLICABLE, NOT_REPORTED, Vocabulary
from kpicard.actuals.selection import Selection
from kpicard.actuals.stage_rows import BLANKS, anything
from kpicard.engines.duckdb import Database, create, quote, quoted
from kpicard.numbers import LIMIT, MILLION

TEXTS: Final = (
    *("period_text", "employee_text", "role_text", "kpi_text", "actual_text", "numerator_text", "denominator_text"),
    *("target_text", "unit_text", "name", "team", "base_text", "days_text", "share_text"),
)
"""The texts of a cell's row, by the columns of the view."""

_NO_CELLS: Final = f"""
SELECT 0 AS row, 0 AS col, {", ".join(f"NULL AS {text}" for text in TEXTS)}, CAST(NULL AS BIGINT) AS millionths,
    FALSE AS is_wide
WHERE FALSE"""

_MOST_IN_A_VIEW: Final = 16
"""With more tables than these `cell` is a table: the engine would plan all of them anew for each question."""


def create_cells(database: Database, tables: Sequence[LoadedTable], default_period: str | None) -> None:
    """Create `cell`, the cells of all tables as texts: long and wide tables come out alike.

    Columns: row, col (the column of the figure, from 0), `TEXTS`, `millionths`, the actual where its text is a plain
    number, and is_wide. A wide row gives one cell per KPI, and one more without a KPI, so that a row none of whose
    columns is for its role is still seen.
    """
    selects = [_select(table, default_period) for table in tables] or [_NO_CELLS]
    parts = [" UNION ALL ".join(part) for part in _batched(selects)]
    database.execute(f"CREATE TEMP {_kind(tables)} cell AS {parts[0]}")
    for part in parts[1:]:
        database.execute(f"INSERT INTO cell {part}")


def forget_cells(database: Database, tables: Sequence[LoadedTable]) -> None:
    """Drop `cell` and what it is made of, once all is understood: scoring takes as much memory again."""
    database.execute(f"DROP {_kind(tables)} cell")
    for table in tables:
        database.execute(f"DROP TABLE {table.raw}")


def _kind(tables: Sequence[LoadedTable]) -> str:
    return "VIEW" if len(tables) <= _MOST_IN_A_VIEW else "TABLE"


def _batched(selects: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(selects), _MOST_IN_A_VIEW):
        yield selects[first : first + _MOST_IN_A_VIEW]


def _select(table: LoadedTable, default_period: str | None) -> str:
    layout = table.layout
    text = {name: _text(table, layout.columns.get(name.removesuffix("_text"))) for name in TEXTS}
    if "period" not in layout.columns:
        period = table.table.period or default_period
        text["period_text"] = "NULL" if period is None else quote(period)
    col = str(layout.columns.get("actual", layout.columns.get("numerator", 0)))
    millionths = f"m{layout.columns['actual']}" if "actual" in layout.columns else "NULL"
    if layout.is_wide:
        text |= _unnested(table, layout.kpis)
        plain = ("NULL" if kpi.actual is None else f"m{kpi.actual}" for kpi in layout.kpis)
        millionths = f"unnest([{', '.join([*plain, 'NULL'])}])"
        col = f"unnest({[*(kpi.column for kpi in layout.kpis), layout.columns['role']]})"
    columns = ", ".join(f"CAST({text[name]} AS VARCHAR) AS {name}" for name in TEXTS)
    condition = f"{anything(table.columns)} IS NOT NULL" if table.has_blanks else "TRUE"
    columns += f", CAST({millionths} AS BIGINT) AS millionths, {str(layout.is_wide).upper()} AS is_wide"
    return f"SELECT rowid + {table.first} AS row, {col} AS col, {columns} FROM {table.raw} WHERE {condition}"


def _unnested(table: LoadedTable, kpis: Sequence[KpiColumns]) -> dict[str, str]:
    """Return the texts of a wide row that differ from figure to figure, and behind them the cell without a KPI."""
    texts = {
        "kpi_text": [quote(kpi.kpi) for kpi in kpis],
        "actual_text": [_text(table, kpi.actual) for kpi in kpis],
    }
    if table.layout.has_ratios:
        texts["numerator_text"] = [_text(table, kpi.numerator) for kpi in kpis]
        texts["denominator_text"] = [_text(table, kpi.denominator) for kpi in kpis]
    return {name: f"unnest([{', '.join([*each, 'NULL'])}])" for name, each in texts.items()}


def _text(table: LoadedTable, index: int | None) -> str:
    """Return the text of a column as SQL, without blanks around it where there may be other than spaces."""
    if index is None:
        return "NULL"
    text = f"c{index}"
    if table.table.inspection.has_formula_texts:  # ="E017", so that a spreadsheet takes it for a text
        text = f"regexp_replace({text}, '^[ \\t]*=\"([^\"]*)\"[ \\t]*$', '\\1')"
    return f"trim({text}, {BLANKS})" if table.has_tabs else text


def create_figures(
    database: Database, tables: Sequence[LoadedTable], vocabulary: Vocabulary, selection: Selection
) -> None:
    """Create `cell`, a view of all cells as texts, and `reading`, the same cells typed.

    `reading` has row, col, card, period, employee, role, kpi, status, actual and target, and where any table has
    them numerator and denominator: NULL where a text is not understood, and `fault`, true where that is a problem.
    Periods and employees are numbers in the order of their texts, as in `known_period` and `known_employee`;
    a card's number holds them with its role's, so that cards are in the order of the reports. Cells of a wide table
    under KPIs of other roles are left out when empty.
    """
    create_cells(database, tables, selection.only_period)
    _create_employees(database)
    create(database, "faulty_row", {"row": "BIGINT"}, [(row,) for table in tables for row in sorted(table.faulty)])
    create_names(database, vocabulary)
    create_actuals(database, vocabulary.readers)
    create_targets(database, vocabulary.readers)
    has_ratios = any(table.layout.has_ratios for table in tables)
    has_units = any("unit" in table.layout.columns for table in tables)
    if has_ratios:
        create_parts(database, vocabulary.readers)
    if has_units:
        create_units(database, vocabulary.readers)
    has_wide = any(table.layout.is_wide for table in tables)
    database.execute(
        _READING.format(
            figures=_WITH_RATIOS if has_ratios else "*",
            ratio=", numerator, denominator" if has_ratios else "",
            joins=(_PARTS if has_ratios else "") + (_UNITS if has_units else ""),
            unit_fault="c.unit_text IS NOT NULL AND u.text IS NULL" if has_units else "FALSE",
            end=")" if has_ratios else "",
            parts=_PART_COLUMNS.format(unreported=quoted(sorted(NOT_REPORTED))) if has_ratios else "",
            of_period=of_period(vocabulary.numbered, "k", "c"),
            in_range=IN_RANGE,
            card=card_number("p.number", "e.number", "k.role"),
            blank=_BLANK if has_wide else "FALSE",
            selected=selection.condition(vocabulary.numbered),
        )
    )


def _create_employees(database: Database) -> None:
    """Create `known_employee`, with a number for each, and `employee_meaning`, with the texts that mean one."""
    database.execute(_EMPLOYEE_TEXTS)
    spaced = database.execute("SELECT 1 FROM employee_text WHERE text <> employee LIMIT 1").fetchall()
    database.execute(_EMPLOYEES.format(all_once="DISTINCT" if spaced else ""))
    database.execute(_SPACED_EMPLOYEES if spaced else _PLAIN_EMPLOYEES)
    database.execute("DROP TABLE employee_text")


def card_number(period: str, employee: str, role: str) -> str:
    """Return the number of a card as SQL, NULL where one of the three is.

    It has room for all months of 10,000 years, 2^15 roles and 2^31 employees.
    """
    return f"(CAST({period} AS BIGINT) << 46) + (CAST({role} AS BIGINT) << 31) + {employee}"


def card_parts(card: str) -> tuple[str, str, str]:
    """Return the period's, the employee's and the role's number of a card's number, as SQL."""
    return f"{card} >> 46", f"{card} & {2**31 - 1}", f"CAST(({card} >> 31) & {2**15 - 1} AS SMALLINT)"


_EMPLOYEE_TEXTS: Final = """
CREATE TEMP TABLE employee_text AS
SELECT employee_text AS text, NULLIF(trim(employee_text), '') AS employee FROM cell GROUP BY employee_text
"""

# Where no employee is written with blanks around, as nearly always, each is there once, and the texts need no table of
# their own.
_EMPLOYEES: Final = """
CREATE TEMP TABLE employee_in_order AS
SELECT {all_once} employee FROM employee_text WHERE employee IS NOT NULL ORDER BY employee;
CREATE TEMP VIEW known_employee AS SELECT employee, rowid AS number FROM employee_in_order;
"""
_PLAIN_EMPLOYEES: Final = "CREATE TEMP VIEW employee_meaning AS SELECT employee AS text, number FROM known_employee"
_SPACED_EMPLOYEES: Final = """
CREATE TEMP TABLE employee_meaning AS
SELECT t.text, k.number FROM employee_text AS t JOIN known_employee AS k ON k.employee = t.employee"""

# A wide row's cell without a KPI only shows that the row is there. In a wide table a KPI that the row's role does not
# have is no fault while its cell is empty.
_READING: Final = r"""
CREATE TEMP TYPE status AS ENUM ('scored', 'not_applicable', 'not_reported', 'presence');
CREATE TEMP TABLE reading AS
SELECT
    row, col, card, period, employee, role, kpi,
    CAST(CASE WHEN kpi_text IS NULL AND is_wide THEN 'presence' ELSE status END AS status) AS status,
    actual, target{ratio},
    period IS NULL OR employee IS NULL OR role IS NULL
        OR ((kpi IS NULL OR status IS NULL OR other_fault) AND NOT (kpi_text IS NULL AND is_wide))
        OR faulty_row IS NOT NULL AS fault
FROM (
    SELECT {figures}
    FROM (
        SELECT
            c.row, c.col, {card} AS card, p.number AS period, e.number AS employee, k.role, k.kpi, c.kpi_text,
            f.row AS faulty_row,
            c.is_wide,
            {blank} AS is_blank,
            CASE
                WHEN c.actual_text IS NULL OR c.actual_text = '' THEN 'not_reported'
                WHEN c.{in_range} THEN 'scored'
                ELSE a.status
            END AS status,
            COALESCE(c.millionths, a.value) AS actual,
            t.value AS target,
            (c.target_text IS NOT NULL AND t.status IS NULL) OR ({unit_fault}) AS other_fault{parts}
        FROM cell AS c
        LEFT JOIN period_meaning AS p ON p.text = c.period_text
        LEFT JOIN employee_meaning AS e ON e.text = c.employee_text
        LEFT JOIN item_meaning AS k
            ON k.role_text = c.role_text AND k.kpi_text IS NOT DISTINCT FROM c.kpi_text{of_period}
        LEFT JOIN actual_meaning AS a ON a.kpi = k.kpi AND a.text = c.actual_text
        LEFT JOIN target_meaning AS t ON t.kpi = k.kpi AND t.text = c.target_text
        LEFT JOIN faulty_row AS f ON f.row = c.row{joins}
    ){end}
)
WHERE NOT (is_wide AND kpi IS NULL AND kpi_text IS NOT NULL AND role IS NOT NULL AND is_blank)
    AND {selected}
"""

# Asked of wide tables alone: the engine makes a join of it, which takes time.
_BLANK: Final = f"""c.actual_text IS NULL
                OR lower(trim(c.actual_text)) IN ({quoted(sorted(NOT_APPLICABLE | NOT_REPORTED))})"""

_UNITS: Final = """
        LEFT JOIN unit_meaning AS u ON u.kpi = k.kpi AND u.text = c.unit_text"""

_PARTS: Final = """
        LEFT JOIN numerator_meaning AS n ON n.kpi = k.kpi AND n.text = c.numerator_text
        LEFT JOIN denominator_meaning AS d ON d.kpi = k.kpi AND d.text = c.denominator_text
        LEFT JOIN ratio_factor AS q ON q.kpi = k.kpi"""

_PART_COLUMNS: Final = """,
            c.numerator_text IS NULL OR trim(c.numerator_text) IN ({unreported}) AS no_numerator,
            c.denominator_text IS NULL OR trim(c.denominator_text) IN ({unreported}) AS no_denominator,
            n.status AS numerator_status, d.status AS denominator_status, n.value AS numerator,
            d.value AS denominator, q.factor"""

QUOTIENT: Final = f"""CASE WHEN denominator > 0 THEN
    (2 * CAST(numerator AS HUGEINT) * factor * {MILLION}
        + CASE WHEN numerator < 0 THEN -denominator ELSE denominator END)
    // (2 * CAST(denominator AS HUGEINT))
END"""
"""The SQL of a ratio's value, in millionths, rounded half away from zero."""

# The rule of `kpicard.actuals.ratios.ratio_fault`, for all rows at once.
_WITH_RATIOS: Final = f"""
    * EXCLUDE (status, actual, is_blank, numerator, denominator),
    is_blank AND no_numerator AND no_denominator AS is_blank,
    CASE
        WHEN no_numerator AND no_denominator THEN status
        WHEN status IS DISTINCT FROM 'not_reported' OR no_numerator OR no_denominator THEN NULL
        WHEN numerator_status = 'not_applicable' AND denominator_status = 'not_applicable' THEN 'not_applicable'
        WHEN numerator = 0 AND denominator = 0 THEN 'not_applicable'
        WHEN denominator > 0 AND quotient > -{LIMIT} AND quotient < {LIMIT} THEN 'scored'
    END AS status,
    CASE WHEN no_numerator AND no_denominator THEN actual ELSE TRY_CAST(quotient AS BIGINT) END AS actual,
    numerator, denominator
    FROM (
        SELECT *, {QUOTIENT} AS quotient"""
