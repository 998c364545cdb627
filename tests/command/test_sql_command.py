"""`kpicard sql`: what it prints, what it refuses, and what it says of a table that is wrong."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from subprocess import CompletedProcess

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicard.engines.dialects import DIALECTS, DUCKDB, NARROW, SPARK
from kpicard.messages import catalogue, words_of
from kpicard.models.run import model, scoring_sql

Run = Callable[..., CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
CHINESE = re.compile("[\u4e00-\u9fff]")


def comments(script: str) -> list[str]:
    return [line for line in script.splitlines() if line.startswith("--")]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_script_says_what_it_reads_and_gives_in_both_languages(kpicard: Run, dialect: str) -> None:
    """Comments and hints are translated, and nothing else differs."""
    english = kpicard("sql", "--dialect", dialect, "--table", "hr.actuals", "--with", "target").stdout
    chinese = kpicard("sql", "--dialect", dialect, "--table", "hr.actuals", "--with", "target", "--lang", "zh").stdout
    assert DIALECTS[dialect].title in english.splitlines()[0]
    for named in ("hr.actuals", "  target  ", "kpicard_problems", "kpicard_scores", DIALECTS[dialect].run):
        assert [True, True] == [any(named in line for line in comments(text)) for text in (english, chinese)]
    assert not any(CHINESE.search(line) for line in comments(english))
    assert all(
        CHINESE.search(line) or not re.search("[a-z]{2,} [a-z]{2,} [a-z]{2,}", line) for line in comments(chinese)
    )

    def bare(text: str) -> list[str]:
        lines = [line for line in text.splitlines() if not line.startswith("--")]
        return [re.sub("^(    [(]'[a-z-]+', ).*", r"\1", line) for line in lines]

    assert bare(english) == bare(chinese)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_comment_ends_a_statement(kpicard: Run, dialect: str) -> None:
    """Clients that look for semicolons find them at the ends of statements alone, and quotes in pairs."""
    for language in ("en", "zh"):
        script = kpicard("sql", "--dialect", dialect, "--lang", language).stdout
        assert [] == [line for line in comments(script) if ";" in line or "'" in line]
        assert [] == [line for line in script.splitlines() if ";" in line[:-1]]


def test_words_are_told_wrong_with_the_nearest(kpicard: Run) -> None:
    """Wrong use ends with status 2, and prints no script."""
    for words, said in (
        (["--dialect", "postgresql"], "did you mean 'postgres'"),
        (["--dialect", "oracle"], "'oracle' is not one of: duckdb, spark, postgres"),
        ([], "--dialect"),
        (["--dialect", "spark", "--with", "targets"], "did you mean 'target'"),
        (["--dialect", "spark", "--missing", "none"], "not one of: refuse, zero, exclude"),
        (["--dialect", "spark", "--role", "customer-servise"], "did you mean 'customer-service'"),
        (["--dialect", "spark", "--period", "2026-13"], "is not a period"),
        (["--dialect", "spark", "--table", " "], "is not a table"),
        (["--dialect", "spark", "--table", "actuals; DROP TABLE actuals"], "is not a table"),
        (["--dialect", "spark", "--table", "actuals\n"], "is not a table"),
    ):
        done = kpicard("sql", *words)
        assert (2, "") == (done.returncode, done.stdout)
        assert said in " ".join(done.stderr.split())


def test_a_folder_without_rules_gives_no_script(kpicard: Run, tmp_path: Path) -> None:
    """Nor do rules that are wrong: the script would lack a role without a word."""
    done = kpicard("sql", "--dialect", "duckdb", "--roles", tmp_path)
    assert (1, "") == (done.returncode, done.stdout)
    assert "[no-roles]" in done.stderr
    shutil.copytree(ROOT / "roles", tmp_path / "roles")
    (tmp_path / "roles" / "data-analyst.yaml").write_text("id: data-analyst\n", "utf-8")
    done = kpicard("sql", "--dialect", "duckdb", "--roles", tmp_path / "roles")
    assert (1, "") == (done.returncode, done.stdout)
    assert "Nothing was written" in done.stderr


def test_the_command_does_not_load_the_engine(process: Run) -> None:
    """It prints a text."""
    done = process("sql", "--dialect", "duckdb", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert done.returncode == 0
    assert [] == [line for line in done.stderr.splitlines() if re.search(r"\| +(duckdb|rich|sqlglot)$", line)]


def test_problems_are_called_as_kpicard_calls_them() -> None:
    assert set() == set(words_of("script-hints")) - set(catalogue())


# The dialects


def test_the_scoring_is_the_engines_own_text() -> None:
    """For DuckDB nothing but comments and blanks is another; a view's SELECT stands where its name is."""
    figure = model("figure")
    assert figure
    for name in ("scored", "graded"):
        text = files("kpicard.models").joinpath(f"{name}.sql").read_text("utf-8")
        code = " ".join(line for line in text.splitlines() if not line.startswith("--"))
        made = model(name)
        assert made
        code = code.replace("FROM figure AS", f"FROM ({figure.query(DUCKDB)}) AS")
        assert code.split() == made.query(DUCKDB).split()
        assert code.replace("HUGEINT", "BIGINT").split() == made.query(NARROW).split()


@pytest.mark.parametrize("dialect", ["spark", "postgres"])
def test_no_token_of_duckdb_is_left(dialect: str) -> None:
    """Each wide integer and each division is put into the dialect."""
    sql = scoring_sql(DIALECTS[dialect])
    assert [] == re.findall("//|HUGEINT|VARCHAR", sql)
    own = scoring_sql(DUCKDB)
    assert own.count("//") == sql.count("div(") if dialect == "postgres" else sql.count(" % ") - own.count(" % ")


WIDE = st.integers(-(10**30), 10**30)


@given(WIDE, st.integers(1, 10**22))
def test_a_numerator_without_its_remainder_divides_to_the_same(numerator: int, denominator: int) -> None:
    """What Spark's dialect divides is what DuckDB's integer division gives, for negative numerators too."""
    less_its_remainder = SPARK.divide.removeprefix("CAST(").partition(" / ")[0]
    query = f"SELECT {{n}} // {{d}} = {less_its_remainder} // {{d}} AND {less_its_remainder} % {{d}} = 0"
    values = {"n": f"CAST('{numerator}' AS HUGEINT)", "d": f"CAST('{denominator}' AS HUGEINT)"}
    assert [(True,)] == duckdb.execute(query.format(**values)).fetchall()


@given(st.text(max_size=20))
def test_texts_are_quoted_so_that_they_come_back(text: str) -> None:
    """A grade's name with quotes or backslashes is a literal and nothing else."""
    text = text.replace("\x00", "")
    if text.isprintable():
        assert [(text,)] == duckdb.execute(f"SELECT {DUCKDB.quote(text)}").fetchall()
        assert text == json.loads(f'"{_inside(DIALECTS["spark"].quote(text))}"')


def _inside(literal: str) -> str:
    """Return what Spark's literal holds as JSON has it, whose backslashes mean the same."""
    return literal[1:-1].replace("\\'", "'").replace('"', '\\"')


def statements(script: str) -> Iterator[str]:
    yield from filter(None, map(str.strip, script.split(";\n")))


def test_the_script_runs_again_and_again_in_one_session(kpicard: Run) -> None:
    """It replaces what it made before."""
    script = kpicard("sql", "--dialect", "duckdb", "--keep", "--table", "'examples/2026-10.csv'").stdout
    database = duckdb.connect()
    found = []
    for _ in range(2):
        for statement in statements(script.replace("examples/", f"{ROOT}/examples/")):
            database.execute(statement)
        found.append(database.execute("FROM kpicard_scores ORDER BY ALL").fetchall())
        database.execute("DELETE FROM kpicard_scores")
    assert len(found[0]) > 50
    assert found[0] == found[1]


@pytest.mark.parametrize("chosen", [["--period", "2026-09"], ["--role", "data-analyst"], ["--role", "客服专员"]])
def test_what_is_chosen_is_scored_and_nothing_else_is_said(kpicard: Run, tmp_path: Path, chosen: list[str]) -> None:
    """Periods and roles choose the same cards as for `kpicard score`."""
    file = tmp_path / "all.csv"
    file.write_text(kpicard("score", ROOT / "examples", "--missing", "exclude", "--format", "csv").stdout, "utf-8")
    expected = kpicard("score", file, "--missing", "exclude", "--format", "csv", *chosen).stdout.splitlines()
    table = ["--table", f"read_csv('{file}', all_varchar = true)", "--with", "target", "--with", "status"]
    script = kpicard("sql", "--dialect", "duckdb", "--missing", "exclude", "--keep", *table, *chosen).stdout
    database = duckdb.connect()
    database.execute(script)
    assert [] == database.execute("SELECT * FROM kpicard_problems").fetchall()
    found = database.execute("SELECT period, employee, role, kpi, points, total FROM kpicard_scores").fetchall()
    rows = [line.split(",") for line in expected[1:]]
    assert 10 < len(rows)
    assert [(*row[:4], row[10], row[12]) for row in rows] == [
        tuple("" if cell is None else str(cell) for cell in row) for row in found
    ]
