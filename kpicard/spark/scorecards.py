"""From rules and a tidy table to scorecards on Spark, by the models that run everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Self, TypeAlias, cast

from kpicard.actuals.files.inputs import is_anything_left
from kpicard.actuals.header_vocabulary import UNITS, KnownHeadings
from kpicard.actuals.readers import NOT_APPLICABLE, NOT_REPORTED, Vocabulary
from kpicard.actuals.selection import Selection, as_tuple, may_lack_rules, without_rules
from kpicard.cards.request import ScoreRequest
from kpicard.cards.values import Missing
from kpicard.engines.rule_tables import (
    GRADE_COLUMNS,
    KPI_COLUMNS,
    ROLE_COLUMNS,
    SEGMENT_COLUMNS,
    grade_rows,
    kpi_rows,
    role_rows,
    segment_rows,
)
from kpicard.problems import Problem, in_order
from kpicard.progress import Progress, Step, unseen
from kpicard.rules.rule_index import Numbered
from kpicard.rules.rules import Rules
from kpicard.spark.output import MORE, SCORES, USED, none_scored, texts, typed
from kpicard.spark.problems import Finder
from kpicard.spark.sql import Frames, SparkModels, listed, run, small
from kpicard.spark.tidy import Input, read_input, tidy

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Given: TypeAlias = "str | DataFrame"

_EXACT: Final = {
    "spark.sql.ansi.enabled": "true",  # what overflows is refused, never NULL
    "spark.sql.ansi.enforceReservedKeywords": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
    # From 4.1 on, a union may say that it keeps a card's rows together when it does not (SPARK-59141).
    "spark.sql.unionOutputPartitioning": "false",
}
"""What the session must have while queries are made."""

_PERSON: Final = {"card": "VARCHAR", "row": "BIGINT"}
_EMPTY: Final = {
    "unread_kpi": {"kpi": "INTEGER"},
    "unit_slip": {"card": "VARCHAR", "row": "BIGINT"},
    "person_name": {**_PERSON, "name": "VARCHAR", "team": "VARCHAR"},
    "person_value": {**_PERSON, "number": "INTEGER", "text": "VARCHAR", "value": "BIGINT"},
    "roster_target": {
        "employee": "VARCHAR",
        "kpi": "INTEGER",
        "first": "VARCHAR",
        "last": "VARCHAR",
        "target": "BIGINT",
    },
    "roster": {
        "employee": "VARCHAR",
        "role": "VARCHAR",
        "first": "VARCHAR",
        "last": "VARCHAR",
        "name": "VARCHAR",
        "team": "VARCHAR",
        "manager": "VARCHAR",
        "base": "BIGINT",
        "share": "BIGINT",
        "is_right": "BOOLEAN",
    },
}
"""The tables that are empty on a cluster: no roster is read there, and names and slips of the unit are passed over."""

OF_FIGURES: Final = ("tidy", "known_period", "known_employee", "not_applicable_reason", "faulty_row")
OF_RULES: Final = ("role", "kpi", "segment", "grade", "scheme", "unexpected_role")
GIVEN_HERE: Final = frozenset((*_EMPTY, *OF_FIGURES, *OF_RULES))
"""All that the models are given on a cluster."""

_REASONS: Final = """
SELECT card, kpi, MIN(reason_text) AS reason FROM {tidy}
WHERE card IS NOT NULL AND status = 'not_applicable' AND reason_text IS NOT NULL
GROUP BY card, kpi
"""

_VALUES: Final = f"""
SELECT
    card, MIN(row) AS row, number, text, value,
    CASE number
        WHEN 0 THEN value >= 0
        WHEN 1 THEN value BETWEEN 0 AND 31000000
        ELSE value > 0 AND value <= 100000000
    END AS fits
FROM (
    SELECT card, row, stack(3, 0, base_text, base, 1, days_text, days, 2, share_text, share) AS (number, text, value)
    FROM {{tidy}} WHERE card IS NOT NULL AND NOT ragged
)
WHERE text IS NOT NULL AND lower(text) NOT IN ({listed(NOT_APPLICABLE | NOT_REPORTED)})
GROUP BY card, number, text, value
"""


@dataclass(frozen=True, eq=False)
class SparkScorecards:
    """The cards of one run as a frame of one row per KPI, and the first problem of each kind, sorted by place.

    A card with a problem is not among the cards. `frame` has the columns of `--format csv`, its numbers as exact
    decimals, in no order. What was read is kept by Spark until `close`, or the end of a `with` block.
    """

    count: int
    """How many cards there are."""
    withheld: int
    """How many cards were withheld, each for a problem that is reported."""
    more: tuple[str, ...] = field(repr=False)
    """The columns that stand behind the others: what the rules of the cards use."""
    _scored: DataFrame = field(repr=False)
    _others: tuple[Problem, ...] = field(default=(), repr=False)
    """Those of inputs and rules."""
    _firsts: tuple[Problem, ...] = field(default=(), repr=False)
    """Those of rows and cards, each kind followed by how many more there are of it."""
    _finder: Finder | None = field(default=None, repr=False)
    _models: SparkModels | None = field(default=None, repr=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those of inputs and rules; of rows and cards the first of each kind, and how many more there are."""
        return (*in_order(self._others), *self._firsts)

    @property
    def frame(self) -> DataFrame:
        """One row per card and KPI, with exact decimals."""
        return typed(self._scored, self.more)

    @property
    def texts(self) -> DataFrame:
        """The same with the texts of `--format csv`, to the letter."""
        return texts(self._scored, self.more)

    def all_problems(self) -> Iterator[Problem]:
        """Yield every problem, however many there are: those of rows and cards in no order."""
        yield from self._others
        yield from self._finder.all() if self._finder else ()

    def with_problems(self, problems: Iterable[Problem]) -> SparkScorecards:
        """Return the same cards with further problems, for instance those of the rules."""
        return replace(self, _others=(*self._others, *problems))

    def close(self) -> None:
        """Let Spark forget what was read; the frame can still be used, but is read again."""
        if self._models:
            self._models.forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def score(  # noqa: PLR0913 - all by keyword, each an option of its own
    rules: Rules,
    inputs: Given | Sequence[Given],
    *,
    spark: SparkSession,
    missing: Missing = "refuse",
    periods: str | Iterable[str] = (),
    employees: str | Iterable[str] = (),
    roles: str | Iterable[str] = (),
    expect_rules: str | Iterable[str] = (),
) -> SparkScorecards:
    """Score a tidy table by the rules on Spark: frames, or paths of CSV and Parquet, or tables as `table:NAME`.

    Every path that Spark reads will do: of a file, a folder or a pattern, on disk or in a distributed store; the files
    of one input have the same heading. The columns are those of `kpicard tidy`, of which `period`, `employee`, `role`,
    `kpi` and `actual` are needed: roles and KPIs by id or name, plain numbers. The options are as in `kpicard.score`,
    and so are the problems of cards; what is not tidy is a problem of its row.

    Never raises for what is in the inputs: see the result's `problems`. Raises ValueError for another `missing` and for
    periods that are none, and what Spark raises where Spark itself fails.
    """
    request = ScoreRequest(
        missing=missing,
        periods=as_tuple(periods),
        employees=as_tuple(employees),
        roles=as_tuple(roles),
        expect_rules=as_tuple(expect_rules),
    )
    given = inputs if isinstance(inputs, list | tuple) else [cast("Given", inputs)]
    return score_request(rules, given, request, spark)


def score_request(
    rules: Rules, given: Sequence[Given], request: ScoreRequest, spark: SparkSession, progress: Progress = unseen
) -> SparkScorecards:
    """Score as `score` does, with its options in one value: those that are about files or the roster are not used."""
    numbered = Numbered(rules)
    with _exact(spark):
        problems: list[Problem] = []
        if rules.department is None:
            problems.append(Problem(rules.path, None, None, "no-grades"))
            return _nothing(spark, problems)
        inputs: list[Input] = []
        known = KnownHeadings(rules)
        for number, each in enumerate(given, start=1):
            name = each if isinstance(each, str) else f"frame {number}"
            progress(Step("reading", name, number, len(given)))
            read, wrong = read_input(spark, each, name, known)
            problems += wrong
            inputs += [read] if read else []
        if not inputs:
            return _nothing(spark, problems)
        return _score(spark, inputs, numbered, request, problems, progress)


def _nothing(spark: SparkSession, problems: list[Problem]) -> SparkScorecards:
    return SparkScorecards(0, 0, (), none_scored(spark), tuple(problems))


def _score(  # noqa: PLR0913, PLR0917 - what is scored, by what, as what is asked, and who is told
    spark: SparkSession,
    inputs: Sequence[Input],
    numbered: Numbered,
    request: ScoreRequest,
    problems: list[Problem],
    progress: Progress,
) -> SparkScorecards:
    vocabulary = Vocabulary(numbered)
    progress(Step("understanding"))
    models = SparkModels(spark, _rules(spark, numbered, request, all_read=not is_anything_left(problems)))
    # Whatever follows goes card by card, on the worker that has the card.
    figures = models.keep(tidy(spark, inputs, numbered, request.selection).repartition("card"))
    has_numbers = figures.where(" OR ".join(f"{column}_text IS NOT NULL" for column in UNITS)).limit(1).count() > 0
    models.frames |= _of_figures(spark, figures, has_numbers=has_numbers)
    progress(Step("checking"))
    models.make("withheld")
    reasons = {row.reason for row in models.query("SELECT DISTINCT reason FROM withheld").collect()}
    if models.query("SELECT 1 FROM tidy WHERE fault").limit(1).collect():
        reasons |= {"not_understood", "impossible"}
    warnings = {"idle_target", *(("part_unknown", "base_twice", "shares_above_100") if has_numbers else ())}
    finder = Finder(models, inputs, numbered, reasons | warnings)
    found = [*finder.first_ones()]
    others = [*problems, *_not_found(models, inputs, request.selection)]
    if "other_rules" in reasons:
        others += _other_rules(models, inputs, numbered)
    progress(Step("scoring"))
    models.make("graded")
    count, seen = models.frames["graded"].count(), models.frames["card"].count()
    used = models.query(USED).collect()[0]
    return SparkScorecards(
        count=count,
        withheld=seen - count + _count_unmatched(models, vocabulary, request.selection),
        more=tuple(name for name in MORE if used[name]),
        _scored=models.query(SCORES),
        _others=tuple(others),
        _firsts=tuple(found),
        _finder=finder,
        _models=models,
    )


def _rules(spark: SparkSession, numbered: Numbered, request: ScoreRequest, *, all_read: bool) -> Frames:
    """Return the rules, and what is asked, as the tables that the models start from."""
    scheme = {
        "zero": request.missing == "zero",
        "refuse": request.missing == "refuse",
        "all_read": all_read,
        "has_roster": False,
    }
    others = [
        (number,)
        for number, each in enumerate(numbered.editions)
        if request.expect_rules and each.fingerprint not in request.expect_rules
    ]
    return {
        "role": small(spark, ROLE_COLUMNS, role_rows(numbered)),
        "kpi": small(spark, KPI_COLUMNS, kpi_rows(numbered)),
        "segment": small(spark, SEGMENT_COLUMNS, segment_rows(numbered)),
        "grade": small(spark, GRADE_COLUMNS, grade_rows(numbered)),
        "scheme": small(spark, dict.fromkeys(scheme, "BOOLEAN"), [tuple(scheme.values())]),
        "unexpected_role": small(spark, {"role": "SMALLINT"}, others),
        **{name: small(spark, columns) for name, columns in _EMPTY.items()},
    }


def _of_figures(spark: SparkSession, figures: DataFrame, *, has_numbers: bool) -> Frames:
    """Return the tables that are made of the tidy one before any model is."""
    frames = {
        "tidy": figures,
        "known_period": figures.selectExpr("period", "period AS number").distinct().where("period IS NOT NULL"),
        "known_employee": figures.selectExpr("employee", "employee AS number").distinct().where("employee IS NOT NULL"),
        "not_applicable_reason": run(spark, _REASONS, {"tidy": figures}),
        "faulty_row": figures.where("ragged").select("row"),
    }
    if has_numbers:
        values = run(spark, _VALUES, frames)
        frames["person_value"] = values.selectExpr("card", "row", "number", "text", "IF(fits, value, NULL) AS value")
    return frames


def _other_rules(models: SparkModels, inputs: Sequence[Input], numbered: Numbered) -> Iterator[Problem]:
    """Yield each role whose rules' fingerprint is not among those that were expected."""
    models.make("other_rules")
    for row in models.query("SELECT role, MIN(period) AS period FROM other_rules GROUP BY role").collect():
        edition = numbered.editions[row.role]
        values = {"role": edition.role.title, "period": row.period, "found": edition.fingerprint}
        yield Problem(inputs[0].name, None, None, "other-rules", values)


def _not_found(models: SparkModels, inputs: Sequence[Input], selection: Selection) -> Iterator[Problem]:
    """Yield that what was chosen comes to nothing. Which of it is not there is not asked of a cluster."""
    chosen = (*selection.periods, *selection.employees, *selection.roles)
    if chosen and not models.frames["card"].limit(1).collect():
        yield Problem(inputs[0].name, None, None, "nothing-selected", {"chosen": chosen})


_UNMATCHED: Final = """
SELECT DISTINCT period, employee, role_text AS text FROM tidy
WHERE role IS NULL AND period IS NOT NULL AND employee IS NOT NULL AND role_text IS NOT NULL"""


def _count_unmatched(models: SparkModels, vocabulary: Vocabulary, selection: Selection) -> int:
    """Return for how many cards there are no rules, where it is clear which cards these are."""
    if not may_lack_rules(vocabulary):
        return 0
    rows = models.query(_UNMATCHED)
    texts_ = [(row.text, row.period) for row in rows.select("text", "period").distinct().collect()]
    kinds = dict.fromkeys(("text", "period", "id"), "VARCHAR")
    found = models.small(kinds, [*without_rules(texts_, vocabulary, selection)])
    return int(rows.join(found, ["text", "period"]).select("period", "employee", "id").distinct().count())


@contextmanager
def _exact(spark: SparkSession) -> Iterator[None]:
    """Have the session as the queries need it, and as it was afterwards."""
    before = dict(spark.conf.getAll)
    others = {name: value for name, value in _EXACT.items() if spark.conf.get(name, None) != value}
    try:
        for name, value in others.items():
            spark.conf.set(name, value)
        yield
    finally:
        for name in others:
            if name in before:
                spark.conf.set(name, before[name])
            else:
                spark.conf.unset(name)
