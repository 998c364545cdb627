"""`kpicard impact`: whose grade would move when the rules change."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from kpicard import reports
from kpicard.cli.actuals_options import (
    SHOWN,
    Employees,
    Encoding,
    MissingFigures,
    OnlyRoles,
    Periods,
    Sheets,
    requested,
)
from kpicard.cli.inputs import Actuals, own_roles, there
from kpicard.cli.options import SOMETHING_WRONG, Lang, OwnRoles, WrongUse, environment_language, one_of
from kpicard.cli.output import REPORT_HELP, Output, destination, keep_old, write_report
from kpicard.cli.progress import shown
from kpicard.text import Both

if TYPE_CHECKING:
    from kpicard.cards.impact.values import Impact
    from kpicard.problems import Problem
    from kpicard.rules.load import Loaded
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
    from kpicard.problems import Problem
    from kpicard.rules.load import load

    if revision is None:
        return load(folder)
    from kpicard.cards.impact.revision import load_revision

    found = load_revision(folder, revision)
    return _end(found, language) if isinstance(found, Problem) else found


def _end(problem: Problem, language: Language) -> NoReturn:
    from kpicard.reports.problems import write_problems

    write_problems([problem], language, sys.stderr)
    raise typer.Exit(SOMETHING_WRONG)


def role_id_of(name: str, before: Rules, after: Rules) -> str:
    """Return the id of the role that is called `name` by either rules; one that could not be loaded has no cards."""
    from kpicard.cli.inputs import role_id

    both = replace(after, versions={**before.versions, **after.versions}, broken={**before.broken, **after.broken})
    return (role_id(name, both, "--role") or name) if both.versions else name


EXAMPLES = """\b
Examples:
  kpicard impact --base main
  kpicard impact actuals/2026-10.csv --base HEAD~1 --format markdown
  kpicard impact 2026-10.csv --before roles-2026 --after roles-2027
  kpicard impact actuals/ --base v1.0 --head v1.1 --fail-on grade-change"""

FAIL_ON = ("grade-change", "grade-drop", "coefficient-change", "total-change")


def impact(  # noqa: PLR0913, PLR0917 - each is an option of the command
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help="CSV, Excel or Parquet files of actuals, folders or patterns; - is standard input. "
            "[default: the folder ./actuals]",
        ),
    ] = None,
    roles_folder: OwnRoles = None,
    base: Annotated[
        str | None, typer.Option(metavar="REV", help="The rules before: the folder of the roles at a git revision.")
    ] = None,
    head: Annotated[
        str | None, typer.Option(metavar="REV", help="The rules after, likewise. [default: the folder as it is]")
    ] = None,
    before: Annotated[Path | None, typer.Option(metavar="DIR", help="The rules before: a folder.")] = None,
    after: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The rules after: a folder. [default: as for --roles]")
    ] = None,
    period: Periods = None,
    employee: Employees = None,
    role: OnlyRoles = None,
    missing: MissingFigures = "refuse",
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(reports.IMPACT),
            parser=one_of(reports.IMPACT),
            help=REPORT_HELP,
        ),
    ] = None,
    output: Output = None,
    encoding: Encoding = None,
    sheet: Sheets = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="|".join(FAIL_ON),
            parser=one_of(FAIL_ON),
            help="Exit with status 1 if there is such a card; may be repeated.",
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Score the same actuals by the rules before and after a change, and report whose total and grade move."""
    refuse_unclear(base, head, before, after, roles_folder)
    given = actuals(files)
    to = destination(reports.IMPACT, format_, output, given)

    from kpicard.cards.impact.compare import compare, is_met
    from kpicard.cards.scorecards import score_request
    from kpicard.folders import own_folder
    from kpicard.problems import has_errors

    language = lang or environment_language()
    old_folder, new_folder = folders(before, after, roles_folder, is_at_revisions=base is not None and head is not None)
    old = rules_of(old_folder, base, language)
    new = rules_of(new_folder, head, language)
    request = requested(missing=missing, period=period, employee=employee, role=role)
    request = replace(request, roles=tuple(role_id_of(name, old.rules, new.rules) for name in request.roles))
    with shown(language) as progress, own_folder() as copies:
        sources = Actuals(given, encoding, sheet).sources(copies)
        results = [
            score_request(rules, sources, replace(request, also_known=other.rules), progress).with_problems(problems)
            for (rules, problems), other in ((old, new), (new, old))
        ]
    result = compare(*results)
    _tell(result, language)
    # What only the rules before find wrong with the actuals is no fault: a role or a KPI may be new.
    wrong = has_errors([*result.problems, *old.problems])
    keep_old(to, language, is_wrong=wrong and not result.cards)
    write_report(reports.IMPACT, to, result, language)
    if wrong or any(is_met(condition, result) for condition in fail_on or ()):
        raise typer.Exit(SOMETHING_WRONG)


def _tell(result: Impact, language: Language) -> None:
    """Write the problems to standard error: each once, those that only the rules before have below the others."""
    from kpicard.messages import words_of
    from kpicard.reports.problems import write_first_problems

    words = words_of("impact")
    from kpicard.text import printable, say

    write_first_problems(result.problems, SHOWN, language, sys.stderr)
    if result.problems_before:
        heading = say(words["problems-before"], language).format(rules=printable(result.before))
        typer.echo(heading, err=True)
        write_first_problems(result.problems_before, SHOWN, language, sys.stderr)
