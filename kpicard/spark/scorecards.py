"""From rules and inputs to scorecards on Spark: the one way that data goes, as in `kpicard.cards.scorecards`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Self, TypeAlias, cast

from kpicard.actuals.files.inputs import is_anything_left
from kpicard.actuals.header_vocabulary import KnownHeadings
from kpicard.actuals.readers import Vocabulary
from kpicard.actuals.selection import Selection, as_tuple, refuse_wrong
from kpicard.cards.values import Missing
from kpicard.problems import Problem, in_order
from kpicard.progress import Progress, Step, unseen
from kpicard.rules.rule_index import Numbered
from kpicard.rules.rules import Rules
from kpicard.spark.cards import check
from kpicard.spark.chosen import not_found
from kpicard.spark.faults import Finder
from kpicard.spark.inputs import Input, local_path, read_input
from kpicard.spark.meanings import Meanings, understand
from kpicard.spark.named_period import other_periods
from kpicard.spark.narrow import fits_64_bits, ranges
from kpicard.spark.reading import reading
from kpicard.spark.result import none_scored, texts, typed
from kpicard.spark.rows import cells
from kpicard.spark.ruleless import count_ruleless
from kpicard.spark.scoring import scored
from kpicard.spark.texts import MOST, Said, said

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Given: TypeAlias = "str | DataFrame"

_EXACT: Final = {
    "spark.sql.ansi.enabled": "true",  # what overflows is refused, never NULL
    "spark.sql.ansi.enforceReservedKeywords": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
}
"""What the session must have while queries are made."""


@dataclass(frozen=True, eq=False)
class SparkScorecards:
    """The cards of one run as a frame of one row per KPI, and the problems found, sorted by place.

    A card with a problem is not among the cards. `frame` has the columns of `--format csv`, its numbers as exact
    decimals, in no order. What was read is kept by Spark until `close`, or the end of a `with` block.
    """

    problems: tuple[Problem, ...]
    count: int
    """How many cards there are."""
    withheld: int
    """How many cards were withheld, each for a problem that is reported."""
    has_vetoes: bool = field(repr=False)
    _scored: DataFrame = field(repr=False)
    _kept: tuple[DataFrame, ...] = field(repr=False)

    @property
    def frame(self) -> DataFrame:
        """One row per card and KPI, with exact decimals."""
        return typed(self._scored, has_vetoes=self.has_vetoes)

    @property
    def texts(self) -> DataFrame:
        """The same with the texts of `--format csv`, to the letter."""
        return texts(self._scored, has_vetoes=self.has_vetoes)

    def with_problems(self, problems: Iterable[Problem]) -> SparkScorecards:
        """Return the same cards with further problems, for instance those of the rules."""
        return replace(self, problems=in_order([*self.problems, *problems]))

    def close(self) -> None:
        """Let Spark forget what was read; the frame can still be used, but is read again."""
        for kept in self._kept:
            kept.unpersist()

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
    progress: Progress = unseen,
) -> SparkScorecards:
    """Score actuals by the rules on Spark: frames, or paths of CSV and Parquet, or tables as `table:NAME`.

    Every path that Spark reads will do: of a file, a folder or a pattern, on disk or in a distributed store; the files
    of one input have the same heading. `missing`, `periods`, `employees` and `roles` are as in `kpicard.score`, and so
    are the problems, but that they quote a row in place of its number, and that neither a slip of the unit nor a name
    spelt two ways is warned about. Columns that a card has over several rows (`base`, `days`, `share`) are refused.

    Never raises for what is in the inputs: see the result's `problems`. Raises ValueError for another `missing` and for
    periods that are none, and what Spark raises where Spark itself fails.
    """
    refuse_wrong(missing, periods)
    given = inputs if isinstance(inputs, list | tuple) else [cast("Given", inputs)]
    run_ = _Run(
        spark, Numbered(rules), missing, Selection(as_tuple(periods), as_tuple(employees), as_tuple(roles)), progress
    )
    with _exact(spark):
        return run_.score(given)


def _parts(spark: SparkSession, cells: int) -> int:
    """Return in how many parts the cells go: as many as Spark is set to, if they are not too small or too large."""
    usual = int(spark.conf.get("spark.sql.shuffle.partitions") or 200)
    return max(1, min(cells // _WORTH_IT, usual), cells // _FITTING)


@contextmanager
def _exact(spark: SparkSession) -> Iterator[None]:
    """Have the session as the queries need it, and as it was afterwards."""
    before = dict(spark.conf.getAll)
    others = {name: value for name, value in _EXACT.items() if spark.conf.get(name) != value}
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


_WORTH_IT: Final = 100_000
"""The cells for which a task of its own is worth while."""

_FITTING: Final = 2_000_000
"""The most cells of a task."""

_FILE: Final = re.compile(r"reading file (\S+)")
_CAUSE: Final = re.compile(r"Caused by: \S+: (.+)")


@dataclass(frozen=True)
class _Run:
    """One run: what is scored, and how."""

    spark: SparkSession
    numbered: Numbered
    missing: Missing
    selection: Selection
    progress: Progress

    def score(self, given: Sequence[Given]) -> SparkScorecards:
        rules = self.numbered.rules
        if rules.department is None:
            return self._nothing([Problem(rules.path, None, None, "no-grades")])
        inputs, problems = self._read(given)
        if not inputs:
            return self._nothing(problems)
        all_read = not is_anything_left(problems) and not any(each.may_lack_kpis for each in inputs)
        self.progress(Step("understanding"))
        found = self._said(inputs)
        if isinstance(found, Problem):
            return self._nothing([*problems, found])
        seen, meanings = found
        problems += [
            each.table.problem("no-rows")
            for number, each in enumerate(inputs)
            if number not in {one.src for one in seen}
        ]
        parts = _parts(self.spark, sum(each.cells for each in seen))
        return self._score(inputs, meanings, problems, parts, all_read=all_read)

    def _nothing(self, problems: list[Problem]) -> SparkScorecards:
        return SparkScorecards(in_order(problems), 0, 0, False, none_scored(self.spark), ())

    def _read(self, given: Sequence[Given]) -> tuple[list[Input], list[Problem]]:
        known = KnownHeadings(self.numbered.rules)
        inputs: list[Input] = []
        problems: list[Problem] = []
        for number, each in enumerate(given, start=1):
            name = each if isinstance(each, str) else f"frame {number}"
            self.progress(Step("reading", name, number, len(given)))
            read, wrong = read_input(self.spark, each, name, known)
            problems += wrong
            inputs += [read] if read else []
        return inputs, problems

    def _said(self, inputs: Sequence[Input]) -> tuple[Sequence[Said], Meanings] | Problem:
        """Return what the cells say and what it means; or the problem for which nothing can be scored."""
        cell, vocabulary = cells(inputs), Vocabulary(self.numbered)
        whole: Collection[tuple[str, str, str]] = ()
        try:
            while True:
                found = said(self.spark, cell, whole)
                if found is None:
                    return inputs[0].table.problem("too-many-texts", values={"limit": MOST})
                meanings = understand(found, vocabulary, self.selection.only_period)
                if not meanings.whole:
                    return found, meanings
                whole = meanings.whole
        except Exception as error:
            text = str(error)
            if "FAILED_READ_FILE" not in text:
                raise
            file, causes = _FILE.search(text), _CAUSE.findall(text)
            path = local_path(file[1].rstrip(".")) if file else inputs[0].table.name
            reason = causes[-1] if causes else text.partition("\n")[0]
            return Problem(path, None, None, "unreadable-file", {"reason": reason})

    def _score(
        self, inputs: Sequence[Input], meanings: Meanings, problems: list[Problem], parts: int, *, all_read: bool
    ) -> SparkScorecards:
        spark, numbered = self.spark, self.numbered
        cell = cells(inputs, sorted(meanings.sum_roles))
        self.progress(Step("checking"))
        # Whatever follows goes card by card, on the worker that has the card.
        read = reading(spark, cell, meanings, numbered, self.selection).repartition(parts, "card").persist()
        has_targets = any("target" in each.layout.columns for each in inputs)
        checked = check(spark, read, numbered, self.missing, has_targets=has_targets, all_read=all_read)
        counts = checked.counts
        vocabulary = Vocabulary(numbered)
        ruleless = count_ruleless(spark, read, vocabulary, self.selection)
        finder = Finder(spark, read, checked, inputs, vocabulary)
        problems += finder.problems(self.missing, all_read=all_read)
        if not self.selection.periods:
            problems += other_periods(spark, read, inputs)
        problems += not_found(spark, cell, meanings, numbered, self.selection, inputs, counts.seen)
        self.progress(Step("scoring"))
        is_narrow = fits_64_bits(numbered, ranges(spark, read))
        has_vetoes = any(kpi.has_limit for role in counts.roles for kpi in numbered.roles[role].kpis)
        rows = scored(spark, checked.cards, numbered, zero=self.missing == "zero", is_narrow=is_narrow)
        withheld = counts.withheld + ruleless
        return SparkScorecards(
            in_order(problems), counts.seen - counts.withheld, withheld, has_vetoes, rows, (read, checked.kept)
        )
