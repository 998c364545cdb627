"""Scores on Spark: the same bytes as on this machine, by the same models, from a tidy table."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kpicard
from kpicard.cards.request import ScoreRequest
from kpicard.cards.scorecards import Scorecards, score_request
from kpicard.reports.formats.json import problem_values, write_lines
from kpicard.rules.rules import Rules
from tests import spark_sessions
from tests.library.test_ruleless import CLERK, DEPARTMENT, PACKER, ROWS
from tests.oracle_months import Missing, Month
from tests.spark_sessions import configured, skip_without_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = spark_sessions.pytestmark

HERE = Path(__file__).parents[1]
EXAMPLES = HERE.parent / "examples"
ROLES = HERE.parent / "roles"
SHOP = HERE / "data" / "roles"
MESSY = HERE / "cases" / "spark" / "2026-10.csv"

OF_FILES = {
    "unit-slip",
    "column-slip",
    "alike-ids",
    "one-name",
    "name-differs",
    "sum-row",
    "unknown-column",
    "other-period",
}
"""What only files are warned about."""


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    skip_without_spark()
    from kpicard.spark.session import session

    with pytest.MonkeyPatch.context() as patch:
        for name, value in configured(tmp_path_factory.mktemp("spark")).items():
            patch.setenv(name, value)
        with session("local[2]") as started:
            yield started


def rows_of(result: Scorecards, folder: Path) -> list[list[str]]:
    """Return the rows of `--format csv`, sorted."""
    result.write_csv(folder / "duckdb.csv")
    with (folder / "duckdb.csv").open(encoding="utf-8", newline="") as stream:
        return sorted(list(csv.reader(stream))[1:])


def assert_same(spark: SparkSession, rules: Rules, file: Path, folder: Path, **options: Any) -> set[str]:
    """Score a file's tidy table on Spark and on this machine; return the codes of the problems, which are the same."""
    from kpicard.spark import score

    tidy = folder / "tidy.parquet"
    score_request(rules, file, ScoreRequest(keep_rows=True)).write_tidy(tidy)
    here = kpicard.score(rules, tidy, **options)
    with score(rules, str(tidy), spark=spark, **options) as there:
        assert rows_of(here, folder) == sorted(
            ["" if cell is None else cell for cell in row] for row in there.texts.collect()
        )
        assert (here.count, here.withheld) == (there.count, there.withheld)
        found = {problem.code for problem in there.all_problems()}
        assert {problem.code for problem in here.problems} - OF_FILES == found
        assert found <= {problem.code for problem in there.problems}
        assert there.problems == () or rows_of(kpicard.score(rules, file, **options), folder) == rows_of(here, folder)
    return found


@pytest.mark.parametrize(
    ("seed", "missing"), [("ordinary-1", "refuse"), ("extreme-1", "zero"), ("adjusted-extreme", "exclude")]
)
def test_random_rules_score_to_the_same_bytes(spark: SparkSession, tmp_path: Path, seed: str, missing: Missing) -> None:
    """All methods, ties at each place, the ends of the range, N/A, own targets, adjustments and vetoes."""
    month = Month(tmp_path, seed, "extreme" if "extreme" in seed else "ordinary")
    rules, _ = kpicard.load(tmp_path / "roles")
    assert_same(spark, rules, tmp_path / "2026-10.csv", tmp_path, missing=missing)
    assert len(month.cards) > 100


@pytest.mark.parametrize("missing", ["refuse", "exclude"])
def test_what_withholds_a_card_withholds_it_there_too(spark: SparkSession, tmp_path: Path, missing: Missing) -> None:
    """Of a file with everything in it that may be wrong with rows: the other cards are the same to the last byte."""
    codes = assert_same(spark, kpicard.load(SHOP).rules, MESSY, tmp_path, missing=missing)
    assert codes >= {"not-understood", "doubled-figure", "out-of-range", "impossible-figure"}
    assert ("maybe-misread" if missing == "exclude" else "not-reported") in codes


def test_numbers_of_people_and_idle_targets_are_told(spark: SparkSession, tmp_path: Path) -> None:
    heading = "period,employee,role,kpi,actual,target,base,days,share"
    lines = (
        *("E1,support,speed,30,20,8000,,", "E1,support,quality,90,,9000,,"),
        *("E2,support,speed,30,,oops,,", "E2,support,quality,90,,,,", "E3,support,speed,30,,7000,9,60"),
        *("E3,support,quality,90,,7000,9,60", "E3,sales,revenue,1,,7000,,60", "E3,sales,refunds,1,,7000,,60"),
    )
    (tmp_path / "a.csv").write_text("\n".join([heading, *(f"2026-10,{line}" for line in lines)]) + "\n", "utf-8")
    codes = assert_same(spark, kpicard.load(SHOP).rules, tmp_path / "a.csv", tmp_path)
    assert {"number-differs", "not-understood", "shares-above-100", "base-twice"} <= codes


def test_what_is_not_tidy_names_the_command_that_makes_it_so(spark: SparkSession, tmp_path: Path) -> None:
    """Files as they come: no card is given out that is withheld on this machine, and the first of each kind is told."""
    from kpicard.spark import score

    rules = kpicard.load(SHOP).rules
    here = {row[1] for row in rows_of(kpicard.score(rules, MESSY), tmp_path)}
    with score(rules, str(MESSY), spark=spark) as there:
        assert {row.employee for row in there.texts.collect()} <= here
        codes = [problem.code for problem in there.problems]
        assert [1, 1] == [codes.count("not-tidy"), codes.count("doubled-figure")]
        first = next(problem for problem in there.problems if problem.code == "not-tidy")
        assert (str(MESSY), None) == (first.path, first.line)
        assert "kpicard tidy" in first.hint
        with (tmp_path / "problems.jsonl").open("w", encoding="utf-8") as out:
            write_lines((problem_values(each, "en") for each in there.all_problems()), out)
    found = [json.loads(line) for line in (tmp_path / "problems.jsonl").read_text("utf-8").splitlines()]
    assert sum(each["code"] == "not-tidy" for each in found) > 10
    assert {"path", "row", "code", "severity", "message", "hint"} <= found[0].keys()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("employee,role,speed,quality\nE1,support,30,90\n", "utf-8"),
        ("月份,员工,岗位,指标,实际值\n2026-10,E1,support,speed,30\n", "gb18030"),
        ("period,employee,role,kpi\n2026-10,E1,support,speed\n", "utf-16"),
    ],
)
def test_a_table_of_another_form_is_none(spark: SparkSession, tmp_path: Path, text: str, encoding: str) -> None:
    """Wide, in another encoding, without its columns: nothing is read of it."""
    from kpicard.spark import score

    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    with score(kpicard.load(SHOP).rules, str(tmp_path / "a.csv"), spark=spark) as there:
        assert [("no-tidy-table", 0)] == [(problem.code, there.count) for problem in there.problems]
        assert "kpicard tidy" in there.problems[0].hint


def test_names_and_columns_in_either_language_and_numbers_of_any_type_are_tidy(
    spark: SparkSession, tmp_path: Path
) -> None:
    """90.7 of 32 bits is 90.7, and not the nearest number that has twice the bits; folders inside are told."""
    from pyarrow import array, float32, parquet, table

    from kpicard.spark import score

    (tmp_path / "month" / "east").mkdir(parents=True)
    columns = {
        "考核周期": ["2026-10"] * 4,
        "员工": ["E1", "E1", " E2", "E2"],
        "岗位": ["客服专员", "support", "客服专员", "Support"],
        "kpi": ["speed", "服务质量"] * 2,
        "actual": array([30.1, 90.7, 28.3, 89.995], float32()),
    }
    parquet.write_table(table(columns), tmp_path / "month" / "a.parquet")
    parquet.write_table(table(columns), tmp_path / "month" / "east" / "b.parquet")
    rules = kpicard.load(SHOP).rules
    here = rows_of(kpicard.score(rules, tmp_path / "month" / "a.parquet"), tmp_path)
    with score(rules, str(tmp_path / "month"), spark=spark) as there:
        assert here == sorted(["" if cell is None else cell for cell in row] for row in there.texts.collect())
        assert [(str(tmp_path / "month" / "east"), "ignored-folder")] == [
            (each.path, each.code) for each in there.problems
        ]


def test_cards_that_no_rules_score_are_counted(spark: SparkSession, tmp_path: Path) -> None:
    """Of a role whose file is wrong, and of one that begins later."""
    (tmp_path / "roles").mkdir()
    for name, text in (("department", DEPARTMENT), ("clerk", CLERK), ("packer", PACKER)):
        (tmp_path / "roles" / f"{name}.yaml").write_text(text, "utf-8")
    (tmp_path / "rows.csv").write_text(ROWS, "utf-8")
    rules, _ = kpicard.load(tmp_path / "roles")
    assert "not-understood" in assert_same(spark, rules, tmp_path / "rows.csv", tmp_path)


def test_tables_are_taken_and_given_and_the_session_stays_as_it_is(spark: SparkSession) -> None:
    """A table of the catalog or a frame; its numbers are exact decimals, and nothing is overwritten."""
    from kpicard.spark import score
    from kpicard.spark.output import TakenError, refuse_taken, write

    rules, _ = kpicard.load(ROLES)
    settings = dict(spark.conf.getAll)
    spark.conf.set("spark.sql.ansi.enabled", "false")
    frame = spark.read.csv(str(EXAMPLES / "2026-10.csv"), header=True)
    frame.write.saveAsTable("actuals")
    views = spark.catalog.listTables()
    with score(rules, "table:actuals", spark=spark, employees=["E017"]) as result:
        rows = {row.kpi: row for row in result.frame.collect()}
        assert views == spark.catalog.listTables()
        refuse_taken(spark, "table:scores")
        write(result, "table:scores", "csv")
        with pytest.raises(TakenError):
            refuse_taken(spark, "table:scores")
        with pytest.raises(TakenError):
            write(result, "table:scores", "csv")
    assert "false" == spark.conf.get("spark.sql.ansi.enabled")
    spark.conf.unset("spark.sql.ansi.enabled")
    assert settings == {**dict(spark.conf.getAll), **settings}
    assert () == result.problems
    expected = ("2026-10", "E017", "customer-service", Decimal("28.5"), Decimal("105.00"), Decimal("93.13"), "B")
    shown = ("period", "employee", "role", "actual", "attainment", "total", "grade")
    assert expected == tuple(rows["response-time"][name] for name in shown)
    assert [Decimal("93.13")] * 4 == [row.total for row in spark.table("scores").collect()]


def test_an_input_that_is_not_there_withholds_what_may_be_in_it(spark: SparkSession, tmp_path: Path) -> None:
    """A missing path or table is a problem; a figure that may stand there is not counted as 0."""
    from kpicard.spark import score

    shutil.copy(HERE / "cases" / "actuals" / "missing-zero" / "2026-10.csv", tmp_path)
    rules, _ = kpicard.load(SHOP)
    inputs = [str(tmp_path / "2026-10.csv"), str(tmp_path / "no.csv"), "table:no_such_table"]
    with score(rules, inputs, spark=spark, missing="zero") as result:
        assert ["maybe-unread", "no-such-path", "no-such-table"] == sorted(each.code for each in result.problems)
        assert [] == result.frame.collect()
    assert (0, 1) == (result.count, result.withheld)


def test_other_rules_than_were_expected_withhold_their_cards(spark: SparkSession) -> None:
    from kpicard.spark import score

    rules, _ = kpicard.load(ROLES)
    frame = spark.read.csv(str(EXAMPLES / "2026-10.csv"), header=True)
    with score(rules, frame, spark=spark, employees="E017", expect_rules="0123456789abcdef") as result:
        assert [("other-rules", 0, 1)] == [(each.code, result.count, result.withheld) for each in result.problems]
