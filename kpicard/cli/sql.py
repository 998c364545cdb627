"""`kpicard sql`: a script that scores in a database of one's own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

from kpicard.cli.completion import words
from kpicard.cli.inputs import loaded
from kpicard.cli.options import (
    SOMETHING_WRONG,
    Lang,
    MissingFigures,
    OnlyRoles,
    Roles,
    WrongUse,
    environment_language,
    one_of,
    one_period,
    tell,
)
from kpicard.engines.dialects import DIALECTS

if TYPE_CHECKING:
    from kpicard.cards.values import Missing

EXAMPLES = """\b
Examples:
  kpicard sql --dialect duckdb --table actuals >kpicard.sql
  kpicard sql --dialect spark --table hr.actuals --with target --missing exclude >kpicard.sql
  kpicard sql --dialect postgres --period 2026-10 --role customer-service --keep >kpicard.sql"""

COLUMNS: Final = ("target", "status")


def _one_table(value: str) -> str:
    if not value.strip() or not value.isprintable() or ";" in value or "--" in value:
        raise WrongUse("no-table", value=value)
    return value.strip()


def sql(  # noqa: PLR0913, PLR0917 - each is an option of the command
    dialect: Annotated[
        str,
        typer.Option(
            metavar="|".join(DIALECTS),
            parser=one_of(DIALECTS),
            help="The database that runs it.",
            autocompletion=words(DIALECTS),
        ),
    ],
    table: Annotated[
        str,
        typer.Option(
            metavar="NAME", parser=_one_table, help="The table or view of actuals, or whatever stands behind FROM."
        ),
    ] = "actuals",
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="|".join(COLUMNS),
            parser=one_of(COLUMNS),
            help="The table has this column too; may be repeated.",
        ),
    ] = None,
    missing: MissingFigures = "refuse",
    period: Annotated[
        list[str] | None,
        typer.Option(metavar="YYYY-MM", parser=one_period, help="Only this period; may be repeated."),
    ] = None,
    role: OnlyRoles = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave problems and scores in the database as tables. [default: show them]")
    ] = False,
    roles_folder: Roles = None,
    lang: Lang = None,
) -> None:
    """Print a script that scores a table of actuals in a database: the rules, the checks, and the query."""
    from kpicard.cli.inputs import role_id
    from kpicard.problems import has_errors

    language = lang or environment_language()
    rules, problems = loaded(roles_folder, language)
    if has_errors(problems):
        tell("script-not-written", language)
        raise typer.Exit(SOMETHING_WRONG)
    from kpicard.engines.script import Wanted, script

    wanted = Wanted(
        DIALECTS[dialect],
        table=table,
        columns=tuple(column for column in COLUMNS if column in (with_ or ())),
        missing=cast("Missing", missing),
        periods=tuple(dict.fromkeys(period or ())),
        roles=tuple(dict.fromkeys(filter(None, (role_id(name, rules, "--role") for name in role or ())))),
        keep=keep,
    )
    sys.stdout.write(script(rules, wanted, language))
