"""The rules as the engine's tables: roles and KPIs by number, curves as segments, grades as ranges of totals."""

from __future__ import annotations

from collections.abc import Iterable

from kpicard.engine.database import Database, create, quote
from kpicard.engine.rule_rows import SEGMENT_COLUMNS, grade_rows, kpi_rows, segment_rows
from kpicard.rules.numbered import Numbered


def create_rules(database: Database, numbered: Numbered) -> None:
    """Create the tables `role`, `kpi`, `segment` and `grade`.

    Their rows are those of `kpicard.engine.rule_rows`. Joined on the number of its scale, a total finds its grade in a
    hash table; by bounds alone, a million rows would be sorted. Words are enumerations, so that a million rows that
    repeat them stay small.
    """
    scales = [department.grades for department in numbered.departments]
    _create_type(database, "role_id", (role.id for role in numbered.roles))
    _create_type(database, "kpi_id", (item.id for _, _, item in numbered.items))
    _create_type(database, "grade_name", (grade.grade for grades in scales for grade in grades))
    _create_type(database, "coefficient", (f"{grade.coefficient:f}" for grades in scales for grade in grades))
    create(
        database,
        "role",
        {"role": "SMALLINT", "id": "role_id", "all_items": "BIGINT"},
        [(number, each.role.id, (1 << len(each.items)) - 1) for number, each in enumerate(numbered.editions)],
    )
    create(
        database,
        "kpi",
        {
            "kpi": "INTEGER",
            "role": "SMALLINT",
            "flag": "BIGINT",
            "id": "kpi_id",
            "axis": "VARCHAR",
            "scale": "SMALLINT",
            "weight": "BIGINT",
            "target": "BIGINT",
            "better": "VARCHAR",
            "veto_below": "BIGINT",
            "veto_rank": "SMALLINT",
            "range_from": "BIGINT",
            "range_upto": "BIGINT",
        },
        list(kpi_rows(numbered)),
    )
    create(
        database,
        "segment",
        SEGMENT_COLUMNS,
        list(segment_rows(numbered)),
    )
    create(
        database,
        "grade",
        {
            "scale": "SMALLINT",
            "rank": "SMALLINT",
            "grade": "grade_name",
            "coefficient": "coefficient",
            "first": "BIGINT",
            "last": "BIGINT",
        },
        list(grade_rows(numbered)),
    )


def _create_type(database: Database, name: str, words: Iterable[str]) -> None:
    unique = dict.fromkeys(words)
    quoted = ", ".join(quote(word) for word in unique) or "''"
    database.execute(f"CREATE TEMP TYPE {name} AS ENUM ({quoted})")
