"""What is written is complete or not there at all, whatever goes wrong: the old file or the new one, never half."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import kpicard
from kpicard.engines.duckdb import connect
from kpicard.files import PREFIX, own_folder
from tests.fault_runs import (
    MONTH,
    ROLES,
    SCORE,
    WRITERS,
    command,
    content,
    environment,
    names_in,
    run,
    run_disturbed,
    steps_of,
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals, links and permissions as POSIX has them")

KILLS = int(os.environ.get("KPICARD_KILLS", "8"))
"""How many runs are killed at random moments, and at most at chosen steps of each command."""

OLD = b"of last month"
LIST = "cards/.kpicard.json"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with very little room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = [str(shutil.which("mount")), "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield folder
    subprocess.run([str(shutil.which("umount")), str(folder)], check=True)


def _fill(disk: Path, kilobytes_left: int) -> None:
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "fill").write_bytes(bytes(max(0, free - 1024 * kilobytes_left)))


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_leaves_the_old_file(disk: Path, temporary: Path, name: str) -> None:
    """Exit status 2 and one line that says why; nothing else lies there afterwards."""
    (disk / name).write_bytes(OLD)
    _fill(disk, 4 if name in {"out.md", "out.csv", "out.html", "out.parquet"} else 0)
    done = run(command(*WRITERS[name]), disk, temporary)
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.splitlines()[-1] == f"Error: cannot write {name}: No space left on device"
    assert "Traceback" not in done.stderr
    assert {name, "fill"} == names_in(disk)
    assert (disk / name).read_bytes() == OLD
    assert set() == names_in(temporary)


@pytest.mark.parametrize("left", [4, 48])
def test_a_full_disk_leaves_a_folder_of_cards_as_it_was(disk: Path, temporary: Path, left: int) -> None:
    """No card is replaced where there is no room for all of them, and a new folder is not begun."""
    _fill(disk, left)
    done = run(command(*SCORE, "--output", "cards/"), disk, temporary)
    assert (2, "Error: cannot write cards/: No space left on device\n") == (done.returncode, done.stderr)
    assert {"fill"} == names_in(disk)


def test_a_full_disk_leaves_nothing_of_a_new_department(disk: Path, temporary: Path) -> None:
    """`init` writes all of its files or none, and makes no folders for none."""
    _fill(disk, 12)
    done = run(command("init", "shop/here"), disk, temporary)
    assert (2, "Error: cannot write shop/here: No space left on device\n") == (done.returncode, done.stderr)
    assert {"fill"} == names_in(disk)


def test_a_full_disk_is_not_taken_for_a_fault_of_the_file_that_is_copied_there(disk: Path, tmp_path: Path) -> None:
    """A file in another encoding is read from a copy: its permissions are not what is to be fixed."""
    text = Path(MONTH).read_text("utf-8") + "\n" * 100_000
    (tmp_path / "2026-10.csv").write_bytes(text.encode("gb18030"))
    done = run(command("score", "2026-10.csv", "--roles", ROLES), tmp_path, disk)
    assert 1 == done.returncode
    assert done.stderr.splitlines()[:2] == [
        "2026-10.csv: error: kpicard cannot read it: No space left on device [unreadable-file]",
        f"  there is no space for a copy of it: free disk space in the folder for temporary files (TMPDIR), {disk}",
    ]
    assert set() == names_in(disk)


@pytest.mark.parametrize("write", ["write_csv", "write_parquet"])
def test_the_library_leaves_the_old_file_on_a_full_disk(disk: Path, write: str) -> None:
    """It raises the error that the system gave."""
    result = kpicard.score(kpicard.load(ROLES).rules, MONTH)
    (disk / "out").write_bytes(OLD)
    _fill(disk, 4)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as caught:
        getattr(result, write)(disk / "out")
    assert errno.ENOSPC == caught.value.errno
    assert {"out", "fill"} == names_in(disk)
    assert (disk / "out").read_bytes() == OLD


def test_a_full_disk_behind_standard_output_is_said(temporary: Path) -> None:
    for words in ((*SCORE, "--format", "csv"), (*SCORE, "--format", "xlsx"), ("schema", "role")):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            done = subprocess.run(
                command(*words), stdout=full, stderr=subprocess.PIPE, env=environment(temporary), check=False
            )
        assert 2 == done.returncode
        assert done.stderr.startswith(b"Error: cannot write")
        assert b"\n" == done.stderr[-1:]
        assert 1 == done.stderr.count(b"\n")
    assert set() == names_in(temporary)


@pytest.mark.parametrize("name", ["out.csv", "out.json", "cards", "shop"])
def test_a_folder_that_may_not_be_written_is_said(work: Path, temporary: Path, name: str) -> None:
    if not os.geteuid() and not shutil.which("setpriv"):
        pytest.skip("to root nothing is forbidden")
    words = ("init", "shop", "--period", "2026-10") if name == "shop" else (*SCORE, "--output", name)
    (work / "out.csv").write_bytes(OLD)
    if name == "cards":
        words = (*words[:-1], "cards/")
    work.chmod(0o555)
    done = run(command(*words, as_root=False), work, temporary)
    work.chmod(0o755)
    assert (2, f"Error: cannot write {words[-1] if name != 'shop' else name}: Permission denied\n") == (
        done.returncode,
        done.stderr,
    )
    assert {"out.csv": OLD} == content(work)


def test_a_file_that_may_not_be_written_is_not_replaced(work: Path, temporary: Path) -> None:
    """Though its folder would allow it; and one that others may not read stays so."""
    if not os.geteuid() and not shutil.which("setpriv"):
        pytest.skip("to root nothing is forbidden")
    for name in ("out.csv", "out.md"):
        (work / name).write_bytes(OLD)
        (work / name).chmod(0o444)
        done = run(command(*WRITERS[name], as_root=False), work, temporary)
        assert (2, f"Error: cannot write {name}: Permission denied\n") == (done.returncode, done.stderr)
        assert (work / name).read_bytes() == OLD
        (work / name).chmod(0o600)
        assert 0 == run(command(*WRITERS[name], as_root=False), work, temporary).returncode
        assert 0o600 == (work / name).stat().st_mode & 0o777
        assert (work / name).read_bytes() != OLD
    assert {"out.csv", "out.md"} == names_in(work)


def test_a_link_is_written_through_and_stays(work: Path, temporary: Path) -> None:
    """Also one that leads to a file that is not there yet; a circle of links is said."""
    (work / "there").mkdir()
    (work / "there" / "old.csv").write_bytes(OLD)
    (work / "out.csv").symlink_to("there/old.csv")
    (work / "out.md").symlink_to("there/new.md")
    for name in ("out.csv", "out.md"):
        assert 0 == run(command(*WRITERS[name]), work, temporary).returncode
        assert (work / name).is_symlink()
        assert (work / name).read_bytes() not in {OLD, b""}
    assert {"new.md", "old.csv"} == names_in(work / "there")
    (work / "out.json").symlink_to("out.json")
    done = run(command(*WRITERS["out.json"]), work, temporary)
    assert (2, "Error: cannot write out.json: Too many levels of symbolic links\n") == (done.returncode, done.stderr)


def test_links_in_a_folder_of_cards_stay(work: Path, temporary: Path, tmp_path: Path) -> None:
    """The index may be a link, and the folder itself too."""
    (work / "real").mkdir()
    (work / "cards").symlink_to("real")
    (work / "real" / "index.md").symlink_to(tmp_path / "index-elsewhere.md")
    assert 0 == run(command(*SCORE, "--output", "cards/", "--force"), work, temporary).returncode
    assert (work / "cards").is_symlink()
    assert (work / "real" / "index.md").is_symlink()
    assert (tmp_path / "index-elsewhere.md").read_text("utf-8").startswith("# Scorecards")


@pytest.mark.parametrize("format_", ["csv", "xlsx", "markdown"])
def test_pipes_and_devices_get_the_report(work: Path, temporary: Path, format_: str) -> None:
    """A named pipe, and standard output by its name."""
    os.mkfifo(work / "pipe")
    words = command(*SCORE, "--format", format_, "--output")
    with subprocess.Popen([*words, "pipe"], cwd=work, env=environment(temporary)) as process:
        through_pipe = (work / "pipe").read_bytes()
    assert 0 == process.returncode
    by_name = subprocess.check_output([*words, "/dev/stdout"], cwd=work, env=environment(temporary))
    straight = subprocess.check_output(words[:-1], cwd=work, env=environment(temporary))
    assert straight == through_pipe == by_name
    assert {"pipe"} == names_in(work)


def test_standard_input_is_never_overwritten(work: Path, temporary: Path) -> None:
    """`kpicard score - --output month.csv <month.csv` would lose the month."""
    shutil.copy(MONTH, work / "month.csv")
    with (work / "month.csv").open("rb") as month:
        done = subprocess.run(
            command("score", "-", "--roles", ROLES, "--output", "month.csv"),
            stdin=month,
            cwd=work,
            env=environment(temporary),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert 2 == done.returncode
    assert "'month.csv' holds the actuals, and would be overwritten" in done.stderr
    assert (work / "month.csv").read_bytes() == Path(MONTH).read_bytes()


@pytest.mark.parametrize("name", ["out.csv", "out.md", "summary.csv", "trend.md", "explain.json", "impact.md"])
def test_an_old_report_is_not_replaced_by_none(work: Path, temporary: Path, name: str) -> None:
    """A misspelled file gives no card: what was written before stays."""
    (work / name).write_bytes(OLD)
    words = ["2026-01.csv" if word == MONTH else word for word in WRITERS[name] if "2026-09" not in word]
    done = run(command(*words), work, temporary)
    assert (2, "") == (done.returncode, done.stdout)
    assert "2026-01.csv: error: there is no such file or folder" in done.stderr
    assert done.stderr.endswith(f"{name} is left as it was: there is no card to write.\n")
    assert {name: OLD} == content(work)


@pytest.mark.parametrize("name", ["out.csv", "out.html", "cards"])
def test_a_folder_that_is_removed_meanwhile_is_said(work: Path, temporary: Path, name: str) -> None:
    """Just before the new file is put in its place."""
    target = work / "target"
    target.mkdir()
    output = f"target/{name}" + ("/" if name == "cards" else "")
    words = (*SCORE, "--output", output)
    steps = steps_of(work, temporary, words)
    shutil.rmtree(target)
    for at in (steps // 2, steps - 3):
        target.mkdir()
        done = run_disturbed(work, temporary, words, at=at, deed=str(target))
        assert done.returncode in {0, 2}
        assert "Traceback" not in done.stderr
        assert done.returncode == 0 or f"Error: cannot write {output}: No such file" in done.stderr
        shutil.rmtree(target, ignore_errors=True)
    assert set() == names_in(temporary)


def _with_old(work: Path, new: dict[str, bytes]) -> dict[str, bytes]:
    """Put files of last month in the place of new ones, where they would be replaced."""
    shutil.rmtree(work)
    work.mkdir()
    if any(name.startswith("shop") for name in new):
        return {}
    old = dict.fromkeys(new, OLD)
    if LIST in old:
        names = [name.removeprefix("cards/") for name in new if name != LIST] + ["2026-09-clerk-stale.md"]
        files = {name: [hashlib.sha256(OLD).hexdigest()] for name in names}
        old |= {
            "cards/2026-09-clerk-stale.md": OLD,
            LIST: json.dumps({"format": "kpicard.folder/1", "files": files}).encode(),
        }
    for name, text in old.items():
        (work / name).parent.mkdir(exist_ok=True)
        (work / name).write_bytes(text)
    return old


def _assert_old_or_new(found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Of one file, all is old or all is new; so it is of a folder of cards if it has its index.

    Without its index, its list names the files of both.
    """
    assert set(found) <= {*old, *new}
    assert all(text in {old.get(name), new.get(name)} for name, text in found.items() if name != LIST)
    if "cards/index.md" in found or len(new) == 1:
        assert found in (old, new)


@pytest.mark.parametrize("name", ["out.json", "out.parquet", "cards/", "shop"])
def test_a_run_that_is_stopped_at_any_step_leaves_the_old_or_the_new(work: Path, temporary: Path, name: str) -> None:
    """Only a killed one leaves a hidden folder, which the next run takes away."""
    words = ("init", "shop", "--period", "2026-10") if name == "shop" else (*SCORE, "--output", name)
    steps = steps_of(work, temporary, words)
    new = content(work)
    chance = random.Random(name)  # noqa: S311 - the same ones each time
    for at in chance.sample(range(1, steps + 1), min(KILLS // 2, steps)):
        old = _with_old(work, new)
        told = chance.choice(["SIGKILL", "SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"])
        done = run_disturbed(work, temporary, words, at=at, deed=told)
        assert "Traceback" not in done.stderr
        _assert_old_or_new(content(work), old, new)
        if told == "SIGKILL":
            assert -signal.SIGKILL == done.returncode
            for folder in filter(Path.is_dir, (work, work / name, temporary)):
                with own_folder(folder):
                    pass
            if name == "cards/":
                assert 0 == run(command(*words), work, temporary).returncode
                assert new == content(work)
        else:
            was_done = done.returncode == 0 and content(work) == new  # and only tidied up
            assert was_done or 128 + signal.Signals[told] == done.returncode
            assert words[0] != "init" or content(work) in ({}, new)
        assert [] == [*work.rglob(f"{PREFIX}*"), *temporary.iterdir()]


def test_runs_that_are_killed_at_random_leave_the_old_or_the_new(work: Path, temporary: Path) -> None:
    """`KPICARD_KILLS=200` for as many; afterwards one run takes away all that they left."""
    names = ["out.csv", "out.json", "out.html", "out.parquet"]
    started = time.monotonic()
    for name in names:
        assert 0 == run(command(*WRITERS[name]), work, temporary).returncode
    took = (time.monotonic() - started) / len(names)
    new = content(work)
    chance = random.Random(7)  # noqa: S311 - the same ones each time
    for number in range(KILLS):
        name = names[number % len(names)]
        (work / name).write_bytes(OLD)
        with subprocess.Popen(command(*WRITERS[name]), cwd=work, env=environment(temporary)) as process:
            time.sleep(chance.uniform(0, 1.1 * took))
            process.kill()
        assert (work / name).read_bytes() in {OLD, new[name]}
        assert set(names) == set(content(work))
    assert 0 == run(command(*WRITERS["out.csv"]), work, temporary).returncode
    assert set(names) == names_in(work)
    assert not any(path.name.startswith(PREFIX) for path in temporary.iterdir())


def test_a_folder_in_use_is_not_taken_for_one_that_was_left(tmp_path: Path) -> None:
    """Nor is one that only looks like it."""
    (tmp_path / ".kpicard-mine").mkdir()
    (tmp_path / ".kpicard-mine" / "letter").write_text("dear", "utf-8")
    with own_folder(tmp_path) as first, own_folder(tmp_path) as second:
        assert {first.name, second.name, ".kpicard-mine"} == names_in(tmp_path)
        assert 0o700 == first.stat().st_mode & 0o777
    assert {".kpicard-mine"} == names_in(tmp_path)


def test_each_database_spills_into_a_folder_that_nobody_else_can_look_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once would write over each other's files, and the files hold what people earn."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    first, second = connect(), connect()
    folders = {
        Path(each.execute("SELECT current_setting('temp_directory')").fetchall()[0][0]) for each in (first, second)
    }
    assert folders == set(tmp_path.iterdir())
    assert 2 == len(folders)
    assert all(folder.stat().st_mode & 0o777 == 0o700 for folder in folders)
    del first, second
    assert set() == names_in(tmp_path)
