"""`kpicard close`: a period's data, rules and cards frozen together."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpicard.cli.inputs import own_roles
from kpicard.cli.options import (
    SOMETHING_WRONG,
    USED_WRONGLY,
    Files,
    OwnRoles,
    WrongUse,
    one_period,
    status_of,
    tell,
    tell_error,
)
from kpicard.cli.output import cannot_write
from kpicard.cli.progress import shown
from kpicard.cli.scoring import Asked, end_for, reads_actuals, tell_problems

if TYPE_CHECKING:
    from kpicard.cards.closing import Closing
    from kpicard.cards.scorecards import Scorecards
    from kpicard.problems import Problem
    from kpicard.text import Language

EXAMPLES = """\b
Examples:
  kpicard close 2026-10 2026-10.csv --date 2026-11-05
  kpicard close 2026-10 actuals/ --roles roles --output closed/
  kpicard close 2026-10 2026-10-restated.csv --amend --reason 'refunds of 10-31 were counted twice'"""


def one_date(value: str) -> str:
    """Return a day, as `2026-11-05`."""
    from datetime import date

    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        raise WrongUse("no-date", value=value) from None


@reads_actuals(but=("files", "roles_folder", "period", "employee", "role", "by", "rollup", "anonymous"))
def close(  # noqa: PLR0913, PLR0917 - each is an option of the command
    asked: Asked,
    period: Annotated[str, typer.Argument(metavar="PERIOD", parser=one_period, help="The period to close.")],
    sources: Files,
    roles_folder: OwnRoles = None,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="Folder of the closed periods: each has a folder in it."),
    ] = Path("closed"),
    date: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", parser=one_date, help="The day of closing; cards name it. [default: none]"),
    ] = None,
    with_withheld: Annotated[
        bool, typer.Option("--with-withheld", help="Close although cards are withheld; the manifest names them.")
    ] = False,
    amend: Annotated[
        bool, typer.Option("--amend", help="Add an amendment beside a period that is closed; needs --reason.")
    ] = False,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why there is an amendment.")] = None,
) -> None:
    """Freeze a period's data, rules and cards together, as text; what is closed is never overwritten."""
    from kpicard.cards.closed import latest, read_closed
    from kpicard.cards.closing import Closing, frozen, write_closed
    from kpicard.problems import Problem

    language = asked.language
    if amend != bool(reason and reason.strip()):
        raise WrongUse("amend-reason", where="--amend / --reason")
    roles = own_roles(roles_folder, where="--roles", command="kpicard close --roles")
    before = latest(output, period)
    if before is None and amend:
        raise WrongUse("nothing-to-amend", where="--amend", period=period, path=str(output))
    if before is not None and not amend:
        tell_error("closed-already", language, path=str(before), period=period)
        raise typer.Exit(USED_WRONGLY)
    amends = read_closed(before) if before else None
    if isinstance(amends, Problem):
        end_for(amends, language)
    request = replace(asked.request, periods=(period,), keep_rows=True)
    result = _scored(replace(asked, request=request, actuals=replace(asked.actuals, files=sources)), roles)
    _refuse_unfit(result, language, with_withheld=with_withheld)
    closing = Closing(period, request, date, amends, reason and reason.strip())
    changes = _changes(closing, result, language) if amends else b""
    folder = output / (f"{period}-amendment-{amends.amendment + 1}" if amends else period)
    try:
        wrong = write_closed(folder, frozen(result, roles, closing, json_of, changes), _check)
    except OSError as error:
        cannot_write(folder, error, language)
    if wrong:
        from kpicard.reports.problems import write_problems

        write_problems(wrong, language, sys.stderr)
        raise typer.Exit(SOMETHING_WRONG)
    tell("closed-one" if result.count == 1 else "closed", language, count=result.count, path=f"{folder}/")


def _scored(asked: Asked, roles: Path) -> Scorecards:
    from kpicard.cards.scorecards import score_request
    from kpicard.files import own_folder
    from kpicard.rules.load import load

    rules, problems = load(roles)
    with shown(asked.language) as progress, own_folder() as folder:
        result = score_request(rules, asked.actuals.sources(folder), asked.request, progress).with_problems(problems)
    tell_problems(result, asked.language)
    return result


def _refuse_unfit(result: Scorecards, language: Language, *, with_withheld: bool) -> None:
    """End the command where there is no card, or where what is wrong has not been put right and is not passed over."""
    from kpicard.problems import has_errors

    if not result.count or (has_errors(result.problems) and not with_withheld):
        tell_error("not-closed" if result.count else "closed-nothing", language, count=result.withheld)
        raise typer.Exit(status_of(result.problems) or SOMETHING_WRONG)


def _check(folder: Path) -> tuple[Problem, ...]:
    """Return why what is about to be put in its place is not a closed period that holds."""
    from kpicard.cards.closed import read_closed
    from kpicard.cards.verify import verify
    from kpicard.problems import Problem

    closed = read_closed(folder, folder.name)
    if isinstance(closed, Problem):
        return (closed,)
    # What it amends is not beside it yet.
    return tuple(each for each in verify(closed, json_of) if each.code != "amends-nothing" and each.severity == "error")


def json_of(result: Scorecards) -> bytes:
    """Return the cards as the report has them, without problems: these are about files that are not frozen."""
    from kpicard.reports.formats.json import write
    from kpicard.reports.json_cards import scorecards

    out = io.StringIO()
    write({**scorecards(result, "en"), "problems": []}, "en", out)
    return out.getvalue().encode()


def _changes(closing: Closing, result: Scorecards, language: Language) -> bytes:
    """Return what an amendment changes, as CSV; that it changes nothing ends the command."""
    from kpicard.cards.impact.compare import compare_sides
    from kpicard.cards.impact.sides import Side
    from kpicard.problems import Problem
    from kpicard.reports.formats.csv import changes, write

    before = closing.amends
    if before is None:
        return b""
    old = Side.of_closed(before)
    if isinstance(old, Problem):
        end_for(old, language)
    diff = compare_sides(old, Side.of(result, has_rows=True), is_diff=True)
    if not diff.is_any:
        tell_error("nothing-amended", language, path=before.name)
        raise typer.Exit(USED_WRONGLY)
    out = io.StringIO()
    write(changes(diff, "en"), "en", out)
    return out.getvalue().encode()
