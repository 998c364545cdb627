"""Scoring for a command: from the words of its options to scorecards, with the problems told."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kpicard.cli.actuals_options import SHOWN
from kpicard.cli.inputs import Actuals
from kpicard.cli.inputs import roles_folder as found_roles
from kpicard.cli.options import SOMETHING_WRONG
from kpicard.cli.progress import shown

if TYPE_CHECKING:
    from kpicard.cards.request import ScoreRequest
    from kpicard.cards.scorecards import Scorecards
    from kpicard.rules.rules import Rules
    from kpicard.spark import SparkScorecards
    from kpicard.text import Language


def scored(
    actuals: Actuals, roles_folder: Path | None, request: ScoreRequest, language: Language, *, verbose: bool = False
) -> Scorecards:
    """Load the rules, score the files as requested, and write to standard error what is wrong with either."""
    from kpicard.cards.scorecards import score_request
    from kpicard.folders import own_folder
    from kpicard.rules.load import load

    rules, problems = load(found_roles(roles_folder, language))
    wanted = replace(request, roles=tuple(role_of(name, rules) for name in request.roles))
    with shown(language) as progress, own_folder() as folder:
        result = score_request(rules, actuals.sources(folder), wanted, progress).with_problems(problems)
    if verbose:
        _account(result, language)
    tell(result, language)
    return result


def is_all_wrong(result: Scorecards | SparkScorecards) -> bool:
    """Whether there is no card, for reasons that were reported."""
    from kpicard.problems import has_errors

    return not result.count and has_errors(result.problems)


def finish(result: Scorecards | SparkScorecards) -> None:
    """End the command with status 1 where something was wrong with the rules or the data."""
    from kpicard.problems import has_errors

    if has_errors(result.problems):
        raise typer.Exit(SOMETHING_WRONG)


def role_of(name: str, rules: Rules) -> str:
    """Return the id of the role that is called `name`; a role that could not be loaded has no cards to choose."""
    from kpicard.cli.inputs import role_id

    return (role_id(name, rules, "--role") or name) if rules.roles else name


def _account(result: Scorecards, language: Language) -> None:
    """Write how each file was read to standard error."""
    from kpicard.reports.tables_text import write_tables

    write_tables(result.tables, language, sys.stderr)


def tell(result: Scorecards | SparkScorecards, language: Language) -> None:
    """Write the problems, and how many cards are withheld for them, to standard error."""
    if not result.problems:
        return
    from kpicard.messages import words_of
    from kpicard.reports.problems import write_first_problems
    from kpicard.text import say

    write_first_problems(result.problems, SHOWN, language, sys.stderr)
    words = words_of("card")["cards-withheld" if result.withheld else "cards"]
    typer.echo(say(words, language).format(count=result.count, withheld=result.withheld), err=True)
