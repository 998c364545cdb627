"""`kpicard diff`: whose card moved between two sets of cards, by how much, and because of what."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

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
from kpicard.cli.inputs import Actuals, own_roles
from kpicard.cli.options import (
    CONDITION_MET,
    SOMETHING_WRONG,
    Lang,
    OwnRoles,
    WrongUse,
    environment_language,
    one_of,
)
from kpicard.cli.output import REPORT_HELP, Output, destination, keep_old, write_report
from kpicard.cli.progress import shown
from kpicard.cli.scoring import role_of
from kpicard.text import Both

if TYPE_CHECKING:
    from kpicard.cards.impact.sides import Side
    from kpicard.cards.request import ScoreRequest
    from kpicard.problems import Problem
    from kpicard.rules.load import Loaded
    from kpicard.text import Language

EXAMPLES = """\b
Examples:
  kpicard diff 2026-10.csv 2026-10-restated.csv
  kpicard diff closed/2026-10 2026-10-restated.xlsx --fail-on grade-change
  kpicard diff october.json november.json --format markdown --anonymous"""

FAIL_ON: Final = ("grade-change", "any")

_ONE_INPUT: Final = Both("only one of the two can be standard input", "两者中只能有一个是标准输入")


@dataclass
class _Reader:
    """Reads a side: a closed period, a JSON report, or actuals, for which alone the rules are loaded."""

    roles: Path | None
    request: ScoreRequest
    encoding: str | None
    sheets: list[str] | None
    language: Language
    rules: Loaded | None = None

    def side(self, name: str) -> Side | Problem:
        """Return the side that a file or folder is, or the problem that it is none."""
        from kpicard.cards.frozen import read_report
        from kpicard.cards.impact.sides import Side
        from kpicard.problems import Problem

        if name.lower().endswith(".json"):
            report = read_report(Path(name))
            return (
                report if isinstance(report, Problem) else Side.of_report(report, name).chosen(self.request.selection)
            )
        return self._scored(name)

    def _scored(self, name: str) -> Side:
        from kpicard.cards.impact.sides import Side
        from kpicard.cards.scorecards import score_request
        from kpicard.folders import own_folder
        from kpicard.rules.load import load

        if self.rules is None:
            self.rules = load(own_roles(self.roles, where="--roles", command="kpicard diff --roles"))
        rules, _ = self.rules
        with shown(self.language) as progress, own_folder() as folder:
            sources = Actuals([name], self.encoding, self.sheets).sources(folder)
            wanted = replace(self.request, roles=tuple(role_of(each, rules) for each in self.request.roles))
            result = score_request(rules, sources, wanted, progress)
        return Side.of(result, name, has_rows=False)


def diff(  # noqa: PLR0913, PLR0917 - each is an option of the command
    before: Annotated[
        str, typer.Argument(metavar="BEFORE", help="A closed period, a JSON report of cards, or actuals.")
    ],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="What it is compared with, likewise.")],
    roles_folder: OwnRoles = None,
    period: Periods = None,
    employee: Employees = None,
    role: OnlyRoles = None,
    missing: MissingFigures = "refuse",
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(reports.DIFF), parser=one_of(reports.DIFF), help=REPORT_HELP),
    ] = None,
    output: Output = None,
    encoding: Encoding = None,
    sheet: Sheets = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="|".join(FAIL_ON),
            parser=one_of(FAIL_ON),
            help="Exit with status 3 if a grade, or anything, is another; may be repeated.",
        ),
    ] = None,
    anonymous: Annotated[
        bool,
        typer.Option("--anonymous", help="Number people instead of naming them, in no order that tells anything."),
    ] = False,
    lang: Lang = None,
) -> None:
    """Compare two sets of cards: whose total, grade, coefficient and bonus moved, by how much, because of what."""
    language = lang or environment_language()
    if before == after == "-":
        raise WrongUse(_ONE_INPUT, where="AFTER")
    to = destination(reports.DIFF, format_, output, [before, after])
    request = requested(missing=missing, period=period, employee=employee, role=role)
    from kpicard.cards.impact.anonymous import without_names
    from kpicard.cards.impact.compare import compare_sides, is_met
    from kpicard.problems import Problem, has_errors
    from kpicard.reports.problems import write_first_problems

    reader = _Reader(roles_folder, request, encoding, sheet, language)
    sides = [reader.side(name) for name in (before, after)]
    problems = [each for each in sides if isinstance(each, Problem)]
    found = [each for each in sides if not isinstance(each, Problem)]
    problems += [problem for side in found for problem in side.problems]
    if reader.rules:
        problems += reader.rules.problems
    write_first_problems(problems, SHOWN, language, sys.stderr)
    if len(found) < len(sides):
        raise typer.Exit(SOMETHING_WRONG)
    result = compare_sides(*found, is_diff=True)
    keep_old(to, language, is_wrong=has_errors(problems) and not result.cards)
    write_report(reports.DIFF, to, without_names(result) if anonymous else result, language)
    if has_errors(problems):
        raise typer.Exit(SOMETHING_WRONG)
    if any(is_met(condition, result) for condition in fail_on or ()):
        raise typer.Exit(CONDITION_MET)
