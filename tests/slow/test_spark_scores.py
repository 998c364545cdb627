"""Scores on Spark: the same bytes as on this machine, and the same problems in the same words."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

import kpicard
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

NOT_ON_SPARK = {"unit-slip", "name-differs", "idle-target"}
"""What is not warned about on Spark."""
WITH_A_PLACE = {"doubled-figure", "maybe-misread"}
"""What names a line in its message, and on Spark quotes the row."""


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    skip_without_spark()
    from kpicard.spark.session import session

    with pytest.MonkeyPatch.context() as patch:
        for name, value in configured(tmp_path_factory.mktemp("spark")).items():
            patch.setenv(name, value)
        with session("local[2]") as started:
            yield started


def by_duckdb(
    rules: Rules, paths: list[Path], folder: Path, **options: Any
) -> tuple[list[list[str]], kpicard.Scorecards]:
    """Return the rows of `--format csv`, sorted, and all else."""
    result = kpicard.score(rules, paths, **options)
    result.write_csv(folder / "duckdb.csv")
    with (folder / "duckdb.csv").open(encoding="utf-8", newline="") as stream:
        return sorted(list(csv.reader(stream))[1:]), result


def assert_same(spark: SparkSession, rules: Rules, paths: list[Path], folder: Path, **options: Any) -> set[str]:
    """Score on Spark and on this machine; return the codes of the problems, which are the same."""
    from kpicard.spark import score

    rows, result = by_duckdb(rules, paths, folder, **options)
    with score(rules, [str(path) for path in paths], spark=spark, **options) as on_spark:
        assert rows == sorted(["" if cell is None else cell for cell in row] for row in on_spark.texts.collect())
        assert (result.count, result.withheld) == (on_spark.count, on_spark.withheld)
        expected = [problem for problem in result.problems if problem.code not in NOT_ON_SPARK]
        assert {problem.code for problem in expected} == {problem.code for problem in on_spark.problems}
        said = [
            {(each.code, each.severity, each.message, each.hint) for each in problems if each.code not in WITH_A_PLACE}
            for problems in (expected, on_spark.problems)
        ]
        assert said[0] == said[1]
    return {problem.code for problem in expected}


@pytest.mark.parametrize(
    ("seed", "missing"), [("ordinary-1", "refuse"), ("extreme-1", "zero"), ("adjusted-extreme", "exclude")]
)
def test_random_rules_score_to_the_same_bytes(spark: SparkSession, tmp_path: Path, seed: str, missing: Missing) -> None:
    """All methods, ties at each place, the ends of the range, N/A, own targets, adjustments and vetoes."""
    month = Month(tmp_path, seed, "extreme" if "extreme" in seed else "ordinary")
    rules, _ = kpicard.load(tmp_path / "roles")
    assert_same(spark, rules, [tmp_path / "2026-10.csv"], tmp_path, missing=missing)
    assert len(month.cards) > 100


@pytest.mark.parametrize("missing", ["refuse", "exclude"])
def test_every_problem_is_the_same_in_the_same_words(spark: SparkSession, tmp_path: Path, missing: Missing) -> None:
    """A file with everything in it that may be wrong with rows: the other cards are the same to the last byte."""
    rules, _ = kpicard.load(SHOP)
    codes = assert_same(spark, rules, [HERE / "cases" / "spark" / "2026-10.csv"], tmp_path, missing=missing)
    assert len(codes) >= 16
    assert codes >= {"ragged-row", "bad-quote", "sum-row", "bad-employee", "doubled-figure", "out-of-range"}
    assert ("maybe-misread" if missing == "exclude" else "not-reported") in codes


def test_figures_and_targets_outside_their_range_are_the_same_problems(spark: SparkSession, tmp_path: Path) -> None:
    """In rows and in columns, ratios too: what is quoted is what was written."""
    outside = HERE / "cases" / "actuals" / "figures-outside-the-range"
    rules, _ = kpicard.load(outside / "roles")
    codes = assert_same(spark, rules, [outside / "2026-10.csv"], tmp_path, missing="zero")
    assert {"impossible-figure", "impossible-target", "negative-count", "bad-period"} == codes
    in_columns = HERE / "cases" / "actuals" / "figures-outside-the-range-in-columns" / "2026-10.csv"
    assert {"impossible-figure"} == assert_same(spark, rules, [in_columns], tmp_path)


def test_files_of_every_form_score_to_the_same_bytes(spark: SparkSession, tmp_path: Path) -> None:
    """A wide file in Chinese, a folder of files named by their months, Parquet: columns in any order, ratios."""
    (tmp_path / "wide.csv").write_text(
        "考核周期;岗位;员工;姓名;响应时间（s）;服务质量 分子;服务质量 分母;备注\n"
        "2026-10;客服专员;W1;甲;28.5;180;200;\n2026-10;客服专员;W2;乙;N/A;0;0;\n2026-10;客服专员;W3;丙;31;7;;\n"
        "2026-10;店长;W4;丁;31;7;9;\n合计;;;;90;187;209;\n",
        "utf-8",
    )
    folder = tmp_path / "months"
    folder.mkdir()
    for month in ("2026-08", "2026-09"):
        rows = "E1,sales,revenue,9000,10000\nE1,sales,refunds,3,\nE2,sales,revenue,1.1万,\n"
        (folder / f"{month}.csv").write_text(f"employee,role,kpi,actual,target\n{rows}", "utf-8")
    parquet = tmp_path / "p.parquet"
    duckdb.execute(
        f"""COPY (
            SELECT DATE '2026-07-31' AS period, CASE WHEN i > 0 THEN 1000.0 + i END AS employee, 'sales' AS role,
                1234.5 * i AS revenue, CAST(0.1 AS DECIMAL(9, 3)) * i AS refunds
            FROM range(5) AS r(i)
        ) TO '{parquet}' (FORMAT parquet)"""
    )
    rules, _ = kpicard.load(SHOP)
    paths = [tmp_path / "wide.csv", folder, parquet]
    codes = assert_same(spark, rules, paths, tmp_path, missing="zero")
    assert {"half-ratio", "unknown-role", "sum-row", "no-employee"} <= codes


ROWS_OF_E1 = "employee,role,kpi,actual\nE1,support,speed,30\nE1,support,quality,90.5\n"


@pytest.mark.parametrize("given", ["2026-09", "2026-09/*.csv", "2026-09/2026-1*"])
def test_the_only_file_of_a_folder_or_pattern_says_its_month(spark: SparkSession, tmp_path: Path, given: str) -> None:
    """Not the folder's name, nor the pattern's."""
    (tmp_path / "2026-09").mkdir()
    (tmp_path / "2026-09" / "2026-10.csv").write_text(ROWS_OF_E1, "utf-8")
    rules = kpicard.load(SHOP).rules
    assert set() == assert_same(spark, rules, [tmp_path / given], tmp_path)
    assert ["2026-10"] == [card.period for card in kpicard.score(rules, tmp_path / given).cards]


def test_folders_in_a_folder_are_not_passed_over_in_silence(spark: SparkSession, tmp_path: Path) -> None:
    """Somebody's missing figure may be there."""
    from kpicard.spark import score

    (tmp_path / "month" / "east").mkdir(parents=True)
    (tmp_path / "month" / "2026-10.csv").write_text(ROWS_OF_E1, "utf-8")
    (tmp_path / "month" / "east" / "2026-10.csv").write_text(ROWS_OF_E1.replace("E1", "E2"), "utf-8")
    with score(kpicard.load(SHOP).rules, [str(tmp_path / "month")], spark=spark) as found:
        assert 1 == found.count
        assert [(str(tmp_path / "month" / "east"), "ignored-folder", "name it as well")] == [
            (each.path, each.code, each.hint) for each in found.problems
        ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_heading_that_is_no_utf_8_is_said_to_be_none(spark: SparkSession, tmp_path: Path, encoding: str) -> None:
    """And not that it lacks its columns."""
    from kpicard.spark import score

    path = tmp_path / "2026-10.csv"
    path.write_bytes("月份,员工,岗位,指标,实际值\n2026-10,E1,support,speed,30\n".encode(encoding))
    with score(kpicard.load(SHOP).rules, [str(path)], spark=spark) as found:
        assert [(str(path), "broken-text")] == [(each.path, each.code) for each in found.problems]


def test_floats_of_32_bits_and_texts_are_read_alike(spark: SparkSession, tmp_path: Path) -> None:
    """90.7 is 90.7, and not the nearest number that has twice the bits; and a tab in a text is a blank."""
    from pyarrow import array, float32, parquet, table

    columns = {
        **{name: [value] * 4 for name, value in (("period", "2026-10"), ("role", "support"))},
        "employee": ["E1", "E1", "E\t2", "E\t2"],
        "kpi": ["speed", "quality"] * 2,
        "actual": array([30.1, 90.7, 28.3, 89.995], float32()),
    }
    parquet.write_table(table(columns), tmp_path / "month.parquet")
    assert set() == assert_same(spark, kpicard.load(SHOP).rules, [tmp_path / "month.parquet"], tmp_path)


def test_a_column_without_a_heading_may_hold_what_is_missing(spark: SparkSession, tmp_path: Path) -> None:
    """In a wide file the figure that is missing is not counted as 0: it may stand there."""
    rules, _ = kpicard.load(SHOP)
    (tmp_path / "2026-10.csv").write_text("employee,role,speed,,\nE1,support,30,90,\nE2,support,30,,\n", "utf-8")
    codes = assert_same(spark, rules, [tmp_path / "2026-10.csv"], tmp_path, missing="zero")
    assert {"unnamed-column", "maybe-unread"} == codes


@pytest.mark.parametrize(("value", "codes"), [(" ", {"unknown-column"}), ("9", {"unknown-column", "maybe-unread"})])
def test_a_column_that_is_not_known_may_too_if_it_has_values(
    spark: SparkSession, tmp_path: Path, value: str, codes: set[str]
) -> None:
    """An empty one withholds nothing."""
    rules, _ = kpicard.load(SHOP)
    (tmp_path / "2026-10.csv").write_text(f"employee,role,speed,quality,mood\nE1,support,30,,{value}\n", "utf-8")
    assert codes == assert_same(spark, rules, [tmp_path / "2026-10.csv"], tmp_path, missing="zero")


def test_cards_that_no_rules_score_are_counted(spark: SparkSession, tmp_path: Path) -> None:
    """Of a role whose file is wrong, and of one that begins later; those alone that are chosen."""
    (tmp_path / "roles").mkdir()
    for name, text in (("department", DEPARTMENT), ("clerk", CLERK), ("packer", PACKER)):
        (tmp_path / "roles" / f"{name}.yaml").write_text(text, "utf-8")
    (tmp_path / "rows.csv").write_text(ROWS.replace(",name,role,days,", ",name,role,note,"), "utf-8")
    rules, _ = kpicard.load(tmp_path / "roles")
    assert {"broken-role", "no-rules-yet"} <= assert_same(spark, rules, [tmp_path / "rows.csv"], tmp_path)
    assert_same(spark, rules, [tmp_path / "rows.csv"], tmp_path, roles="packer")
    assert_same(spark, rules, [tmp_path / "rows.csv"], tmp_path, employees="E1")


def test_frames_are_taken_and_given_and_the_session_stays_as_it_is(spark: SparkSession) -> None:
    """A frame scores as the file that it was read from, by rules of the time; its numbers are exact decimals."""
    from kpicard.spark import score

    rules, _ = kpicard.load(ROLES)
    settings = dict(spark.conf.getAll)
    spark.conf.set("spark.sql.ansi.enabled", "false")
    views = spark.catalog.listTables()
    frame = spark.read.csv(str(EXAMPLES / "2026-10.csv"), header=True)
    with score(rules, frame, spark=spark, employees=["E017"]) as result:
        rows = {row.kpi: row for row in result.frame.collect()}
    assert "false" == spark.conf.get("spark.sql.ansi.enabled")
    spark.conf.unset("spark.sql.ansi.enabled")
    assert settings == {**dict(spark.conf.getAll), **settings}
    assert views == spark.catalog.listTables()
    assert () == result.problems
    expected = ("2026-10", "E017", "customer-service", Decimal("28.5"), Decimal("105.00"), Decimal("93.13"), "B")
    shown = ("period", "employee", "role", "actual", "attainment", "total", "grade")
    assert expected == tuple(rows["response-time"][name] for name in shown)
    assert {"2026-10"} == {row.period for row in rows.values()}


def test_of_each_kind_of_problem_the_first_ten_thousand_are_listed(spark: SparkSession, tmp_path: Path) -> None:
    """The same ones, and the same number of others."""
    rules, _ = kpicard.load(SHOP)
    rows = "".join(f"E{number:05},support,speed,about {number}\n" for number in range(10_050))
    (tmp_path / "2026-10.csv").write_text(f"employee,role,kpi,actual\n{rows}", "utf-8")
    codes = assert_same(spark, rules, [tmp_path / "2026-10.csv"], tmp_path)
    assert {"bad-value", "not-reported", "more-like-these"} == codes


def test_tables_are_read_and_written(spark: SparkSession) -> None:
    """A table of the catalog for the actuals, and one for the scores, which is not overwritten."""
    from kpicard.spark import score
    from kpicard.spark.output import TakenError, refuse_taken, write

    rules, _ = kpicard.load(ROLES)
    spark.read.csv(str(EXAMPLES / "2026-10.csv"), header=True).write.saveAsTable("actuals")
    with score(rules, "table:actuals", spark=spark, employees=["E017"]) as result:
        refuse_taken(spark, "table:scores")
        write(result, "table:scores", "csv")
        with pytest.raises(TakenError):
            refuse_taken(spark, "table:scores")
        with pytest.raises(TakenError):
            write(result, "table:scores", "csv")
    assert () == result.problems
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
