"""Tables in the memory of a program: data frames of pandas and Polars, Arrow tables, relations of DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from kpicard.engine.database import Database
from kpicard.sources.inspect import Inspection
from kpicard.sources.relation import describe
from kpicard.sources.table import Table

_MAY_BE_FLOATS: Final = frozenset({"floating", "mixed", "mixed-integer", "mixed-integer-float"})
"""What pandas says of objects among which there may be floats."""

_HALVES: Final = frozenset({"float16", "Float16", "halffloat", "halffloat[pyarrow]"})
"""What the libraries call floats of 16 bits: the engine reads them as if they had more digits, or not at all."""

_KINDS: Final = {"pandas": "pandas", "polars": "Polars", "pyarrow": "Arrow", "duckdb": "DuckDB", "_duckdb": "DuckDB"}


@dataclass(frozen=True, eq=False)
class Frame:
    """A table of actuals in memory, long or wide, with the headings of a file for its columns.

    `data` is a pandas or Polars data frame (or a lazy one), an Arrow table or reader, or a relation of DuckDB; Polars,
    Arrow and relations need pyarrow. `name` is what problems call it; there the first row is line 1.
    """

    data: Any
    name: str = "frame"

    @property
    def kind(self) -> str | None:
        """Whose table it is; None where it is none that is known."""
        return _KINDS.get(type(self.data).__module__.partition(".")[0])


def open_frame(database: Database, frame: Frame, view: str) -> Table:
    """Let the engine see the rows where they are, as `view`. Raises what DuckDB does where it cannot read them.

    Raises TypeError for what is of one of these libraries, but no table.
    """
    names = _names(frame)
    for name, kind in _kinds(frame):
        if kind in _HALVES:
            message = (
                f"{frame.name} cannot be read: column `{name}` is of {kind}, which keeps only three digits: "
                "give it as decimals, as float64 or as text"
            )
            raise TypeError(message)
    if frame.kind == "pandas":
        _register_pandas(database, view, frame.data)
    else:  # a relation of another connection is read as Arrow: this one does not see its tables
        database.register(view, frame.data.to_arrow_reader() if frame.kind == "DuckDB" else frame.data)
    relation = describe(database, view, names, first=1)
    return Table(Path(), frame.name, Inspection(), frame.kind or "", is_grid=True, relation=relation)


def _names(frame: Frame) -> list[str]:
    try:
        if frame.kind == "Arrow":
            return list(frame.data.schema.names)
        if frame.kind == "Polars":
            return list(frame.data.collect_schema().names())
        return [str(name) for name in frame.data.columns]
    except (AttributeError, TypeError) as error:
        message = f"{frame.name} is no table: it is a {type(frame.data).__name__} of {frame.kind}"
        raise TypeError(message) from error


def _kinds(frame: Frame) -> list[tuple[str, str]]:
    """Return the columns' names and types, as its library calls them."""
    if frame.kind == "Arrow":
        return [(field.name, str(field.type)) for field in frame.data.schema]
    if frame.kind == "Polars":
        return [(name, str(kind)) for name, kind in frame.data.collect_schema().items()]
    if frame.kind == "pandas":
        return [(str(name), str(kind)) for name, kind in zip(frame.data.columns, frame.data.dtypes, strict=True)]
    return []  # DuckDB has none of such a type


def _register_pandas(database: Database, view: str, data: Any) -> None:
    """Register a data frame; columns of types that DuckDB does not know, such as periods, as objects."""
    try:
        database.register(view, _with_whole_numbers(data))
    except duckdb.NotImplementedException:
        database.register(view, _with_whole_numbers(data.astype(object)))


def _with_whole_numbers(data: Any) -> Any:
    """Return a data frame whose objects have no whole numbers as floats, as columns of floats have none in the end.

    Objects become texts as they are: exact decimals, ids with zeros before them. But an id of 1001.0 is 1001.
    """
    from pandas import Series
    from pandas.api.types import infer_dtype, is_object_dtype

    found = data.copy(deep=False)
    for index, kind in enumerate(data.dtypes):
        cells = data.iloc[:, index]
        if is_object_dtype(kind) and infer_dtype(cells, skipna=True) in _MAY_BE_FLOATS:
            found.isetitem(index, Series([_whole(cell) for cell in cells], data.index, dtype=object))
    return found


def _whole(cell: Any) -> Any:
    """Return a float that is a whole number as one, and one of fewer than 64 bits as its shortest text."""
    from numpy import floating

    if not isinstance(cell, float | floating) or cell != cell:  # noqa: PLR0124 - NaN is not equal to itself
        return cell
    if float(cell).is_integer() and abs(float(cell)) < 1e15:
        return int(cell)
    return cell if isinstance(cell, float) else str(cell)
