"""What a command line names: files of actuals, roles, periods and the rules."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpicard.cli.options import (
    WrongUse,
    apart,
)

if TYPE_CHECKING:
    from kpicard.actuals.files.tables import Source
    from kpicard.problems import Problem
    from kpicard.rules.rules import Rules
    from kpicard.text import Language


@dataclass(frozen=True)
class Actuals:
    """The files of actuals that a command line names, and how they are read; None: that is found out."""

    files: Sequence[str]
    encoding: str | None = None
    sheets: Sequence[str] | None = None

    def sources(self, folder: Path) -> list[Source]:
        """Return them as sources; standard input is kept in `folder`."""
        return [
            replace(_source_of(file, folder), encoding=self.encoding, sheets=tuple(self.sheets or ()))
            for file in self.files
        ]

    def hold(self, path: Path) -> bool:
        """Whether a file is one of them, by itself, in a folder or pattern, or as standard input."""
        if not self.files:
            return False
        from kpicard.actuals.files.inputs import find_sources
        from kpicard.actuals.files.tables import Source

        if "-" in self.files and os.path.samestat(path.stat(), os.fstat(sys.stdin.fileno())):
            return True
        sources, _ = find_sources(Source.of(file) for file in self.files if file != "-")
        return any(source.path.is_file() and path.samefile(source.path) for source in sources)


def _source_of(file: str, folder: Path) -> Source:
    """Return a source for a file's name; standard input is kept in `folder`, since it is read more than once."""
    from kpicard.actuals.files.tables import Source

    if file != "-":
        return Source.of(file)
    copy = folder / "standard-input.csv"
    if not copy.exists():
        with copy.open("wb") as stream:
            while chunk := sys.stdin.buffer.read(1 << 20):
                stream.write(chunk)
    return Source(copy, "-")


def role_id(name: str, rules: Rules, where: str) -> str | None:
    """Return the id of the role that is called `name`, by id or title; None where it is one whose file is wrong.

    Anything else is a wrong use of the option or argument `where`.
    """
    from kpicard.rules.rules import find_broken, find_role, role_names
    from kpicard.text import nearest

    found = sorted(find_role(rules, name))
    if len(found) == 1:
        return found[0]
    if not found and find_broken(rules, name):
        return None
    meant = nearest(name, role_names(rules.roles.values()))
    words = "roles-meant" if found else "one-each" if "," in name else "no-role-meant" if meant else "no-role"
    known = tuple(rules.roles)
    raise WrongUse(words, where=where, name=name, found=found, meant=meant, known=known, apart=apart(where, name))


def role_ids(names: Iterable[str], rules: Rules) -> tuple[str, ...]:
    """Return the ids of the roles that `--role` names; one that could not be loaded has no cards to choose."""
    return tuple((role_id(name, rules, "--role") or name) if rules.versions else name for name in names)


def rules_at(rules: Rules, period: str) -> Rules:
    """Return the rules as they hold in a period; that there are none then is a wrong use of `--period`."""
    held = rules.at(period)
    if rules.roles and (not held.roles or (rules.department and not held.department)):
        raise WrongUse("no-rules", where="--period", period=period)
    return held


def roles_folder(given: Path | None, language: Language) -> Path:
    """Return the folder of the roles. Where it is the package's own, says so on standard error."""
    from kpicard.rules.load import named_roles, packaged_roles, packaged_used

    named = named_roles(given)
    if named:
        return there(named.folder, named.by)
    from kpicard.reports.problems import write_problems

    write_problems([packaged_used()], language, sys.stderr)
    return packaged_roles()


def own_roles(given: Path | None, *, where: str, command: str) -> Path:
    """Return the folder of one's own roles; that there is none is a wrong use of `where`.

    `command` is how one names a folder, up to the folder itself.
    """
    from kpicard.rules.load import folders_near, named_roles

    named = named_roles(given)
    if named:
        return there(named.folder, named.by)
    near = folders_near()
    words = "no-roles-near" if len(near) > 1 else "no-roles"
    raise WrongUse(words, where=where, example=f"{command} {near[0] if near else 'DIR'}", found=near)


def there(folder: Path, where: str | None) -> Path:
    """Return a folder that an option or a variable names; that it is not there is a wrong use of that."""
    from kpicard.files import path_kind
    from kpicard.rules.load import meant_by

    kind = path_kind(folder)
    if kind == "folder":
        return folder
    meant = meant_by(folder) if kind is None else None
    words = "folder-is-file" if kind == "file" else "no-folder-meant" if meant else "no-folder"
    raise WrongUse(words, where=where, path=str(folder), meant=meant)


def loaded(folder: Path | None, language: Language) -> tuple[Rules, Sequence[Problem]]:
    """Load the rules of a folder, or of the one that is found, and write to standard error what is wrong with them."""
    from kpicard.rules.load import load

    rules, problems = load(roles_folder(folder, language))
    if problems:
        from kpicard.reports.problems import write_problems

        write_problems(problems, language, sys.stderr)
    return rules, problems
