"""The same input gives the same bytes: again, elsewhere, on one core or several, and by every Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from tests.fault_runs import MONTH, ROLES, WRITERS, environment

LANGUAGE = ("--lang", "en")  # the one thing that is to come from the environment's locale

ELSEWHERE = {
    "LC_ALL": "tr_TR.UTF-8",  # whose i has another capital
    "LANG": "zh_CN.GB18030",
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "4711",
}


def _written(folder: Path, name: str, python: str = sys.executable, env: Mapping[str, str] | None = None) -> bytes:
    """Return what the command writes in a folder."""
    folder.mkdir(parents=True)
    here = {**environment(folder), "PYTHONHASHSEED": "0", **(env or {})}
    subprocess.run([python, "-m", "kpicard", *WRITERS[name], *LANGUAGE], cwd=folder, env=here, check=True, timeout=120)
    assert [name] == [path.name for path in folder.iterdir()]
    return (folder / name).read_bytes()


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_bytes_again_and_elsewhere(tmp_path: Path, name: str) -> None:
    """In another folder, locale, time zone and order of hashing; some seconds later, so that no time is in it."""
    here = _written(tmp_path / "here", name)
    assert here == _written(tmp_path / "else" / "where 中文", name, env=ELSEWHERE)


def test_what_goes_to_standard_output_is_the_same_too(tmp_path: Path) -> None:
    for words in (("roles",), ("schema", "role"), ("sql", "--dialect", "postgres"), ("validate", ROLES)):
        line = [sys.executable, "-m", "kpicard", *words, *LANGUAGE]
        here, there = (
            subprocess.check_output(line, cwd=tmp_path, env={**environment(tmp_path), **env})
            for env in ({"PYTHONHASHSEED": "0"}, ELSEWHERE)
        )
        assert here == there


@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.json"])
def test_the_same_bytes_on_one_core_and_on_all(tmp_path: Path, name: str) -> None:
    """Of a month that is large enough for the engine to divide it: 3 row groups and more."""
    taskset = shutil.which("taskset")
    if taskset is None or (os.cpu_count() or 1) < 2:
        pytest.skip("needs two cores, and a way to run on one")
    rows = 40_000 if name == "out.json" else 400_000
    month = tmp_path / "2026-10.csv"
    duckdb.sql(f"""
        COPY (
            SELECT
                'E' || (n // 4) AS employee, 'customer-service' AS role,
                ['customer-satisfaction', 'complaint-resolution-time', 'response-time', 'repurchase-rate'][1 + n % 4]
                    AS kpi,
                CAST(1 + n % 397 * 0.01 AS DECIMAL(4, 2)) AS actual
            FROM range({rows}) AS r(n) ORDER BY hash(n)
        ) TO '{month}' (HEADER)""")
    words = [sys.executable, "-m", "kpicard", "score", str(month), "--roles", ROLES, "--output"]
    subprocess.run([*words, str(tmp_path / name)], env=environment(tmp_path), check=True)
    one = tmp_path / f"one-{name}"
    subprocess.run([taskset, "-c", "0", *words, str(one)], env=environment(tmp_path), check=True)
    assert (tmp_path / name).read_bytes() == one.read_bytes()


PYTHONS = list(filter(None, os.environ.get("KPICARD_PYTHONS", "").split(os.pathsep)))
"""Other Pythons that have kpicard with its extra for workbooks."""


@pytest.mark.skipif(not PYTHONS, reason="KPICARD_PYTHONS names no other Pythons")
@pytest.mark.parametrize("name", WRITERS)
def test_the_same_bytes_by_every_python(tmp_path: Path, name: str) -> None:
    here = _written(tmp_path / "here", name)
    for number, python in enumerate(PYTHONS):
        assert here == _written(tmp_path / str(number), name, python=python), python


def test_the_month_that_is_compared_has_cards() -> None:
    assert len(Path(MONTH).read_text("utf-8").splitlines()) > 50
