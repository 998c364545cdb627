"""`kpicard score --output cards/`: a folder is written only where it is new, empty or kpicard's own."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kpicard.manifest import INDEXES, MANIFEST, InTheWay, Replaced, owned, write_folder

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
INDEX = INDEXES[0]
ROLES = ["--roles", str(ROOT / "roles")]
SEPTEMBER, OCTOBER = (str(ROOT / "examples" / f"2026-{month}.csv") for month in ("09", "10"))

posix = pytest.mark.skipif(os.name == "nt", reason="links and permissions as POSIX has them")


def write(folder: Path, *, force: bool = False, **texts: str) -> Replaced | InTheWay:
    """Write a folder of cards: `a="x"` is a card of A with the text x; the index names them all."""
    files = {f"2026-10-clerk-{name}.md": text for name, text in texts.items()}
    files[INDEX] = " ".join(files)
    return write_folder(folder, {name: partial(_put, text) for name, text in files.items()}, force=force)


def _put(text: str, path: Path) -> None:
    path.write_text(text)


def card(name: str) -> str:
    return f"2026-10-clerk-{name}.md"


def texts(folder: Path) -> dict[str, str]:
    """Return what stands in a folder and below it, without kpicard's list."""
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    """A folder of two cards, beside a file that must not be touched."""
    (tmp_path / "other.md").write_text("mine")
    assert Replaced() == write(tmp_path / "cards", a="1", b="2")
    return tmp_path / "cards"


# The command


def test_a_rerun_replaces_its_own_cards_and_says_what_it_did(kpicard: Run, tmp_path: Path) -> None:
    """The month before is removed, what somebody put there stays, in both languages."""
    done = kpicard("score", SEPTEMBER, *ROLES, "--output", "cards/", cwd=tmp_path)
    assert (0, "", "Wrote 24 cards to cards/\n") == (done.returncode, done.stdout, done.stderr)
    (tmp_path / "cards" / "notes.txt").write_text("mine")
    done = kpicard("score", OCTOBER, *ROLES, "--output", "cards", "--lang", "zh", cwd=tmp_path)
    said = done.stderr.splitlines()
    assert (0, "已将 24 张考核表写入 cards/") == (done.returncode, said[0])
    assert said[1].startswith("已从 cards/ 删除本次没有的旧考核表（24 个）：2026-09-E001-邵文博.md、")
    names = {file.name for file in (tmp_path / "cards").iterdir()}
    assert (24, {"notes.txt", INDEX, MANIFEST}) == (
        len([name for name in names if name.startswith("2026-10-")]),
        {name for name in names if not name.startswith("2026-10-")},
    )


def test_the_folder_of_somebody_else_is_refused_before_any_work(kpicard: Run, tmp_path: Path) -> None:
    """Status 2, how to go on, and nothing is changed; `--force` overwrites what has the same name, and no more."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.md").write_text("mine")
    (site / "about.md").write_text("mine too")
    done = kpicard("score", "nowhere.csv", *ROLES, "--output", "site/", cwd=tmp_path)
    said = (
        "Error: site/ has files that kpicard did not write: about.md, index.md. Name another folder, or add --force: "
        "it overwrites files of the same name, and removes nothing. A folder of cards from an earlier version of "
        "kpicard needs --force once\n"
    )
    assert (2, "", said) == (done.returncode, done.stdout, done.stderr)
    assert {"index.md": "mine", "about.md": "mine too"} == texts(site)
    done = kpicard("score", OCTOBER, *ROLES, "--output", "site/", "--force", cwd=tmp_path)
    assert (0, "Wrote 24 cards to site/\n") == (done.returncode, done.stderr)
    assert "mine too" == texts(site)["about.md"]
    assert texts(site)["index.md"].startswith("# Scorecards")
    assert 0 == kpicard("score", OCTOBER, *ROLES, "--output", "site/", cwd=tmp_path).returncode


def test_a_card_that_was_edited_is_said(kpicard: Run, tmp_path: Path) -> None:
    """It is not overwritten; where the run has no such card, it is kept."""
    words = ("score", OCTOBER, *ROLES, "--employee", "E017", "--output", "cards/")
    assert "Wrote 1 card to cards/\n" == kpicard(*words, cwd=tmp_path).stderr
    edited = tmp_path / "cards" / "2026-10-E017-陈思琪.md"
    edited.write_text("edited")
    done = kpicard(*words, "--lang", "zh", cwd=tmp_path)
    said = f"错误：cards/ 中的文件在 kpicard 写入后被修改过：{edited.name}。请将其移走，或加上 --force 覆盖\n"
    assert (2, said) == (done.returncode, done.stderr)
    other = ["E018" if word == "E017" else word for word in words]
    done = kpicard(*other, cwd=tmp_path)
    said = "Kept in cards/, though not in its index, since they were edited (1): "
    assert (0, f"Wrote 1 card to cards/\n{said}{edited.name}\n") == (done.returncode, done.stderr)
    assert "edited" == edited.read_text()


def test_every_output_says_what_was_written(kpicard: Run, tmp_path: Path) -> None:
    """On standard error, whatever the format; standard output stays empty."""
    shutil.copy(ROOT / "examples" / "2026-10.csv", tmp_path)
    shutil.copytree(ROOT / "roles", tmp_path / "after")
    impact = ["--before", str(ROOT / "roles"), "--after", "after"]
    one = ["2026-10.csv", *ROLES, "--employee", "E017"]
    expected = {
        ("score", *one, "--output", "a.html"): "Wrote 1 card to a.html\n",
        ("score", "2026-10.csv", *ROLES, "--output", "a.csv"): "Wrote 24 cards to a.csv\n",
        ("score", "2026-10.csv", *ROLES, "--output", "a.json", "--lang", "zh"): "已将 24 张考核表写入 a.json\n",
        ("explain", *one, "--output", "a.md"): "Wrote 1 card to a.md\n",
        ("summary", *one, "--output", "b.md"): "Wrote the report to b.md\n",
        ("trend", *one, "--output", "c.csv", "--lang", "zh"): "已将报告写入 c.csv\n",
        ("impact", "2026-10.csv", *impact, "--output", "d.md"): "Wrote the report to d.md\n",
        ("template", "--period", "2026-10", *ROLES, "--output", "e.csv"): "Wrote a template of 28 rows to e.csv\n",
    }
    for words, said in expected.items():
        done = kpicard(*words, cwd=tmp_path)
        assert (0, "", said) == (done.returncode, done.stdout, done.stderr)


# What belongs to whom


def test_a_new_and_an_empty_folder_are_written(tmp_path: Path) -> None:
    """What systems leave in any folder does not count, nor what a killed run left."""
    (tmp_path / "empty").mkdir()
    for name in (".DS_Store", "Thumbs.db"):
        (tmp_path / "empty" / name).write_text("")
    (tmp_path / "empty" / ".kpicard-unfinished-0123").mkdir()
    for folder in (tmp_path / "new" / "one", tmp_path / "empty"):
        assert Replaced() == write(folder, a="1")
        assert "1" == texts(folder)[card("a")]


def test_the_list_names_the_files_and_their_hashes(cards: Path) -> None:
    """The same cards give the same bytes: no time, no path."""
    hashes = {card("a"): "1", card("b"): "2", INDEX: f"{card('a')} {card('b')}"}
    expected = {name: [hashlib.sha256(text.encode()).hexdigest()] for name, text in hashes.items()}
    first = (cards / MANIFEST).read_bytes()
    assert {"format": "kpicard.folder/1", "files": expected} == json.loads(first)
    assert [*expected] == [*json.loads(first)["files"]]
    assert Replaced() == write(cards, a="1", b="2")
    assert first == (cards / MANIFEST).read_bytes()


def test_only_own_cards_that_nobody_edited_are_removed(cards: Path) -> None:
    """An edited one is kept as often as it takes, one that is gone is forgotten, and others' files are not touched."""
    assert Replaced() == write(cards, a="1", b="2", c="3", d="4")
    (cards / card("b")).write_text("edited")
    (cards / card("c")).unlink()
    (cards / card("z")).write_text("foreign")
    for _ in range(2):
        found = write(cards, a="new")
        assert isinstance(found, Replaced)
        assert (card("b"),) == found.kept
        assert {"foreign", "edited"} == {texts(cards)[card("z")], texts(cards)[card("b")]}
    assert [card("a"), card("b"), card("z"), INDEX] == [*texts(cards)]
    (cards / card("b")).write_text("2")
    assert Replaced((card("b"),), ()) == write(cards, a="new")


def test_what_has_the_same_name_is_overwritten_with_force_only(cards: Path) -> None:
    """Whether it is another's or was edited; and nothing is written at all otherwise."""
    (cards / card("c")).write_text("foreign")
    before = texts(cards)
    assert InTheWay("taken", (card("c"),)) == write(cards, a="new", c="3")
    (cards / card("c")).unlink()
    (cards / card("a")).write_text("edited")
    assert InTheWay("edited", (card("a"),)) == write(cards, a="new", c="3")
    (cards / card("c")).write_text("foreign")
    assert InTheWay("taken", (card("a"), card("c"))) == write(cards, a="new", c="3")
    assert {**before, card("a"): "edited", card("c"): "foreign"} == texts(cards)
    assert Replaced((), (card("b"),)) == write(cards, a="new", c="3", force=True)
    assert {card("a"): "new", card("b"): "2", card("c"): "3", INDEX: f"{card('a')} {card('c')}"} == texts(cards)
    assert Replaced((card("b"),), ()) == write(cards, a="new", c="3")


def test_a_file_that_appears_while_the_cards_are_written_is_kept(cards: Path) -> None:
    """It is seen once all cards are there, before any of them is put in its place."""

    def meanwhile(path: Path) -> None:
        path.write_text("3")
        (cards / card("c")).write_text("foreign")

    files = {card("c"): meanwhile, INDEX: lambda path: path.write_text("new")}
    before = texts(cards)
    assert InTheWay("taken", (card("c"),)) == write_folder(cards, files)
    assert {**before, card("c"): "foreign"} == texts(cards)


HASH = hashlib.sha256(b"mine").hexdigest()
HOSTILE = {
    "no-json": "{",
    "not-utf8": b"\xff\xfe",
    "empty": "",
    "deep": "[" * 100_000,
    "a-list": "[]",
    "a-number": "1e999",
    "other-format": json.dumps({"format": "kpicard.folder/2", "files": {}}),
    "no-files": json.dumps({"format": "kpicard.folder/1"}),
    "files-a-list": json.dumps({"format": "kpicard.folder/1", "files": ["index.md"]}),
    **{
        f"name-{number}": json.dumps({"format": "kpicard.folder/1", "files": {name: [HASH]}})
        for number, name in enumerate(
            (
                "../other.md",
                "../../other.md",
                "..",
                "/etc/passwd",
                "2026-10-clerk-a/../../../other.md",
                "2026-10-clerk-a\\..\\..\\other.md",
                "C:\\other.md",
                "2026-10-clerk-a.md:stream",
                "other.md",
                ".kpicard.json",
                "2026-10-clerk-a.md\n",
                "2026-10-clerk-\x00.md",
                "",
            )
        )
    },
    **{
        f"hash-{number}": json.dumps({"format": "kpicard.folder/1", "files": {"index.md": hashes}})
        for number, hashes in enumerate(([], "", HASH, [HASH[1:]], [HASH.upper()], [None], [[HASH]], 1, None))
    },
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_list_that_kpicard_did_not_write_deletes_nothing(cards: Path, text: str | bytes) -> None:
    """The folder is refused; with `--force` what has the same name is overwritten, and nothing is removed anywhere."""
    (cards / "other.md").write_text("mine")
    (cards / MANIFEST).write_bytes(text if isinstance(text, bytes) else text.encode())
    before = texts(cards.parent)
    assert InTheWay("list", (MANIFEST,)) == owned(cards) == write(cards, a="new")
    assert before == texts(cards.parent)
    assert Replaced() == write(cards, a="new", force=True)
    assert {**before, f"cards/{card('a')}": "new", f"cards/{INDEX}": card("a")} == texts(cards.parent)


@posix
def test_links_are_no_files_of_kpicards(cards: Path) -> None:
    """Neither one in place of a card, though it leads to the same text, nor one in place of the list is followed."""
    (cards.parent / "elsewhere").write_text("1")
    for stale in (False, True):
        (cards / card("a")).unlink(missing_ok=True)
        (cards / card("a")).symlink_to(cards.parent / "elsewhere")
        found = write(cards, b="2") if stale else write(cards, a="new", b="2")
        assert found == (Replaced((), (card("a"),)) if stale else InTheWay("edited", (card("a"),)))
        assert ("1", True) == ((cards.parent / "elsewhere").read_text(), (cards / card("a")).is_symlink())
    (cards / MANIFEST).rename(cards.parent / "list")
    (cards / MANIFEST).symlink_to("../list")
    assert InTheWay("list", (MANIFEST,)) == write(cards, b="3")
    (cards / MANIFEST).unlink()
    os.mkfifo(cards / MANIFEST)
    assert InTheWay("list", (MANIFEST,)) == write(cards, b="3")


@posix
def test_a_folder_may_be_a_link(tmp_path: Path, cards: Path) -> None:
    """What it leads to is the folder that counts."""
    (tmp_path / "link").symlink_to("cards")
    assert Replaced((card("a"),), ()) == write(tmp_path / "link", b="2")
    assert [card("b"), INDEX] == [*texts(cards)]
    assert (tmp_path / "link").is_symlink()


def test_a_file_is_no_folder_and_a_folder_no_card(cards: Path) -> None:
    """Said as what the system would say, and nothing is changed, whatever the force."""
    for force in (False, True):
        with pytest.raises(OSError, match=r"other\.md"):
            write(cards.parent / "other.md", a="1", force=force)
    (cards / card("c")).mkdir()
    before = texts(cards)
    assert InTheWay("taken", (card("c"),)) == write(cards, a="new", c="3")
    with pytest.raises(IsADirectoryError):
        write(cards, a="new", c="3", force=True)
    assert before == texts(cards)


@posix
@pytest.mark.parametrize("at", range(1, 9))
def test_a_run_that_breaks_off_at_any_step_can_be_run_again(
    cards: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Until then there is no index, unless all is as it was; afterwards all is as if nothing had happened."""
    before = texts(cards)
    steps = 0

    def breaking(real: Callable[..., object]) -> Callable[..., object]:
        def step(*words: object, **options: object) -> object:
            nonlocal steps
            steps += 1
            if steps == at:
                raise KeyboardInterrupt
            return real(*words, **options)

        return step

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", breaking(Path.replace))
        patched.setattr(Path, "unlink", breaking(Path.unlink))
        try:
            write(cards, b="new", c="3")
            was_stopped = False
        except KeyboardInterrupt:
            was_stopped = True
    if was_stopped:
        assert INDEX not in texts(cards) or before == texts(cards)
    again = write(cards, b="new", c="3")
    assert isinstance(again, Replaced)
    assert () == again.kept
    assert {card("b"): "new", card("c"): "3", INDEX: f"{card('b')} {card('c')}"} == texts(cards)
    assert steps >= at or not was_stopped
