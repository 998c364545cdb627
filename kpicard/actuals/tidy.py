"""The tidy table: a row for each figure, typed, with what every distinct text means joined in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kpicard.actuals.cells import create_cells
from kpicard.actuals.findings import Fault
from kpicard.actuals.header_vocabulary import may_mean
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.lookup_tables import (
    IN_RANGE,
    create_actuals,
    create_names,
    create_own,
    create_parts,
    create_targets,
    of_period,
)
from kpicard.actuals.readers import NOT_UNDERSTOOD, Reader, Vocabulary
from kpicard.actuals.selection import Selection
from kpicard.actuals.summary_rows import settle
from kpicard.engines.duckdb import Database, create, create_empty, quoted
from kpicard.numbers import LIMIT, MILLION
from kpicard.roster.join import TEAM_FIGURES, fill_in_roles, spread_team_figures
from kpicard.roster.led import create_led, create_no_led, has_led
from kpicard.rules.rules import Rules
from kpicard.text import spellings


def create_tidy(
    database: Database,
    tables: Sequence[LoadedTable],
    vocabulary: Vocabulary,
    selection: Selection,
    also_known: Rules | None = None,
) -> list[Fault]:
    """Create `tidy`, the figures of all tables, and `cell`, a view of their texts; return which rows sum others up.

    `tidy` has row, col, card, period, employee, role, kpi, status, actual, target, numerator and denominator: NULL
    where a text is not understood, and `fault`, true where that is a problem. Figures are in millionths.
    Periods and employees are numbers in the order of their texts, as in `known_period` and `known_employee`;
    a card's number holds them with its role's, so that cards are in the order of the reports. Cells of a wide table
    under KPIs of other roles are left out when empty, and so are the figures of KPIs that only the rules `also_known`
    have. A row that sums others up is left out, and a spreadsheet's error in place of an employee is a fault.

    Nothing changes it afterwards: all that is known of the actuals from here on is made of it by models.
    """
    create_cells(database, tables, selection.only_period)
    if vocabulary.roster:
        fill_in_roles(database)
    spread_team_figures(database, vocabulary)
    is_led = vocabulary.roster is not None and has_led(vocabulary.numbered)
    _create_employees(database, others="SELECT employee FROM roster" if is_led else "")
    faulty = [(row,) for table in tables for row in sorted(table.faulty)]
    if faulty:
        create(database, "faulty_row", {"row": "BIGINT"}, faulty)
    else:
        create_empty(database, "faulty_row", {"row": "BIGINT"})
    _create_unread(database, tables, vocabulary)
    has = {column for table in tables for column in table.layout.columns}
    has_ratios = any(table.layout.has_ratios for table in tables)
    spelling = vocabulary.spelling
    names = create_names(database, vocabulary, also_known, _year(tables, selection))
    create_actuals(database, vocabulary.readers)
    create_targets(database, vocabulary.readers, are_there="target" in has)
    if has_ratios:
        create_parts(database, vocabulary.readers)
    if "unit" in has:
        create_own(database, vocabulary.readers, "unit", Reader.is_unit)
    if "weight" in has:
        create_own(database, vocabulary.readers, "weight", Reader.is_weight)
    database.execute("CREATE TEMP TYPE status AS ENUM ('scored', 'not_applicable', 'not_reported', 'presence')")
    has_own_targets = vocabulary.roster is not None and vocabulary.roster.has_targets
    joins = {
        _OWN_TARGETS: has_own_targets,
        _PARTS: has_ratios,
        _UNITS: "unit" in has,
        _WEIGHTS: "weight" in has,
        _ELSEWHERE: names.has_elsewhere,
    }
    has_wide = any(table.layout.is_wide for table in tables)
    database.execute(
        _READING.format(
            figures=_WITH_RATIOS.format(is_quotient=_IS_QUOTIENT if "status" in has else "FALSE")
            if has_ratios
            else "*",
            ratio="numerator, denominator" if has_ratios else _NO_RATIO,
            joins="".join(join for join, is_used in joins.items() if is_used),
            unit_fault="c.unit_text IS NOT NULL AND u.text IS NULL" if "unit" in has else "FALSE",
            weight_fault="c.weight_text IS NOT NULL AND w.text IS NULL" if "weight" in has else "FALSE",
            end=")" if has_ratios else "",
            unless=_NOT_UNDERSTOOD if "status" in has else "",
            contradicts=" OR COALESCE(status_text <> status, FALSE)" if "status" in has else "",
            status_text=", c.status_text" if "status" in has else "",
            target="COALESCE(t.value, o.target)" if has_own_targets else "t.value",
            parts=_PART_COLUMNS.format(unreported=quoted(sorted(spelling.not_reported))) if has_ratios else "",
            of_period=of_period(vocabulary.numbered, "k", "c"),
            in_range=IN_RANGE,
            card=card_number("p.number", "e.number", "k.role"),
            blank=_BLANK.format(words=quoted(sorted(spelling.no_figures))) if has_wide else "FALSE",
            elsewhere="k.kpi IS NULL AND x.kpi_text IS NOT NULL" if names.has_elsewhere else "FALSE",
            selected="TRUE" if is_led else selection.condition(vocabulary.numbered),
        )
    )
    found = settle(database, tables, may_be_nobodys=names.has_unknown)
    rows = found.rows
    if is_led and vocabulary.roster:  # everybody's rows were read: cards are chosen now
        create_led(database, vocabulary, vocabulary.roster)
        chosen = selection.condition(vocabulary.numbered)
        rows = f"SELECT * FROM ({rows} UNION ALL BY NAME FROM led_figure) WHERE {chosen}"
    else:
        create_no_led(database)
    database.execute(f"CREATE TEMP TABLE tidy AS {rows}")
    database.execute(TEAM_FIGURES)
    return found.faults


def _year(tables: Sequence[LoadedTable], selection: Selection) -> int | None:
    """Return the year of the months that are named alone: of the periods that are chosen, else of files and titles."""
    chosen = {int(period[:4]) for period in selection.periods}
    found = chosen or {year for table in tables for year in table.years}
    return found.pop() if len(found) == 1 else None


def _create_unread(database: Database, tables: Sequence[LoadedTable], vocabulary: Vocabulary) -> None:
    """Create `unread_kpi`, the KPIs and adjustments that a column which is not read may hold."""
    unread = {heading for table in tables for heading in table.unread}
    may_be = [
        (number,)
        for number, (_, _, item) in enumerate(vocabulary.numbered.items)
        if any(not heading or may_mean(heading, (item.id, *spellings(item.name))) for heading in unread)
    ]
    if may_be:
        create(database, "unread_kpi", {"kpi": "INTEGER"}, may_be)
    else:
        create_empty(database, "unread_kpi", {"kpi": "INTEGER"})


def _create_employees(database: Database, others: str) -> None:
    """Create `known_employee`, with a number for each, and `employee_meaning`, with the texts that mean one.

    `others` selects employees who may have no row, but figures that are computed.
    """
    database.execute(_EMPLOYEES.format(others=f"UNION {others}" if others else ""))
    spaced = database.execute("SELECT 1 FROM employee_in_order WHERE text <> employee LIMIT 1").fetchall()
    database.execute(_SPACED_EMPLOYEES if spaced else _PLAIN_EMPLOYEES)


def card_number(period: str, employee: str, role: str) -> str:
    """Return the number of a card as SQL, NULL where one of the three is.

    It has room for all months of 10,000 years, 2^15 roles and 2^31 employees.
    """
    return f"(CAST({period} AS BIGINT) << 46) + (CAST({role} AS BIGINT) << 31) + {employee}"


# In the order of their texts: so numbers of cards are in the order of the reports.
_EMPLOYEES: Final = """
CREATE TEMP TABLE employee_in_order AS
SELECT text, employee
FROM (
    SELECT text, NULLIF(trim(text), '') AS employee
    FROM (SELECT employee_text AS text FROM cell GROUP BY employee_text {others})
)
WHERE employee IS NOT NULL
ORDER BY employee
"""

# Where no employee is written with blanks around, as nearly always, each is there once.
_PLAIN_EMPLOYEES: Final = """
CREATE TEMP VIEW known_employee AS SELECT employee, rowid AS number FROM employee_in_order;
CREATE TEMP VIEW employee_meaning AS SELECT text, rowid AS number FROM employee_in_order
"""
_SPACED_EMPLOYEES: Final = """
CREATE TEMP TABLE known_employee AS SELECT employee, MIN(rowid) AS number FROM employee_in_order GROUP BY employee;
CREATE TEMP VIEW employee_meaning AS
SELECT t.text, k.number FROM employee_in_order AS t JOIN known_employee AS k ON k.employee = t.employee
"""

# A wide row's cell without a KPI only shows that the row is there. In a wide table a KPI that the row's role does not
# have is no fault while its cell is empty.
_READING: Final = r"""
CREATE TEMP VIEW reading AS
SELECT
    row, col, card, period, employee, role, kpi,
    CAST(CASE WHEN kpi_text IS NULL AND is_wide THEN 'presence' {unless}ELSE status END AS status) AS status,
    actual, target, {ratio},
    period IS NULL OR employee IS NULL OR role IS NULL
        OR ((kpi IS NULL OR status IS NULL OR other_fault) AND NOT (kpi_text IS NULL AND is_wide))
        OR faulty_row IS NOT NULL{contradicts} AS fault
FROM (
    SELECT {figures}
    FROM (
        SELECT
            c.row, c.col, {card} AS card, p.number AS period, e.number AS employee, k.role, k.kpi, c.kpi_text,
            f.row AS faulty_row,
            c.is_wide{status_text}, {elsewhere} AS is_elsewhere,
            {blank} AS is_blank,
            CASE
                WHEN c.actual_text IS NULL OR c.actual_text = '' THEN 'not_reported'
                WHEN c.{in_range} THEN 'scored'
                ELSE a.status
            END AS status,
            COALESCE(c.millionths, a.value) AS actual,
            {target} AS target,
            (c.target_text IS NOT NULL AND t.status IS NULL) OR ({unit_fault}) OR ({weight_fault}) AS other_fault{parts}
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
    AND NOT is_elsewhere AND {selected}
"""

# Asked of wide tables alone: the engine makes a join of it, which takes time.
_BLANK: Final = "c.actual_text IS NULL OR lower(trim(c.actual_text)) IN ({words})"

# What was not understood when a tidy table was made is a fault, and a figure that is given.
_NOT_UNDERSTOOD: Final = f"WHEN status_text = '{NOT_UNDERSTOOD}' THEN NULL "

# A tidy table has the actual beside the parts that it was computed from.
_IS_QUOTIENT: Final = "COALESCE(status_text IS NOT NULL AND actual = quotient, FALSE)"

_NO_RATIO: Final = "CAST(NULL AS BIGINT) AS numerator, CAST(NULL AS BIGINT) AS denominator"

_OWN_TARGETS: Final = """
        LEFT JOIN roster_target AS o
            ON o.kpi = k.kpi AND o.employee = trim(c.employee_text) AND p.period BETWEEN o.first AND o.last"""

_ELSEWHERE: Final = """
        LEFT JOIN known_elsewhere AS x ON x.role_text = c.role_text AND x.kpi_text = c.kpi_text"""

_UNITS: Final = """
        LEFT JOIN unit_meaning AS u ON u.kpi = k.kpi AND u.text = c.unit_text"""

_WEIGHTS: Final = """
        LEFT JOIN weight_meaning AS w ON w.kpi = k.kpi AND w.text = c.weight_text"""

_PARTS: Final = """
        LEFT JOIN numerator_meaning AS n ON n.kpi = k.kpi AND n.text = c.numerator_text
        LEFT JOIN denominator_meaning AS d ON d.kpi = k.kpi AND d.text = c.denominator_text
        LEFT JOIN ratio_factor AS q ON q.kpi = k.kpi"""

_PART_COLUMNS: Final = """,
            c.numerator_text IS NULL OR lower(trim(c.numerator_text)) IN ({unreported}) AS no_numerator,
            c.denominator_text IS NULL OR lower(trim(c.denominator_text)) IN ({unreported}) AS no_denominator,
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
        WHEN no_numerator OR no_denominator THEN NULL
        WHEN status IS DISTINCT FROM 'not_reported' AND NOT {{is_quotient}} THEN NULL
        WHEN numerator_status = 'not_applicable' AND denominator_status = 'not_applicable' THEN 'not_applicable'
        WHEN numerator = 0 AND denominator = 0 THEN 'not_applicable'
        WHEN denominator > 0 AND quotient > -{LIMIT} AND quotient < {LIMIT} THEN 'scored'
    END AS status,
    CASE WHEN no_numerator AND no_denominator THEN actual ELSE TRY_CAST(quotient AS BIGINT) END AS actual,
    numerator, denominator
    FROM (
        SELECT *, {QUOTIENT} AS quotient"""
