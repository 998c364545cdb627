"""What a result gives out: documents, files and data frames; and the engine that it keeps, for one thread at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial, wraps
from io import StringIO
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Concatenate, Literal, NoReturn, ParamSpec, Self, TypeVar, cast

from kpicard.engines.duckdb import Database, close, within_memory
from kpicard.files import as_text, write_whole
from kpicard.problems import Problem, raise_for

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from kpicard.cards.scorecards import Scorecards
    from kpicard.engines.cards import Tables
    from kpicard.text import Language

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


@dataclass
class Hold:
    """A result's hold on its engine: the copies of a result share it."""

    lock: Any = field(default_factory=RLock)
    is_open: bool = True


def by_engine(
    function: Callable[Concatenate[Any, Parameters], Result],
) -> Callable[Concatenate[Any, Parameters], Result]:
    """Let a method of a result use its engine while no other thread does.

    Raises ValueError where the result is closed, MemoryError if there is not enough memory.
    """

    @wraps(function)
    def run(self: Outputs, /, *args: Parameters.args, **named: Parameters.kwargs) -> Result:
        with self._engine():
            return function(self, *args, **named)

    return run


class Outputs:
    """A result as documents, files and data frames."""

    problems: tuple[Problem, ...]
    _database: Database
    _hold: Hold

    @property
    def _tables(self) -> Tables:
        raise NotImplementedError

    def __repr__(self) -> str:
        """Return how many cards and problems there are, as `Scorecards(24 cards, 1 withheld, 2 problems)`."""
        if not self.is_open:
            return "Scorecards(closed)"
        result = cast("Scorecards", self)
        return f"Scorecards({result.count} cards, {result.withheld} withheld, {len(self.problems)} problems)"

    def _repr_html_(self) -> str:
        """Return the cards and problems as tables, for notebooks."""
        from kpicard.reports.notebook import result

        return result(cast("Scorecards", self))

    @contextmanager
    def _engine(self) -> Iterator[Database]:
        with self._hold.lock, within_memory():
            if not self._hold.is_open:
                message = "this result is closed; score again, or take what you need from it before you close it"
                raise ValueError(message)
            yield self._database

    @property
    def is_open(self) -> bool:
        """Whether the engine is still there: see `close`."""
        return self._hold.is_open

    def close(self) -> None:
        """Give back the engine's threads, its memory and its folder. What was fetched before, such as cards, stays."""
        with self._hold.lock:
            if self._hold.is_open:
                self._hold.is_open = False
                close(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __copy__(self) -> Self:
        return self  # it does not change

    def __deepcopy__(self, _: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        message = "a result holds an open engine and cannot be pickled; pickle its `cards`, or keep its `to_json()`"
        raise TypeError(message)

    def raise_for_problems(self) -> Self:
        """Raise ProblemsError if any of the problems is an error; else return the result itself."""
        raise_for(self.problems)
        return self

    def to_markdown(self, language: Language = "en") -> str:
        """Return the cards as Markdown."""
        return self._text("markdown", language)

    def to_html(self, language: Language = "en") -> str:
        """Return the cards as one page of HTML that needs no other file."""
        return self._text("html", language)

    def to_json(self, language: Language = "en") -> str:
        """Return the cards and problems as JSON, as `kpicard score --format json` does; `language` is of messages."""
        return self._text("json", language)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return what `to_json` writes as a dict, its numbers as Decimal."""
        return dict(json.loads(self.to_json(language), parse_float=Decimal))

    def write_html(self, path: str | Path, language: Language = "en") -> None:
        """Write the page of HTML, whole or not at all. Raises OSError where the path cannot be written."""
        page = self.to_html(language)
        write_whole(Path(path), as_text(lambda out: out.write(page)))

    def write_xlsx(self, path: str | Path, language: Language = "en") -> None:
        """Write an Excel workbook. Raises OSError, and ModuleNotFoundError without `kpicard[excel]`."""
        self._file("xlsx", path, language)

    def write_pdf(self, path: str | Path, language: Language = "en") -> None:
        """Write the cards as PDF, a page for each. Raises OSError, and ModuleNotFoundError without `kpicard[pdf]`."""
        self._file("pdf", path, language)

    def _text(self, format_: str, language: Language) -> str:
        from kpicard import reports

        out = StringIO()
        with self._engine():
            reports.writer(reports.SCORES, format_)(self, language, out)
        return out.getvalue()

    def _file(self, format_: str, path: str | Path, language: Language) -> None:
        from kpicard import reports

        write: Any = reports.file_writer(reports.SCORES, format_)
        with self._engine():
            write(self, language, Path(path))

    @by_engine
    def write_csv(self, path: str | Path) -> None:
        """Write one row per KPI as CSV, straight from the engine; per card, where it is made from totals.

        The file is written whole or not at all: what was there before stays, until all is written.
        Raises OSError where the path cannot be written, MemoryError if there is not enough memory.
        """
        from kpicard.engines.export import write_csv

        write_whole(Path(path), partial(write_csv, self._database, self._tables))

    @by_engine
    def write_parquet(self, path: str | Path) -> None:
        """Write the same as Parquet, its numbers as decimals, whole or not at all.

        Raises OSError where the path cannot be written, MemoryError if there is not enough memory.
        """
        from kpicard.engines.export import write_parquet

        write_whole(Path(path), partial(write_parquet, self._database, self._tables))

    @by_engine
    def write_tidy(self, path: str | Path, as_: Literal["csv", "parquet"] = "parquet") -> None:
        """Write the figures as they were understood, where the request keeps them.

        The file is written whole or not at all. Raises OSError where the path cannot be written.
        """
        from kpicard.actuals.tidy_file import write_rows

        write_whole(Path(path), partial(write_rows, self._database, as_))

    @by_engine
    def relation(self, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyRelation:
        """Return one row per KPI as a relation of DuckDB, which stays in the engine until it is asked for.

        Its numbers are decimals. With a `connection` of your own the rows are copied there, so that the relations of
        several results can be joined; that needs pyarrow.
        """
        from kpicard.engines.export import relation

        found = relation(self._database, self._tables)
        return connection.from_arrow(found.to_arrow_table()) if connection else found

    @by_engine
    def to_arrow(self, *, floats: bool = False) -> pa.Table:
        """Return one row per KPI as an Arrow table, with name and team. Numbers are decimals, unless `floats`."""
        return self._rows(floats=floats).to_arrow_table()

    @by_engine
    def to_polars(self, *, floats: bool = False) -> pl.DataFrame:
        """Return the same as a data frame of Polars, which needs pyarrow too."""
        frame: pl.DataFrame = self._rows(floats=floats).pl()
        return frame

    @by_engine
    def to_pandas(self, *, floats: bool = False) -> pd.DataFrame:
        """Return the same as a data frame of pandas, its numbers as Decimal; with `floats` as binary fractions."""
        return _pandas(self._rows(floats=floats))

    @by_engine
    def cards_frame(self, *, floats: bool = False) -> pd.DataFrame:
        """Return one row per card as a data frame of pandas; its numbers as in `to_pandas`."""
        from kpicard.engines.export import card_rows

        return _pandas(card_rows(self._database, self._tables, floats=floats))

    def _rows(self, *, floats: bool) -> duckdb.DuckDBPyRelation:
        from kpicard.engines.export import named_rows

        return named_rows(self._database, self._tables, floats=floats)


def _pandas(rows: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """Return rows as a frame; pandas has no decimals of its own, so a column of these holds Python's."""
    import pandas as pd

    return pd.DataFrame(rows.fetchall(), columns=rows.columns)
