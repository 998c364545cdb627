"""`python -m tests.mutation`: it changes one thing at a time, and notices what the tests notice."""

from __future__ import annotations

from pathlib import Path

from tests.mutation.near import NEAR
from tests.mutation.python_mutants import python_changes
from tests.mutation.sql_mutants import sql_changes

ROOT = Path(__file__).parent.parent


def changed_sql(text: str) -> set[str]:
    return {text[:start] + new + text[end:] for start, end, new in sql_changes(text)}


def changed(text: str) -> set[str]:
    source = text.encode()
    return {(source[:start] + new.encode() + source[end:]).decode() for start, end, new in python_changes(source)}


def test_sql_is_changed_at_each_token() -> None:
    assert {"x >= 1 AND y = 2", "x > 2 AND y = 2", "x > 1 OR y = 2", "x > 1 AND y <> 2", "x > 1 AND y = 3"} == (
        changed_sql("x > 1 AND y = 2")
    )
    assert {"x > a AND x <= b", "x >= a AND x < b"} == changed_sql("x BETWEEN a AND b")
    assert set() == changed_sql("-- x > 1\n{low} < {high}".replace(" < ", " "))


def test_python_is_changed_at_each_operator_constant_condition_and_return() -> None:
    assert {"x = (a <= 1)", "x = (a >= 1)", "x = a < (2)"} == changed("x = a < 1")
    assert {"def f():\n    return (None)", "def f():\n    return (a - b)"} == changed("def f():\n    return a + b")
    assert {"if (True): x += y", "if (False): x += y", "if a: pass"} == changed("if a: x += y")
    assert {"x: int = (2)"} == changed("x: int = 1")
    assert set() == changed('"""A module."""\n__all__ = ["x"]\nfrom a import b')


def test_sql_inside_of_python_is_changed_as_sql() -> None:
    assert {'Q = "SELECT a >= 0"', 'Q = "SELECT a > 1"'} == changed('Q = "SELECT a > 0"')


def test_what_is_near_is_there() -> None:
    assert [] == [path for path in NEAR if not (ROOT / path).exists()]
    tests = {each.partition("::")[0] for tests in NEAR.values() for each in tests}
    assert [] == [test for test in sorted(tests) if not (ROOT / test).exists()]
