"""The cards: which figures each has and lacks, and so which are withheld, by the rules of `kpicard.actuals.check`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kpicard.cards.values import Missing
from kpicard.rules.rule_index import Numbered
from kpicard.spark.rules_tables import roles_items
from kpicard.spark.sql import run, small

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# What is known of whose a cell is, a bit for each of period, employee, role and KPI.
_PATTERN: Final = """CAST(period IS NOT NULL AS INT) + 2 * CAST(employee IS NOT NULL AS INT)
        + 4 * CAST(role IS NOT NULL AS INT) + 8 * CAST(kpi IS NOT NULL AS INT)"""

# The figures of each card, each once however often it is given: it is where its cell says something. Cells that cannot
# be given to a card make up one that is none; the bits of `strays` are the patterns of those that are faults. Sums of
# numbers only, so that no row needs to be sorted.
_FIGURES: Final = """
SELECT
    card, kpi, min(src) AS src, count_if(given) AS given,
    max(CASE WHEN given THEN CASE status WHEN 'scored' THEN 1 WHEN 'not_applicable' THEN 2 END END) AS status,
    max(CASE WHEN given THEN actual END) AS actual, max(CASE WHEN given THEN target END) AS target,
    {empty_target} AS empty_target,
    count_if(fault) AS faults, count_if(impossible OR impossible_target) AS impossible,
    count_if(beyond) AS beyond, count_if(sum IS NOT NULL) AS sums, count_if(bad) AS bad,
    bit_or(CASE WHEN fault AND card IS NULL THEN shiftleft(1, {pattern}) ELSE 0 END) AS strays
FROM (SELECT *, kpi IS NOT NULL AND NOT status <=> 'not_reported' AS given FROM {{reading}})
GROUP BY card, kpi
"""

# Of several empty cells the first one that has a target says it.
_EMPTY_TARGET: Final = "min_by(target, struct(src, file, ord)) FILTER (WHERE NOT given AND target IS NOT NULL)"

# The figures that a card lacks are those of its role that are not given. A missing adjustment was nothing to add or to
# take off: without it a card is not `held` back.
_CARDS: Final = """
SELECT *, is_wrong OR exists(lacking, each -> each.needed) AS held, is_wrong OR {lacks} AS withheld
FROM (
    SELECT *, faults > 0 OR impossible > 0 OR doubled AS is_wrong
    FROM (
        SELECT
            c.*, c.card IS NOT NULL AND exists(c.figures, each -> each.given > 1) AS doubled,
            coalesce(transform(
                filter(i.items, item -> NOT exists(c.figures, each -> each.given > 0 AND each.kpi = item.kpi)),
                item -> struct(
                    item.kpi AS kpi, item.needed AS needed,
                    get(filter(c.figures, each -> each.kpi = item.kpi), 0).empty_target AS target
                )
            ), array()) AS lacking
        FROM (
            SELECT
                card, min(src) AS src,
                collect_list(CASE WHEN kpi IS NOT NULL AND card IS NOT NULL THEN
                    struct(kpi, given, status, actual, target, empty_target)
                END) AS figures,
                sum(faults) AS faults, sum(impossible) AS impossible, sum(beyond) AS beyond, sum(sums) AS sums,
                sum(bad) AS bad, bit_or(strays) AS strays
            FROM {{figure}}
            GROUP BY card
        ) AS c
        LEFT JOIN {{items}} AS i ON i.role = c.card.role
    )
)
"""

_REFUSED: Final = "exists(lacking, each -> each.needed)"
_UNREAD: Final = "size(lacking) > 0"

_COUNTS: Final = """
SELECT
    coalesce(sum(faults), 0) AS faults, coalesce(sum(sums), 0) AS sums, coalesce(sum(impossible), 0) AS impossible,
    count_if(card IS NOT NULL AND beyond > 0 AND NOT withheld) AS beyond, count(card) AS seen,
    count_if(card IS NOT NULL AND (withheld OR beyond > 0)) AS withheld, count_if(doubled) AS doubled,
    coalesce(sum(size(lacking)), 0) AS lacking,
    coalesce(bit_or(strays), 0) AS strays, coalesce(sum(bad), 0) AS bad, collect_set(card.role) AS roles
FROM {card}
"""

# A row that cannot be given to a card may hold the figure that a card lacks: what is not understood of it fits any. In
# a row that is not sure cells may have shifted, or hold other rows.
_STRAYS: Final = """
SELECT
    period, employee, role, kpi, {pattern} AS pattern,
    min_by(struct(src, file, said), struct(src, file, ord)) AS stray
FROM (
    SELECT src, file, ord, said, period, employee, role, kpi FROM {{reading}} WHERE fault AND card IS NULL
    UNION ALL
    SELECT src, file, ord, said, NULL, NULL, NULL, NULL FROM {{reading}} WHERE bad
)
GROUP BY period, employee, role, kpi
"""

# A missing figure is looked up by each pattern that there is.
_PERHAPS: Final = """
SELECT m.card, m.src, m.kpi, s.stray
FROM (
    SELECT
        m.*, p.pattern,
        CASE WHEN p.pattern & 1 > 0 THEN m.card.period END AS period,
        CASE WHEN p.pattern & 2 > 0 THEN m.card.employee END AS employee,
        CASE WHEN p.pattern & 4 > 0 THEN m.card.role END AS role,
        CASE WHEN p.pattern & 8 > 0 THEN m.kpi END AS of_kpi
    FROM (SELECT card, src, inline(lacking) FROM {card} WHERE NOT withheld) AS m CROSS JOIN {patterns} AS p
) AS m
JOIN {stray} AS s
    ON s.pattern = m.pattern AND s.period <=> m.period AND s.employee <=> m.employee AND s.role <=> m.role
    AND s.kpi <=> m.of_kpi
"""

_ALSO_PERHAPS: Final = """
SELECT c.* EXCEPT (withheld), c.withheld OR p.card IS NOT NULL AS withheld
FROM {card} AS c LEFT JOIN (SELECT DISTINCT card FROM {perhaps}) AS p ON p.card = c.card
"""


@dataclass(frozen=True)
class Counts:
    """How many cells are not understood, rows sums, figures impossible or beyond; and how many cards are what."""

    faults: int
    sums: int
    impossible: int
    beyond: int
    seen: int
    withheld: int
    doubled: int
    lacking: int
    strays: frozenset[int]
    """The patterns of rows that cannot be given to a card."""
    roles: frozenset[int]


@dataclass(frozen=True, eq=False)
class Checked:
    """The cards with what is wrong with them, and the figures that they lack and a stray row may hold.

    A card has its `figures`, those that it is `lacking`, and whether it is `withheld`; one that is NULL stands for all
    cells that are no card's.
    """

    cards: DataFrame
    perhaps: DataFrame | None
    counts: Counts
    kept: DataFrame
    """What Spark keeps for it."""


def check(  # noqa: PLR0913 - what was read, and how it is checked
    spark: SparkSession, reading: DataFrame, numbered: Numbered, missing: Missing, *, has_targets: bool, all_read: bool
) -> Checked:
    """Return the cards, checked.

    `has_targets` says whether rows may have targets of their own. `all_read` is false where an input could not be read:
    a missing figure may stand there, so that it is never scored 0 and never left out.
    """
    lacks = _UNREAD if not all_read else _REFUSED if missing == "refuse" else "FALSE"
    empty_target = _EMPTY_TARGET if has_targets else "CAST(NULL AS BIGINT)"
    figure = run(spark, _FIGURES.format(empty_target=empty_target, pattern=_PATTERN), reading=reading)
    cards = run(spark, _CARDS.format(lacks=lacks), figure=figure, items=roles_items(spark, numbered)).persist()
    counts = _count(spark, cards)
    if not counts.strays or not counts.lacking or not all_read:
        return Checked(cards, None, counts, cards)
    patterns = small(spark, {"pattern": "INT"}, [(pattern,) for pattern in sorted(counts.strays)])
    stray = run(spark, _STRAYS.format(pattern=_PATTERN), reading=reading)
    perhaps = run(spark, _PERHAPS, card=cards, patterns=patterns, stray=stray)
    more = run(spark, _ALSO_PERHAPS, card=cards, perhaps=perhaps)
    return Checked(more, perhaps, _count(spark, more), cards)


def _count(spark: SparkSession, cards: DataFrame) -> Counts:
    (found,) = run(spark, _COUNTS, card=cards).collect()
    counts = found.asDict()
    bits = counts["strays"] | (1 if counts.pop("bad") else 0)
    counts["strays"] = frozenset(pattern for pattern in range(16) if bits >> pattern & 1)
    return Counts(**{**counts, "roles": frozenset(found.roles)})
