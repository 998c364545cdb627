"""A roster in the engine: the tables that models read, the roles that rows leave out, and what does not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kpicard.actuals.findings import Cell, Fault, faults_of, table_of
from kpicard.actuals.header_vocabulary import COLUMNS
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.readers import NUMBERS, Vocabulary
from kpicard.actuals.selection import Selection
from kpicard.engines.duckdb import Database, Value, create, create_empty
from kpicard.models.run import Models
from kpicard.numbers import to_millionths
from kpicard.periods import read_period
from kpicard.problems import Problem
from kpicard.problems import Value as ProblemValue
from kpicard.roster.led import WRONG, has_led
from kpicard.rules.models import Kpi
from kpicard.rules.rule_index import Numbered

if TYPE_CHECKING:
    from kpicard.roster.people import Roster

_ROSTER: Final = {
    **dict.fromkeys(("employee", "role", "first", "last", "name", "team", "manager"), "VARCHAR"),
    **dict.fromkeys(("base", "share"), "BIGINT"),
    "is_right": "BOOLEAN",
}
_TARGET: Final = {
    **dict.fromkeys(("employee", "first", "last"), "VARCHAR"),
    "kpi": "INTEGER",
    "target": "BIGINT",
}


def create_roster(database: Database, roster: Roster | None, numbered: Numbered) -> None:
    """Create `roster`, its rows as they are, and `roster_target`, the personal targets: empty ones without a roster."""
    people = roster.people if roster else ()
    rows: list[tuple[Value, ...]] = [
        (
            *(person.employee, person.role.id, person.first, person.last),
            *(person.name or None, person.team or None, person.manager or None),
            *(None if number is None else to_millionths(number) for number in (person.base, person.share)),
            person.is_right,
        )
        for person in people
    ]
    _create(database, "roster", _ROSTER, rows)
    targets: list[tuple[Value, ...]] = [
        (person.employee, person.first, person.last, number, to_millionths(person.targets[item.id]))
        for person in people
        for edition in (numbered.by_id.get(person.role.id, ()) if person.targets and person.is_right else ())
        for number, (role, _, item) in enumerate(numbered.items)
        if role == edition and item.id in person.targets
    ]
    _create(database, "roster_target", _TARGET, targets)


def _create(database: Database, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Value]]) -> None:
    if rows:
        create(database, table, columns, rows)
    else:
        create_empty(database, table, columns)


# What a row says of its role comes first; whoever has several in a month has to say it.
_ROLES: Final = """
CREATE TEMP TABLE role_on_roster AS
SELECT w.employee_text, w.period_text, MIN(o.role) AS role
FROM (
    SELECT DISTINCT employee_text, period_text FROM cell WHERE COALESCE(trim(role_text), '') = ''
) AS w
JOIN month_written AS p ON p.text = w.period_text
JOIN roster AS o ON o.employee = trim(w.employee_text) AND p.period BETWEEN o.first AND o.last
GROUP BY w.employee_text, w.period_text
HAVING COUNT(DISTINCT o.role) = 1"""

_WITH_ROLES: Final = """
SELECT c.* REPLACE (
    CASE WHEN COALESCE(trim(c.role_text), '') = '' THEN r.role ELSE c.role_text END AS role_text
)
FROM {beneath} AS c
LEFT JOIN role_on_roster AS r ON r.employee_text = c.employee_text AND r.period_text = c.period_text
"""


def fill_in_roles(database: Database) -> None:
    """Give the cells of rows that say no role the one that the roster has for their employee and month."""
    texts = database.execute("SELECT DISTINCT period_text FROM cell WHERE period_text IS NOT NULL").fetchall()
    months = [(text, period) for (text,) in texts if (period := read_period(text))]
    create(database, "month_written", {"text": "VARCHAR", "period": "VARCHAR"}, months)
    database.execute(_ROLES)
    lay_over(database, "cell_as_written", _WITH_ROLES)


_LAYERS: Final = ("cell_of_rows", "cell_as_written")
"""What `cell` is called beneath a view that is laid over it, the uppermost first."""


def lay_over(database: Database, beneath: str, query: str) -> None:
    """Lay a view over `cell`, which is then called `beneath`, as its query calls it by that word in braces."""
    database.execute(f"ALTER {_kind(database, 'cell')} cell RENAME TO {beneath}")
    database.execute(f"CREATE TEMP VIEW cell AS {query.format(beneath=beneath)}")


def uncover_cells(database: Database) -> None:
    """Take away the views that are laid over `cell`, so that it is what was written."""
    for beneath in _LAYERS:
        kind = _kind(database, beneath)
        if kind:
            database.execute(f"DROP VIEW cell; ALTER {kind} {beneath} RENAME TO cell")


def _kind(database: Database, name: str) -> str | None:
    query = "SELECT table_type FROM information_schema.tables WHERE table_name = ?"
    found = database.execute(query, [name]).fetchall()
    return ("VIEW" if found[0][0] == "VIEW" else "TABLE") if found else None


_STRAY: Final = """
SELECT MIN(r.row), p.period, trim(c.employee_text)
FROM tidy AS r
JOIN cell AS c ON c.row = r.row AND c.col = r.col
LEFT JOIN known_period AS p ON p.number = r.period
WHERE r.role IS NULL AND COALESCE(trim(c.role_text), '') = '' AND COALESCE(trim(c.employee_text), '') <> ''
GROUP BY p.period, trim(c.employee_text)
"""

_OFF: Final = """
SELECT c.row, c.period, c.employee, r.id
FROM off_roster AS o JOIN card AS c ON c.card = o.card JOIN role AS r ON r.role = c.role
"""

_DIFFERS: Final = """
SELECT MIN(row) AS row, employee, kind, value, on_roster FROM differs_from_roster GROUP BY ALL
"""


def roster_findings(
    database: Database, tables: Sequence[LoadedTable], vocabulary: Vocabulary, roster: Roster, models: Models
) -> Iterator[Fault]:
    """Yield who is not on the roster, or there in another role, and what rows say of people that it does not."""
    numbered = vocabulary.numbered
    models.make("off_roster", "differs_from_roster")

    def stray(row: int, period: str | None, employee: str) -> Fault | None:
        return why(row, period, employee, None)

    def why(row: int, period: str | None, employee: str, role: str | None) -> Fault | None:
        found = roster.why_not(employee, period, role)
        columns = table_of(tables, row).layout.columns
        column = "role" if found and found[0] == "other-role-on-roster" else "employee"
        return Fault(Cell(row, columns.get(column, columns["employee"])), *found) if found else None

    yield from filter(None, (stray(*row) for row in database.execute(f"{_STRAY} ORDER BY ALL").fetchall()))
    yield from filter(None, (why(*row) for row in database.execute(f"{_OFF} ORDER BY ALL").fetchall()))
    yield from _differing(database, tables)
    if has_led(numbered):
        yield from _not_computed(database, tables, numbered)


def _not_computed(database: Database, tables: Sequence[LoadedTable], numbered: Numbered) -> Iterator[Fault]:
    for row, period, employee, kpi, members in database.execute(WRONG).fetchall():
        values: dict[str, ProblemValue] = {"kpi": numbered.items[kpi][2].name, "employee": employee, "period": period}
        values["members"] = tuple(members.split(","))
        yield Fault(Cell(row, table_of(tables, row).layout.columns["employee"]), "not-computed", values)


def _differing(database: Database, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    def fault(row: int, employee: str, kind: str, value: str, on_roster: str) -> Fault:
        values: dict[str, ProblemValue] = {
            "column": COLUMNS[kind],
            "employee": employee,
            "value": value,
            "roster": on_roster,
        }
        columns = table_of(tables, row).layout.columns
        code = "number-not-on-roster" if kind in NUMBERS else "differs-from-roster"
        return Fault(Cell(row, columns.get(kind, columns["employee"])), code, values)

    yield from faults_of(database, _DIFFERS, "row, kind", fault)


_SEEN: Final = """
SELECT DISTINCT p.period, e.employee, r.id
FROM tidy AS t
JOIN known_period AS p ON p.number = t.period
JOIN known_employee AS e ON e.number = t.employee
LEFT JOIN role AS r ON r.role = t.role
"""


def without_figures(database: Database, roster: Roster, selection: Selection) -> Iterator[Problem]:
    """Yield who is on the roster for a month of the actuals, and has no row in it at all."""
    seen: set[tuple[str, str, str | None]] = set(database.execute(_SEEN).fetchall())
    periods = sorted({period for period, _, _ in seen})
    for person in roster.people:
        if selection.employees and person.employee not in selection.employees:
            continue
        if selection.roles and person.role.id not in selection.roles:
            continue
        lacking = tuple(
            period
            for period in periods
            if person.is_there(period)
            and not {(period, person.employee, person.role.id), (period, person.employee, None)} & seen
        )
        problem = person.problem("no-figures", employee=person.employee, role=person.role.title, periods=lacking)
        if lacking and problem and person.is_right:
            yield problem


_OF_TEAM: Final = "COALESCE(trim(c.employee_text), '') = '' AND COALESCE(trim(c.team), '') <> ''"
_SAYS_NOTHING: Final = "COALESCE(trim(c.actual_text), '') = '' AND COALESCE(trim(c.numerator_text), '') = ''"

# Who is in a team, the roster says, and the rows that name both.
_MEMBERS: Final = """
CREATE TEMP TABLE team_member AS
SELECT m.text AS period_text, o.team, o.employee, o.role AS role_text
FROM team_month AS m
JOIN roster AS o ON m.period BETWEEN o.first AND o.last
WHERE o.team IS NOT NULL AND o.is_right
UNION
SELECT m.text, trim(c.team), trim(c.employee_text), trim(c.role_text)
FROM cell AS c
JOIN team_month AS n ON n.text = c.period_text
JOIN team_month AS m ON m.period = n.period
WHERE trim(c.team) <> '' AND trim(c.employee_text) <> '' AND trim(c.role_text) <> ''
    AND NOT EXISTS (SELECT 1 FROM roster)"""

_SPREAD: Final = f"""
CREATE TEMP TABLE team_cell AS
SELECT c.* REPLACE (
    m.employee AS employee_text, m.role_text AS role_text, NULL AS name, NULL AS base_text, NULL AS days_text,
    NULL AS share_text
)
FROM cell AS c
JOIN team_member AS m ON m.team = trim(c.team) AND m.period_text = c.period_text
JOIN team_kpi AS k ON k.role_text = m.role_text AND k.kpi_text = c.kpi_text
WHERE {_OF_TEAM} AND NOT ({_SAYS_NOTHING})"""

# What is left of a team's wide row is what it has under KPIs that may have no team's figure.
_CELLS: Final = f"""
SELECT c.* FROM {{beneath}} AS c
WHERE NOT (
    {_OF_TEAM} AND (
        EXISTS (SELECT 1 FROM team_cell AS t WHERE t.row = c.row AND t.col = c.col)
        OR (c.is_wide AND (c.kpi_text IS NULL OR ({_SAYS_NOTHING})) AND c.row IN (SELECT row FROM team_cell))
    )
)
UNION ALL
FROM team_cell"""


def spread_team_figures(database: Database, vocabulary: Vocabulary) -> None:
    """Give everybody of a team its figures: `cell` then has a row for each, and `team_cell` those that were added."""
    has_any = any(isinstance(item, Kpi) and item.team_figure for _, _, item in vocabulary.numbered.items)
    found = has_any and database.execute(f"SELECT 1 FROM cell AS c WHERE {_OF_TEAM} LIMIT 1").fetchall()
    if not found:
        create_empty(database, "team_cell", {"row": "BIGINT", "col": "BIGINT", "team": "VARCHAR"})
        return
    texts = database.execute("SELECT DISTINCT period_text FROM cell WHERE period_text IS NOT NULL").fetchall()
    months = [(text, period) for (text,) in texts if (period := read_period(text))]
    create(database, "team_month", {"text": "VARCHAR", "period": "VARCHAR"}, months)
    database.execute(_MEMBERS)
    roles = [str(text) for (text,) in database.execute("SELECT DISTINCT role_text FROM team_member").fetchall()]
    asked = database.execute(f"SELECT DISTINCT kpi_text FROM cell AS c WHERE {_OF_TEAM} AND kpi_text IS NOT NULL")
    kpis = [str(text) for (text,) in asked.fetchall()]
    rows = [(role, kpi) for role in roles for kpi in kpis if _may_be_of_team(vocabulary, role, kpi)]
    create(database, "team_kpi", {"role_text": "VARCHAR", "kpi_text": "VARCHAR"}, rows)
    database.execute(_SPREAD)
    lay_over(database, "cell_of_rows", _CELLS)


def _may_be_of_team(vocabulary: Vocabulary, role: str, kpi: str) -> bool:
    """Whether a text means a KPI of a role that a team may have a figure for."""
    numbered = vocabulary.numbered
    editions = [number for id_ in vocabulary.names.roles(role) for number in numbered.by_id.get(id_, ())]
    items = [numbered.items[each][2] for number in editions for each in vocabulary.names.kpis(number, kpi)]
    return any(isinstance(item, Kpi) and item.team_figure for item in items)


TEAM_FIGURES: Final = """
CREATE TEMP TABLE team_figure AS
SELECT DISTINCT r.card, r.kpi, trim(c.team) AS team
FROM tidy AS r
JOIN team_cell AS c ON c.row = r.row AND c.col = r.col
WHERE r.card IS NOT NULL AND r.kpi IS NOT NULL AND r.status <> 'not_reported'"""
"""Makes `team_figure`, the figures of cards that are their team's, of `tidy`."""
