"""What `kpicard impact` compares: two sets of rules, the actuals, and where the report goes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from kpicard.cli.options import SOMETHING_WRONG

if TYPE_CHECKING:
    from kpicard.loading import Loaded
    from kpicard.problems import Problem
    from kpicard.rules.rules import Rules
    from kpicard.text import Language

_ACTUALS = "actuals"


def refuse_unclear(
    base: str | None, head: str | None, before: Path | None, after: Path | None, roles_folder: Path | None
) -> None:
    """Refuse options that do not say what is compared with what."""
    where, message = "--base", None
    if (base is None) == (before is None):
        message = (
            "give either `--base REV`, a revision of git, or `--before DIR`, a folder: the rules before the change"
        )
        where = "--base / --before"
    elif head is not None and base is None:
        message = "it goes with `--base`; two folders are `--before DIR --after DIR`"
        where = "--head"
    elif after is not None and before is None:
        message = "it goes with `--before`; two revisions are `--base REV --head REV`"
        where = "--after"
    elif after is not None and roles_folder is not None:
        message = "`--roles` names the rules after the change as well: leave one of them out"
        where = "--after"
    if message:
        raise typer.BadParameter(message, param_hint=where)


def actuals(files: Sequence[str] | None) -> list[str]:
    """Return the files that are scored: those given, else the folder `./actuals`."""
    if files:
        return list(files)
    if not Path(_ACTUALS).is_dir():
        message = f"name the files of actuals: there is no folder ./{_ACTUALS} to take them from"
        raise typer.BadParameter(message, param_hint="FILE")
    return [_ACTUALS]


def rules_of(folder: Path, revision: str | None, language: Language, *, is_packaged: bool) -> Loaded:
    """Return the rules of a folder, as it is or at a revision. Where git has none, says so and ends the command."""
    from kpicard.loading import load
    from kpicard.problems import Problem

    if revision is None:
        loaded = load(folder)
        nowhere = [problem for problem in loaded.problems if problem.code in {"no-such-path", "not-a-folder"}]
        return _end(nowhere[0], language) if nowhere else loaded
    if is_packaged:
        _end(Problem(str(folder), None, None, "packaged-roles"), language)
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
