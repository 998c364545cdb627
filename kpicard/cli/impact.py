"""`kpicard impact`: whose grade would move when the rules change."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpicard import reports
from kpicard.cli.completion import revisions
from kpicard.cli.inputs import own_roles, role_ids, there
from kpicard.cli.options import CONDITION_MET, USED_WRONGLY, OwnRoles, WrongUse, end_with, one_of, status_of, tell
from kpicard.cli.output import Output, destination, format_option, keep_old, write_report
from kpicard.cli.progress import shown
from kpicard.cli.scoring import SHOWN, Asked, end_for, reads_actuals

if TYPE_CHECKING:
    from kpicard.cards.impact.values import Impact
    from kpicard.rules.load import Loaded
    from kpicard.text import Language


_ACTUALS = "actuals"


def refuse_unclear(
    base: str | None, head: str | None, before: Path | None, after: Path | None, roles_folder: Path | None
) -> None:
    """Refuse options that do not say what is compared with what."""
    if (base is None) == (before is None):
        raise WrongUse("one-before", where="--base / --before")
    if head is not None and base is None:
        raise WrongUse("head-alone", where="--head")
    if after is not None and before is None:
        raise WrongUse("after-alone", where="--after")
    if after is not None and roles_folder is not None:
        raise WrongUse("two-after", where="--after")


def actuals(files: Sequence[str] | None) -> list[str]:
    """Return the files that are scored: those given, else the folder `./actuals`."""
    if files:
        return list(files)
    if not Path(_ACTUALS).is_dir():
        raise WrongUse("no-actuals", where="FILE", folder=_ACTUALS)
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
    return end_for(found, language, USED_WRONGLY) if isinstance(found, Problem) else found


EXAMPLES = """\b
Examples:
  kpicard impact --base main
  kpicard impact actuals/2026-10.csv --base HEAD~1 --format markdown
  kpicard impact 2026-10.csv --before roles-2026 --after roles-2027
  kpicard impact actuals/ --base v1.0 --head v1.1 --fail-on grade-change"""

FAIL_ON = ("grade-change", "grade-drop", "coefficient-change", "total-change")


@reads_actuals(but=("files", "roles_folder", "by", "rollup"))
def impact(  # noqa: PLR0913, PLR0917 - each is an option of the command
    asked: Asked,
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
        str | None,
        typer.Option(
            metavar="REV", help="The rules before: the folder of the roles at a git revision.", autocompletion=revisions
        ),
    ] = None,
    head: Annotated[
        str | None,
        typer.Option(
            metavar="REV", help="The rules after, likewise. [default: the folder as it is]", autocompletion=revisions
        ),
    ] = None,
    before: Annotated[Path | None, typer.Option(metavar="DIR", help="The rules before: a folder.")] = None,
    after: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The rules after: a folder. [default: as for --roles]")
    ] = None,
    format_: Annotated[str | None, format_option(reports.IMPACT)] = None,
    output: Output = None,
    names: Annotated[
        bool,
        typer.Option(
            "--names",
            help="Name people in Markdown, too. [default: numbers, since it is posted where many can read it]",
        ),
    ] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="|".join(FAIL_ON),
            parser=one_of(FAIL_ON),
            help="Exit with status 3 if there is such a card; may be repeated.",
        ),
    ] = None,
) -> None:
    """Score the same actuals by the rules before and after a change, and report whose total and grade move."""
    refuse_unclear(base, head, before, after, roles_folder)
    given = replace(asked.actuals, files=actuals(files))
    to = destination(reports.IMPACT, format_, output, given)

    from kpicard.cards.impact.compare import compare, is_met
    from kpicard.cards.scorecards import score_request
    from kpicard.files import own_folder

    language = asked.language
    old_folder, new_folder = folders(before, after, roles_folder, is_at_revisions=base is not None and head is not None)
    if (base, head) == (None, None) and os.path.realpath(old_folder) == os.path.realpath(new_folder):
        raise WrongUse("same-folder", where="--before", path=str(old_folder))
    old = rules_of(old_folder, base, language)
    new = rules_of(new_folder, head, language)
    both = replace(
        new.rules,
        versions={**old.rules.versions, **new.rules.versions},
        broken={**old.rules.broken, **new.rules.broken},
    )
    request = replace(asked.request, roles=role_ids(asked.request.roles, both))
    with shown(language) as progress, own_folder() as copies:
        sources = given.sources(copies)
        results = [
            score_request(rules, sources, replace(request, also_known=other.rules), progress).with_problems(problems)
            for (rules, problems), other in ((old, new), (new, old))
        ]
    result = compare(*results)
    _tell(result, language)
    shown_result = result
    if asked.is_anonymous or (to.format == "markdown" and not names):
        from kpicard.cards.anonymous import codes, impact_without_names

        shown_result = impact_without_names(result, codes(*results))
    # What only the rules before find wrong with the actuals is no fault: a role or a KPI may be new.
    status = status_of([*result.problems, *old.problems])
    keep_old(to, language, status=0 if result.cards else status)
    write_report(reports.IMPACT, to, shown_result, language)
    end_with(status)
    met = [condition for condition in fail_on or () if is_met(condition, result)]
    if met:
        tell("condition-met", language, conditions=met)
        raise typer.Exit(CONDITION_MET)


def _tell(result: Impact, language: Language) -> None:
    """Write the problems to standard error: each once, those that only the rules before have below the others."""
    from kpicard.messages import words_of
    from kpicard.reports.problems import write_first_problems
    from kpicard.text import printable

    write_first_problems(result.problems, SHOWN, language, sys.stderr)
    if result.problems_before:
        tell(words_of("impact")["problems-before"], language, rules=printable(result.before))
        write_first_problems(result.problems_before, SHOWN, language, sys.stderr)
