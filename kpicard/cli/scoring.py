"""What the commands that read actuals share: their options, the request that these make, and scoring as it asks."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast

import typer

from kpicard.cli.inputs import Actuals, role_ids, roles_folder
from kpicard.cli.options import (
    SOMETHING_WRONG,
    Anonymous,
    By,
    DecimalMark,
    Employees,
    Encoding,
    Files,
    Lang,
    MissingFigures,
    NotApplicable,
    NotReported,
    OnlyRoles,
    Periods,
    Quiet,
    Roles,
    RollupOf,
    RosterFile,
    Sheets,
    WrongUse,
    be_quiet,
    end_with,
    environment_language,
    note,
    said,
    status_of,
    tell,
)
from kpicard.cli.progress import shown

if TYPE_CHECKING:
    from kpicard.actuals.files.tables import Source
    from kpicard.actuals.load import TableRead
    from kpicard.cards import longer
    from kpicard.cards import values as cards
    from kpicard.cards.closed import ClosedPeriod
    from kpicard.cards.request import ScoreRequest
    from kpicard.cards.scorecards import Scorecards
    from kpicard.problems import Problem
    from kpicard.spark import SparkScorecards
    from kpicard.text import Language

SHOWN: Final = 100
"""The most problems that are listed on standard error; how many more there are is said."""


@dataclass(frozen=True)
class Asked:
    """What a command is asked for; the request calls its roles as they were written, until the rules are known."""

    actuals: Actuals
    roles_folder: Path | None
    request: ScoreRequest
    language: Language
    is_anonymous: bool = False
    """Whether reports have a number for everybody instead of id and name."""


def _asked(  # noqa: PLR0913, PLR0917 - each is an option of the commands
    files: Files,
    roles_folder: Roles = None,
    period: Periods = None,
    employee: Employees = None,
    role: OnlyRoles = None,
    missing: MissingFigures = "refuse",
    by: By = None,
    rollup: RollupOf = None,
    decimal: DecimalMark = None,
    not_reported: NotReported = None,
    not_applicable: NotApplicable = None,
    roster: RosterFile = None,
    encoding: Encoding = None,
    sheet: Sheets = None,
    quiet: Quiet = False,
    anonymous: Anonymous = False,
    lang: Lang = None,
) -> Asked:
    """Make one value of the options of all commands that read actuals. A new option is a parameter here."""
    from kpicard.cards.request import ScoreRequest

    be_quiet(quiet=quiet)
    if rollup and not by:
        raise WrongUse("needs-by", where="--rollup")
    request = ScoreRequest(
        missing=cast("cards.Missing", missing),
        periods=tuple(period or ()),
        employees=tuple(employee or ()),
        roles=tuple(role or ()),
        by=cast("longer.By | None", by),
        rollup=cast("cards.Rollup", rollup or "totals"),
        decimal=cast("cards.DecimalMark | None", decimal),
        not_reported=tuple(not_reported or ()),
        not_applicable=tuple(not_applicable or ()),
        roster=_roster(roster),
    )
    language = lang or environment_language()
    return Asked(Actuals(files, encoding, sheet), roles_folder, request, language, is_anonymous=anonymous)


def _roster(path: Path | None) -> Source | None:
    """Return the file of the people; that it is not there is a wrong use."""
    if path is None:
        return None
    from kpicard.actuals.files.tables import Source

    if not path.is_file():
        raise WrongUse("no-such-form", where="--roster", path=str(path))
    return Source.of(path)


def reads_actuals(*, but: Sequence[str] = ()) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command, which takes what is `Asked` and options of its own, the options that all share, `but` for some.

    Its own stand behind those that choose what is scored.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        shared = [each for name, each in _parameters(_asked).items() if name not in but]
        own = list(_parameters(command).values())[1:]
        names = [each.name for each in shared]

        @wraps(command)
        def run(**given: Any) -> None:
            asked = _asked(**{"files": (), **{name: given.pop(name) for name in names}})
            command(asked, **given)

        first = [each for each in shared if each.name not in _LAST]
        last = [each for each in shared if each.name in _LAST]
        parameters = [
            each.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for each in sorted([*first, *own, *last], key=lambda each: each.name != "files")
        ]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined] # what typer asks for
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        return run

    return decorate


_LAST: Final = ("decimal", "not_reported", "not_applicable", "encoding", "sheet", "anonymous", "quiet", "lang")


def _parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(function, eval_str=True).parameters)


def scored(
    asked: Asked, *, verbose: bool = False, takes_closed: bool = False, problems_file: Path | None = None
) -> Scorecards:
    """Load the rules, score the files as asked, and write to standard error what is wrong with either.

    Where a command `takes_closed` periods, their frozen cards are among the cards.
    """
    from kpicard.cards.scorecards import score_request
    from kpicard.files import own_folder
    from kpicard.rules.load import load

    language = asked.language
    closed, files = _closed(asked)
    if closed and not takes_closed:
        raise WrongUse("closed-here", where="FILE", path=closed[0].name)
    only_closed = bool(closed and not files)
    rules, problems = closed[-1].rules if only_closed else load(roles_folder(asked.roles_folder, language))
    request = replace(asked.request, roles=role_ids(asked.request.roles, rules))
    with shown(language) as progress, own_folder() as folder:
        sources = replace(asked.actuals, files=files).sources(folder)
        result = score_request(rules, sources, request, progress).with_problems(problems)
    if closed:
        from kpicard.cards.states import with_closed

        result = with_closed(result, closed, request)
    if verbose:
        for table in result.tables:
            _tell_table(table, language)
    tell_problems(result, language)
    if problems_file:
        write_problems_file(result.problems, problems_file, language)
    if asked.is_anonymous:
        from kpicard.cards.anonymous import without_names

        return without_names(result)
    return result


def _closed(asked: Asked) -> tuple[list[ClosedPeriod], list[str]]:
    """Return the closed periods among the files that are named, oldest first, and the others."""
    if not any(Path(name).is_dir() for name in asked.actuals.files):
        return [], list(asked.actuals.files)
    from kpicard.cards.closed import latest_in, read_closed
    from kpicard.problems import Problem

    found: dict[str, ClosedPeriod] = {}
    files: list[str] = []
    for name in asked.actuals.files:
        folders = latest_in(Path(name)) if Path(name).is_dir() else []
        for folder in folders:
            closed = read_closed(folder)
            if isinstance(closed, Problem):
                end_for(closed, asked.language)
            found[closed.manifest.period] = closed
        files += [] if folders else [name]
    if found and asked.request.by:
        raise WrongUse("closed-by", where="--by")
    return [found[period] for period in sorted(found)], files


def _tell_table(table: TableRead, language: Language) -> None:
    """Say how a table was read."""
    from kpicard.text import printable, say

    separator = say(table.separator, language) if table.separator else ""
    tell(
        "read-as",
        language,
        name=printable(table.path if table.sheet is None else f"{table.path}:{table.sheet}"),
        encoding=table.encoding,
        separated=said("separated", language, separator=separator) if separator else "",
        heading=table.heading,
        form=said("row-per-person" if table.is_wide else "row-per-kpi", language),
        rows=table.rows,
        period=said("period-by-name", language, period=table.period) if table.period else "",
    )


def status_without_cards(result: Scorecards | SparkScorecards) -> int:
    """Return the exit status where there is no card, for reasons that were reported; 0 where there is one."""
    return 0 if result.count else status_of(_told(result))


def finish(result: Scorecards | SparkScorecards) -> None:
    """End the command as its problems say."""
    end_with(status_of(_told(result)))


def _told(result: Scorecards | SparkScorecards) -> Sequence[Problem]:
    """Return the problems that were told, which a report without names does not have."""
    named = getattr(result, "named", result)
    problems: Sequence[Problem] = named.problems
    return problems


def end_for(problem: Problem, language: Language, status: int = SOMETHING_WRONG) -> NoReturn:
    """Say what is wrong, and end the command."""
    from kpicard.reports.problems import write_problems

    write_problems([problem], language, sys.stderr)
    raise typer.Exit(status)


def write_problems_file(problems: Iterable[Problem], path: Path, language: Language) -> None:
    """Write problems to a file, each as a line of JSON; the file is written whole or not at all."""
    from kpicard.cli.output import cannot_write
    from kpicard.files import as_text, write_whole
    from kpicard.reports.formats.json import problem_values, write_lines

    lines = (problem_values(each, language) for each in problems)
    try:
        write_whole(path, as_text(lambda out: write_lines(lines, out)))
    except OSError as error:
        cannot_write(path, error, language)


def tell_problems(result: Scorecards | SparkScorecards, language: Language) -> None:
    """Write the problems, and how many cards are withheld for them, to standard error."""
    if not result.problems:
        return
    from kpicard.messages import words_of
    from kpicard.reports.problems import write_first_problems

    write_first_problems(result.problems, SHOWN, language, sys.stderr)
    words = words_of("card")["cards-withheld" if result.withheld else "cards"]
    note(words, language, count=result.count, withheld=result.withheld)
