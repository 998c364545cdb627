"""Scoring for a command: from the words of its options to scorecards, with the problems told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from kpicard.cli.actuals_options import SHOWN
from kpicard.cli.inputs import roles_folder as found_roles
from kpicard.cli.inputs import source_of
from kpicard.cli.options import SOMETHING_WRONG
from kpicard.cli.progress import shown

if TYPE_CHECKING:
    from kpicard.cards.rollup import By
    from kpicard.cards.scorecards import Scorecards
    from kpicard.cards.values import Missing, Rollup
    from kpicard.rules.rules import Rules
    from kpicard.spark import SparkScorecards
    from kpicard.text import Language


def scored(  # noqa: PLR0913 - the options that all commands that score have in common
    files: Sequence[str],
    language: Language,
    *,
    roles_folder: Path | None,
    period: Sequence[str] | None,
    employee: Sequence[str] | None,
    role: Sequence[str] | None,
    missing: str,
    encoding: str | None,
    sheet: Sequence[str] | None,
    expect_rules: Sequence[str] | None = None,
    by: str | None = None,
    rollup: str = "totals",
    memory_limit: int | None = None,
    verbose: bool = False,
) -> Scorecards:
    """Load the rules, score the files, and write to standard error what is wrong with either."""
    from kpicard.cards.scorecards import score
    from kpicard.folders import own_folder
    from kpicard.rules.load import load

    rules, problems = load(found_roles(roles_folder, language))
    with shown(language) as progress, own_folder() as folder:
        result = score(
            rules,
            [replace(source_of(file, folder), encoding=encoding, sheets=tuple(sheet or ())) for file in files],
            missing=cast("Missing", missing),
            periods=period or (),
            employees=employee or (),
            roles=[role_of(name, rules) for name in role or ()],
            expect_rules=expect_rules or (),
            by=cast("By | None", by),
            rollup=cast("Rollup", rollup),
            memory_limit=memory_limit,
            progress=progress,
        ).with_problems(problems)
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
