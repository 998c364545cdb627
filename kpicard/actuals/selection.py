"""Which cards are wanted, and which no rules score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, get_args

from kpicard.actuals.findings import Cell, Fault
from kpicard.actuals.load import LoadedTable
from kpicard.actuals.readers import Vocabulary
from kpicard.cards.values import Missing
from kpicard.engines.duckdb import Database, create, create_empty, quote, quoted
from kpicard.periods import read_period
from kpicard.problems import Problem
from kpicard.rules.rule_index import Numbered
from kpicard.rules.rules import find_broken
from kpicard.text import nearest

_LISTED: Final = 10


def as_tuple(chosen: str | Iterable[str]) -> tuple[str, ...]:
    """Return a choice of one or of several as a tuple."""
    return (chosen,) if isinstance(chosen, str) else tuple(chosen)


def refuse_wrong(missing: str, periods: str | Iterable[str]) -> None:
    """Raise ValueError for a word that does not say what becomes of missing figures, and for periods that are none."""
    if missing not in get_args(Missing):
        message = f"missing is {missing!r}, which is none of {', '.join(get_args(Missing))}"
        raise ValueError(message)
    for period in as_tuple(periods):
        if read_period(period) != period:
            message = f"{period!r} is not a period: YYYY-MM"
            raise ValueError(message)


class Selection(NamedTuple):
    """Periods, employees and ids of roles; an empty tuple means all."""

    periods: tuple[str, ...] = ()
    employees: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def only_period(self) -> str | None:
        """The period, where just one is chosen: it dates the tables that say none."""
        return self.periods[0] if len(self.periods) == 1 else None

    def condition(self, numbered: Numbered) -> str:
        """Return the wanted rows as a condition of SQL; a part that was not understood may be any."""
        numbers = [str(number) for id_ in self.roles for number in numbered.by_id.get(id_, (-1,))]
        wanted = {
            "period": self.periods and f"SELECT number FROM known_period WHERE period IN ({quoted(self.periods)})",
            "employee": self.employees
            and f"SELECT number FROM known_employee WHERE employee IN ({quoted(self.employees)})",
            "role": ", ".join(numbers),
        }
        conditions = [f"({part} IS NULL OR {part} IN ({any_of}))" for part, any_of in wanted.items() if any_of]
        return " AND ".join(conditions) or "TRUE"


def not_found(database: Database, tables: Sequence[LoadedTable], selection: Selection) -> Iterator[Problem]:
    """Yield what was chosen and is in none of the tables, or not together: no choice comes to nothing in silence.

    Cards of roles without rules are withheld for that, and so they were found.
    """
    if not tables:
        return
    path = tables[0].table.name
    found = False
    for option, query, wanted in (
        ("--period", "SELECT period FROM known_period ORDER BY ALL", selection.periods),
        ("--employee", "SELECT employee FROM known_employee ORDER BY ALL", selection.employees),
        ("--role", _ROLES, selection.roles),
    ):
        known = [str(text) for (text,) in database.execute(query).fetchall()] if wanted else []
        for missing in (each for each in wanted if each not in known):
            found = True
            listed = (*known[:_LISTED], *(["…"] if len(known) > _LISTED else []))
            values = {
                "chosen": missing,
                "nearest": None if wanted is selection.periods else nearest(missing, known),
                "found": listed or None,
                "apart": _apart(option, missing, known),
            }
            yield Problem(path, None, None, "not-found", values)
    chosen = (*selection.periods, *selection.employees, *selection.roles)
    if chosen and not found and not database.execute(_CARDS).fetchall():
        yield Problem(path, None, None, "nothing-selected", {"chosen": chosen})


_ROLES: Final = """SELECT DISTINCT r.id FROM item_meaning AS m JOIN role AS r ON r.role = m.role
UNION SELECT role FROM unmatched_role ORDER BY ALL"""

_CARDS: Final = "(SELECT 1 FROM card LIMIT 1) UNION ALL (SELECT 1 FROM unmatched_role LIMIT 1)"


def _apart(option: str, chosen: str, known: Sequence[str]) -> str | None:
    """Return the options for a choice that has several in one, with commas; None where it is none."""
    parts = [part.strip() for part in chosen.replace("，", ",").split(",")]
    return " ".join(f"{option} {part}" for part in parts) if len(parts) > 1 and set(parts) & set(known) else None


_ANY = "SELECT 1 FROM tidy WHERE role IS NULL LIMIT 1"

_TEXTS = """
SELECT DISTINCT c.role_text, p.period
FROM tidy AS r
JOIN cell AS c ON c.row = r.row AND c.col = r.col
JOIN known_period AS p ON p.number = r.period
WHERE r.role IS NULL AND r.employee IS NOT NULL AND c.role_text IS NOT NULL
"""

_UNMATCHED = """
CREATE TEMP TABLE unmatched_role AS
SELECT p.period, e.employee, m.role, ARG_MIN(NULLIF(trim(c.name), ''), r.row) AS name
FROM tidy AS r
JOIN cell AS c ON c.row = r.row AND c.col = r.col
JOIN known_period AS p ON p.number = r.period
JOIN known_employee AS e ON e.number = r.employee
JOIN unmatched_text AS m ON m.text = c.role_text AND m.period = p.period
WHERE r.role IS NULL
GROUP BY p.period, e.employee, m.role
"""


def create_unmatched_roles(database: Database, vocabulary: Vocabulary, selection: Selection) -> None:
    """Create `unmatched_role`: period, employee, id of the role and name of each card that no rules score.

    Only where it is clear which role it is.
    """
    texts = dict.fromkeys(("text", "period", "role"), "VARCHAR")
    if may_lack_rules(vocabulary) and database.execute(_ANY).fetchall():
        found = list(without_rules(database.execute(_TEXTS).fetchall(), vocabulary, selection))
        create(database, "unmatched_text", texts, found)
        database.execute(_UNMATCHED)
    else:
        create_empty(database, "unmatched_role", {**texts, "employee": "VARCHAR", "name": "VARCHAR"})


def may_lack_rules(vocabulary: Vocabulary) -> bool:
    """Return whether there are roles without rules, at least for some periods."""
    return bool(vocabulary.numbered.rules.broken) or vocabulary.numbered.is_dated


def without_rules(
    texts: Iterable[tuple[str, str]], vocabulary: Vocabulary, selection: Selection
) -> Iterator[tuple[str, str, str]]:
    """Yield the texts of roles that have no rules, each with its period and the one role that it means, if chosen."""
    for text, period in texts:
        meant = vocabulary.names.roles(text) or find_broken(vocabulary.numbered.rules, text)
        for id_ in meant if len(meant) == 1 else ():
            if id_ in selection.roles or not selection.roles:
                yield text, period, id_


def other_titles(tables: Sequence[LoadedTable], selection: Selection) -> Iterator[Problem]:
    """Yield the titles that name another period than the one by which a table's rows are dated, or that is chosen."""
    for table in tables:
        read = selection.periods if "period" in table.layout.columns else (table.period(selection.only_period),)
        if table.title and read and table.title[0] not in read:
            named, place = table.title
            yield table.table.problem("other-title", place, {"named": named, "periods": tuple(filter(None, read))})


_OTHER: Final = """
SELECT MIN(r.row), ARG_MIN(p.period, r.row)
FROM tidy AS r
JOIN known_period AS p ON p.number = r.period
WHERE r.row BETWEEN {first} AND {last}
HAVING NOT BOOL_OR(p.period = {named})"""


def other_periods(database: Database, tables: Sequence[LoadedTable]) -> Iterator[Fault]:
    """Yield the first row of each table none of whose rows is of the month that its file or sheet is named after."""
    for table in tables:
        named = table.table.period or (table.title[0] if table.title else None)
        if named and "period" in table.layout.columns:
            query = _OTHER.format(first=table.first, last=table.first + table.rows - 1, named=quote(named))
            for row, period in database.execute(query).fetchall():
                values = {"named": named, "period": period}
                yield Fault(Cell(row, table.layout.columns["period"]), "other-period", values)
