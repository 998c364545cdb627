"""What is wrong, as problems: only what is listed comes to the driver, and of the rest its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kpicard.actuals.findings import MOST, more_of
from kpicard.actuals.possible_range import figure_text, impossible_figure, impossible_values
from kpicard.actuals.readers import Vocabulary
from kpicard.cards.values import Missing
from kpicard.numbers import from_millionths
from kpicard.problems import Problem, Value, in_order
from kpicard.rules.rule_index import Item
from kpicard.spark.cards import Checked
from kpicard.spark.inputs import Input
from kpicard.spark.places import Place, of_figure, path_of, quoted
from kpicard.spark.rows import FIGURE
from kpicard.spark.sql import run
from kpicard.spark.suspects import SUSPECTS, suspect_problems

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_SUMS: Final = "SELECT src, file, ord, sum FROM {reading} WHERE sum IS NOT NULL"

_BEYOND: Final = """
SELECT r.src, r.file, r.ord, r.card, r.kpi, r.actual
FROM {reading} AS r JOIN {card} AS c ON c.card = r.card
WHERE r.beyond AND NOT c.withheld
"""

_IMPOSSIBLE: Final = "SELECT src, file, ord, kpi, actual, said FROM {reading} WHERE impossible"
_IMPOSSIBLE_TARGET: Final = "SELECT src, file, ord, kpi, said FROM {reading} WHERE impossible_target"

_DOUBLED: Final = """
SELECT src, file, ord, card, kpi, actual, before FROM (
    SELECT
        r.src, r.file, r.ord, r.card, r.kpi, r.actual, row_number() OVER same AS number,
        first_value(struct(r.src, r.file, r.actual)) OVER same AS before
    FROM {reading} AS r JOIN {card} AS c ON c.card = r.card AND c.doubled
    WHERE r.kpi IS NOT NULL AND NOT r.status <=> 'not_reported'
    WINDOW same AS (PARTITION BY r.card, r.kpi ORDER BY r.src, r.file, r.ord, r.col)
)
WHERE number > 1
"""

# Not where rows of the card are not understood that may well be the figure.
_LACKING: Final = """
SELECT w.src, w.card, w.kpi
FROM (
    SELECT card, src, size(filter(lacking, each -> {which})) AS lacks, inline(filter(lacking, each -> {which}))
    FROM {{card}}
    WHERE card IS NOT NULL {cards}
) AS w
LEFT JOIN (
    SELECT card, count(DISTINCT struct(src, file, ord)) AS rows FROM {{reading}}
    WHERE fault AND card IS NOT NULL AND (kpi IS NULL OR bad)
    GROUP BY card
) AS u ON u.card = w.card
WHERE coalesce(u.rows, 0) < w.lacks
"""

_PERHAPS: Final = "SELECT src, card, kpi, min(stray) AS stray FROM {perhaps} GROUP BY src, card, kpi"


@dataclass(frozen=True)
class Finder:
    """Finds what is wrong in what was read and checked. A query is made only for what there is."""

    spark: SparkSession
    reading: DataFrame
    checked: Checked
    inputs: Sequence[Input]
    vocabulary: Vocabulary

    def problems(self, missing: Missing, *, all_read: bool) -> Iterator[Problem]:
        """Yield all problems of the rows and of the cards."""
        counts = self.checked.counts
        if counts.faults:
            yield from self._listed(SUSPECTS, "src, file, ord, col", self._suspects)
        if counts.sums:
            yield from self._listed(_SUMS, "src, file, ord", lambda rows: (self._sum(*row) for row in rows))
        if counts.impossible:
            yield from self._listed(_IMPOSSIBLE, "src, file, ord, kpi", self._impossible)
            yield from self._listed(_IMPOSSIBLE_TARGET, "src, file, ord, kpi", self._impossible_target)
        if counts.beyond:
            yield from self._listed(_BEYOND, "src, file, ord, kpi", lambda rows: (self._beyond(*row) for row in rows))
        if counts.doubled:
            yield from self._listed(_DOUBLED, "src, file, ord, kpi", lambda rows: (self._doubled(*row) for row in rows))
        if counts.lacking and missing == "refuse":
            yield from self._lacking("not-reported", "each.needed")
        if counts.lacking and not all_read:
            yield from self._lacking("maybe-unread", "TRUE", "AND NOT held" if missing == "refuse" else "")
        if self.checked.perhaps is not None:
            yield from self._listed(
                _PERHAPS, "src, card, kpi", lambda rows: (self._misread(*row) for row in rows), self.checked.perhaps
            )

    def _listed(
        self,
        query: str,
        order: str,
        problems_of: Callable[[list[Any]], Iterable[Problem]],
        perhaps: DataFrame | None = None,
    ) -> Iterator[Problem]:
        """Yield the problems that are made of the first rows of a query, and how many more there are."""
        frames = {"reading": self.reading, "card": self.checked.cards} if perhaps is None else {"perhaps": perhaps}
        found = run(self.spark, query, **{name: frame for name, frame in frames.items() if f"{{{name}}}" in query})
        rows = found.orderBy(*order.split(", ")).limit(MOST + 1).collect()
        problems = list(problems_of(rows[:MOST]))
        yield from problems
        if len(rows) > MOST:
            last = in_order(problems)[-1]
            code, values = more_of(last.code, found.count() - MOST)
            yield replace(last, code=code, values=values)

    def _suspects(self, rows: list[Any]) -> Iterator[Problem]:
        return suspect_problems(rows, self.inputs, self.vocabulary)

    def _sum(self, src: int, file: str | None, _: int, text: str) -> Problem:
        return quoted(path_of(self.inputs, src, file), [text]).problem("sum-row", {"value": text})

    def _impossible(self, rows: list[Any]) -> Iterator[Problem]:
        for src, file, _, kpi, actual, said in rows:
            text = figure_text(said.actual_text, said.numerator_text, said.denominator_text, actual)
            yield self._said(src, file, said).problem(*impossible_figure(self._item(kpi), text))

    def _impossible_target(self, rows: list[Any]) -> Iterator[Problem]:
        for src, file, _, kpi, said in rows:
            values = impossible_values(self._item(kpi), said.target_text)
            yield self._said(src, file, said).problem("impossible-target", values)

    def _beyond(self, src: int, file: str | None, _: int, card: Any, kpi: int, actual: int) -> Problem:
        values = {"value": from_millionths(actual), "kpi": self._item(kpi).name}
        return self._place(src, file, card, kpi, actual).problem("out-of-range", values)

    def _doubled(  # noqa: PLR0913, PLR0917 - the columns of the query
        self, src: int, file: str | None, _: int, card: Any, kpi: int, actual: int | None, before: Any
    ) -> Problem:
        other = self._place(before.src, before.file, card, kpi, before.actual)
        values = {**self._values(card, kpi), "other": str(other)}
        return self._place(src, file, card, kpi, actual).problem("doubled-figure", values)

    def _lacking(self, code: str, which: str, cards: str = "") -> Iterator[Problem]:
        def problem(src: int, card: Any, kpi: int) -> Problem:
            return Place(path_of(self.inputs, src)).problem(code, self._values(card, kpi))

        query = _LACKING.format(which=which, cards=cards)
        return self._listed(query, "src, card, kpi", lambda rows: (problem(*row) for row in rows))

    def _misread(self, src: int, card: Any, kpi: int, stray: Any) -> Problem:
        other = quoted(path_of(self.inputs, stray.src, stray.file), stray.said)
        values = {**self._values(card, kpi), "other": str(other)}
        return Place(path_of(self.inputs, src)).problem("maybe-misread", values)

    def _place(self, src: int, file: str | None, card: Any, kpi: int, actual: int | None) -> Place:
        return of_figure(self.vocabulary.numbered, path_of(self.inputs, src, file), card, kpi, actual)

    def _said(self, src: int, file: str | None, said: Any) -> Place:
        row = (said.period_text, said.employee_text, said.role_text, *(said[text] for text in FIGURE))
        return quoted(path_of(self.inputs, src, file), row)

    def _values(self, card: Any, kpi: int) -> dict[str, Value]:
        return {"period": card.period, "employee": card.employee, "kpi": self._item(kpi).name}

    def _item(self, kpi: int) -> Item:
        return self.vocabulary.numbered.items[kpi][2]
