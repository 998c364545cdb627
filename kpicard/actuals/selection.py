"""Which cards are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, get_args

from kpicard.actuals.load import LoadedTable
from kpicard.card import Missing
from kpicard.engine.database import Database, quoted
from kpicard.nearest import nearest
from kpicard.periods import read_period
from kpicard.problems import Problem
from kpicard.rules.numbered import Numbered

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
            message = f"{period!r} is no period: YYYY-MM"
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
        """Return the wanted rows of `reading` as a condition of SQL; a part that was not understood may be any."""
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
    """Yield what was chosen and is in none of the tables, or not together: no choice comes to nothing in silence."""
    if not tables:
        return
    path = tables[0].table.name
    found = False
    for query, wanted in (
        ("SELECT period FROM known_period ORDER BY ALL", selection.periods),
        ("SELECT employee FROM known_employee ORDER BY ALL", selection.employees),
        ("SELECT DISTINCT r.id FROM item_meaning AS m JOIN role AS r ON r.role = m.role ORDER BY ALL", selection.roles),
    ):
        known = [str(text) for (text,) in database.execute(query).fetchall()] if wanted else []
        for missing in (each for each in wanted if each not in known):
            found = True
            listed = (*known[:_LISTED], *(["…"] if len(known) > _LISTED else []))
            values = {"chosen": missing, "nearest": nearest(missing, known), "found": listed or None}
            yield Problem(path, None, None, "not-found", values)
    chosen = (*selection.periods, *selection.employees, *selection.roles)
    if chosen and not found and not database.execute("FROM card LIMIT 1").fetchall():
        yield Problem(path, None, None, "nothing-selected", {"chosen": chosen})
