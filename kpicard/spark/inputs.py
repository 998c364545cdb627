"""Inputs: whatever Spark reads, as frames of texts, with their headings understood as those of files are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import unquote

from kpicard.actuals.files.encodings import Inspection
from kpicard.actuals.files.records import Record
from kpicard.actuals.files.tables import Table
from kpicard.actuals.header import find_heading
from kpicard.actuals.header_vocabulary import COLUMNS, UNITS, KnownHeadings
from kpicard.actuals.layout import Layout, read_layout
from kpicard.files import own_folder
from kpicard.problems import Problem
from kpicard.spark.columns import as_text, quoted
from kpicard.spark.sql import trimmed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TABLE: Final = "table:"
"""What stands before the name of a table in place of a path."""

_CSV: Final = {
    "header": "true",
    "quote": '"',
    "escape": '"',
    "ignoreLeadingWhiteSpace": "true",  # a quote opens a cell with blanks before it too
    "ignoreTrailingWhiteSpace": "true",
    "mode": "PERMISSIVE",
    "columnNameOfCorruptRecord": "_kpicard_ragged",
    "columnPruning": "false",  # else the width of a row would only be looked at where all columns are asked for
}
_ENDINGS_OF_OTHERS: Final = (".xlsx", ".xlsm", ".xls", ".orc", ".avro", ".json", ".xml")


@dataclass(frozen=True, eq=False)
class Input:
    """A table that can be read.

    The columns of `frame` are c0, c1 and so on, all texts; `ragged`, the text of a row that is not as wide as the
    heading; `file`, the path of a row's file where there are several; and `ord`, which rises from row to row.
    """

    table: Table
    layout: Layout
    frame: DataFrame
    has_files: bool
    width: int
    """How many cells the heading of its files has."""
    is_csv: bool = False
    may_lack_kpis: bool = False
    """Whether a wide table has values under a heading that is missing, or not known, and may be a KPI's."""

    def seen(self) -> tuple[Input, list[int]]:
        """Return the same input once its columns were looked into, and those without a heading that have values."""
        used = _with_values(self, (*self.layout.unnamed, *self.layout.unclear))
        named = [index for index in used if index in self.layout.unnamed]
        unnamed = tuple(index for index in self.layout.unnamed if index not in used)
        may_lack_kpis = self.layout.is_wide and bool(used)
        return replace(self, layout=self.layout._replace(unnamed=unnamed), may_lack_kpis=may_lack_kpis), named


Read: TypeAlias = "tuple[Input | None, list[Problem]]"


def read_input(spark: SparkSession, given: str | DataFrame, name: str, known: KnownHeadings) -> Read:
    """Return an input by its path or `table:NAME`, or a frame of the caller's; None where it cannot be read."""
    from pyspark.errors import AnalysisException

    table = Table(Path(name), name, Inspection(), "Spark")
    try:
        if not isinstance(given, str):
            return _typed(given, table, known, has_files=False)
        if given.startswith(TABLE):
            return _typed(spark.table(given.removeprefix(TABLE)), table, known, has_files=False)
        files = spark.read.text(given).inputFiles()
        found, problems = _files(spark, given, files, table, known)
        return found, [*_folders_left(spark, given, files), *problems]
    except AnalysisException as error:
        return None, [_refused(table, error.getCondition() or "", str(error))]


def _files(spark: SparkSession, path: str, files: Sequence[str], table: Table, known: KnownHeadings) -> Read:
    kind = _kind(files)
    if isinstance(kind, tuple):
        return None, [table.problem(*kind)]
    # A single file of a folder or pattern has a name of its own, which may say its month.
    has_files = [Path(local_path(file)).name for file in files] != [Path(path).name]
    if kind == "parquet":
        return _typed(spark.read.parquet(path), table, known, has_files=has_files)
    return _csv(spark, path, files, table, known, has_files=has_files)


def _folders_left(spark: SparkSession, path: str, files: Iterable[str]) -> list[Problem]:
    """Return a warning for each folder inside of what is read whose files Spark does not look into."""
    below = spark.read.option("recursiveFileLookup", "true").text(path).inputFiles()
    folders = {local_path(file).rpartition("/")[0] for file in {*below} - {*files}}
    return [Problem(folder, None, None, "ignored-folder") for folder in sorted(folders)]


def local_path(file: str) -> str:
    """Return the path of a file as people write it: Spark names local ones by a URL."""
    return unquote(file.removeprefix("file://").removeprefix("file:")) if file.startswith("file:") else file


def _kind(files: Sequence[str]) -> str | tuple[str, tuple[None, None], dict[str, str]]:
    """Return the kind of an input's files, or what is wrong with them."""
    other = next((file for file in files if file.lower().endswith(_ENDINGS_OF_OTHERS)), None)
    if other:
        return "not-for-spark", (None, None), {"value": Path(other).name}
    parquet = {file.lower().endswith(".parquet") for file in files}
    if len(parquet) > 1:
        return "mixed-files", (None, None), {}
    return "parquet" if True in parquet else "csv"


def _refused(table: Table, condition: str, message: str) -> Problem:
    """Return why Spark does not read an input at all."""
    code = {"PATH_NOT_FOUND": "no-such-path", "TABLE_OR_VIEW_NOT_FOUND": "no-such-table"}.get(condition)
    return table.problem(code or "unreadable-file", values={"reason": message.partition("\n")[0]})


def _typed(frame: DataFrame, table: Table, known: KnownHeadings, *, has_files: bool) -> Read:
    """Read a frame whose columns have names and types."""
    layout, problems = _layout(Record(1, ",".join(frame.columns), tuple(frame.columns), (), is_grid=True), table, known)
    if layout is None:
        return None, problems
    texts = [f"{as_text(name, kind)} AS c{index}" for index, (name, kind) in enumerate(frame.dtypes)]
    numbered = _numbered(frame, texts, "NULL", has_files=has_files)
    return Input(table, layout, numbered, has_files, len(texts)).seen()[0], problems


def _csv(  # noqa: PLR0913 - what to read, and what is known of it
    spark: SparkSession, path: str, files: Sequence[str], table: Table, known: KnownHeadings, *, has_files: bool
) -> Read:
    """Read CSV, every cell as a text. The files of one input have the same heading, which Spark sees to."""
    first = spark.read.text(path).where("trim(value) <> ''").select("value").first()
    if first is None:
        return None, [table.problem("empty-file")]
    if "\ufffd" in first[0]:  # what Spark puts in place of bytes that are not UTF-8
        return None, [table.problem("broken-text", values={"value": first[0]})]
    heading, separator = _heading(first[0], table, known)
    several = len(files) > 1
    doubled = _doubled(heading.cells) if several else None
    if doubled is not None:
        return None, [table.problem("unlike-headings", values={"column": doubled})]
    names = list(heading.cells) if several else [f"c{index}" for index in range(len(heading.cells))]
    ragged = _CSV["columnNameOfCorruptRecord"]
    schema = ", ".join(f"{quoted(name)} STRING" for name in [*names, ragged])
    frame = spark.read.schema(schema).options(**_CSV, sep=separator, enforceSchema=str(not several).lower()).csv(path)
    inside = frame.columns[len(names) + 1 :]  # columns that the folders' names give, as in period=2026-10/
    kinds = dict(frame.dtypes)
    layout, problems = _layout(heading._replace(cells=(*heading.cells, *inside)), table, known)
    if layout is None:
        return None, problems
    texts = [f"{quoted(name)} AS c{index}" for index, name in enumerate(names)]
    texts += [f"{as_text(name, kinds[name])} AS c{index}" for index, name in enumerate(inside, start=len(names))]
    numbered = _numbered(frame, texts, quoted(ragged), has_files=has_files)
    found, used = Input(table.separated_by(separator), layout, numbered, has_files, len(names), is_csv=True).seen()
    problems += [table.problem("unnamed-column", values={"number": index + 1}) for index in used]
    return found, problems


def _with_values(of: Input, columns: Iterable[int]) -> list[int]:
    """Return those of the columns that have a value; where there are none to look into, nothing is read."""
    asked = sorted(columns)
    if not asked:
        return []
    (found,) = of.frame.selectExpr(*(f"count({trimmed(f'c{index}')})" for index in asked)).collect()
    return [index for index, count in zip(asked, found, strict=True) if count]


def _numbered(frame: DataFrame, texts: Sequence[str], ragged: str, *, has_files: bool) -> DataFrame:
    file = "_metadata.file_path" if has_files else "CAST(NULL AS STRING)"
    return frame.selectExpr(
        *texts, f"CAST({ragged} AS STRING) AS ragged", f"{file} AS file", "monotonically_increasing_id() AS ord"
    )


def _heading(line: str, table: Table, known: KnownHeadings) -> tuple[Record, str]:
    """Return the heading that a line is, and by what its columns are separated."""
    with own_folder() as folder:
        path = folder / "heading.csv"
        path.write_text(f"{line}\n", "utf-8")
        found = find_heading(replace(table, path=path), known)
    return found.record, found.separator


def _layout(heading: Record, table: Table, known: KnownHeadings) -> tuple[Layout | None, list[Problem]]:
    """Return what a heading says of the columns; columns that cards hang on and Spark does not read are refused."""
    layout, problems = read_layout(heading, table, known)
    unread = [column for column in UNITS if layout and column in layout.columns]
    problems += [table.problem("column-not-on-spark", values={"column": COLUMNS[column]}) for column in unread]
    return (None if unread else layout), [replace(each, line=None, column=None) for each in problems]


def _doubled(cells: Sequence[str]) -> str | None:
    """Return a heading that is empty or there twice: Spark could not tell whether all files have the same."""

    def doubled() -> Iterator[str]:
        seen: set[str] = set()
        for cell in cells:
            if not cell.strip() or cell.lower() in seen:
                yield cell
            seen.add(cell.lower())

    return next(doubled(), None)
