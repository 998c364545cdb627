"""Files of rules that were made to bring a program down: a problem at its place, in little time and memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from tests.hostile import run

CASES: Final = Path(__file__).parents[1] / "cases"
CLERK: Final = (CASES / "clerk.yaml").read_bytes()
MANY: Final = 1_000_000


def _filled(unit: bytes) -> bytes:
    return unit * (MANY // len(unit))


BOMB: Final = b"id: clerk\na0: &a0 [x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (level, level, b", ".join([b"*a%d" % (level - 1)] * 10)) for level in range(1, 30)
)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (BOMB, "2:5 anchor"),
        (b"[" * MANY, " too-deep"),
        (_filled(b"{a: "), " too-deep"),
        (b"x" * 100_000_000, "None:None too-large"),
        (b"a: &a x\nb:\n" + _filled(b" - *a\n"), "10000:4 too-large"),
        (_filled(b"a: 1\n"), "10000:4 too-large"),
        (b"kpis: [" + _filled(b"x,") + b"]\n", "1:20004 too-large"),
        (_filled(b"? [a]\n: b\n"), "6667:3 too-large"),
        (_filled(b"# kpicard: ignore no-source\n") + CLERK, "None:None too-large"),
        (b"# kpicard: ignore " + _filled(b"no-source, ") + b"\n" + CLERK, "None:None too-large"),
        (CLERK.replace(b"weight: 100", b"weight: 1e" + b"9" * MANY), "11:13 not-a-number"),
        (CLERK.replace(b"weight: 100", b"weight: " + b"9" * MANY), "11:13 number-out-of-range"),
        (CLERK.replace(b"id: clerk", b"id: " + _filled(b"x-")), "1:5 bad-id"),
        (CLERK + b"\0", "19:1 control-character"),
        (CLERK.replace(b"Clerk", b"\xc0\xaf"), "2:13 not-utf8"),
    ],
    ids=[
        *("alias-bomb", "a-million-brackets", "a-million-braces", "a-line-of-100-MB", "aliases", "doubled-keys"),
        *("values", "keys-that-are-lists", "comments", "a-long-comment", "an-exponent", "digits", "a-long-id"),
        *("nul", "overlong-utf-8"),
    ],
)
def test_what_is_no_role_is_said_at_once(tmp_path: Path, content: bytes, problem: str) -> None:
    """Neither nesting nor the number of values, problems or comments keeps the command busy, or its memory."""
    (tmp_path / "clerk.yaml").write_bytes(content)
    (tmp_path / "department.yaml").write_bytes((CASES / "department.yaml").read_bytes())
    done = run("validate", "--format", "json", ".", cwd=tmp_path)
    problems: list[dict[str, Any]] = json.loads(done.stdout)["problems"]
    found = [f"{each['line']}:{each['column']} {each['code']}" for each in problems]
    assert any(each.endswith(problem) for each in found), found[:3]
    assert done.returncode == 1


def test_lines_may_end_either_way(tmp_path: Path) -> None:
    """Line ends of both kinds in one file are no problem."""
    (tmp_path / "clerk.yaml").write_bytes(CLERK.replace(b"\n", b"\r\n", 5))
    (tmp_path / "department.yaml").write_bytes((CASES / "department.yaml").read_bytes())
    assert run("validate", ".", cwd=tmp_path).returncode == 0
