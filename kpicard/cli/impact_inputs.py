"""What `kpicard impact` compares: two sets of rules, the actuals, and where the report goes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import typer

from kpicard.cli.options import SOMETHING_WRONG
from kpicard.cli.rules import own_roles, there
from kpicard.cli.wrong_use import WrongUse
from kpicard.text import Both

if TYPE_CHECKING:
    from kpicard.loading import Loaded
    from kpicard.problems import Problem
    from kpicard.rules.rules import Rules
    from kpicard.text import Language

_ACTUALS = "actuals"

_ONE_BEFORE: Final = Both(
    "give either `--base REV`, a revision of git, or `--before DIR`, a folder: the rules before the change",
    "请指定变更前的规则：`--base 版本`（git 版本）或 `--before 文件夹`，二选一",
)
_HEAD_ALONE: Final = Both(
    "it goes with `--base`; two folders are `--before DIR --after DIR`",
    "须与 `--base` 一起使用；比较两个文件夹请用 `--before 文件夹 --after 文件夹`",
)
_AFTER_ALONE: Final = Both(
    "it goes with `--before`; two revisions are `--base REV --head REV`",
    "须与 `--before` 一起使用；比较两个版本请用 `--base 版本 --head 版本`",
)
_TWO_AFTER: Final = Both(
    "`--roles` names the rules after the change as well: leave one of them out",
    "`--roles` 也指定了变更后的规则，请只保留其中一个",
)
_NO_ACTUALS: Final = Both(
    "name the files of actuals: there is no folder ./{folder} to take them from",
    "请指定实际值文件：没有可默认读取的文件夹 ./{folder}",
)


def refuse_unclear(
    base: str | None, head: str | None, before: Path | None, after: Path | None, roles_folder: Path | None
) -> None:
    """Refuse options that do not say what is compared with what."""
    if (base is None) == (before is None):
        raise WrongUse(_ONE_BEFORE, where="--base / --before")
    if head is not None and base is None:
        raise WrongUse(_HEAD_ALONE, where="--head")
    if after is not None and before is None:
        raise WrongUse(_AFTER_ALONE, where="--after")
    if after is not None and roles_folder is not None:
        raise WrongUse(_TWO_AFTER, where="--after")


def actuals(files: Sequence[str] | None) -> list[str]:
    """Return the files that are scored: those given, else the folder `./actuals`."""
    if files:
        return list(files)
    if not Path(_ACTUALS).is_dir():
        raise WrongUse(_NO_ACTUALS, where="FILE", folder=_ACTUALS)
    return [_ACTUALS]


def folders(
    before: Path | None, after: Path | None, roles_folder: Path | None, *, is_at_revisions: bool
) -> tuple[Path, Path]:
    """Return the folders of the rules before and after the change.

    One that is not there, or not named, is a wrong use; where both are read from git, it may be there no longer.
    """
    old = there(before, "--before") if before else None
    new = there(after, "--after") if after else None
    if old and new:
        return old, new
    if roles_folder and is_at_revisions:
        return roles_folder, roles_folder
    own = own_roles(roles_folder, where="--roles", command="kpicard impact --roles")
    return old or own, new or own


def rules_of(folder: Path, revision: str | None, language: Language) -> Loaded:
    """Return the rules of a folder, as it is or at a revision. Where git has none, says so and ends the command."""
    from kpicard.loading import load
    from kpicard.problems import Problem

    if revision is None:
        return load(folder)
    from kpicard.impact.revision import load_revision

    found = load_revision(folder, revision)
    return _end(found, language) if isinstance(found, Problem) else found


def _end(problem: Problem, language: Language) -> NoReturn:
    from kpicard.reports.problems_text import write_problems

    write_problems([problem], language, sys.stderr)
    raise typer.Exit(SOMETHING_WRONG)


def role_id_of(name: str, before: Rules, after: Rules) -> str:
    """Return the id of the role that is called `name` by either rules; one that could not be loaded has no cards."""
    from kpicard.cli.names import role_id

    both = replace(after, versions={**before.versions, **after.versions}, broken={**before.broken, **after.broken})
    return (role_id(name, both, "--role") or name) if both.versions else name
