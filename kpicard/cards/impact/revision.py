"""Rules as they were at a revision: taken out of git into a folder of their own, and loaded from there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from kpicard.cards.impact.git import Answer
from kpicard.cards.impact.repository import Entry, NotInCloneError, Repository, open_repository, tidy
from kpicard.files import own_folder
from kpicard.problems import Problem, Value, in_order
from kpicard.rules.load import Loaded, load
from kpicard.rules.rules import DEPARTMENT, SUFFIXES, Rules, file_name
from kpicard.rules.yaml_reader import LARGEST
from kpicard.text import nearest

_OWNED: Final = re.compile(r"dubious ownership in repository at '(.+)'")


_MOST: Final = 64 * 1024 * 1024
"""The most bytes that the files of a folder may have together: one file may be there under many names."""


@dataclass(frozen=True)
class _Tree:
    """A folder of a commit; `called` is what problems call it, in the way of git: `main:roles`."""

    repository: Repository
    commit: str
    path: str
    entry: Entry
    revision: str
    called: str


def load_revision(folder: str | Path, revision: str) -> Loaded | Problem:
    """Load the rules of a folder as they were at a revision: a commit, or what means one, as `main` or `HEAD~1`.

    `HEAD~1:old-roles` is another folder of that revision, by its path in the repository. Where the folder is in a
    submodule, the revision is the superproject's, and the rules are those of the commit that it names.
    Neither work tree nor index are looked at, nor changed; nothing of the repository runs, and nothing is fetched.
    Where no rules can be read at all, returns the problem; else they are as from `kpicard.load`.
    """
    try:
        with own_folder() as own:
            tree = _find(Path(folder), revision, own)
            if isinstance(tree, Problem):
                return tree
            copied = _copy(tree, own / "rules")
            if isinstance(copied, Problem):
                return copied
            rules, found = load(own / "rules", name=tree.called)
    except NotInCloneError as error:
        values: dict[str, Value] = {"revision": revision.partition(":")[0] or revision, "object": error.object}
        return Problem(str(folder), None, None, "not-in-clone", values)
    except OSError as error:
        return Problem(str(folder), None, None, "no-git", {"reason": error.strerror or str(error)})
    lacking = {file_name(problem.path).is_department for problem in copied}
    echoes = {"no-department" if is_department else "no-roles" for is_department in lacking}
    found = tuple(problem for problem in found if problem.code not in echoes)
    return Loaded(_without(rules, copied) if copied else rules, in_order([*found, *copied]))


def _find(folder: Path, revision: str, own: Path) -> _Tree | Problem:
    """Return the folder at a revision, or the problem that stands against it."""
    opened = open_repository(folder, own)
    if isinstance(opened, Answer):
        return _no_repository(folder, opened)
    around = _around(*opened, own)
    if isinstance(around, Problem):
        return around
    repository, path = around
    commit = repository.commit(revision)
    if commit is None and ":" in revision:
        named, _, other = revision.partition(":")
        commit = repository.commit(named)
        if commit:
            revision, path = named, tidy(other)
    if commit is None:
        return _no_revision(folder, repository, revision, is_submodule=repository is not opened[0])
    return _descend(repository, commit, path, revision, own)


def _descend(repository: Repository, commit: str, path: str, revision: str, own: Path) -> _Tree | Problem:
    """Return the folder at a path in a commit, also where that leads into a submodule."""
    called = _called(revision, path)
    place = ""
    found = repository.at(commit, path)
    while found and found.entry.kind == "commit":
        place, commit = f"{place}{found.place}/", found.entry.object
        inside = open_repository(repository.top / found.place, own)
        if isinstance(inside, Answer) or inside[1] or not inside[0].has(commit):
            values: dict[str, Value] = {"revision": revision, "submodule": place[:-1], "object": commit}
            return Problem(called, None, None, "submodule-not-here", values)
        repository, path = inside[0], found.rest
        found = repository.at(commit, path)
    if found is None:
        folders = [f"{place}{folder}" for folder in repository.folders_with(commit, f"{DEPARTMENT}.yaml")]
        return _no_folder(called, revision, folders)
    if found.entry.kind == "blob":
        return Problem(called, None, None, "not-a-folder")
    return _Tree(repository, commit, path, found.entry, revision, called)


def _around(repository: Repository, path: str, own: Path) -> tuple[Repository, str] | Problem:
    """Return the outermost repository of which this one is a submodule, and the path in it; else what was given."""
    above = repository.top.parent
    opened = open_repository(above, own)
    if isinstance(opened, Answer):
        is_file = (repository.top / ".git").is_file()
        return _no_repository(above, opened) if is_file and _OWNED.search(opened.reason) else (repository, path)
    outer, folder = opened
    place = tidy(f"{folder}/{repository.top.name}".lstrip("/"))
    if repository.common == outer.common:  # another work tree of the same
        return repository, path
    if not repository.common.is_relative_to(outer.common):  # where git keeps submodules, but the oldest ones
        head = outer.commit("HEAD")
        found = outer.at(head, place) if head else None
        if not found or found.entry.kind != "commit" or found.rest:
            return repository, path
    return _around(outer, tidy(f"{place}/{path}"), own)


def _called(revision: str, path: str) -> str:
    return f"{revision}:{path or '.'}"


def _no_repository(folder: Path, answer: Answer) -> Problem:
    if answer.status == 0 or "not a git repository" in answer.reason:
        return Problem(str(folder), None, None, "no-repository")
    owned = _OWNED.search(answer.reason)
    return Problem(
        str(folder), None, None, "git-failed", {"reason": answer.reason, "owned": owned[1] if owned else None}
    )


def _no_revision(folder: Path, repository: Repository, revision: str, *, is_submodule: bool) -> Problem:
    names, branches = repository.names(), repository.branches()
    values: dict[str, Value] = {
        "revision": revision,
        "around": str(repository.top) if is_submodule else None,
        "remote": next((name for name in names if name.endswith(f"/{revision}")), None),
        "shallow": "fetch-depth: 0" if repository.is_shallow() else None,
        "nearest": nearest(revision, names),
        "branches": tuple(branches) or None,
        "no_commits": revision if repository.commit("HEAD") is None and not names else None,
    }
    return Problem(str(folder), None, None, "no-such-revision", values)


def _no_folder(called: str, revision: str, folders: list[str]) -> Problem:
    values: dict[str, Value] = {
        "revision": revision,
        "found": tuple(folders) or None,
        "first": folders[0] if folders else None,
    }
    return Problem(called, None, None, "not-in-revision", values)


def _copy(tree: _Tree, folder: Path) -> list[Problem] | Problem:
    """Write the YAML files right in a tree into a new folder; return those that cannot be taken out.

    Where the folder as a whole cannot be, return why.
    """
    folder.mkdir()
    problems: list[Problem] = []
    blobs: dict[str, str] = {}
    for entry in filter(_is_wanted, tree.repository.entries(tree.entry)):
        blob = _blob(tree, entry)
        if isinstance(blob, Problem):
            problems.append(blob)
        elif blob:
            blobs[entry.name] = blob
    sizes = dict(zip(blobs, tree.repository.sizes(list(blobs.values())), strict=True))
    for name, size in sizes.items():
        if size is None:
            problems.append(_problem(tree, name, "not-in-clone", object=blobs.pop(name)))
        elif size > LARGEST:
            problems.append(_problem(tree, name, "too-large", limit="1 MiB"))
            del blobs[name]
    size = sum(sizes[name] or 0 for name in blobs)
    if size > _MOST:
        values: dict[str, Value] = {"revision": tree.revision, "limit": "64 MiB"}
        return Problem(tree.called, None, None, "large-revision", values)
    for name, content in zip(blobs, tree.repository.contents(list(blobs.values()), size), strict=True):
        reason = _write(folder, name, content)
        if reason:
            problems.append(_problem(tree, name, "not-copied", reason=reason))
    return problems


def _is_wanted(entry: Entry) -> bool:
    """Whether a folder's entry is a file that loading would read."""
    suffix = PurePosixPath(entry.name).suffix.lower()
    return entry.kind == "blob" and suffix in SUFFIXES and not entry.name.startswith(".")


def _blob(tree: _Tree, entry: Entry) -> str | Problem | None:
    """Return the object that an entry holds, None where it is a link to a folder."""
    if not entry.is_link:
        return entry.object
    try:
        found = tree.repository.at(tree.commit, f"{tree.path}/{entry.name}")
    except NotInCloneError as error:
        return _problem(tree, entry.name, "not-in-clone", object=error.object)
    if found is None or found.entry.kind == "commit":
        return _problem(tree, entry.name, "link-elsewhere")
    return found.entry.object if found.entry.kind == "blob" else None


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


def _problem(tree: _Tree, name: str, code: str, **values: Value) -> Problem:
    return Problem(f"{tree.called}/{name}", None, None, code, {"revision": tree.revision, **values})


def _without(rules: Rules, problems: list[Problem]) -> Rules:
    """Return the rules without those of which a file could not be taken out: they are broken."""
    lacking = {file_name(problem.path).id for problem in problems}
    return replace(
        rules,
        departments=() if DEPARTMENT in lacking else rules.departments,
        versions={id_: versions for id_, versions in rules.versions.items() if id_ not in lacking},
        broken={**dict.fromkeys(sorted(lacking - {DEPARTMENT}), ()), **rules.broken},
    )
