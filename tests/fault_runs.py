"""The real command with something going wrong on the way: at a chosen step on files, by a signal or by a deed."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from kpicard.files import PREFIX

ROOT = Path(__file__).parent.parent
ROLES = str(ROOT / "roles")
MONTH = str(ROOT / "examples" / "2026-10.csv")
SEPTEMBER = str(ROOT / "examples" / "2026-09.csv")

_COPIES = tempfile.mkdtemp(prefix="kpicard-tests-")
atexit.register(shutil.rmtree, _COPIES, ignore_errors=True)
AFTER = str(shutil.copytree(ROLES, Path(_COPIES) / "roles"))
"""The same rules in another folder: before and after may not be one."""

SCORE = ("score", MONTH, "--roles", ROLES)

# What writes a file, by its ending or name.
WRITERS: Mapping[str, Sequence[str]] = {
    "out.md": (*SCORE, "--output", "out.md"),
    "out.txt": (*SCORE, "--output", "out.txt"),
    "out.html": (*SCORE, "--output", "out.html"),
    "out.json": (*SCORE, "--output", "out.json"),
    "out.csv": (*SCORE, "--output", "out.csv"),
    "out.parquet": (*SCORE, "--output", "out.parquet"),
    "out.xlsx": (*SCORE, "--output", "out.xlsx"),
    "out.svg": (*SCORE, "--output", "out.svg"),
    "year.csv": (*SCORE, "--by", "year", "--output", "year.csv"),
    "year.parquet": (*SCORE, "--by", "year", "--output", "year.parquet"),
    "summary.csv": ("summary", MONTH, "--roles", ROLES, "--output", "summary.csv"),
    "trend.md": ("trend", MONTH, SEPTEMBER, "--roles", ROLES, "--output", "trend.md"),
    "explain.json": ("explain", MONTH, "--roles", ROLES, "--employee", "E017", "--output", "explain.json"),
    "impact.md": ("impact", MONTH, "--before", ROLES, "--after", AFTER, "--output", "impact.md"),
    "fill-in.csv": ("template", "--period", "2026-11", "--roles", ROLES, "--output", "fill-in.csv", "--force"),
    "fill-in.xlsx": ("template", "--period", "2026-11", "--roles", ROLES, "--output", "fill-in.xlsx", "--force"),
}

# Steps on files are counted as Python announces them, and something is done at the given one: to the run or to a path.
_PROGRAM = """
import json, os, shutil, signal, sys
folders, at, deed, words = json.loads(sys.argv[1])
steps = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "open"}
seen = 0

def watch(event, arguments):
    global seen
    if event not in steps or seen < 0:
        return
    path = arguments[1] if event == "os.rename" else arguments[0]
    if not isinstance(path, str) or not os.path.abspath(path).startswith(tuple(folders)):
        return
    if ".kpicard-" not in path and os.path.abspath(path).startswith(folders[1]):
        return  # Python itself tries out where temporary files go
    seen += 1
    if seen == at:
        seen = -1
        if deed.startswith("SIG"):
            os.kill(os.getpid(), getattr(signal, deed))
        elif deed:
            shutil.rmtree(deed)

signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background of a script it would be ignored
sys.addaudithook(watch)
sys.argv[1:] = words
try:
    from kpicard.__main__ import main
    main()
finally:
    if not deed:
        print("steps", seen, file=sys.stderr)
"""


def run_disturbed(
    folder: Path, temporary: Path, words: Sequence[str], *, at: int, deed: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in `folder`; at its step number `at` on files in either folder, `deed` is a signal or removed."""
    told = json.dumps([[str(folder), str(temporary)], at, deed, list(words)])
    return subprocess.run(
        [sys.executable, "-c", _PROGRAM, told],
        cwd=folder,
        env=environment(temporary),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def steps_of(folder: Path, temporary: Path, words: Sequence[str]) -> int:
    """Return how many steps on files in these folders the command takes."""
    done = run_disturbed(folder, temporary, words, at=0, deed="")
    return int(done.stderr.splitlines()[-1].removeprefix("steps "))


def environment(temporary: Path) -> dict[str, str]:
    """Return the environment of a run in English with its own folder for temporary files."""
    return {**os.environ, "TMPDIR": str(temporary), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}


def command(*words: str, as_root: bool = True) -> list[str]:
    """Return the command line; unless `as_root`, permissions hold for it even where the tests run as root."""
    strict = [] if as_root or os.geteuid() else [str(shutil.which("setpriv")), "--bounding-set=-all"]
    return [*strict, sys.executable, "-m", "kpicard", *words]


def run(words: Sequence[str], folder: Path, temporary: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with nothing on its standard input."""
    return subprocess.run(
        words,
        cwd=folder,
        env=environment(temporary),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def names_in(folder: Path) -> set[str]:
    """Return what lies in a folder."""
    return {path.name for path in folder.iterdir()}


def content(folder: Path) -> dict[str, bytes]:
    """Return what stands in a folder, by the paths of the files; hidden leftovers of killed runs left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(PREFIX) for part in path.relative_to(folder).parts)
    }
