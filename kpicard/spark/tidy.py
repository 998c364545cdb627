"""The tidy table on a cluster: read from whatever Spark reads, checked to be tidy, and typed as the models take it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kpicard.actuals.files.encodings import Inspection
from kpicard.actuals.files.records import Record
from kpicard.actuals.files.tables import Table
from kpicard.actuals.header_vocabulary import COLUMNS, UNITS, KnownHeadings
from kpicard.actuals.layout import read_layout
from kpicard.actuals.readers import NOT_APPLICABLE, NOT_REPORTED, NOT_UNDERSTOOD, Names
from kpicard.actuals.selection import Selection
from kpicard.numbers import LIMIT
from kpicard.problems import Problem
from kpicard.rules.rule_index import Numbered
from kpicard.spark.sql import listed, quote, run, small
from kpicard.text import BLANKS, spellings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TABLE: Final = "table:"
"""What stands before the name of a table in place of a path."""

NEEDED: Final = ("period", "employee", "role", "kpi", "actual")
NOT_TIDY: Final = ("unit", "weight")
"""The columns by which a figure may be another one: what they say is understood on one machine only."""

READ: Final = (*NEEDED, "status", "target", "numerator", "denominator", *UNITS, "reason", *NOT_TIDY)
"""The columns that are read, as texts; names and teams are passed over."""

_RAGGED: Final = "_kpicard_ragged"
_CSV: Final = {
    "header": "true",
    "quote": '"',
    "escape": '"',
    "mode": "PERMISSIVE",
    "enforceSchema": "false",
    "columnNameOfCorruptRecord": _RAGGED,
    "columnPruning": "false",  # else the width of a row would only be looked at where all columns are asked for
}
_OTHERS: Final = (".xlsx", ".xlsm", ".xls", ".orc", ".avro", ".json", ".xml")


@dataclass(frozen=True, eq=False)
class Input:
    """An input that can be read, and what it is called; `frame` has `READ` as texts, `ragged`, `file` and `line`."""

    name: str
    frame: DataFrame
    has_status: bool


def read_input(
    spark: SparkSession, given: str | DataFrame, name: str, known: KnownHeadings
) -> tuple[Input | None, list[Problem]]:
    """Return an input by its path or `table:NAME`, or a frame of the caller's; None where it is no tidy table."""
    from pyspark.errors import AnalysisException

    try:
        if not isinstance(given, str):
            return _input(given, name, known)
        if given.startswith(TABLE):
            return _input(spark.table(given.removeprefix(TABLE)), name, known)
        files = spark.read.text(given).inputFiles()
        other = next((file for file in files if file.lower().endswith(_OTHERS)), None)
        if other:
            return None, [Problem(name, None, None, "not-for-spark", {"value": Path(other).name})]
        parquet = {file.lower().endswith(".parquet") for file in files}
        if len(parquet) > 1:
            return None, [Problem(name, None, None, "mixed-files")]
        left = _folders_left(spark, given, files)
        frame = spark.read.parquet(given) if True in parquet else _csv(spark, given)
        if frame is None:
            return None, [*left, Problem(name, None, None, "empty-file")]
        found, problems = _input(frame, name, known)
    except AnalysisException as error:
        codes = {"PATH_NOT_FOUND": "no-such-path", "TABLE_OR_VIEW_NOT_FOUND": "no-such-table"}
        code = codes.get(error.getCondition() or "", "unreadable-file")
        return None, [Problem(name, None, None, code, {"reason": str(error).partition("\n")[0]})]
    return found, [*left, *problems]


def _csv(spark: SparkSession, path: str) -> DataFrame | None:
    """Return the rows of CSV, every cell a text; the first line heads them. None where there is no line."""
    first = spark.read.text(path).where("trim(value) <> ''").first()
    if first is None:
        return None
    (names,) = csv.reader([first[0].removeprefix("\ufeff")])
    doubled = len({name.lower() for name in names}) < len(names)
    schema = ", ".join(f"{_quoted(f'c{index}' if doubled else name)} STRING" for index, name in enumerate(names))
    return spark.read.schema(f"{schema}, {_RAGGED} STRING").options(**_CSV).csv(path)


def _folders_left(spark: SparkSession, path: str, files: Sequence[str]) -> list[Problem]:
    """Return a warning for each folder inside of what is read whose files Spark does not look into."""
    below = spark.read.option("recursiveFileLookup", "true").text(path).inputFiles()
    folders = {local_path(file).rpartition("/")[0] for file in {*below} - {*files}}
    return [Problem(folder, None, None, "ignored-folder") for folder in sorted(folders)]


def local_path(file: str) -> str:
    """Return the path of a file as people write it: Spark names local ones by a URL."""
    return unquote(file.removeprefix("file://").removeprefix("file:")) if file.startswith("file:") else file


def _input(frame: DataFrame, name: str, known: KnownHeadings) -> tuple[Input | None, list[Problem]]:
    headings = [each for each in frame.columns if each != _RAGGED]
    table = Table(Path(name), name, Inspection(), "Spark")
    layout, problems = read_layout(Record(1, "", tuple(headings), (), is_grid=True), table, known)
    columns = dict(layout.columns) if layout else {}
    missing = tuple(COLUMNS[each] for each in NEEDED if each not in columns)
    if missing or (layout and layout.is_wide):
        return None, [Problem(name, None, None, "no-tidy-table", {"missing": missing or (COLUMNS["kpi"],)})]
    kinds = dict(frame.dtypes)
    called = {each: headings[columns[each]] for each in READ if each in columns}
    texts = [
        f"{_text(called[each], kinds[called[each]]) if each in called else _NO_TEXT} AS {each}_text" for each in READ
    ]
    is_csv = _RAGGED in frame.columns
    ragged = f"{_RAGGED} IS NOT NULL" if is_csv else "FALSE"
    place = [
        f"{_text('file', kinds['file']) if {'file', 'line'} <= {*headings} else _NO_TEXT} AS file",
        f"{'try_cast(line AS BIGINT)' if {'file', 'line'} <= {*headings} else 'CAST(NULL AS BIGINT)'} AS line",
    ]
    rows = frame.selectExpr(*texts, f"{ragged} AS ragged", *place)
    broken = " OR ".join(f"startswith({each}_text, '\"') OR contains({each}_text, '\ufffd')" for each in READ)
    rows = rows.selectExpr(
        "* EXCEPT (ragged)", f"ragged OR coalesce({broken}, FALSE) AS ragged" if is_csv else "ragged"
    )
    rows = rows.where(f"ragged OR coalesce({', '.join(f'{each}_text' for each in READ)}) IS NOT NULL")
    return Input(name, rows, "status" in columns), [replace(each, line=None, column=None) for each in problems]


_NO_TEXT: Final = "CAST(NULL AS STRING)"

# Whole numbers are doubles as soon as one is missing, and the missing one is NaN: an id of 1001.0 is 1001. Spark itself
# writes 10,000,000.5 as 1.00000005E7; and as a decimal a float of 32 bits has more digits than its text.
_FLOAT: Final = """
CASE
    WHEN isnan({0}) THEN NULL
    WHEN abs({0}) < 1e15 AND {0} = CAST({0} AS BIGINT) THEN CAST(CAST({0} AS BIGINT) AS STRING)
    WHEN abs({0}) >= 1e-3 AND abs({0}) < 1e15
        THEN trim(TRAILING '.' FROM
            trim(TRAILING '0' FROM CAST(CAST(CAST({0} AS STRING) AS DECIMAL(38, 22)) AS STRING)))
    ELSE CAST({0} AS STRING)
END"""


def _text(name: str, kind: str) -> str:
    """Return the SQL of a column's text, without blanks around it; NULL where nothing is left."""
    column = _quoted(name)
    if kind in {"float", "double"}:
        return _FLOAT.format(column)
    text = f"CAST({column} AS STRING)"
    if re.fullmatch(r"decimal\(\d+,[1-9]\d*\)", kind):
        return f"trim(TRAILING '.' FROM trim(TRAILING '0' FROM {text}))"
    return f"nullif(trim(BOTH {quote(BLANKS)} FROM {text}), '')"


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def tidy(spark: SparkSession, inputs: Sequence[Input], numbered: Numbered, selection: Selection) -> DataFrame:
    """Return the rows as the models take them: see `kpicard.actuals.tidy`.

    A card is a text here, and so are periods and employees in place of their numbers. `wrong` names the column for
    which a row is a fault, `src` is the number of its input, and the texts of `READ` are there too.
    """
    frames = [
        each.frame.selectExpr("*", f"{number} AS src", f"{each.has_status} AS has_status")
        for number, each in enumerate(inputs)
    ]
    names = Names(numbered)
    tables = {
        "said": reduce(lambda one, other: one.unionByName(other), frames),
        "role_said": small(spark, _ROLE, _roles(numbered, names)),
        "kpi_said": small(spark, _KPI, _kpis(numbered, names)),
    }
    return run(spark, _TIDY.replace("{selected}", _condition(selection, numbered)), tables)


_ROLE: Final = {"text": "VARCHAR", "role": "SMALLINT", "since": "VARCHAR", "until": "VARCHAR"}
_KPI: Final = {"role": "SMALLINT", "text": "VARCHAR", "kpi": "INTEGER", "needs_positive": "BOOLEAN"}


def _roles(numbered: Numbered, names: Names) -> Iterator[tuple[str, int, str | None, str | None]]:
    """Yield what each role is called where that is clear, with the periods in which it is scored so."""
    for id_, numbers in numbered.by_id.items():
        called = {id_, *(text for number in numbers for text in spellings(numbered.roles[number].title))}
        for text in {text.lower() for text in called if names.roles(text) == {id_}}:
            for number in numbers:
                yield text, number, numbered.editions[number].first, numbered.editions[number].end


def _kpis(numbered: Numbered, names: Names) -> Iterator[tuple[int, str, int, bool]]:
    """Yield what each KPI and adjustment is called where that is clear."""
    for number, ((role, _, item), curve) in enumerate(zip(numbered.items, numbered.curves, strict=True)):
        called = {item.id, *spellings(item.name)}
        for text in {text.lower() for text in called if names.kpis(role, text) == {number}}:
            yield role, text, number, curve.axis == "attainment"


def _condition(selection: Selection, numbered: Numbered) -> str:
    """Return the wanted rows as a condition of SQL; a part that was not understood may be any."""
    roles = [str(number) for id_ in selection.roles for number in numbered.by_id.get(id_, (-1,))]
    wanted = {
        "period": listed(selection.periods) if selection.periods else "",
        "employee": listed(selection.employees) if selection.employees else "",
        "role": ", ".join(roles),
    }
    return " AND ".join(f"({part} IS NULL OR {part} IN ({any_}))" for part, any_ in wanted.items() if any_) or "TRUE"


def _number(column: str) -> str:
    """Return the SQL of a plain number in whole millionths, rounded half away from zero; NULL for any other."""
    text = f"{column}_text"
    read = f"CASE WHEN {text} RLIKE '^[-+]?[0-9]+([.][0-9]+)?$' THEN try_cast({text} || 'e6' AS DECIMAL(20, 0)) END"
    return f"CASE WHEN {read} BETWEEN {1 - LIMIT} AND {LIMIT - 1} THEN CAST({read} AS BIGINT) END"


_BLANK: Final = listed(NOT_REPORTED)
_SHARE: Final = "CASE WHEN NOT has_status AND share <= 1000000 THEN 100 * share ELSE share END"

_TIDY: Final = f"""
SELECT
    *, monotonically_increasing_id() AS row, 0 AS col, wrong IS NOT NULL AS fault,
    period || ' ' || role || ' ' || employee AS card,
    CAST(NULL AS BIGINT) AS numerator, CAST(NULL AS BIGINT) AS denominator
FROM (
    SELECT
        * EXCEPT (status, is_target),
        CASE WHEN status_text <=> '{NOT_UNDERSTOOD}' THEN NULL ELSE status END AS status,
        CASE
            WHEN lower(status_text) = '{NOT_UNDERSTOOD}' THEN '{NOT_UNDERSTOOD}'
            WHEN ragged THEN 'row'
            WHEN period IS NULL THEN 'period'
            WHEN employee IS NULL THEN 'employee'
            WHEN role IS NULL THEN 'role'
            WHEN kpi IS NULL THEN 'kpi'
            WHEN status IS NULL OR (status = 'not_reported' AND numerator_text IS NOT NULL) THEN 'actual'
            WHEN lower(status_text) <> status THEN 'status'
            {" ".join(f"WHEN lower({each}_text) NOT IN ({_BLANK}) THEN '{each}'" for each in NOT_TIDY)}
            WHEN is_target AND (target IS NULL OR (needs_positive AND target <= 0)) THEN 'target'
        END AS wrong
    FROM (
        SELECT
            s.*, r.role, k.kpi, k.needs_positive,
            CASE
                WHEN s.actual_text IS NULL OR lower(s.actual_text) IN ({_BLANK}) THEN
                    IF(lower(s.status_text) <=> 'not_applicable', 'not_applicable', 'not_reported')
                WHEN lower(s.actual_text) IN ({listed(NOT_APPLICABLE)}) THEN 'not_applicable'
                WHEN s.actual IS NOT NULL THEN 'scored'
            END AS status,
            s.target_text IS NOT NULL AND lower(s.target_text) NOT IN ({_BLANK}) AS is_target
        FROM (
            SELECT
                * EXCEPT (share), {_SHARE} AS share
            FROM (
                SELECT
                    *, employee_text AS employee,
                    CASE WHEN period_text RLIKE '^[0-9][0-9][0-9][0-9]-(0[1-9]|1[0-2])$' THEN period_text END AS period,
                    {", ".join(f"{_number(each)} AS {each}" for each in ("actual", "target", *UNITS))}
                FROM {{said}}
            )
        ) AS s
        LEFT JOIN {{role_said}} AS r
            ON r.text = lower(s.role_text) AND (r.since IS NULL OR r.since <= s.period)
            AND (r.until IS NULL OR s.period < r.until)
        LEFT JOIN {{kpi_said}} AS k ON k.role = r.role AND k.text = lower(s.kpi_text)
    )
    WHERE {{selected}}
)
"""
