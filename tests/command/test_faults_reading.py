"""What is read is read whole and from one state of the file, or it is said why not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fault_runs import MONTH, ROLES, ROOT, command, environment

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes, links and permissions as POSIX has them")


@pytest.mark.parametrize(
    "suffix", [".csv", *(pytest.param(suffix, marks=pytest.mark.slow) for suffix in (".tsv", ".xlsx", ".parquet"))]
)
def test_a_file_that_changes_while_it_is_read_is_not_used(tmp_path: Path, suffix: str) -> None:
    """Whatever changes, and before whichever of the passes: no card is made of two states of the file."""
    pytest.importorskip({".xlsx": "xlsxwriter", ".parquet": "pyarrow"}.get(suffix, "kpicard"))
    words = [sys.executable, str(ROOT / "tests" / "changed_reads.py"), str(tmp_path), suffix]
    lines = subprocess.check_output(words, encoding="utf-8", timeout=300).splitlines()
    cases = [json.loads(line) for line in lines]
    untouched = [case for case in cases if not case["codes"]]
    assert len({tuple(case["scores"]) for case in untouched}) == 1
    assert len(untouched) == len({case["case"][0] for case in cases})  # the last of each, which was opened less often
    assert {("changed-while-read",)} == {tuple(case["codes"]) for case in cases if case["codes"]}
    assert all(not case["scores"] for case in cases if case["codes"])
    assert len(cases) >= 2 * len(untouched)


def _run(*words: str, cwd: Path, as_root: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words, as_root=as_root),
        cwd=cwd,
        env=environment(cwd),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_files_that_may_not_be_read_are_said(tmp_path: Path) -> None:
    """A month, a month in a folder, and a role: each by its path, and no card is made without it in silence."""
    if not os.geteuid() and not shutil.which("setpriv"):
        pytest.skip("to root nothing is forbidden")
    shutil.copy(MONTH, tmp_path / "2026-10.csv")
    shutil.copytree(ROLES, tmp_path / "roles")
    (tmp_path / "2026-10.csv").chmod(0)
    (tmp_path / "roles" / "customer-service.yaml").chmod(0)
    done = _run("score", "2026-10.csv", MONTH, "--format", "json", cwd=tmp_path, as_root=False)
    report = json.loads(done.stdout)
    assert 1 == done.returncode
    found = {(each["path"], each["code"]) for each in report["problems"]}
    assert {("2026-10.csv", "unreadable-file"), ("roles/customer-service.yaml", "unreadable-file")} <= found
    assert {"customer-service"}.isdisjoint(card["role"] for card in report["cards"])
    assert report["cards"]


def test_what_is_no_file_is_said_or_read_once(tmp_path: Path) -> None:
    """An empty device, a folder with the name of a file, a circle of links, a pipe."""
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "circle.csv").symlink_to("circle.csv")
    shutil.copy(MONTH, tmp_path / "real.csv")
    (tmp_path / "link.csv").symlink_to("real.csv")
    for path, status, said in (
        ("/dev/null", 1, "the file is empty"),
        ("folder.csv", 1, "the folder has no file of actuals"),
        ("circle.csv", 2, "there is no such file or folder"),
        ("link.csv", 0, ""),
    ):
        done = _run("score", path, "--period", "2026-10", "--roles", ROLES, cwd=tmp_path)
        assert status == done.returncode
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    os.mkfifo(tmp_path / "pipe")
    words = command("score", "pipe", "--period", "2026-10", "--roles", ROLES, "--format", "csv")
    with subprocess.Popen(words, cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.PIPE) as process:
        (tmp_path / "pipe").write_bytes(Path(MONTH).read_bytes())
        out, _ = process.communicate(timeout=60)
    assert _run("score", MONTH, "--roles", ROLES, "--format", "csv", cwd=tmp_path).stdout == out.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such device")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("score", "/dev/zero"), "/dev/zero: error: kpicard cannot read it: it is no ordinary file [unreadable-file]"),
        (("score", "/dev/zero", "--lang", "zh"), "/dev/zero: 错误: 无法读取：不是普通文件 [unreadable-file]"),
        (("validate", "/dev/zero"), "/dev/zero: error: the file is larger than 1 MiB [too-large]"),
    ],
)
def test_a_device_without_an_end_is_refused(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """It would be copied until the disk is full."""
    done = _run(*words, cwd=tmp_path)
    assert 1 == done.returncode
    assert said in (done.stderr or done.stdout).splitlines()


def test_a_pipe_among_the_rules_is_not_waited_for(tmp_path: Path) -> None:
    """It is refused like every file that cannot be read; cards of other roles come as ever."""
    shutil.copytree(ROLES, tmp_path / "roles")
    shutil.copy(MONTH, tmp_path / "2026-10.csv")
    os.mkfifo(tmp_path / "roles" / "helper.yaml")
    done = _run("score", "2026-10.csv", "--roles", "roles", cwd=tmp_path)
    assert 1 == done.returncode
    assert "roles/helper.yaml: error: kpicard cannot read it: it is no ordinary file [unreadable-file]" in done.stderr
    assert "Summary 2026-10" in done.stdout


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    """A folder is read for its files; what is something else there is said, and nobody needs to write into it."""
    shutil.copy(MONTH, tmp_path / "2026-10.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    done = _run("score", ".", "--roles", ROLES, "--format", "csv", cwd=tmp_path)
    assert 0 == done.returncode
    said = "pipe.csv: warning: this file may hold figures, but kpicard does not read files of this kind in a folder"
    assert said in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_names_in_another_encoding_are_names(tmp_path: Path, suffix: str) -> None:
    """A file called 中 in GBK, as old archives unpack it: read, and written, in a folder that is called so too."""
    folder = tmp_path / os.fsdecode(b"\xd6\xd0")
    folder.mkdir()
    shutil.copy(MONTH, folder / os.fsdecode(b"\xd6\xd0.csv"))
    there = os.fsdecode(b"\xd6\xd0/\xd6\xd0")
    words = ("score", f"{there}.csv", "--period", "2026-10", "--roles", ROLES, "--output", f"{there}-out{suffix}")
    assert 0 == _run(*words, cwd=tmp_path).returncode
    again = ("score", MONTH, "--roles", ROLES, "--output", f"plain{suffix}")
    assert 0 == _run(*again, cwd=tmp_path).returncode
    assert (tmp_path / f"plain{suffix}").read_bytes() == (tmp_path / f"{there}-out{suffix}").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_folder_for_temporary_files_that_the_engine_cannot_name_is_told(tmp_path: Path) -> None:
    """Without a traceback; nothing is left in it."""
    temporary = tmp_path / os.fsdecode(b"\xd6\xd0")
    temporary.mkdir()
    words = command("score", MONTH, "--roles", ROLES)
    done = subprocess.run(words, cwd=tmp_path, env=environment(temporary), capture_output=True, check=False)
    said = "Error: cannot write: the name of the folder for temporary files (TMPDIR) is no UTF-8\n"
    assert (2, said) == (done.returncode, done.stderr.decode())
    assert [] == list(temporary.iterdir())
