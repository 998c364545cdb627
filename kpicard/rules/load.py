"""Load rules from a folder or from files: every problem of every file in one run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from kpicard.files import path_kind
from kpicard.problems import Problem, in_order, raise_for, unreadable
from kpicard.rules.card_tests import FOLDER as TESTS
from kpicard.rules.card_tests import check_tests, test_files
from kpicard.rules.role_files import RulesFile, load_files
from kpicard.rules.rules import SUFFIXES, Rules, file_name
from kpicard.text import nearest

VARIABLE: Final = "KPICARD_ROLES"
"""The environment variable that names the folder of the roles."""

_HERE: Final = "roles"
_DEEPEST: Final = 2
_MOST_LOOKED_AT: Final = 2000
_MOST_NAMED: Final = 5


class Named(NamedTuple):
    """A folder of roles, and what names it: the option, the environment variable, or nothing for `./roles`."""

    folder: Path
    by: str | None


def named_roles(given: Path | None = None) -> Named | None:
    """Return the folder given, else that of `KPICARD_ROLES`, else `./roles`; None where none is named or there."""
    if given is not None:
        return Named(given, "--roles")
    variable = os.environ.get(VARIABLE)
    if variable:
        return Named(Path(variable), VARIABLE)
    return Named(Path(_HERE), None) if path_kind(Path(_HERE)) == "folder" else None


def packaged_roles() -> Path:
    """Return the folder of the seven roles that come with the package.

    An installed package carries them inside; in a checkout they stand beside it.
    """
    package = Path(__file__).parent.parent
    inside = package / "roles"
    return inside if inside.is_dir() else package.parent / "roles"


def packaged_used() -> Problem:
    """Return what is to be said wherever the roles of the package are used, with the folders that may be meant."""
    near = folders_near()
    return Problem(
        _HERE, None, None, "packaged-roles", {"nearest": near[0] if len(near) == 1 else None, "found": near or None}
    )


def meant_by(path: Path) -> str | None:
    """Return the folder that was probably meant by one that is not there: beside it, or anywhere near."""
    with suppress(OSError):
        beside = [str(each) for each in path.parent.iterdir() if path_kind(each) == "folder"]
        return nearest(str(path), [*beside, *folders_near()])
    return nearest(str(path), folders_near())


def folders_near() -> tuple[str, ...]:
    """Return folders that hold a department: this one, `roles` in those above, and those up to two levels below."""
    here = Path()
    above = [Path("..") / _HERE, Path("..") / ".." / _HERE]
    candidates = [here, *above, *islice(_folders_below(here, _DEEPEST), _MOST_LOOKED_AT)]
    found = {os.path.realpath(each): str(each) for each in reversed(list(filter(_has_department, candidates)))}
    return tuple(reversed(found.values()))[:_MOST_NAMED]


def _folders_below(folder: Path, depth: int) -> Iterator[Path]:
    """Yield the folders in a folder, and in those, that are not hidden, sorted by name; links are not followed."""
    inside: list[Path] = []
    with suppress(OSError), os.scandir(folder) as entries:
        inside = sorted(
            folder / entry.name
            for entry in islice(entries, _MOST_LOOKED_AT)
            if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
        )
    yield from inside
    if depth > 1:
        for each in inside:
            yield from _folders_below(each, depth - 1)


def _has_department(folder: Path) -> bool:
    with suppress(OSError), os.scandir(folder) as entries:
        names = [entry.name for entry in islice(entries, _MOST_LOOKED_AT)]
        return any(PurePath(name).suffix.lower() in SUFFIXES and file_name(name).is_department for name in names)
    return False


class Loaded(NamedTuple):
    """Rules, and the problems found in their files, sorted. What has an error is not among the rules."""

    rules: Rules
    problems: tuple[Problem, ...]

    def raise_for_problems(self) -> Rules:
        """Raise ProblemsError if any of the problems is an error; else return the rules."""
        raise_for(self.problems)
        return self.rules


class Checked(NamedTuple):
    """The files that were checked, and the problems found in them, sorted; whether a warning counts as an error."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    strict: bool = False


def load(folder: str | Path | None = None, *, name: str | None = None) -> Loaded:
    """Load `department.yaml` and all the roles of a folder; without one, of the folder that the command would use.

    Where that is the package's own, a warning among the problems says so. A wrong file hides no other: each role
    without errors is loaded, and the ids of the rest are in `rules.broken`. `name` is what problems call the folder.
    Never raises for what is in the folder, nor for a folder that is not there.
    """
    if folder is not None:
        return _load_folder(Path(folder), name, lint=False)
    named = named_roles()
    if named:
        return _load_folder(named.folder, name, lint=False)
    rules, problems = _load_folder(packaged_roles(), name, lint=False)
    return Loaded(rules, in_order([packaged_used(), *problems]))


def check_files(paths: Iterable[str | Path]) -> Checked:
    """Check files and folders of rules, with all that `kpicard.checks` knows.

    A role given by itself is read with the department and the other versions in its folder.
    """
    files: list[Path] = []
    problems: list[Problem] = []
    alone: dict[Path, list[Path]] = {}
    for path in map(Path, paths):
        kind = path_kind(path)
        if kind == "folder":
            rules, found = _load_folder(path, None, lint=True)
            tests = test_files(path)
            files += [*_files_in(path)[0], *tests]
            problems += [*found, *(problem for test in tests for problem in check_tests(test, rules))]
        elif kind == "file" and path in test_files(path.parent.parent):
            files.append(path)
            problems += check_tests(path, _load_folder(path.parent.parent, None, lint=False).rules)
        elif kind == "file":
            alone.setdefault(path.parent, []).append(path)
        else:
            problems.append(Problem(str(path), None, None, "no-such-path", {"nearest": meant_by(path)}))
    for folder, given in alone.items():
        ids = {file_name(file).id for file in given}
        beside = [file for file in _files_in(folder)[0] if file not in given and _belongs(file, ids)]
        files += [*(file for file in beside if _is_for_all(file)), *given]
        named = [RulesFile(file, str(file)) for file in sorted([*beside, *given])]
        problems += load_files(str(folder), named, lint=True)[1]
    return Checked(tuple(dict.fromkeys(files)), in_order(problems))


def files_of(folder: Path, ids: set[str]) -> list[Path]:
    """Return the files of the department, of shared KPIs and of roles by their ids, in all versions, sorted by name."""
    return [file for file in _files_in(folder)[0] if _belongs(file, {*ids, "kpis"})]


def _belongs(file: Path, ids: set[str]) -> bool:
    """Whether a file is needed to check others: the department's, and other versions of the same roles."""
    return _is_for_all(file) or file_name(file).id in ids


def _is_for_all(file: Path) -> bool:
    """Whether a file is the department's, or that of the KPIs that roles share."""
    name = file_name(file)
    return name.is_department or name.is_shared


def _load_folder(folder: Path, name: str | None, *, lint: bool) -> Loaded:
    """Load a folder, which problems call `name`."""
    called = str(folder) if name is None else name
    files, problems = _files_in(folder, called)
    named = [RulesFile(file, str(file) if name is None else f"{name}/{file.name}") for file in files]
    rules, found = load_files(called, named, lint=lint)
    if files and not (rules.versions or rules.broken or problems):  # other YAML files only
        problems.append(Problem(called, None, None, "no-roles"))
    elif files and not any(file_name(file).is_department for file in files):
        problems.append(Problem(called, None, None, "no-department"))
    if lint:
        problems += [
            Problem(str(each), None, None, "ignored-folder") for each in _folders_in(folder) if each.name != TESTS
        ]
    return Loaded(rules, in_order([*problems, *found]))


def _files_in(folder: Path, called: str | None = None) -> tuple[list[Path], list[Problem]]:
    """Return the YAML files right in a folder, sorted by name; other files, and hidden ones, are none of ours."""
    called = str(folder) if called is None else called
    kind = path_kind(folder)
    if kind != "folder":
        return [], [Problem(called, None, None, "not-a-folder" if kind == "file" else "no-such-path")]
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        return [], [unreadable(called, error)]
    files = [
        file
        for file in inside
        if file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and path_kind(file) != "folder"
    ]
    if all(map(_is_for_all, files)):
        return files, [Problem(called, None, None, "no-roles")]
    return files, []


def _folders_in(folder: Path) -> list[Path]:
    """Return the folders in a folder, but for hidden ones; none where it cannot be looked into."""
    with suppress(OSError):
        return sorted(
            each for each in folder.iterdir() if not each.name.startswith(".") and path_kind(each) == "folder"
        )
    return []
