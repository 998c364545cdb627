"""`kpicard roles`: the list of roles, and duty sheets."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kpicard import reports
from kpicard.cli.inputs import loaded, rules_at
from kpicard.cli.options import SOMETHING_WRONG, Lang, Roles, environment_language, one_of, one_period

EXAMPLES = """\b
Examples:
  kpicard roles
  kpicard roles customer-service --lang zh
  kpicard roles customer-service --period 2026-06
  kpicard roles customer-service --format markdown >customer-service.md"""


def roles(
    role: Annotated[
        list[str] | None, typer.Argument(metavar="ROLE", help="Roles by id or title. [default: list all]")
    ] = None,
    roles_folder: Roles = None,
    period: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", parser=one_period, help="As they hold in this month. [default: the newest]"),
    ] = None,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="|".join(reports.ROLES), parser=one_of(reports.ROLES), help="The report."),
    ] = "terminal",
    lang: Lang = None,
) -> None:
    """List the roles, or print duty sheets: responsibilities, KPIs, how they are scored, and the grades."""
    from kpicard.cli.inputs import role_id
    from kpicard.problems import has_errors
    from kpicard.reports.duty_sheet import DutySheets

    language = lang or environment_language()
    rules, problems = loaded(roles_folder, language)
    if not rules.roles:
        raise typer.Exit(SOMETHING_WRONG)
    rules = rules_at(rules, period) if period else rules
    ids = [role_id(name, rules, "ROLE") for name in role or ()]
    sheets = DutySheets(rules, tuple(rules.roles[id_] for id_ in ids if id_))
    if sheets.roles or not ids:
        reports.writer(reports.ROLES, format_)(sheets, language, sys.stdout)
    if has_errors(problems):
        raise typer.Exit(SOMETHING_WRONG)
