"""`kpicard score --output`: files and folders, and texts that try to be more than text."""

from __future__ import annotations

import csv
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

LIST = ".kpicard.json"
DATA = Path(__file__).parents[1] / "data"
ROLES = ["--roles", str(DATA / "roles")]
ODD = [
    "../../etc/passwd",
    "/etc/passwd",
    "CON",
    "nul.txt",
    "x" * 300,
    "x" * 299 + "y",
    "张" * 200,
    "a/b",
    "a\\b",
    "a b",
    "a_b",
    "A_B",
    "..",
    ".",
    "E1 ",
    "index",
    "#?%20&",
    "](x)",
    "-",
    "a\nb",
    "'; DROP TABLE card",
    "\u202eE1",
    "E1.",
]


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """A file with a perfect card for every odd employee."""
    file = tmp_path / "odd.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = [("2026-10", each, "support", "30", "90") for each in ODD]
        csv.writer(stream).writerows([("period", "employee", "role", "speed", "quality"), *rows])
    return file


def test_the_suffix_chooses_the_report(kpicard: Run, tmp_path: Path) -> None:
    """A file gets what standard output would have had; standard output stays empty."""
    for suffix, format_ in {".md": "markdown", ".json": "json", ".csv": "csv", ".txt": "terminal"}.items():
        name = f"out{suffix}"
        done = kpicard("score", DATA / "2026-10.csv", *ROLES, "--output", name, cwd=tmp_path)
        shown = kpicard("score", DATA / "2026-10.csv", *ROLES, "--format", format_, cwd=tmp_path)
        assert (1, "") == (done.returncode, done.stdout)
        assert shown.stdout == (tmp_path / name).read_text("utf-8")
    assert {"out.md", "out.json", "out.csv", "out.txt"} == {file.name for file in tmp_path.iterdir()}


def test_the_format_goes_before_the_suffix(kpicard: Run, tmp_path: Path) -> None:
    """`--format` is what was said in so many words."""
    kpicard("score", DATA / "2026-10.csv", *ROLES, "--output", "out.md", "--format", "json", cwd=tmp_path)
    assert (tmp_path / "out.md").read_text("utf-8").startswith('{\n  "format": "kpicard.scorecards/1"')


def test_a_folder_has_a_file_per_card_whatever_people_are_called(kpicard: Run, tmp_path: Path, month: Path) -> None:
    """No card is outside the folder, overwrites another or has a name that a file system refuses."""
    done = kpicard("score", month, *ROLES, "--output", "cards/", cwd=tmp_path)
    assert (0, "") == (done.returncode, done.stdout)
    assert ["alike-ids", *["hidden-character"] * 2] == re.findall(r"\[([a-z-]+)\]$", done.stderr, re.MULTILINE)
    assert {"odd.csv", "cards"} == {file.name for file in tmp_path.iterdir()}
    files = {file.name for file in (tmp_path / "cards").iterdir()} - {LIST}
    assert len({each.strip() for each in ODD}) + 1 == len({name.casefold() for name in files})
    for name in files:
        assert len(name.encode()) <= 255
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
        assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", name)
        assert not name.startswith(("-", "."))


def test_the_index_links_every_card(kpicard: Run, tmp_path: Path, month: Path) -> None:
    """Each link of the index leads to a file, and each file is linked."""
    kpicard("score", month, *ROLES, "--output", "cards/", cwd=tmp_path)
    files = {file.name for file in (tmp_path / "cards").iterdir()} - {LIST}
    links = re.findall(r"(?<!\\)\]\(([^)]*)\)", (tmp_path / "cards" / "index.md").read_text("utf-8"))
    assert files - {"index.md"} == {unquote(link) for link in links}
    assert len(files) - 1 == len(links)


def test_a_path_that_cannot_be_written_is_said(kpicard: Run, tmp_path: Path) -> None:
    """Exit status 2 and one line that names the path; nothing is left behind."""
    (tmp_path / "file").write_text("mine", "utf-8")
    for output, said in (
        ("file/out.json", "cannot write file/out.json"),
        ("file/", "cannot write file/"),
        ("no/such/out.csv", "there is no folder no/such"),
    ):
        done = kpicard("score", DATA / "2026-10.csv", *ROLES, "--output", output, cwd=tmp_path)
        assert (2, "") == (done.returncode, done.stdout)
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert {"file"} == {file.name for file in tmp_path.iterdir()}
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_an_existing_folder_needs_no_slash(kpicard: Run, tmp_path: Path) -> None:
    """`--output cards` where cards is a folder; another format than Markdown is refused there."""
    (tmp_path / "cards").mkdir()
    kpicard("score", DATA / "2026-10.csv", *ROLES, "--output", "cards", cwd=tmp_path)
    assert (tmp_path / "cards" / "index.md").exists()
    refused = kpicard("score", DATA / "2026-10.csv", *ROLES, "--output", "cards", "--format", "csv", cwd=tmp_path)
    assert refused.returncode == 2


def test_an_empty_output_is_wrong_use(kpicard: Run, tmp_path: Path) -> None:
    """An unset shell variable after `--output` writes no files into this folder."""
    done = kpicard("score", DATA / "2026-10.csv", *ROLES, "--output", "", cwd=tmp_path)
    assert [] == list(tmp_path.iterdir())
    assert done.returncode == 2


def test_the_actuals_are_never_overwritten(kpicard: Run, tmp_path: Path) -> None:
    """An output that is one of the files to score is refused."""
    file = tmp_path / "2026-10.csv"
    file.write_bytes((DATA / "2026-10.csv").read_bytes())
    done = kpicard("score", "2026-10.csv", *ROLES, "--output", "2026-10.csv", cwd=tmp_path)
    assert (DATA / "2026-10.csv").read_bytes() == file.read_bytes()
    assert done.returncode == 2
