"""Runs the models: reads their headers, orders them by what they read, and makes each table once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from kpicard.engines.dialects import DUCKDB, NARROW, Dialect

if TYPE_CHECKING:
    from kpicard.engines.duckdb import Database

GIVEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tidy": "one row per figure, as `kpicard.actuals.tidy` makes it",
        "known_period": "the number of each period",
        "known_employee": "the number of each employee",
        "faulty_row": "the rows of the wrong width",
        "unit_slip": "the figures that look like a slip of the unit",
        "unread_kpi": "the KPIs and adjustments that a column which is not read may hold",
        "person_name": "the names and teams in the rows of each card",
        "not_applicable_reason": "why a KPI of a card is not applicable, where its row says it",
        "person_value": "the bonus bases, days and shares in the rows of each card",
        "roster": "the rows of the roster; none where there is no roster",
        "roster_target": "the personal targets that the roster has",
        "role": "the roles by number",
        "kpi": "the KPIs and adjustments by number",
        "segment": "the straight pieces of their curves",
        "grade": "the grades of each scale",
        "scheme": "one row: what becomes of figures that are not reported, and whether all files were read",
        "unexpected_role": "the roles whose rules are not those that were expected",
        "calendar": "the longer period of each month, and whether the month is wanted",
        "kpi_shape": "for each role, a number for what its actuals can be brought together by",
        "kpi_rollup": "the rollup of each KPI that says one",
        "kpi_factor": "by what each KPI's numerator over denominator is multiplied",
        "question": "what if: the card that each question is about",
        "present": "what if: the figures that the cards have",
        "changed": "what if: the actuals of each question that are others",
    }
)
"""The tables that the models start from, and that none of them makes: actuals, rules, and what is asked for."""

_HEADER: Final = re.compile(r"^-- (makes|what|reads|key|units|as|bits|like): (.*)$")
_TABLE: Final = re.compile(r"\b(FROM|JOIN) ([a-z_0-9]+)\b")
_COMMENT: Final = re.compile(r"^ *--.*\n", re.MULTILINE)
_LIKE: Final = re.compile(r"(?P<model>\w+), with (?P<others>.+)")


class UnknownTableError(ValueError):
    """A model reads what neither is given nor made by another, or what hangs on itself."""


class Model(NamedTuple):
    """A table and the SELECT that makes it.

    `like` says which tables another model's text reads in place of its own.
    """

    makes: str
    what: str
    reads: tuple[str, ...]
    key: tuple[str, ...]
    units: str
    is_view: bool
    is_narrow_first: bool
    """Whether it runs in 64 bits first, and in 128 where these do not hold a value."""
    select: str

    def query(self, dialect: Dialect = DUCKDB, name_of: Callable[[str], str] = str) -> str:
        """Return the SELECT for a database, with the tables called as `name_of` says, and what is a view inside."""
        return dialect.of(renamed(self.select, {table: _source(table, name_of) for table in self.reads}))

    def statements(self) -> Iterator[str]:
        """Yield the statements that make it in DuckDB: each but the last may overflow, and then the next one serves."""
        kind = "VIEW" if self.is_view else "TABLE"
        for dialect in (NARROW, DUCKDB) if self.is_narrow_first else (DUCKDB,):
            yield f"CREATE TEMP {kind} {self.makes} AS {self.query(dialect)}"


def _source(table: str, name_of: Callable[[str], str]) -> str:
    """Return what stands behind FROM: a table's name, or a view's SELECT; to create a view takes DuckDB longer."""
    each = model(table)
    if each is None or not each.is_view:
        return name_of(table)
    return f"({renamed(each.select, {inside: _source(inside, name_of) for inside in each.reads})})"


def renamed(select: str, names: Mapping[str, str]) -> str:
    """Return a SELECT that reads other tables; steps of its own keep their names."""
    return _TABLE.sub(lambda found: f"{found[1]} {names.get(found[2], found[2])}", select)


@cache
def model(name: str) -> Model | None:
    """Return the model that makes a table, None where there is none: a file is called as its table."""
    file = files("kpicard.models").joinpath(f"{name}.sql")
    return read_model(file.read_text("utf-8")) if file.is_file() else None


def names() -> frozenset[str]:
    """Return the names of all models."""
    found = (file.name for file in files("kpicard.models").iterdir())
    return frozenset(name.removesuffix(".sql") for name in found if name.endswith(".sql"))


def read_model(text: str) -> Model:
    """Return a model from the text of its file. Raises ValueError for one without a header."""
    lines = text.splitlines()
    header: dict[str, str] = {found[1]: found[2] for line in lines if (found := _HEADER.match(line))}
    lacking = {"makes", "what", "reads", "key", "units"} - header.keys()
    if lacking:
        message = f"a model says nothing of {', '.join(sorted(lacking))}"
        raise ValueError(message)
    like = _LIKE.fullmatch(header.get("like", ""))
    return Model(
        makes=header["makes"],
        what=header["what"],
        reads=_listed(header["reads"]),
        key=_listed(header["key"]),
        units=header["units"],
        is_view=header.get("as") == "view",
        is_narrow_first=header.get("bits") == "64 first",
        select=_select_like(like)
        if like
        else "\n".join(line for line in lines if not line.lstrip().startswith("--")).strip(),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


def _select_like(like: re.Match[str]) -> str:
    """Return the text of another model over other tables: `scored, with figure = rollup_figure`."""
    other = model(like["model"])
    if other is None:
        raise UnknownTableError(like["model"])
    return renamed(other.select, dict(each.split(" = ") for each in like["others"].split(" and ")))


def needed(wanted: Iterable[str], given: Iterable[str] = GIVEN) -> Mapping[str, Model]:
    """Return the models that make the tables that are wanted, and all that these read. Raises UnknownTableError."""
    found: dict[str, Model] = {}
    left, known = list(wanted), set(given)
    while left:
        name = left.pop()
        if name in found or name in known:
            continue
        each = model(name)
        if each is None:
            message = f"no model makes {name}"
            raise UnknownTableError(message)
        found[name] = each
        left += each.reads
    return found


def in_order(models: Mapping[str, Model], choose: Callable[[Sequence[str]], str] = min) -> Iterator[Model]:
    """Yield models such that each comes after those that it reads; of several that may be next, `choose` takes one.

    Raises UnknownTableError where one hangs on itself.
    """
    left = {name: {*each.reads} & models.keys() for name, each in models.items()}
    while left:
        ready = sorted(name for name, reads in left.items() if not reads)
        if not ready:
            message = f"these hang on each other: {', '.join(sorted(left))}"
            raise UnknownTableError(message)
        name = choose(ready)
        del left[name]
        for reads in left.values():
            reads.discard(name)
        yield models[name]


_SINGLE: Final = """\
WITH scored AS (
{}
),
graded AS (
{}
)
SELECT s.*, g.total, g.grade, g.coefficient, g.grade_by_total
FROM scored AS s
JOIN graded AS g ON g.card = s.card
"""


def scoring_sql(dialect: Dialect = DUCKDB) -> str:
    """Return the models that score as a single SELECT, for a database: `scored` with its card's grade."""
    queries = (dialect.of(each.select) for each in map(model, ("scored", "graded")) if each)
    return _SINGLE.format(*queries)


class Models:
    """The models on a database: each table is made once, when it is first wanted."""

    def __init__(self, database: Database, given: Iterable[str] = GIVEN) -> None:
        """Take the database, and the names of the tables that are there when they are read."""
        self._database = database
        self._there = {*given}

    def make(self, *wanted: str, choose: Callable[[Sequence[str]], str] = min) -> None:
        """Make tables, and before each what it reads. Raises what DuckDB does where a value fits no type."""
        for each in in_order(needed(wanted, self._there), choose):
            if each.makes in wanted or not each.is_view:  # what else is a view stands inside what reads it
                _make(self._database, each)
                self._there.add(each.makes)


def _make(database: Database, each: Model) -> None:
    """Make one table. DuckDB checks each step of its whole numbers: where one overflows, the wider statement runs."""
    import duckdb

    *narrow, widest = each.statements()
    for statement in narrow:
        try:
            database.execute(statement)
        except (duckdb.OutOfRangeException, duckdb.ConversionException):
            continue
        return
    database.execute(widest)
