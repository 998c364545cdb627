"""`python -m tests.witness`: its record names every test, and what that was seen to notice."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.witness import record

TESTS = Path(__file__).parent


def names() -> set[str]:
    return {
        f"tests/{file.name}::{each.name}"
        for file in TESTS.glob("test_*.py")
        for each in ast.parse(file.read_text("utf-8")).body
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    }


def test_every_test_was_seen_to_fail() -> None:
    """A new one is put on record by `python -m tests.witness --change FILE 'before → after' TEST`."""
    assert names() == set(record.read())


def test_a_change_on_record_is_found_again_by_its_line() -> None:
    """Wherever the line stands by now: what is in the file is what was changed, and nothing else."""
    seen = record.Seen("", "tests/witness/record.py", 'return case.partition("[")[0] → return case', "")
    before = (TESTS / "witness" / "record.py").read_bytes()
    assert [before.replace(b'return case.partition("[")[0]', b"return case")] == list(seen.texts(TESTS.parent))
