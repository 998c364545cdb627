"""`kpicard score --engine spark`: what it writes, what it refuses, and what it says where Spark cannot run."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.spark_sessions import configured, skip_without_spark

Run = Callable[..., subprocess.CompletedProcess[str]]
Golden = Callable[[str, str], None]

HERE = Path(__file__).parents[1]
ROLES = HERE / "data" / "roles"
SPARK = ("--engine", "spark")

WRONG_USES = [
    (["--master", "local[2]"], "goes with --engine spark only"),
    (["--remote", "sc://here"], "goes with --engine spark only"),
    ([*SPARK], "Spark writes its result itself: name a folder, or table:NAME"),
    ([*SPARK, "--output", "x", "--format", "html"], "Spark writes csv, parquet, not html"),
    ([*SPARK, "--output", "x.xlsx"], "Spark writes csv, parquet, not xlsx"),
    ([*SPARK, "--output", "table:"], "Spark writes its result itself: name a folder, or table:NAME"),
    ([*SPARK, "--output", "x", "--master", "local", "--remote", "sc://here"], "not both"),
    *(
        ([*SPARK, "--output", "x", *words], "is not there with --engine spark")
        for words in (
            ["--by", "quarter"],
            ["--sheet", "1"],
            ["--encoding", "gbk"],
            ["--memory-limit", "4GB"],
            ["--verbose"],
        )
    ),
    (["-", *SPARK, "--output", "x"], "Spark does not read standard input"),
    (["--engine", "sprak"], "did you mean 'spark'"),
]


def run_long(*words: str | Path, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the command; Spark may take its time to start on a machine that is at work."""
    return subprocess.run(
        [sys.executable, "-m", "kpicard", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "100", **env},
        timeout=600,
        check=False,
    )


def without_javas(text: str) -> str:
    """Return what is on standard error without what Java warns of when it starts."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("WARNING: "))


@pytest.mark.parametrize(("words", "said"), WRONG_USES)
def test_what_is_not_there_on_spark_is_refused(process: Run, tmp_path: Path, words: list[str], said: str) -> None:
    """Exit status 2, before Spark is started."""
    done = process("score", "2026-10.csv", *words, cwd=tmp_path)
    assert (2, "") == (done.returncode, done.stdout)
    assert said in " ".join(done.stderr.split())


def test_where_spark_cannot_run_it_says_what_to_install(process: Run, tmp_path: Path) -> None:
    """pyspark, or Java beside it."""
    env = {"PATH": str(tmp_path), "JAVA_HOME": ""}
    done = process("score", "a.csv", *SPARK, "--output", "x", cwd=tmp_path, env=env)
    there = importlib.util.find_spec("pyspark")
    said = "Spark needs Java 17 or newer" if there else 'scoring on Spark needs pyspark: pip install "kpicard[spark]"'
    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr


def test_the_rows_are_those_of_format_csv_and_the_problems_are_told_by_their_kinds(
    process: Run, golden: Golden, tmp_path: Path
) -> None:
    """Every byte of the rows, once sorted; the first of each kind on the screen, and all of them in the file."""
    skip_without_spark()
    shutil.copy(HERE / "cases" / "spark" / "2026-10.csv", tmp_path)
    (tmp_path / "settings").mkdir()
    process("tidy", "2026-10.csv", "--roles", ROLES, "--output", "tidy.csv", cwd=tmp_path)
    words = ("score", "tidy.csv", "--roles", ROLES)
    by_duckdb = process(*words, "--format", "csv", cwd=tmp_path).stdout
    to = ("--output", "scores", "--problems", "problems.jsonl")
    done = run_long(*words, *SPARK, "--master", "local[2]", *to, cwd=tmp_path, env=configured(tmp_path / "settings"))
    assert (1, "") == (done.returncode, done.stdout)
    golden("spark/problems-en.txt", without_javas(done.stderr))
    heading, *rows = by_duckdb.encode().splitlines(keepends=True)
    parts = [part.read_bytes().splitlines(keepends=True) for part in (tmp_path / "scores").glob("part-*.csv")]
    assert {heading} == {part[0] for part in parts}
    assert sorted(rows) == sorted(row for part in parts for row in part[1:])
    problems = [json.loads(line) for line in (tmp_path / "problems.jsonl").read_text("utf-8").splitlines()]
    assert sum(each["code"] == "not-understood" for each in problems) > 10
    assert {"2026-10.csv"} == {each["path"] for each in problems}
