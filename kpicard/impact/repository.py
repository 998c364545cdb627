"""A repository of git as far as rules need it: commits by name, folders and files by path."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

from kpicard.impact.git import Answer, run_git

_LINK: Final = "120000"
_OBJECT: Final = re.compile(rb"([0-9a-f]{40,64}) (blob|tree) [0-9]+\n")
_SHORT: Final = ("refs/heads/", "refs/tags/", "refs/remotes/")


class Entry(NamedTuple):
    """What stands in a folder of a commit."""

    mode: str
    kind: str
    object: str
    name: str

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == _LINK


class Stored(NamedTuple):
    """A file (`blob`) or folder (`tree`) in git's store."""

    object: str
    kind: Literal["blob", "tree"]


@dataclass(frozen=True)
class Repository:
    """The repository that a folder is in. Every method raises OSError where git cannot be run."""

    folder: Path

    def commit(self, revision: str) -> str | None:
        """Return the commit that a revision means, None where there is none."""
        if revision.startswith("-") or not revision.isprintable():
            return None
        named = self._object(revision)
        return named and self._object(f"{named}^{{commit}}")  # in two steps: `:/text` would take all for its text

    def _object(self, name: str) -> str | None:
        answer = run_git(self.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return answer.text if answer.status == 0 else None

    def stored(self, commit: str, path: str) -> Stored | None:
        """Return what stands at a path in a commit; links are followed as long as they stay in it."""
        if "\n" in path:
            return None
        asked = os.fsencode(f"{commit}:{path}\n")
        answer = run_git(self.folder, "cat-file", "--batch-check", "--follow-symlinks", given=asked)
        found = _OBJECT.fullmatch(answer.output)
        return Stored(found[1].decode(), "blob" if found[2] == b"blob" else "tree") if found else None

    def entries(self, tree: str) -> list[Entry]:
        """Return what stands right in a folder."""
        lines = run_git(self.folder, "ls-tree", "-z", "--full-tree", tree).output.split(b"\0")
        return [_entry(line) for line in lines if line]

    def contents(self, blobs: Sequence[str]) -> list[bytes | None]:
        """Return what files hold, byte by byte as it was committed; None for one that is not in the store."""
        asked = "".join(f"{blob}\n" for blob in blobs).encode()
        output = run_git(self.folder, "cat-file", "--batch", given=asked).output
        found: list[bytes | None] = []
        for _ in blobs:
            heading, _, output = output.partition(b"\n")
            words = heading.split()
            size = int(words[2]) if len(words) == 3 else None  # or it says "missing"
            found.append(None if size is None else output[:size])
            output = output if size is None else output[size + 1 :]
        return found

    def names(self) -> list[str]:
        """Return the names of branches and tags, here and in the repositories that were fetched from."""
        lines = run_git(self.folder, "for-each-ref", "--format=%(refname)", *_SHORT).text.splitlines()
        return [line.removeprefix(prefix) for prefix in _SHORT for line in lines if line.startswith(prefix)]

    def is_shallow(self) -> bool:
        """Whether the repository lacks a part of its history."""
        return run_git(self.folder, "rev-parse", "--is-shallow-repository").text == "true"

    def folders_with(self, commit: str, name: str) -> list[str]:
        """Return the folders of a commit that hold a file of this name, the highest ones first."""
        answer = run_git(self.folder, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
        paths = os.fsdecode(answer.output).split("\0")
        folders = [posixpath.dirname(path) for path in paths if posixpath.basename(path) == name]
        return sorted(filter(None, folders), key=lambda folder: (folder.count("/"), folder))


def find_repository(folder: Path) -> tuple[Repository, str] | Answer:
    """Return the repository that a folder is in, or was before it went, and the folder's path in it.

    Where there is none, return what git says. Raises OSError where git cannot be run.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - a link to a folder is git's to follow
    there = next(parent for parent in (folder, *folder.parents) if parent.is_dir())
    answer = run_git(there, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    inside, _, prefix = answer.text.partition("\n")
    if answer.status or inside.strip() != "true":
        return answer
    return Repository(there), tidy(posixpath.join(prefix, folder.relative_to(there).as_posix()))


def tidy(path: str) -> str:
    """Return a path in a repository as git has it; the topmost folder is the empty text."""
    return "" if posixpath.normpath(path) == "." else posixpath.normpath(path)


def _entry(line: bytes) -> Entry:
    about, _, name = line.partition(b"\t")
    mode, kind, object_ = about.decode().split()
    return Entry(mode, kind, object_, os.fsdecode(name))
