"""`kpicard roles`: the list of roles, and duty sheets."""

from __future__ import annotations

from typing import Annotated

import typer

from kpicard import reports
from kpicard.cli.card_folder import refuse_foreign, write_site
from kpicard.cli.completion import roles as role_words
from kpicard.cli.inputs import Actuals, loaded, rules_at
from kpicard.cli.options import (
    SOMETHING_WRONG,
    Lang,
    Roles,
    end_with,
    environment_language,
    one_period,
    status_of,
)
from kpicard.cli.output import Force, destination, format_option, write_report

EXAMPLES = """\b
Examples:
  kpicard roles
  kpicard roles customer-service --lang zh
  kpicard roles customer-service --period 2026-06
  kpicard roles customer-service --output customer-service.pdf
  kpicard roles --output site/"""


def roles(  # noqa: PLR0913, PLR0917 - each is an option of the command
    role: Annotated[
        list[str] | None,
        typer.Argument(metavar="ROLE", help="Roles by id or title. [default: list all]", autocompletion=role_words),
    ] = None,
    roles_folder: Roles = None,
    period: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", parser=one_period, help="As they hold in this month. [default: the newest]"),
    ] = None,
    format_: Annotated[str | None, format_option(reports.ROLES)] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Write to a file; or to a folder (ending in /): a small site of all roles.",
        ),
    ] = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """List the roles, or print duty sheets: responsibilities, KPIs, how they are scored, and the grades."""
    from kpicard.cli.inputs import role_id
    from kpicard.reports.duty_sheet import DutySheets

    language = lang or environment_language()
    to = destination(reports.ROLES, format_, output, Actuals(()), folders=("html",))
    if to.is_folder and not force:
        refuse_foreign(to, language)
    rules, problems = loaded(roles_folder, language)
    if not rules.roles:
        raise typer.Exit(SOMETHING_WRONG)
    rules = rules_at(rules, period) if period else rules
    ids = [role_id(name, rules, "ROLE") for name in role or ()]
    sheets = DutySheets(rules, tuple(rules.roles[id_] for id_ in ids if id_))
    if sheets.roles or not ids:
        if to.is_folder:
            write_site(sheets, to, language, force=force)
        else:
            write_report(reports.ROLES, to, sheets, language)
    end_with(status_of(problems))
