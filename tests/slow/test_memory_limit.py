"""`--memory-limit`: as sizes are written, kept to, and with the same cards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicard.numbers import lacks_memory, read_size
from tests.fault_runs import AFTER

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
LIMIT = 300_000_000


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("4GB", 4_000_000_000),
        ("4gb", 4_000_000_000),
        ("4 G", 4_000_000_000),
        ("1.5GiB", 1_610_612_736),
        ("500MB", 500_000_000),
        ("512MiB", 536_870_912),
        ("0.25t", 250_000_000_000),
        ("400000000", 400_000_000),
        ("400000000B", 400_000_000),
        (" 64k ", 64_000),
        ("", None),
        ("GB", None),
        ("-1GB", None),
        ("4XB", None),
        ("4,5GB", None),
        ("1e9", None),
        ("４GB", None),
    ],
)
def test_a_size_is_read_as_it_is_written(text: str, size: int | None) -> None:
    assert size == read_size(text)


@given(st.text(max_size=12))
def test_any_text_is_a_size_or_none(text: str) -> None:
    size = read_size(text)
    assert size is None or size >= 0


@pytest.mark.parametrize(
    ("limit", "said"),
    [("lots", "'lots' is not a size of memory; write it as 500MB or 4GB"), ("1MB", "scoring takes at least 300MB")],
)
def test_a_limit_that_cannot_be_is_a_wrong_use(kpicard: Run, limit: str, said: str) -> None:
    done = kpicard("score", "examples/2026-10.csv", "--memory-limit", limit, cwd=ROOT)
    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month of 1,000,000 figures: more than the engine has room for under the limit."""
    path = tmp_path_factory.mktemp("large") / "2026-10.csv"
    duckdb.sql(f"""
        COPY (
            SELECT
                'E' || lpad(CAST(n // 4 AS VARCHAR), 8, '0') AS employee, 'customer-service' AS role,
                ['customer-satisfaction', 'complaint-resolution-time', 'response-time', 'repurchase-rate'][1 + n % 4]
                    AS kpi,
                CAST(1 + n % 397 * 0.01 AS DECIMAL(4, 2)) AS actual
            FROM range(1000000) AS r(n)
        ) TO '{path}' (HEADER)""")
    return path


# To Linux, a process has taken at least as much as the one that started it: so that is a small one, not the tests'.
PEAK = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs the account that the system keeps of finished processes")
def test_a_month_larger_than_the_limit_is_scored_within_it(large: Path, tmp_path: Path) -> None:
    """The whole process stays below; what does not fit goes to disk and is gone afterwards; the cards are the same."""
    free, limited, spill = tmp_path / "free.csv", tmp_path / "limited.csv", tmp_path / "spill"
    spill.mkdir()
    command = [sys.executable, "-m", "kpicard", "score", str(large), "--roles", str(ROOT / "roles"), "--output"]
    assert 0 == subprocess.run([*command, str(free)], check=False).returncode
    arguments = [*command, str(limited), "--memory-limit", str(LIMIT)]
    environment = {**os.environ, "TMPDIR": str(spill)}
    account = subprocess.check_output([sys.executable, "-c", PEAK, *arguments], env=environment, text=True)
    code, taken = map(int, account.split())
    assert 0 == code
    assert free.read_bytes() == limited.read_bytes()
    peak = taken * (1 if sys.platform == "darwin" else 1024)
    assert peak < LIMIT
    assert [] == list(spill.iterdir())


COMMANDS = {
    "score": ["score", "examples/2026-10.csv", "--format", "csv"],
    "summary": ["summary", "examples/2026-10.csv"],
    "explain": ["explain", "examples/2026-10.csv", "--employee", "E017"],
    "impact": ["impact", "examples/2026-10.csv", "--before", "roles", "--after", AFTER],
    "validate": ["validate", "roles"],
}
NOT_ENOUGH = {
    "en": "Error: not enough memory; raise `--memory-limit` or `ulimit -v` where they are set, "
    "or free disk space in the folder for temporary files (TMPDIR)\n",
    "zh": "错误：内存不足：如设置了 `--memory-limit` 或 `ulimit -v`，请调高；或为临时文件夹（TMPDIR）腾出磁盘空间\n",
}


def with_addresses(kilobytes: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command with so few addresses."""
    command = ["sh", "-c", f'ulimit -v {kilobytes} && exec "$@"', "sh", sys.executable, "-m", "kpicard", *words]
    environment = {**os.environ, "LC_ALL": "C", "KPICARD_ROLES": "roles"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep to `ulimit -v`")
@pytest.mark.parametrize(
    ("kilobytes", "language"),
    [(30_000, "en"), (80_000, "zh"), (118_000, "en"), (130_000, "zh"), (160_000, "en"), (190_000, "zh")],
)
@pytest.mark.parametrize("name", COMMANDS)
def test_too_little_memory_is_said_whatever_it_does_not_do_for(name: str, kilobytes: int, language: str) -> None:
    """To import Python's own modules, or the engine, to start it, to work: status 2, one line, and no traceback."""
    done = with_addresses(kilobytes, *COMMANDS[name], "--lang", language)
    if name == "validate" and kilobytes > 50_000:  # it needs no engine
        assert (0, "") == (done.returncode, done.stderr)
    else:
        assert (2, "", NOT_ENOUGH[language]) == (done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep to `ulimit -v`")
@pytest.mark.parametrize("kilobytes", [300_000, 350_000, 400_000, 500_000, 700_000, 900_000])
def test_a_month_is_scored_with_few_addresses(kpicard: Run, kilobytes: int) -> None:
    """The engine then starts no more threads than there is room for, and the cards are the same."""
    done = with_addresses(kilobytes, *COMMANDS["score"])
    assert (0, "") == (done.returncode, done.stderr)
    assert kpicard(*COMMANDS["score"], cwd=ROOT).stdout == done.stdout


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MemoryError(), True),
        (OSError(12, "Cannot allocate memory"), True),
        (OSError(2, "No such file or directory"), False),
        (ImportError("x.so: failed to map segment from shared object"), True),
        (ModuleNotFoundError("No module named 'xlrd'"), False),
        (RuntimeError("can't start new thread"), True),
        (RuntimeError("Query interrupted"), False),
        (duckdb.OutOfMemoryException("Out of Memory Error: ..."), True),
        (duckdb.InternalException("std::bad_alloc"), True),
        (duckdb.ConversionException("Could not convert string 'bad alloc' to DECIMAL"), False),
        (ValueError("bad allocation"), False),
    ],
)
def test_what_comes_from_the_lack_of_memory_is_known(error: Exception, expected: bool) -> None:
    """By itself, or as the cause of another error."""
    assert expected == lacks_memory(error)
    other = ValueError("of another kind")
    other.__cause__ = error
    assert expected == lacks_memory(other)


def test_a_limit_beyond_every_machine_limits_nothing(kpicard: Run) -> None:
    """It is a size, if one that nobody needs."""
    done = kpicard("score", "examples/2026-10.csv", "--memory-limit", "999999999TB", "--format", "csv", cwd=ROOT)
    assert (0, kpicard("score", "examples/2026-10.csv", "--format", "csv", cwd=ROOT).stdout) == (
        done.returncode,
        done.stdout,
    )
