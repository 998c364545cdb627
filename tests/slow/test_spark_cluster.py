"""Scores on a cluster whose workers are processes of their own, and die: the same bytes, whatever becomes of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kpicard
from kpicard.cards.request import ScoreRequest
from kpicard.cards.scorecards import score_request
from tests import spark_sessions
from tests.bench.data import write_month
from tests.spark_sessions import CLUSTER, a_worker_killed, configured, skip_without_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = spark_sessions.pytestmark

ROLES = Path(__file__).parents[2] / "roles"
ROWS = 60_000


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    skip_without_spark()
    if not Path("/proc").is_dir():
        pytest.skip("the workers' processes are looked for in /proc")
    import pyspark

    from kpicard.spark.session import session

    with pytest.MonkeyPatch.context() as patch:
        for name, value in configured(tmp_path_factory.mktemp("spark"), more="").items():
            patch.setenv(name, value)
        with session(CLUSTER) as started:
            logs = Path(pyspark.__file__).parent / "work" / started.sparkContext.applicationId
            yield started
    shutil.rmtree(logs, ignore_errors=True)


def test_a_worker_that_dies_in_the_middle_of_a_job_changes_nothing(cluster: SparkSession, tmp_path: Path) -> None:
    """One is killed while rows are read and checked, with what Spark kept there, and one while they are written."""
    from kpicard.spark import score
    from kpicard.spark.output import write

    rules, _ = kpicard.load(ROLES)
    month = tmp_path / "2026-10.csv"
    write_month(month, ROWS, 1009)
    score_request(rules, month, ScoreRequest(keep_rows=True)).write_tidy(tmp_path / "tidy.csv", "csv")
    expected = kpicard.score(rules, tmp_path / "tidy.csv")
    expected.write_csv(tmp_path / "duckdb.csv")
    with a_worker_killed(cluster) as killed_first:
        result = score(rules, str(tmp_path / "tidy.csv"), spark=cluster)
    with a_worker_killed(cluster) as killed_then:
        write(result, str(tmp_path / "scores"), "csv")
    result.close()
    assert [1, 1] == [len(killed_first), len(killed_then)]
    heading, *lines = (tmp_path / "duckdb.csv").read_bytes().splitlines(keepends=True)
    parts = [part.read_bytes().splitlines(keepends=True) for part in (tmp_path / "scores").glob("part-*.csv")]
    assert {heading} == {part[0] for part in parts}
    assert sorted(lines) == sorted(line for part in parts for line in part[1:])
    assert (expected.count, expected.withheld) == (result.count, result.withheld)
    assert {"not-understood", "not-reported"} <= {problem.code for problem in result.problems}
