"""The rules that a command works with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kpicard.cli.wrong_use import WrongUse
from kpicard.text import Both

if TYPE_CHECKING:
    from kpicard.problems import Problem
    from kpicard.rules.rules import Rules
    from kpicard.text import Language

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
    from kpicard.rules.find import named_roles, packaged_roles, packaged_used

    named = named_roles(given)
    if named:
        return there(named.folder, named.by)
    from kpicard.reports.problems_text import write_problems

    write_problems([packaged_used()], language, sys.stderr)
    return packaged_roles()


def own_roles(given: Path | None, *, where: str, command: str) -> Path:
    """Return the folder of one's own roles; that there is none is a wrong use of `where`.

    `command` is how one names a folder, up to the folder itself.
    """
    from kpicard.rules.find import folders_near, named_roles

    named = named_roles(given)
    if named:
        return there(named.folder, named.by)
    near = folders_near()
    words = _NONE_NAMED_NEAR if len(near) > 1 else _NONE_NAMED
    raise WrongUse(words, where=where, example=f"{command} {near[0] if near else 'DIR'}", found=near)


def there(folder: Path, where: str | None) -> Path:
    """Return a folder that an option or a variable names; that it is not there is a wrong use of that."""
    from kpicard.paths import path_kind
    from kpicard.rules.find import meant_by

    kind = path_kind(folder)
    if kind == "folder":
        return folder
    meant = meant_by(folder) if kind is None else None
    words = _A_FILE if kind == "file" else _MEANT if meant else _MISSING
    raise WrongUse(words, where=where, path=str(folder), meant=meant)


def loaded(folder: Path | None, language: Language) -> tuple[Rules, Sequence[Problem]]:
    """Load the rules of a folder, or of the one that is found, and write to standard error what is wrong with them."""
    from kpicard.loading import load

    rules, problems = load(roles_folder(folder, language))
    if problems:
        from kpicard.reports.problems_text import write_problems

        write_problems(problems, language, sys.stderr)
    return rules, problems
