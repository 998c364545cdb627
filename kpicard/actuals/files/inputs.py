"""What scoring is given: files, folders and patterns of them, and tables in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from glob import glob, has_magic
from pathlib import Path
from typing import Any, Final, TypeAlias

import duckdb

from kpicard.actuals.files.encodings import Inspection
from kpicard.actuals.files.tables import Source, Table, describe
from kpicard.engines.duckdb import Database
from kpicard.files import path_kind
from kpicard.problems import Problem, unreadable
from kpicard.units import Style

_MAY_BE_FLOATS: Final = frozenset({"floating", "mixed", "mixed-integer", "mixed-integer-float"})
"""What pandas says of objects among which there may be floats."""

_HALVES: Final = frozenset({"float16", "Float16", "halffloat", "halffloat[pyarrow]"})
"""What the libraries call floats of 16 bits: the engine reads them as if they had more digits, or not at all."""

_KINDS: Final = {"pandas": "pandas", "polars": "Polars", "pyarrow": "Arrow", "duckdb": "DuckDB", "_duckdb": "DuckDB"}


@dataclass(frozen=True, eq=False)
class Frame:
    """A table of actuals in memory, long or wide, with the headings of a file for its columns.

    `data` is a pandas or Polars data frame (or a lazy one), an Arrow table or reader, or a relation of DuckDB; Polars,
    Arrow and relations need pyarrow. `name` is what problems call it; there the first row is line 1. `style` says
    which mark divides decimals in texts.
    """

    data: Any
    name: str = "frame"
    style: Style = ""

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
    return Table(
        Path(), frame.name, Inspection(), frame.kind or "", is_grid=True, relation=relation, said_style=frame.style
    )


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


Given: TypeAlias = str | Path | Source | Frame | Any
"""A path, a source, a frame, or the data of one: a data frame, an Arrow table, a relation of DuckDB."""


def sources_of(given: Given | Iterable[Given]) -> list[Source | Frame]:
    """Return what is given, one or many, as sources and frames.

    The first frame is called `frame` where it has no name, the third `frame 3`.
    Raises TypeError for what is neither a path nor a table.
    """
    found: list[Source | Frame] = []
    frames = 0
    for each in _each(given):
        if isinstance(each, str | Path | Source):
            found.append(Source.of(each))
            continue
        frames += 1
        frame = each if isinstance(each, Frame) else Frame(each, f"frame {frames}" if frames > 1 else "frame")
        if frame.kind is None:
            message = f"{type(frame.data).__name__} is neither a path nor a table that is known"
            raise TypeError(message)
        found.append(frame)
    return found


def _each(given: Any) -> Iterable[Any]:
    if isinstance(given, str | Path | Source | Frame) or Frame(given).kind:
        return [given]
    if not isinstance(given, Iterable):
        message = f"{type(given).__name__} is neither a path nor a table that is known"
        raise TypeError(message)
    return given


SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet")
"""What is read in a folder; a file that is named by itself may be called anything."""

_NO_TABLES: Final = frozenset(
    {".doc", ".docx", ".gif", ".jpg", ".jpeg", ".md", ".pdf", ".png", ".ppt", ".pptx", ".yaml", ".yml"}
)
"""Documents and pictures, which may lie beside actuals, and hold none."""

_SET_ASIDE: Final = frozenset({"sheet-not-used", "ignored-table", "ignored-folder", "above-heading"})
"""Warnings that say what is not read, though figures may be there."""

_OF_PROGRAMS: Final = (".", "~$")
"""How files begin that programs leave beside their documents."""


def find_sources(given: Iterable[Source]) -> tuple[list[Source], list[Problem]]:
    """Return the files that are given, in that order: those of a folder or a pattern sorted by name.

    A folder in a folder is not looked into; that, and a file that is no table, is said as a warning.
    """
    found: list[Source] = []
    problems: list[Problem] = []
    for source in given:
        files, wrong = _find(source)
        found += files
        problems += wrong
    return found, problems


def once_each(sources: Iterable[Source | Frame]) -> tuple[list[Source | Frame], list[Problem]]:
    """Return the sources without the files that are given a second time, each of which is a warning."""
    found: list[Source | Frame] = []
    problems: list[Problem] = []
    seen: set[Path] = set()
    for source in sources:
        path = source.path.resolve() if isinstance(source, Source) and source.path.is_file() else None
        if path is not None and path in seen:
            problems.append(Problem(source.name, None, None, "given-twice"))
            continue
        found.append(source)
        seen |= {path} if path is not None else set()
    return found, problems


def is_anything_left(problems: Iterable[Problem]) -> bool:
    """Whether figures may be left where they were not read: in a file, a sheet, a folder or above a heading."""
    return any(
        problem.severity == "error" or (problem.code in _SET_ASIDE and not dict(problem.values).get("is_harmless"))
        for problem in problems
    )


def _find(source: Source) -> tuple[list[Source], list[Problem]]:
    kind = path_kind(source.path)
    if kind == "folder":
        try:
            inside = sorted(source.path.iterdir())
        except OSError as error:
            return [], [unreadable(source.name, error)]
        found, problems = _chosen(inside, source)
        return found, problems if found else [*problems, Problem(source.name, None, None, "no-actuals")]
    if kind is None and has_magic(source.name):
        matching = sorted(map(Path, glob(source.name, recursive=True)))  # noqa: PTH207 - from anywhere, absolute or not
        if not matching:
            return [], [Problem(source.name, None, None, "remote-path" if source.is_remote else "no-match")]
        return _chosen(matching, source, any_kind=True)
    return [source], []


def _chosen(paths: Iterable[Path], source: Source, *, any_kind: bool = False) -> tuple[list[Source], list[Problem]]:
    """Return those of the paths that are read, of any kind if a pattern names them, and a warning for each other."""
    found: list[Source] = []
    problems: list[Problem] = []
    for path in paths:
        kind = path_kind(path)
        if path.name.startswith(_OF_PROGRAMS):
            continue
        if kind == "file" and path.is_file() and (any_kind or path.suffix.lower() in SUFFIXES):
            found.append(replace(source, path=path, name=str(path)))
        elif kind != "folder" or "**" not in source.name:  # such a pattern goes into folders
            problems.append(Problem(str(path), None, None, _code(path, kind), {"folder": str(path.parent)}))
    return found, problems


def _code(path: Path, kind: str | None) -> str:
    if kind == "folder":
        return "ignored-folder"
    return "ignored-file" if path.suffix.lower() in _NO_TABLES else "ignored-table"
