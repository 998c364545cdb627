"""What a command line names: files of actuals, roles, periods and the rules."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kpicard.cli.options import WrongUse
from kpicard.periods import read_period
from kpicard.text import Both, nearest

if TYPE_CHECKING:
    from kpicard.actuals.files.tables import Source
    from kpicard.problems import Problem
    from kpicard.rules.rules import Rules
    from kpicard.text import Language


_NO_ENCODING: Final = Both(
    "{value!r} is no encoding that is known; for instance utf-8, gb18030 or utf-16",
    "未知的编码“{value}”；可用编码如 utf-8、gb18030、utf-16",
)


def one_encoding(value: str) -> str:
    """Return the name of an encoding that is known."""
    from kpicard.actuals.files.encodings import known_encoding

    if known_encoding(value) is None:
        raise WrongUse(_NO_ENCODING, value=value)
    return value


def holds_actuals(path: Path, files: Iterable[str]) -> bool:
    """Whether a file is one of those that are scored, by itself, in a folder or pattern, or as standard input."""
    from kpicard.actuals.files.inputs import find_sources
    from kpicard.actuals.files.tables import Source

    if "-" in files and os.path.samestat(path.stat(), os.fstat(sys.stdin.fileno())):
        return True
    sources, _ = find_sources(Source.of(file) for file in files if file != "-")
    return any(source.path.is_file() and path.samefile(source.path) for source in sources)


def source_of(file: str, folder: Path) -> Source:
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


@dataclass(frozen=True)
class Actuals:
    """The files of actuals that a command line names, and how they are read; None: that is found out."""

    files: Sequence[str]
    encoding: str | None
    sheets: Sequence[str] | None

    def sources(self, folder: Path) -> list[Source]:
        """Return them as sources; standard input is kept in `folder`."""
        return [
            replace(source_of(file, folder), encoding=self.encoding, sheets=tuple(self.sheets or ()))
            for file in self.files
        ]


_ANY_OF: Final = Both("{name!r} may be any of: {found}", "“{name}”可能是以下岗位之一：{found}")
_ROLE_MEANT: Final = Both("there is no role {name!r}; did you mean {meant!r}?", "没有岗位“{name}”；是否想写“{meant}”？")
_UNKNOWN: Final = Both("there is no role {name!r}; known: {known}", "没有岗位“{name}”；现有岗位：{known}")


def role_id(name: str, rules: Rules, where: str) -> str | None:
    """Return the id of the role that is called `name`, by id or title; None where it is one whose file is wrong.

    Anything else is a wrong use of the option or argument `where`.
    """
    from kpicard.rules.rules import find_broken, find_role, role_names

    found = sorted(find_role(rules, name))
    if len(found) == 1:
        return found[0]
    if not found and find_broken(rules, name):
        return None
    meant = nearest(name, role_names(rules.roles.values()))
    words = _ANY_OF if found else _ROLE_MEANT if meant else _UNKNOWN
    raise WrongUse(words, where=where, name=name, found=found, meant=meant, known=tuple(rules.roles))


_NO_PERIOD: Final = Both(
    "{value!r} is no period; write year and month, as 2026-10", "“{value}”不是有效的考核周期；请写年和月，如 2026-10"
)
_NO_RULES: Final = Both("no role has rules for {period}", "没有任何岗位在 {period} 有考核规则")


def one_period(value: str) -> str:
    """Return a period in any spelling as `YYYY-MM`."""
    period = read_period(value)
    if period is None:
        raise WrongUse(_NO_PERIOD, value=value)
    return period


def rules_at(rules: Rules, period: str) -> Rules:
    """Return the rules as they hold in a period; that there are none then is a wrong use of `--period`."""
    held = rules.at(period)
    if rules.roles and (not held.roles or (rules.department and not held.department)):
        raise WrongUse(_NO_RULES, where="--period", period=period)
    return held


_MISSING: Final = Both("there is no folder {path!r}", "没有文件夹“{path}”")
_MEANT: Final = Both("there is no folder {path!r}; did you mean {meant!r}?", "没有文件夹“{path}”；是否想写“{meant}”？")
_A_FILE: Final = Both(
    "{path!r} is a file; name the folder that holds `department.yaml`",
    "“{path}”是文件；请指定 `department.yaml` 所在的文件夹",
)
_NONE_NAMED: Final = Both(
    "no folder of roles is named, and there is no ./roles; write `{example}`",
    "未指定岗位文件夹，当前位置也没有 ./roles；请写 `{example}`",
)
_NONE_NAMED_NEAR: Final = Both(
    "no folder of roles is named, and there is no ./roles; write `{example}` (near here: {found})",
    "未指定岗位文件夹，当前位置也没有 ./roles；请写 `{example}`（附近有：{found}）",
)


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
    words = _NONE_NAMED_NEAR if len(near) > 1 else _NONE_NAMED
    raise WrongUse(words, where=where, example=f"{command} {near[0] if near else 'DIR'}", found=near)


def there(folder: Path, where: str | None) -> Path:
    """Return a folder that an option or a variable names; that it is not there is a wrong use of that."""
    from kpicard.files import path_kind
    from kpicard.rules.load import meant_by

    kind = path_kind(folder)
    if kind == "folder":
        return folder
    meant = meant_by(folder) if kind is None else None
    words = _A_FILE if kind == "file" else _MEANT if meant else _MISSING
    raise WrongUse(words, where=where, path=str(folder), meant=meant)


def loaded(folder: Path | None, language: Language) -> tuple[Rules, Sequence[Problem]]:
    """Load the rules of a folder, or of the one that is found, and write to standard error what is wrong with them."""
    from kpicard.rules.load import load

    rules, problems = load(roles_folder(folder, language))
    if problems:
        from kpicard.reports.problems import write_problems

        write_problems(problems, language, sys.stderr)
    return rules, problems
