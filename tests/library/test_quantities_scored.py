"""Quantities in every spelling, from the file to the card: the engine reads forms at a time, and misreads none."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kpicard
from tests.quantity_oracle import SPELLINGS, Spelled, Words

CASES = int(os.environ.get("KPICARD_ORACLE_CASES", "10000"))
"""How many random quantities are compared with the oracle."""

DEPARTMENT = {"title": "All units", "grades": [{"grade": "A", "from": 0, "coefficient": 1}]}
DATA = Path(__file__).parents[1] / "data"


def spelled(random: Random) -> Iterator[Spelled]:
    for number in range(CASES):
        yield SPELLINGS[number % len(SPELLINGS)](random)


def kpi(case: Spelled) -> dict[str, Any]:
    """Return a KPI with the case's unit, whose range ends at the case's full mark, and holds times below 0."""
    unit = {"unit": case.unit._asdict() if isinstance(case.unit, Words) else case.unit} if case.unit else {}
    upto = {} if case.full_mark is None else {"upto": int(case.full_mark)}
    held = {"range": {"from": -999_999_999_999, **upto}, "scoring": {"method": "linear", "points": [[-1, 0], [0, 100]]}}
    return {"id": "only", "name": "Only", "weight": 100, "better": "higher", **unit, **held}


def write_month(folder: Path, cases: list[Spelled]) -> tuple[Path, Path]:
    """Write a role for each unit and full mark, and a row for each case; return the roles' folder and the file."""
    roles = folder / "roles"
    roles.mkdir()
    (roles / "department.yaml").write_text(json.dumps(DEPARTMENT), "utf-8")
    ids: dict[str, str] = {}
    rows: list[tuple[str, ...]] = []
    for number, case in enumerate(cases):
        measured = kpi(case)
        role = ids.setdefault(json.dumps(measured), f"r{len(ids)}")
        rows.append(("2026-10", f"E{number}", role, "only", case.text))
    for measured_text, role in ids.items():
        text = json.dumps({"id": role, "title": role, "kpis": [json.loads(measured_text)]})
        (roles / f"{role}.yaml").write_text(text, "utf-8")
    file = folder / "2026-10.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("period", "employee", "role", "kpi", "actual"), *rows])
    return roles, file


def test_no_figure_differs_from_the_oracle(tmp_path: Path) -> None:
    """Random quantities in every spelling come to their cards as the exact values that they were made from."""
    cases = list(spelled(Random("to the card")))  # noqa: S311 - the same numbers each time are wanted
    roles, file = write_month(tmp_path, cases)
    rules, wrong = kpicard.load(roles)
    assert () == wrong
    result = kpicard.score(rules, file)
    found = {card.employee: card.kpis[0].actual for card in result.cards}
    refused = [problem.code for problem in result.problems if problem.severity == "error"]
    assert {f"E{number}": case.expected() for number, case in enumerate(cases) if case.expected() is not None} == found
    assert ["out-of-range"] * (len(cases) - len(found)) == refused


PIECES = st.sampled_from(
    [
        *(
            "1",
            "12.5",
            "1,234.50",
            "1,5",
            "1.234,5",
            "0",
            ".",
            ",",
            "-",
            "(",
            ")",
            "¥",
            "￥",
            "元",
            "万",
            "千",
            "k",
            "M",
        ),
        *(
            "%",
            "‰",
            "s",
            "h",
            "30m",
            "1:30",
            ":00",
            "/5",
            "e5",
            " ",
            "　",
            "约",
            "N/A",
            "#DIV/0!",
            "=",
            "１２",
            "．５",
            "½",
        ),
        *("12345678901234567890", "\t", "分", "秒", "小时", "天", "+", "−"),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=5).map("".join),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8),
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXTS, min_size=1, max_size=12))
def test_any_cell_gives_a_figure_or_a_problem(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Whatever is written under a KPI: its card comes, or a problem stands at the row, and never an exception."""
    rules = kpicard.load(DATA / "roles").rules
    file = tmp_path_factory.mktemp("cells") / "2026-10.csv"
    rows = [(f"E{number}", "support", text, "90") for number, text in enumerate(texts)]
    with file.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([("employee", "role", "speed", "quality"), *rows])
    result = kpicard.score(rules, file)
    scored = {card.employee for card in result.cards}
    errors = [problem for problem in result.problems if problem.severity == "error"]
    assert len(texts) == len(scored) + len({problem.line for problem in errors if problem.line != 1})


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-16"))))
@pytest.mark.parametrize(
    "start", [b"", b"period,employee,role,kpi,actual\n", b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]
)
def test_any_bytes_as_a_file_give_cards_or_problems(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, content: bytes
) -> None:
    """Whatever a file holds, it is never an exception."""
    rules = kpicard.load(DATA / "roles").rules
    file = tmp_path_factory.mktemp("bytes") / "2026-10"
    file.write_bytes(start + content)
    result = kpicard.score(rules, file)
    assert result.count or result.problems
