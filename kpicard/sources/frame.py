"""Tables in the memory of a program: data frames of pandas and Polars, Arrow tables, relations of DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kpicard.engine.database import Database
from kpicard.sources.inspect import Inspection
from kpicard.sources.relation import describe
from kpicard.sources.table import Table

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
    """Let the engine see the rows where they are, as `view`. Raises what DuckDB does where it cannot read them."""
    data = frame.data
    if frame.kind == "DuckDB":  # of another connection, whose tables this one does not see
        data = data.to_arrow_reader()
    database.register(view, data)
    relation = describe(database, view, first=1)
    return Table(Path(), frame.name, Inspection(), frame.kind or "", is_grid=True, relation=relation)
