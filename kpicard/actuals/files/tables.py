"""A table that can be read as often as needed: text on disk, Parquet, or rows that the engine has already."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import duckdb

from kpicard.actuals.files.encodings import Inspection
from kpicard.engines.duckdb import Database, connect, is_named_alike, quote
from kpicard.periods import periods_in
from kpicard.problems import Problem, Value
from kpicard.units import Style

if TYPE_CHECKING:
    from kpicard.actuals.files.workbook import CellFault, Merge

_ADDRESS: Final = re.compile("[A-Za-z][A-Za-z0-9+.-]+://")

MERGED: Final = "(merged)"
"""What stands in the cells of a merged range that hold a figure's place: whose figure it is, is not clear."""


@dataclass(frozen=True)
class Source:
    """A file of actuals: text with separators, a workbook or Parquet.

    `name` is what problems call it, by default its path as given. `encoding` forces that of a text, by any name that
    Python knows; `sheets` names those of a workbook that are wanted; `style` says which mark divides decimals.
    """

    path: Path
    name: str = ""
    encoding: str | None = None
    sheets: tuple[str, ...] = ()
    style: Style = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", Path(self.path))  # a text will do
        if not self.name:
            object.__setattr__(self, "name", str(self.path))

    @property
    def is_remote(self) -> bool:
        """Whether its name is an address, as `https://...` or `s3://...`; what is there is not fetched."""
        return _ADDRESS.match(self.name) is not None

    @classmethod
    def of(cls, given: str | Path | Source) -> Source:
        """Return `given` itself, or a source for a path."""
        return given if isinstance(given, Source) else cls(Path(given), str(given))


_WHOLE: Final = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"}
)
_FLOATS: Final = frozenset({"FLOAT", "DOUBLE"})
_MOMENTS: Final = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")

# Whole numbers are doubles as soon as one is missing, and the missing one is NaN: an id of 1001.0 is 1001. Whether it
# is NaN is asked of its text: of the number, the engine may answer by the least and the greatest in a Parquet file,
# which leave NaN out.
_FLOAT_TEXT: Final = """
    CASE
        WHEN CAST({0} AS VARCHAR) IN ('nan', '-nan') THEN NULL
        WHEN isfinite({0}) AND {0} = trunc({0}) AND abs({0}) < 1e15 THEN CAST(CAST({0} AS BIGINT) AS VARCHAR)
        ELSE CAST({0} AS VARCHAR)
    END"""
# A moment is written in UTC, with its zone: the engine would take the zone of this machine.
_MOMENT: Final = "CAST({0} AS TIMESTAMP WITH TIME ZONE)"
_MOMENT_TEXT: Final = f"""
    CASE
        WHEN isfinite({_MOMENT}) THEN CAST(make_timestamp(epoch_us({_MOMENT})) AS VARCHAR) || '+00'
        ELSE CAST({{0}} AS VARCHAR)
    END"""
_PLAIN_TEXT: Final = "CAST({0} AS VARCHAR)"

# A cell is one line, as in a sheet; most have no breaks, and need no pattern.
_TEXT: Final = """
    CASE
        WHEN regexp_matches(CAST({0} AS VARCHAR), '[\\r\\n\\t]')
        THEN regexp_replace(CAST({0} AS VARCHAR), '[\\r\\n\\t]+', ' ', 'g')
        ELSE CAST({0} AS VARCHAR)
    END"""


class Relation(NamedTuple):
    """Rows that SQL can name. Its columns are called `c0`, `c1`, … here, by their order.

    `first` is what problems call the row behind the columns' names: 2 where these are counted as a row, as in Parquet.
    """

    expression: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    first: int = 2

    @property
    def texts(self) -> list[str]:
        """The cells of each column as texts, in SQL."""
        return self.texts_in("")

    def texts_in(self, style: Style) -> list[str]:
        """Return the cells of each column as texts, in SQL; numbers with the mark that divides decimals."""
        texts = [_text(kind).format(f"c{index}") for index, kind in enumerate(self.kinds)]
        if style != ",":
            return texts
        are_numbers = [kind in _FLOATS or kind.startswith("DECIMAL") for kind in self.kinds]
        return [
            f"replace({text}, '.', ',')" if is_number else text
            for text, is_number in zip(texts, are_numbers, strict=True)
        ]

    @property
    def rows(self) -> str:
        """The rows, with their columns called by their order."""
        columns = ", ".join(f"c{index}" for index in range(len(self.names)))
        return f"{self.expression} AS relation({columns})"


def describe(database: Database, expression: str, names: Sequence[str], first: int = 2) -> Relation:
    """Return the relation that an expression of SQL names. Raises what DuckDB does where it cannot be read.

    `names` are the columns' own: where two are alike, DuckDB calls the second another.
    """
    columns = database.execute(f"DESCRIBE FROM {expression}").fetchall()
    return Relation(expression, tuple(names), tuple(kind for _, kind, *_ in columns), first)


def _text(kind: str) -> str:
    if kind in _FLOATS:
        return _FLOAT_TEXT
    if kind.startswith(_MOMENTS):
        return _MOMENT_TEXT
    return _PLAIN_TEXT if kind in _WHOLE or kind.startswith("DECIMAL") else _TEXT


@dataclass(frozen=True)
class Table:
    """One table of a source: the source's own text, or a copy of what is in it; or a `relation` of the engine.

    In a `grid`, a workbook's sheet or a relation, places count rows and columns; else they count lines and characters.
    """

    path: Path
    name: str
    inspection: Inspection
    encoding: str
    """What the source is written in, as people call it: an encoding, `Excel`, `Parquet`, or whose table it is."""
    separator: str = ","
    is_grid: bool = False
    sheet: str | None = None
    is_hidden: bool = False
    merges: tuple[Merge, ...] = field(default=(), repr=False)
    faults: tuple[CellFault, ...] = field(default=(), repr=False)
    """The cells of a workbook's sheet that are not clear."""
    relation: Relation | None = None
    said_style: Style = ""

    @property
    def style(self) -> Style:
        """Which mark divides decimals: a text separated by semicolons may have been written with either."""
        return self.said_style or ("?" if self.separator == ";" and not self.is_grid else "")

    @property
    def period(self) -> str | None:
        """The period in the names of file and sheet, as `2026-10.csv`; None where they name none, or several."""
        found = {*periods_in(Path(self.name).stem), *periods_in(self.sheet or "")}
        return found.pop() if len(found) == 1 else None

    def separated_by(self, separator: str) -> Table:
        """Return the same table, read with another separator."""
        return replace(self, separator=separator)

    def problem_of(self, fault: CellFault) -> Problem:
        """Return the problem that a cell of a workbook's sheet is not clear."""
        return self.problem(fault.code, (fault.row + 1, fault.column + 1), {"value": fault.text})

    def problem(
        self, code: str, place: tuple[int | None, int | None] = (None, None), values: Mapping[str, Value] | None = None
    ) -> Problem:
        """Return a problem of this table, at a place in it or of it as a whole."""
        return Problem(self.name, *place, code, values or {}, self.sheet)


_PATTERN: Final = frozenset("*?[{")
"""With one of these in it, DuckDB takes a path for a pattern."""

_HALVES: Final = "SELECT name FROM parquet_schema({}) WHERE starts_with(logical_type, 'Float16')"
"""DuckDB reads these as if they had more digits: 4.35 as 4.3515625."""


def open_parquet(source: Source, copy: Path) -> Table | Problem:
    """Return the table that a file is; one whose path the engine would take for another is copied. Raises OSError."""
    path = source.path.absolute()
    if _PATTERN & set(str(path)) or not is_named_alike(path):
        path = copy.with_suffix(".parquet")
        shutil.copyfile(source.path, path)
    try:
        with connect() as database:
            schema = database.execute(f"SELECT name, num_children FROM parquet_schema({quote(str(path))})").fetchall()
            halves = database.execute(_HALVES.format(quote(str(path)))).fetchall()
            relation = describe(database, f"read_parquet({quote(str(path))})", _columns(schema))
    except duckdb.Error:
        return Problem(source.name, None, None, "unreadable-parquet")
    for (column,) in halves:
        return Problem(source.name, None, None, "half-precision", {"column": column})
    return Table(path, source.name, Inspection(), "Parquet", is_grid=True, relation=relation, said_style=source.style)


def _columns(schema: Sequence[tuple[str, int | None]]) -> list[str]:
    """Return the columns' names: in a schema each stands before what is inside of it, and the whole before all."""
    names: list[str] = []
    inside = 0
    for name, children in schema[1:]:
        if inside:
            inside -= 1
        else:
            names.append(name)
        inside += children or 0
    return names
