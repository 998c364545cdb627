"""What was chosen and is in none of the inputs, or not together: no choice comes to nothing in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kpicard.actuals.selection import Selection
from kpicard.problems import Problem
from kpicard.rules.rule_index import Numbered
from kpicard.spark.inputs import Input
from kpicard.spark.meanings import Meanings
from kpicard.spark.places import Place
from kpicard.spark.sql import listed, run
from kpicard.text import nearest

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_LISTED: Final = 10

_EMPLOYEES: Final = "SELECT DISTINCT employee FROM {{cell}} WHERE employee IN ({chosen})"


def not_found(  # noqa: PLR0913, PLR0917 - what was chosen, and all that it may be found in
    spark: SparkSession,
    cell: DataFrame,
    meanings: Meanings,
    numbered: Numbered,
    selection: Selection,
    inputs: Sequence[Input],
    seen: int,
) -> Iterator[Problem]:
    """Yield what was chosen and is not there. Of employees there may be too many to name others."""
    place = Place(inputs[0].table.name)
    found = False
    periods = sorted(set(meanings.periods.values()))
    roles = sorted({numbered.roles[role].id for role in meanings.roles.values()})
    for wanted, known in ((selection.periods, periods), (selection.roles, roles)):
        for missing in (each for each in wanted if each not in known):
            found = True
            shown = (*known[:_LISTED], *(["…"] if len(known) > _LISTED else []))
            yield place.problem(
                "not-found", {"chosen": missing, "nearest": nearest(missing, roles), "found": shown or None}
            )
    if selection.employees:
        query = _EMPLOYEES.format(chosen=listed(selection.employees))
        there = {employee for (employee,) in run(spark, query, cell=cell).collect()}
        for missing in (each for each in selection.employees if each not in there):
            found = True
            yield place.problem("not-found", {"chosen": missing})
    chosen = (*selection.periods, *selection.employees, *selection.roles)
    if chosen and not found and not seen:
        yield place.problem("nothing-selected", {"chosen": chosen})
