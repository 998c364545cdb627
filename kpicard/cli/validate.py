"""`kpicard validate`: check the rules, for people and for CI."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kpicard import reports
from kpicard.cli.options import SOMETHING_WRONG, Lang, environment_language, one_of

EXAMPLES = """\b
Examples:
  kpicard validate
  kpicard validate roles/customer-service.yaml
  kpicard validate roles --format github"""


def validate(
    path: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Files or folders. [default: the roles that would be used]"),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar="|".join(reports.PROBLEMS), parser=one_of(reports.PROBLEMS), help="The report."
        ),
    ] = "text",
    lang: Lang = None,
) -> None:
    """Check roles and department, and say what is wrong at which line and column."""
    from kpicard.loading import check_files
    from kpicard.problems import has_errors
    from kpicard.rules.find import find_roles

    checked = check_files(path or [find_roles()])
    reports.writer(reports.PROBLEMS, format_)(checked, lang or environment_language(), sys.stdout)
    if has_errors(checked.problems):
        raise typer.Exit(SOMETHING_WRONG)
