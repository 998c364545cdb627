"""What the models find on Spark, as problems: how many there are of each kind and the first, and all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from kpicard.actuals.check import CLEARLY_LACKING, OUT_OF_RANGE
from kpicard.actuals.findings import more_of
from kpicard.actuals.header_vocabulary import COLUMNS
from kpicard.actuals.possible_range import idle_values, impossible_figure, impossible_values
from kpicard.actuals.readers import NOT_UNDERSTOOD, NUMBERS
from kpicard.numbers import from_millionths
from kpicard.problems import Problem, Value
from kpicard.rules.rule_index import Numbered
from kpicard.spark.sql import SparkModels
from kpicard.spark.tidy import READ, Input
from kpicard.text import Both

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_COLUMNS: Final = {
    "row": "BIGINT",
    "kpi": "INT",
    "code": "STRING",
    "period": "STRING",
    "employee": "STRING",
    "role": "INT",
    "number": "INT",
    "text": "STRING",
    "other_text": "STRING",
    "amount": "BIGINT",
    "other": "BIGINT",
}
"""What is known of a problem: where it is, whose figure it is, what is written there, and another row."""

_WRITTEN: Final = "CASE wrong {} END".format(" ".join(f"WHEN '{column}' THEN {column}_text" for column in READ))
_LACKING: Final = "SELECT '{code}' AS code, COALESCE(row, card_row) AS row, kpi, period, employee FROM ({query}) AS l"
_OF_NUMBER: Final = "CASE number {} END".format(
    " ".join(f"WHEN {number} THEN 'bad-{column}'" for number, column in enumerate(NUMBERS))
)

_FOUND: Final[Mapping[str, str]] = {
    "not_understood": f"""
        SELECT
            CASE wrong WHEN '{NOT_UNDERSTOOD}' THEN 'not-understood' ELSE 'not-tidy' END AS code, row,
            wrong AS other_text, {_WRITTEN} AS text
        FROM tidy WHERE fault""",
    "impossible": """
        SELECT
            CASE
                WHEN NOT i.is_figure THEN 'impossible-target'
                WHEN k.weight IS NULL THEN 'negative-count'
                ELSE 'impossible-figure'
            END AS code, i.row, i.kpi, CASE WHEN i.is_figure THEN t.actual_text ELSE t.target_text END AS text
        FROM (
            SELECT row, kpi, TRUE AS is_figure FROM impossible WHERE is_figure
            UNION ALL
            SELECT row, kpi, FALSE AS is_figure FROM impossible WHERE is_target
        ) AS i
        JOIN tidy AS t ON t.row = i.row JOIN kpi AS k ON k.kpi = i.kpi""",
    "not_allowed": """
        SELECT CASE not_applicable WHEN 'never' THEN 'never-not-applicable' ELSE 'no-reason' END AS code, row, kpi
        FROM not_allowed""",
    "bad_number": f"SELECT {_OF_NUMBER} AS code, row, text FROM bad_number",
    "differing_number": """
        SELECT
            'number-differs' AS code, d.row, c.period, c.employee, d.number, d.text, d.first_text AS other_text,
            d.first_row AS other
        FROM differing_number AS d JOIN card AS c ON c.card = d.card""",
    "doubled": "SELECT 'doubled-figure' AS code, row, kpi, period, employee, first_row AS other FROM doubled",
    "not_reported": _LACKING.format(code="not-reported", query=CLEARLY_LACKING.format(lacking="not_reported")),
    "maybe_unread": _LACKING.format(code="maybe-unread", query=CLEARLY_LACKING.format(lacking="maybe_unread")),
    "maybe_elsewhere": """
        SELECT 'maybe-misread' AS code, COALESCE(row, card_row) AS row, kpi, period, employee, stray_row AS other
        FROM maybe_elsewhere""",
    "attainment_range": f"SELECT 'out-of-range' AS code, row, kpi, actual AS amount FROM ({OUT_OF_RANGE}) AS a",
    "part_unknown": "SELECT 'part-unknown' AS code, row, period, employee, role, number FROM part_unknown",
    "base_twice": """
        SELECT 'base-twice' AS code, row, period, employee, role, value AS amount, first_row AS other
        FROM base_twice""",
    "shares_above_100": """
        SELECT 'shares-above-100' AS code, row, period, employee, CAST(sum AS BIGINT) AS amount
        FROM shares_above_100""",
    "idle_target": """
        SELECT 'idle-target' AS code, i.row, i.kpi, i.times AS amount, t.target_text AS text
        FROM idle_target AS i JOIN tidy AS t ON t.row = i.row""",
}
"""How each reason for which a card is withheld is told, and each warning, by the models that find it."""


class Finder:
    """What is wrong with the rows and cards of a run."""

    def __init__(
        self, models: SparkModels, inputs: Sequence[Input], numbered: Numbered, found_by: Collection[str]
    ) -> None:
        """Take the models, and which of them found something or may have."""
        self._models, self._inputs, self._numbered = models, inputs, numbered
        wanted = [each for each in _FOUND if each in found_by]
        models.make(*(each for each in wanted if each != "not_understood"))
        frames = [self._told(_FOUND[each]) for each in wanted]
        self._found = reduce(lambda one, other: one.unionByName(other), frames) if frames else None

    def _told(self, query: str) -> DataFrame:
        frame = self._models.query(query)
        there = set(frame.columns)
        return frame.selectExpr(
            *(f"CAST({name if name in there else 'NULL'} AS {kind}) AS {name}" for name, kind in _COLUMNS.items())
        )

    def first_ones(self) -> Iterator[Problem]:
        """Yield the first problem of each kind, and how many more there are."""
        if self._found is None:
            return
        firsts = self._found.selectExpr("code", "struct(*) AS one").groupBy("code")
        counted = firsts.agg({"one": "min", "*": "count"}).toDF("code", "one", "times").collect()
        times = {row.code: row.times for row in counted}
        first = self._models.small(_COLUMNS, [tuple(row.one) for row in counted])
        for problem in sorted(self._placed(first), key=lambda each: (each.path, each.line or 0, each.code)):
            yield problem
            if times[problem.code] > 1:
                code, values = more_of(problem.code, times[problem.code] - 1)
                yield Problem(problem.path, problem.line, None, code, values, row=problem.row)

    def all(self) -> Iterator[Problem]:
        """Yield every problem; they come from the workers part by part."""
        if self._found is not None:
            yield from self._placed(self._found)

    def _placed(self, found: DataFrame) -> Iterator[Problem]:
        said = ", ".join(f"{name}_text" for name in ("period", "employee", "role", "kpi", "actual"))
        rows = self._models.frames["tidy"].selectExpr("row AS at", f"struct(src, file, line, {said}) AS place")
        others = rows.toDF("at_other", "other_place")
        placed = found.join(rows, found["row"] == rows["at"], "left")
        placed = placed.join(others, placed["other"] == others["at_other"], "left")
        for row in placed.select(*_COLUMNS, "place", "other_place").toLocalIterator():
            values = self._values(row)
            if row.other_place is not None:
                values["other"] = self._problem(row.other_place, "", {}).place
            yield self._problem(row.place, row.code, values)

    def _problem(self, place: Any, code: str, values: Mapping[str, Value]) -> Problem:
        """Return a problem at the place that the row came from, where it says that; otherwise the row is quoted."""
        src, file, line, *said = place
        if file is not None:
            return Problem(file, line, None, code, values)
        return Problem(self._inputs[src].name, None, None, code, values, row=", ".join(filter(None, said)))

    def _values(self, row: Any) -> dict[str, Value]:
        """Return what the message of a problem quotes."""
        item = None if row.kpi is None else self._numbered.items[row.kpi][2]
        amount = None if row.amount is None else from_millionths(row.amount)
        text = row.text or ""
        values: dict[str, Value] = {"period": row.period, "employee": row.employee, "value": text}
        if item is not None:
            values["kpi"] = item.name
        if row.role is not None:
            values["role"] = self._numbered.roles[row.role].title
        if row.number is not None:
            values["column"] = COLUMNS[NUMBERS[row.number]]
        of_code: Mapping[str, Callable[[], Mapping[str, Value]]] = {
            "not-tidy": lambda: {"what": _what(row.other_text, text)},
            "number-differs": lambda: {"first": row.other_text},
            "out-of-range": lambda: {"value": amount},
            "base-twice": lambda: {"value": amount},
            "shares-above-100": lambda: {"sum": amount},
        }
        of_item: Mapping[str, Callable[[Any], Mapping[str, Value]]] = {
            "impossible-figure": lambda item: impossible_figure(item, text)[1],
            "negative-count": lambda item: impossible_figure(item, text)[1],
            "impossible-target": lambda item: impossible_values(item, text),
            "idle-target": lambda item: idle_values(item, text, row.amount),
        }
        return values | dict(of_item[row.code](item) if row.code in of_item else of_code.get(row.code, dict)())


def _what(column: str, text: str) -> Both:
    """Return what is not tidy of a row: its width or quotes, or what stands in a column."""
    if column not in COLUMNS:
        return Both("its cells or quotes", "单元格数量或引号有误")
    word = COLUMNS[column]
    return (
        Both(f"the {word.en} is `{text}`", f"{word.zh}为“{text}”") if text else Both(f"no {word.en}", f"缺少{word.zh}")
    )
