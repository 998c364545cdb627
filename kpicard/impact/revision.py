"""Rules as they were at a revision: taken out of git into a folder of their own, and loaded from there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from kpicard.folders import own_folder
from kpicard.impact.git import Answer
from kpicard.impact.repository import Entry, Repository, find_repository, tidy
from kpicard.loading import Loaded, load
from kpicard.nearest import nearest
from kpicard.problems import Problem, in_order
from kpicard.problems.problem import Value
from kpicard.rules.file_name import DEPARTMENT, SUFFIXES, file_name
from kpicard.rules.rules import Rules

_OWNED: Final = re.compile(r"dubious ownership in repository at '(.+)'")


@dataclass(frozen=True)
class _Tree:
    """A folder of a commit; `called` is what problems call it, in the way of git: `main:roles`."""

    repository: Repository
    revision: str
    commit: str
    path: str
    object: str

    @property
    def called(self) -> str:
        return _called(self.revision, self.path)


def load_revision(folder: str | Path, revision: str) -> Loaded | Problem:
    """Load the rules of a folder as they were at a revision: a commit, or what means one, as `main` or `HEAD~1`.

    `HEAD~1:old-roles` is another folder of that revision, by its path in the repository.
    Neither work tree nor index are looked at, nor changed. Where no rules can be read at all, returns the problem;
    else they are as from `kpicard.load`.
    """
    try:
        tree = _find(Path(folder), revision)
        if isinstance(tree, Problem):
            return tree
        with own_folder() as copy:
            problems = _copy(tree, copy)
            rules, found = load(copy, name=tree.called)
    except OSError as error:
        return Problem(str(folder), None, None, "no-git", {"reason": error.strerror or str(error)})
    return Loaded(_without(rules, problems) if problems else rules, in_order([*found, *problems]))


def _find(folder: Path, revision: str) -> _Tree | Problem:
    """Return the folder at a revision, or the problem that stands against it."""
    found = find_repository(folder)
    if isinstance(found, Answer):
        return _no_repository(folder, found)
    repository, path = found
    commit = repository.commit(revision)
    if commit is None and ":" in revision:
        named, _, other = revision.partition(":")
        commit = repository.commit(named)
        if commit:
            revision, path = named, tidy(other)
    if commit is None:
        return _no_revision(folder, repository, revision)
    stored = repository.stored(commit, path)
    called = _called(revision, path)
    if stored is None:
        return _no_folder(called, repository, revision, commit)
    if stored.kind == "blob":
        return Problem(called, None, None, "not-a-folder")
    return _Tree(repository, revision, commit, path, stored.object)


def _called(revision: str, path: str) -> str:
    return f"{revision}:{path or '.'}"


def _no_repository(folder: Path, answer: Answer) -> Problem:
    if answer.status == 0 or "not a git repository" in answer.reason:
        return Problem(str(folder), None, None, "no-repository")
    owned = _OWNED.search(answer.reason)
    return Problem(
        str(folder), None, None, "git-failed", {"reason": answer.reason, "owned": owned[1] if owned else None}
    )


def _no_revision(folder: Path, repository: Repository, revision: str) -> Problem:
    names = repository.names()
    values: dict[str, Value] = {
        "revision": revision,
        "remote": next((name for name in names if name.endswith(f"/{revision}")), None),
        "shallow": "fetch-depth: 0" if repository.is_shallow() else None,
        "nearest": nearest(revision, names),
    }
    return Problem(str(folder), None, None, "no-such-revision", values)


def _no_folder(called: str, repository: Repository, revision: str, commit: str) -> Problem:
    folders = repository.folders_with(commit, f"{DEPARTMENT}.yaml")
    values: dict[str, Value] = {
        "revision": revision,
        "found": tuple(folders) or None,
        "first": folders[0] if folders else None,
    }
    return Problem(called, None, None, "not-in-revision", values)


def _copy(tree: _Tree, folder: Path) -> list[Problem]:
    """Write the YAML files right in a tree into a folder; return what cannot be taken out."""
    problems: list[Problem] = []
    blobs: dict[str, str] = {}
    for entry in filter(_is_wanted, tree.repository.entries(tree.object)):
        blob = _blob(tree, entry)
        if isinstance(blob, Problem):
            problems.append(blob)
        elif blob:
            blobs[entry.name] = blob
    for name, content in zip(blobs, tree.repository.contents(list(blobs.values())), strict=True):
        reason = "it is not in this clone" if content is None else _write(folder, name, content)
        if reason:
            problems.append(_problem(tree, name, "not-copied", reason))
    return problems


def _is_wanted(entry: Entry) -> bool:
    """Whether a folder's entry is a file that loading would read."""
    suffix = PurePosixPath(entry.name).suffix.lower()
    return entry.kind == "blob" and suffix in SUFFIXES and not entry.name.startswith(".")


def _blob(tree: _Tree, entry: Entry) -> str | Problem | None:
    """Return the object that an entry holds, None where it is a link to a folder."""
    if not entry.is_link:
        return entry.object
    stored = tree.repository.stored(tree.commit, f"{tree.path}/{entry.name}".lstrip("/"))
    if stored is None:
        return _problem(tree, entry.name, "link-elsewhere")
    return stored.object if stored.kind == "blob" else None


def _write(folder: Path, name: str, content: bytes) -> str | None:
    """Write a new file; return why it cannot be. A name from a repository may be any, and is no path here."""
    if Path(name).name != name:
        return "its name is a path on this system"
    try:
        with (folder / name).open("xb") as file:
            file.write(content)
    except FileExistsError:
        return "its name differs from another's only in case"
    except OSError as error:
        return error.strerror or str(error)
    return None


def _problem(tree: _Tree, name: str, code: str, reason: str | None = None) -> Problem:
    return Problem(f"{tree.called}/{name}", None, None, code, {"revision": tree.revision, "reason": reason})


def _without(rules: Rules, problems: list[Problem]) -> Rules:
    """Return the rules without those of which a file could not be taken out: they are broken."""
    lacking = {file_name(problem.path).id for problem in problems}
    return replace(
        rules,
        departments=() if DEPARTMENT in lacking else rules.departments,
        versions={id_: versions for id_, versions in rules.versions.items() if id_ not in lacking},
        broken={**dict.fromkeys(sorted(lacking - {DEPARTMENT}), ()), **rules.broken},
    )
