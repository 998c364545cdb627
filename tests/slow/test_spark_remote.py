"""`kpicard score --engine spark --remote`: on a server of Spark Connect, whose files and paths are its own."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.slow.test_spark_command import ROLES, SPARK, run_long
from tests.spark_sessions import configured, skip_without_spark

Run = Callable[..., subprocess.CompletedProcess[str]]

MONTH = Path(__file__).parents[1] / "cases" / "spark" / "2026-10.csv"
CODE = re.compile(r"\[([a-z-]+)\]$", re.MULTILINE)
"""What ends the first line of each problem; the lines quote rows up to some length, with the path before them."""
PATIENCE = 120
"""Seconds in which a server starts on a machine that is at work."""


def skip_without_grpc() -> None:
    """Skip a test where Spark's client cannot run, and say what is missing."""
    skip_without_spark()
    if importlib.util.find_spec("grpc") is None:
        pytest.skip("grpc is missing: pip install 'pyspark[connect]'")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens on a port."""
    with closing(socket.socket()) as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server, which is a process of its own."""
    skip_without_grpc()
    import pyspark

    home, folder, port = Path(pyspark.__file__).parent, tmp_path_factory.mktemp("server"), free_port()
    start = (home / "sbin" / "start-connect-server.sh", "--master", "local[2]")
    environment = {**os.environ, **configured(folder), "SPARK_HOME": str(home), "SPARK_NO_DAEMONIZE": "1"}
    with subprocess.Popen(
        [shutil.which("bash") or "bash", *start, "--conf", f"spark.connect.grpc.binding.port={port}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            latest = time.monotonic() + PATIENCE
            while not answers(port) and running.poll() is None and time.monotonic() < latest:
                time.sleep(0.2)
            assert answers(port), "the server does not start"
            yield f"sc://127.0.0.1:{port}"
        finally:
            os.killpg(running.pid, signal.SIGTERM)


def test_the_rows_and_the_problems_are_those_of_format_csv(process: Run, server: str, tmp_path: Path) -> None:
    """Every byte of the rows, once sorted; and nothing but the problems on standard error."""
    shutil.copy(MONTH, tmp_path)
    process("tidy", "2026-10.csv", "--roles", ROLES, "--output", "tidy.csv", cwd=tmp_path)
    words = ("score", tmp_path / "tidy.csv", "--roles", ROLES)
    by_duckdb = process(*words, "--format", "csv", cwd=tmp_path).stdout
    done = run_long(*words, *SPARK, "--remote", server, "--output", tmp_path / "scores", cwd=tmp_path, env={})
    on_master = Path(__file__).parents[1] / "golden" / "spark" / "problems-en.txt"
    assert (1, "") == (done.returncode, done.stdout)
    assert [on_master.read_text("utf-8").splitlines()[-2], f"Wrote 6 cards to {tmp_path / 'scores'}"] == (
        done.stderr.splitlines()[-2:]
    )
    assert CODE.findall(on_master.read_text("utf-8")) == CODE.findall(done.stderr)
    assert "UserWarning" not in done.stderr
    heading, *rows = by_duckdb.encode().splitlines(keepends=True)
    parts = [part.read_bytes().splitlines(keepends=True) for part in (tmp_path / "scores").glob("part-*.csv")]
    assert {heading} == {part[0] for part in parts}
    assert sorted(rows) == sorted(row for part in parts for row in part[1:])


@pytest.mark.parametrize(
    ("remote", "said"),
    [
        ("sc://127.0.0.1:{port}", "no answer from sc://127.0.0.1:{port} within 20 s"),
        ("sc://127.0.0.1:{port}/path", "URL"),
        ("http://127.0.0.1:{port}", "URL"),
    ],
)
def test_a_server_that_cannot_be_reached_is_told(tmp_path: Path, remote: str, said: str) -> None:
    """In one line and without a traceback; Spark's own client would try for ten minutes."""
    skip_without_grpc()
    port = free_port()
    words = ("score", MONTH, "--roles", ROLES, *SPARK, "--remote", remote.format(port=port), "--output", "scores")
    done = run_long(*words, cwd=tmp_path, env={})
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("Error: Spark does not start: "), done.stderr
    assert said.format(port=port) in done.stderr, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
