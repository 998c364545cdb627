"""Load rules from a folder or from files: every problem of every file in one run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from kpicard.checks import check_department, check_role
from kpicard.paths import path_kind
from kpicard.problems import Problem, has_errors, in_order
from kpicard.rules.find import find_roles
from kpicard.rules.models import Department, Role, Rules
from kpicard.rules.reader import read_document
from kpicard.rules.validate import validate
from kpicard.text import LANGUAGES

DEPARTMENT = "department"
SUFFIXES = frozenset({".yaml", ".yml"})


class Loaded(NamedTuple):
    """Rules, and the problems found in their files, sorted. What has an error is not among the rules."""

    rules: Rules
    problems: tuple[Problem, ...]


class Checked(NamedTuple):
    """The files that were checked, and the problems found in them, sorted."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def load(folder: str | Path | None = None) -> Loaded:
    """Load `department.yaml` and all the roles of a folder; without one, of the folder that the command would use.

    A wrong file hides no other: each role without errors is loaded, and the ids of the rest are in `rules.broken`.
    Never raises for what is in the folder, nor for a folder that is not there.
    """
    folder = find_roles() if folder is None else Path(folder)
    files, problems = _files_in(folder)
    loaded = _load(folder, files)
    if files and loaded.rules.department is None and not _department_of(files):
        problems.append(Problem(str(folder), None, None, "no-department"))
    return Loaded(loaded.rules, in_order([*problems, *loaded.problems]))


def check_files(paths: Iterable[str | Path]) -> Checked:
    """Check files and folders of rules. A role given by itself is read with the department of its folder."""
    files: list[Path] = []
    problems: list[Problem] = []
    alone: dict[Path, list[Path]] = {}
    for path in map(Path, paths):
        kind = path_kind(path)
        if kind == "folder":
            files += _files_in(path)[0]
            problems += load(path).problems
        elif kind == "file":
            alone.setdefault(path.parent, []).append(path)
        else:
            problems.append(Problem(str(path), None, None, "no-such-path"))
    for folder, given in alone.items():
        beside = [file for file in _files_in(folder)[0] if file.stem == DEPARTMENT and file not in given]
        files += [*beside, *given]
        problems += _load(folder, [*beside, *given]).problems
    return Checked(tuple(dict.fromkeys(files)), in_order(problems))


def _files_in(folder: Path) -> tuple[list[Path], list[Problem]]:
    """Return the YAML files right in a folder, sorted by name; other files, and hidden ones, are none of ours."""
    kind = path_kind(folder)
    if kind != "folder":
        return [], [Problem(str(folder), None, None, "not-a-folder" if kind == "file" else "no-such-path")]
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        return [], [Problem(str(folder), None, None, "unreadable-file", {"reason": error.strerror or str(error)})]
    files = [
        file
        for file in inside
        if file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and path_kind(file) != "folder"
    ]
    if all(file.stem == DEPARTMENT for file in files):
        return files, [Problem(str(folder), None, None, "no-roles")]
    return files, []


def _department_of(files: Sequence[Path]) -> Path | None:
    return next((file for file in files if file.stem == DEPARTMENT), None)


def _load(folder: Path, files: Sequence[Path]) -> Loaded:
    """Load the files of one folder, the department's first, since the roles' curves need its cap."""
    department_file = _department_of(files)
    department, problems = _read_department(department_file) if department_file else (None, [])
    roles: dict[str, Role] = {}
    broken: dict[str, tuple[str, ...]] = {}
    for file in files:
        if file == department_file:
            continue
        if file.stem == DEPARTMENT:
            problems.append(Problem(str(file), 1, 1, "duplicate-department", {"path": str(department_file)}))
            department = None  # nobody can tell which of them is meant
            continue
        role, titles, wrong = _read_role(file, Rules(department))
        if role and role.id in roles:
            wrong.append(Problem(str(file), 1, 1, "duplicate-role", {"id": role.id, "path": str(folder)}))
        problems += wrong
        if role is None or has_errors(wrong):
            broken[file.stem] = titles
        else:
            roles[role.id] = role
    rules = Rules(department, dict(sorted(roles.items())), broken, str(folder))
    return Loaded(rules, in_order(problems))


def _read_department(file: Path) -> tuple[Department | None, list[Problem]]:
    document, problems = read_document(file, str(file))
    if document.tree is None:
        return None, problems or [document.problem_at("empty-file", ())]
    department, wrong = validate(document, Department)
    problems = _without_echoes(problems, [*wrong, *check_department(document)])
    return (None if has_errors(problems) else department), problems


def _read_role(file: Path, rules: Rules) -> tuple[Role | None, tuple[str, ...], list[Problem]]:
    """Return a role, or None; its titles as far as they can be read; and the problems of its file."""
    document, problems = read_document(file, str(file))
    if document.tree is None:
        return None, (), problems or [document.problem_at("empty-file", ())]
    role, wrong = validate(document, Role)
    problems = _without_echoes(problems, [*wrong, *check_role(document, rules)])
    titles = tuple(text for pattern in _TITLES for _, text in document.find(*pattern))
    return (None if has_errors(problems) else role), titles, problems


_TITLES = (("title",), *(("title", language) for language in LANGUAGES))


def _without_echoes(refused: list[Problem], wrong: list[Problem]) -> list[Problem]:
    """Return both, less what only echoes a refused alias: that it is not the value which is expected there."""
    places = {(problem.line, problem.column) for problem in refused if problem.code == "alias"}
    return [*refused, *(problem for problem in wrong if (problem.line, problem.column) not in places)]
