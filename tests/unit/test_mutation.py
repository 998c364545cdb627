"""`python -m tests.mutation`: how it changes SQL, one thing at a time."""

from __future__ import annotations

from tests.mutation.sql_mutants import sql_changes


def changed_sql(text: str) -> set[str]:
    return {text[:start] + new + text[end:] for start, end, new in sql_changes(text)}


def test_sql_is_changed_at_each_token() -> None:
    assert {"x >= 1 AND y = 2", "x > 2 AND y = 2", "x > 1 OR y = 2", "x > 1 AND y <> 2", "x > 1 AND y = 3"} == (
        changed_sql("x > 1 AND y = 2")
    )
    assert {"x > a AND x <= b", "x >= a AND x < b"} == changed_sql("x BETWEEN a AND b")
    assert set() == changed_sql("-- x > 1\n{low} < {high}".replace(" < ", " "))
