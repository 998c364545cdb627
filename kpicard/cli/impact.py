"""`kpicard impact`: whose grade would move when the rules change."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from kpicard import reports
from kpicard.cli.actuals_files import source_of
from kpicard.cli.actuals_options import SHOWN, Employees, Encoding, MissingFigures, OnlyRoles, Periods, Sheets
from kpicard.cli.impact_inputs import actuals, folders, refuse_unclear, role_id_of, rules_of
from kpicard.cli.options import SOMETHING_WRONG, Lang, OwnRoles, environment_language, one_of
from kpicard.cli.output import REPORT_HELP, Output, destination, keep_old, write_report
from kpicard.cli.progress import shown

if TYPE_CHECKING:
    from kpicard.card import Missing
    from kpicard.impact.values import Impact
    from kpicard.text import Language

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

    from kpicard.folders import own_folder
    from kpicard.impact.compare import compare
    from kpicard.impact.conditions import is_met
    from kpicard.problems import has_errors
    from kpicard.scorecards import score

    language = lang or environment_language()
    old_folder, new_folder = folders(before, after, roles_folder, is_at_revisions=base is not None and head is not None)
    old = rules_of(old_folder, base, language)
    new = rules_of(new_folder, head, language)
    chosen = [role_id_of(name, old.rules, new.rules) for name in role or ()]
    with shown(language) as progress, own_folder() as copies:
        sources = [replace(source_of(file, copies), encoding=encoding, sheets=tuple(sheet or ())) for file in given]
        results = [
            score(
                rules,
                sources,
                missing=cast("Missing", missing),
                periods=period or (),
                employees=employee or (),
                roles=chosen,
                also_known=other.rules,
                progress=progress,
            ).with_problems(problems)
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
    from kpicard.reports.problems_text import write_first_problems
    from kpicard.reports.words_impact import WORDS
    from kpicard.text import printable, say

    write_first_problems(result.problems, SHOWN, language, sys.stderr)
    if result.problems_before:
        heading = say(WORDS["problems-before"], language).format(rules=printable(result.before))
        typer.echo(heading, err=True)
        write_first_problems(result.problems_before, SHOWN, language, sys.stderr)
