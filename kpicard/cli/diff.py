"""`kpicard diff`: whose card moved between two sets of cards, by how much, and because of what."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kpicard import reports
from kpicard.cli.inputs import own_roles, role_ids
from kpicard.cli.options import CONDITION_MET, SOMETHING_WRONG, OwnRoles, WrongUse, end_with, one_of, status_of, tell
from kpicard.cli.output import Output, destination, format_option, keep_old, write_report
from kpicard.cli.progress import shown
from kpicard.cli.scoring import SHOWN, Asked, reads_actuals

if TYPE_CHECKING:
    from kpicard.cards.impact.sides import Side
    from kpicard.problems import Problem
    from kpicard.rules.load import Loaded

EXAMPLES = """\b
Examples:
  kpicard diff 2026-10.csv 2026-10-restated.csv
  kpicard diff closed/2026-10 2026-10-restated.xlsx --fail-on grade-change
  kpicard diff october.json october-again.json --format markdown --anonymous"""

FAIL_ON: Final = ("grade-change", "any")


@dataclass
class _Reader:
    """Reads a side: a closed period, a JSON report, or actuals, for which alone the rules are loaded."""

    asked: Asked
    rules: Loaded | None = None

    def side(self, name: str) -> Side | Problem:
        """Return the side that a file or folder is, or the problem that it is none."""
        from kpicard.cards.closed import is_closed, read_closed
        from kpicard.cards.frozen import read_report
        from kpicard.cards.impact.sides import Side
        from kpicard.problems import Problem

        side: Side | Problem
        if is_closed(Path(name)):
            closed = read_closed(Path(name))
            side = closed if isinstance(closed, Problem) else Side.of_closed(closed)
        elif name.lower().endswith(".json") and Path(name).exists():
            report = read_report(Path(name))
            side = report if isinstance(report, Problem) else Side.of_report(report, name)
        else:
            return self._scored(name)
        return side if isinstance(side, Problem) else side.chosen(self.asked.request.selection)

    def _scored(self, name: str) -> Side:
        from kpicard.cards.impact.sides import Side
        from kpicard.cards.scorecards import score_request
        from kpicard.files import own_folder
        from kpicard.rules.load import load

        asked = self.asked
        if self.rules is None:
            self.rules = load(own_roles(asked.roles_folder, where="--roles", command="kpicard diff --roles"))
        rules = self.rules.rules
        request = replace(asked.request, roles=role_ids(asked.request.roles, rules), keep_rows=True)
        with shown(asked.language) as progress, own_folder() as folder:
            sources = replace(asked.actuals, files=[name]).sources(folder)
            return Side.of(score_request(rules, sources, request, progress), name, has_rows=True)


@reads_actuals(but=("files", "roles_folder", "by", "rollup", "anonymous"))
def diff(  # noqa: PLR0913, PLR0917 - each is an option of the command
    asked: Asked,
    before: Annotated[
        str, typer.Argument(metavar="BEFORE", help="A closed period, a JSON report of cards, or actuals.")
    ],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="What it is compared with, likewise.")],
    roles_folder: OwnRoles = None,
    format_: Annotated[str | None, format_option(reports.DIFF)] = None,
    output: Output = None,
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
) -> None:
    """Compare two sets of cards: whose total, grade, coefficient and bonus moved, by how much, because of what."""
    if before == after == "-":
        raise WrongUse("one-standard-input", where="AFTER")
    to = destination(reports.DIFF, format_, output, replace(asked.actuals, files=[before, after]))
    from kpicard.cards.impact.anonymous import without_names
    from kpicard.cards.impact.compare import compare_sides, is_met
    from kpicard.problems import Problem, in_order
    from kpicard.reports.problems import write_first_problems

    reader = _Reader(replace(asked, roles_folder=roles_folder))
    sides = [reader.side(name) for name in (before, after)]
    problems = [each for each in sides if isinstance(each, Problem)]
    found = [each for each in sides if not isinstance(each, Problem)]
    problems += [problem for side in found for problem in side.problems]
    problems += reader.rules.problems if reader.rules else ()
    write_first_problems(in_order(problems), SHOWN, asked.language, sys.stderr)
    if len(found) < len(sides):
        raise typer.Exit(SOMETHING_WRONG)
    result = compare_sides(*found, is_diff=True)
    status = status_of(problems)
    keep_old(to, asked.language, status=0 if result.cards else status)
    write_report(reports.DIFF, to, without_names(result) if anonymous else result, asked.language)
    end_with(status)
    met = [condition for condition in dict.fromkeys(fail_on or ()) if is_met(condition, result)]
    if met:
        tell("condition-met", asked.language, conditions=met)
        raise typer.Exit(CONDITION_MET)
