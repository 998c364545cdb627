"""A repository of git as far as rules need it: commits by name, folders and files by path."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from kpicard.cards.impact.git import Answer, read_store, run_git

_LINK: Final = "120000"
_LONGEST_PATH: Final = 4096
_LARGEST_FOLDER: Final = 8 * 1024 * 1024
_MOST_LINKS: Final = 40
_MOST_NAMES: Final = 16 * 1024 * 1024
_BRANCH: Final = "refs/heads/"
_SHORT: Final = ("refs/heads/", "refs/tags/", "refs/remotes/")

# What is kept beside branches and tags: `main@{yesterday}`, `@{-1}`, `@{upstream}`, `ORIG_HEAD`.
_KEPT_BESIDE: Final = re.compile(r"((?:[^~^:{}]*@\{[^{}]*\})+|[A-Z_]+_HEAD)(.*)", re.DOTALL)


class NotInCloneError(Exception):
    """An object that the repository names is not in its store, or cannot be read there."""

    def __init__(self, object_: str) -> None:
        super().__init__(object_)
        self.object = object_


class Entry(NamedTuple):
    """What stands in a folder of a commit: a file (`blob`), a folder (`tree`), or a submodule (`commit`)."""

    mode: str
    kind: str
    object: str
    name: str

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == _LINK


class Found(NamedTuple):
    """What stands at a path; for a submodule, where it is, and what of the path lies in it."""

    entry: Entry
    place: str
    rest: str = ""


@dataclass(frozen=True)
class Repository:
    """A repository, by its work tree. Every method raises OSError where git cannot be run."""

    top: Path
    common: Path
    """Where git keeps all that is no work tree's own."""
    stand_in: Path
    """An empty repository that is ours, has the same names, and by which the store is read."""

    def commit(self, revision: str) -> str | None:
        """Return the commit that a revision means, None where there is none. Raises NotInCloneError."""
        if revision.startswith("-") or not revision.isprintable():
            return None
        named = self._kept_beside(revision) or self._object(revision)
        commit = named and self._object(f"{named}^{{commit}}")  # in two steps: `:/text` would take all for its text
        if named and not commit and not self.has(named) and revision != named and not self.is_shallow():
            raise NotInCloneError(named)
        return commit

    def _kept_beside(self, revision: str) -> str | None:
        matched = _KEPT_BESIDE.fullmatch(revision)
        answer = matched and run_git(self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", matched[1])
        return self._object(answer.text + matched[2]) if matched and answer and answer.status == 0 else None

    def _object(self, name: str) -> str | None:
        answer = self._read("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return answer.text if answer.status == 0 else None

    def _read(self, *arguments: str, given: Sequence[str] = (), most: int = _MOST_NAMES) -> Answer:
        asked = "".join(f"{each}\n" for each in given).encode()
        return read_store(self.stand_in, self.common / "objects", *arguments, given=asked, most=most)

    def has(self, object_: str) -> bool:
        """Whether an object is in the store."""
        return self.sizes([object_]) != [None]

    def at(self, commit: str, path: str) -> Found | None:
        """Return what stands at a path in a commit; links are followed as long as they stay in it.

        Raises NotInCloneError.
        """
        trees = [Entry("040000", "tree", self._tree(commit), "")]
        steps = path.split("/")[::-1]
        links = 0
        while steps:
            step = steps.pop()
            if step in {"", "."}:
                continue
            if step == "..":
                trees.pop()
                if not trees:
                    return None
                continue
            entry = next((each for each in self.entries(trees[-1]) if each.name == step), None)
            if entry is None:
                return None
            if entry.is_link:
                links += 1
                target = self._text(entry.object, _LONGEST_PATH)
                if target is None or target.startswith("/") or links > _MOST_LINKS:
                    return None
                steps += target.split("/")[::-1]
                continue
            trees.append(entry)
            if entry.kind == "commit":
                break
        place = "/".join(tree.name for tree in trees[1:])
        return Found(trees[-1], place, "/".join(steps[::-1]))

    def _tree(self, commit: str) -> str:
        first, _, _ = (self._text(commit, _LARGEST_FOLDER) or "").partition("\n")
        if not first.startswith("tree "):
            raise NotInCloneError(commit)
        return first.removeprefix("tree ")

    def _text(self, object_: str, most: int) -> str | None:
        """Return what a small object holds, None for one that is larger."""
        [size] = self.sizes([object_])
        if size is None:
            raise NotInCloneError(object_)
        return os.fsdecode(self.contents([object_], size)[0]) if size <= most else None

    def entries(self, tree: Entry) -> list[Entry]:
        """Return what stands right in a folder; nothing in what is no folder. Raises NotInCloneError."""
        if tree.kind != "tree":
            return []
        [size] = self.sizes([tree.object])
        answer = self._read("ls-tree", "-z", "--full-tree", tree.object) if size is not None else None
        if size is None or size > _LARGEST_FOLDER or answer is None or answer.status:
            raise NotInCloneError(tree.object)
        return [_entry(line) for line in answer.output.split(b"\0") if line]

    def sizes(self, objects: Sequence[str]) -> list[int | None]:
        """Return how many bytes objects have, without reading them; None for one that is not in the store."""
        lines = self._read("cat-file", "--batch-check=%(objectsize)", given=objects).output.split(b"\n")
        return [int(line) if line.isdigit() else None for line in lines[: len(objects)]]

    def contents(self, blobs: Sequence[str], size: int) -> list[bytes]:
        """Return what objects hold, which have so many bytes together. Raises NotInCloneError."""
        most = size + len(blobs) * 200  # with a heading each
        output = self._read("cat-file", "--batch=%(objectsize)", given=blobs, most=most).output
        found: list[bytes] = []
        at = 0
        for blob in blobs:
            end = output.find(b"\n", at)
            heading = output[at:end]
            if end < 0 or not heading.isdigit():
                raise NotInCloneError(blob)
            at = end + 1 + int(heading)
            found.append(output[end + 1 : at])
            at += 1
        return found

    def names(self) -> list[str]:
        """Return the names of branches and tags, here and in the repositories that were fetched from."""
        lines = self._read("for-each-ref", "--format=%(refname)", *_SHORT).text.splitlines()
        return [line.removeprefix(prefix) for prefix in _SHORT for line in lines if line.startswith(prefix)]

    def branches(self) -> list[str]:
        """Return the names of the branches that are here."""
        lines = self._read("for-each-ref", "--format=%(refname)", _BRANCH).text.splitlines()
        return [line.removeprefix(_BRANCH) for line in lines]

    def is_shallow(self) -> bool:
        """Whether the repository lacks a part of its history."""
        return (self.common / "shallow").is_file()

    def folders_with(self, commit: str, name: str) -> list[str]:
        """Return the folders of a commit that hold a file of this name, the highest ones first."""
        answer = self._read("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
        paths = os.fsdecode(answer.output).split("\0")
        folders = [posixpath.dirname(path) for path in paths if posixpath.basename(path) == name]
        return sorted(filter(None, folders), key=lambda folder: (folder.count("/"), folder))


def open_repository(folder: Path, own: Path) -> tuple[Repository, str] | Answer:
    """Return the repository that a folder is in, or was before it went, and the folder's path in it.

    `own` is a folder for what is needed to read it. Where there is none, return what git says. Raises OSError where git
    cannot be run.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - a link to a folder is git's to follow
    there = next(parent for parent in (folder, *folder.parents) if parent.is_dir())
    answer = run_git(there, "rev-parse", "--is-inside-work-tree", "--show-object-format", "--show-prefix")
    inside, _, rest = answer.text.partition("\n")
    format_, _, prefix = rest.partition("\n")
    if answer.status or inside != "true":
        return answer
    top = run_git(there, "rev-parse", "--show-toplevel")
    common = run_git(there, "rev-parse", "--git-common-dir")
    if top.status or common.status:
        return top if top.status else common
    stand_in = own / f"repository-{len(list(own.iterdir()))}"
    _make_stand_in(stand_in, there, format_)
    repository = Repository(Path(top.text), (there / common.text).resolve(), stand_in)
    return repository, tidy(posixpath.join(prefix, folder.relative_to(there).as_posix()))


def _make_stand_in(folder: Path, there: Path, format_: str) -> None:
    """Make an empty repository with the names that the one at a place has."""
    for each in (folder, folder / "objects", folder / "refs"):
        each.mkdir()
    head = run_git(there, "rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD").text
    config = "[core]\nrepositoryformatversion = 0\nbare = true\ncommitGraph = false\n"
    if format_ == "sha256":
        config = f"{config.replace('= 0', '= 1')}[extensions]\nobjectFormat = sha256\n"
    (folder / "config").write_text(config, encoding="utf-8")
    (folder / "HEAD").write_text(f"{head or 'ref: refs/heads/none'}\n", encoding="utf-8")
    (folder / "packed-refs").write_bytes(run_git(there, "for-each-ref", "--format=%(objectname) %(refname)").output)


def tidy(path: str) -> str:
    """Return a path in a repository as git has it; the topmost folder is the empty text."""
    return "" if posixpath.normpath(path) == "." else posixpath.normpath(path)


def _entry(line: bytes) -> Entry:
    about, _, name = line.partition(b"\t")
    mode, kind, object_ = about.decode().split()
    return Entry(mode, kind, object_, os.fsdecode(name))
