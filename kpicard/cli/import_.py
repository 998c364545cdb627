"""`kpicard import`: a role's file from an appraisal form in Excel."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from kpicard.cli.inputs import own_roles
from kpicard.cli.options import (
    SOMETHING_WRONG,
    USED_WRONGLY,
    Lang,
    OwnRoles,
    WrongUse,
    environment_language,
    tell,
    tell_error,
)
from kpicard.cli.output import cannot_write

EXAMPLES = """\b
Examples:
  kpicard import form.xlsx --role customer-service
  kpicard import form.xlsx --role designer --sheet KPI --roles shop/roles --lang zh"""

_RESERVED: Final = frozenset({"department", "kpis"})


def _role_id(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 64 or value in _RESERVED:
        raise WrongUse("no-role-id", value=value)
    return value


def import_(  # noqa: PLR0913, PLR0917 - each is an option of the command
    form: Annotated[Path, typer.Argument(metavar="FORM.xlsx", help="The workbook with the form.")],
    role: Annotated[
        str | None,
        typer.Option(
            metavar="ID", parser=_role_id, help="The role's id. [default: made of the post that the form names]"
        ),
    ] = None,
    sheet: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Sheet with the form; may be repeated. [default: the one that has a form]"),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Where the file and the form differ, take what the form says.")
    ] = False,
    roles_folder: OwnRoles = None,
    lang: Lang = None,
) -> None:
    """Write a role's file from an appraisal form in Excel, and say what it still lacks.

    Columns such as indicator, weight, target and scoring standard are found by their headings, in English or Chinese.
    A standard in words becomes a scoring method only where it is certain; else it stands as a comment at its KPI.
    In a file that is there already, what you wrote is kept, and every difference is told.
    """
    from kpicard.files import write_whole
    from kpicard.problems import has_errors, in_order
    from kpicard.reports.problems import write_problems
    from kpicard.rules.load import check_files

    language = lang or environment_language()
    folder = own_roles(roles_folder, where="--roles", command=f"kpicard import {form} --roles")
    if not form.is_file():
        raise WrongUse("no-such-form", where="FORM.xlsx", path=str(form))
    try:
        from kpicard.import_form.imported import import_role, left_open

        made = import_role(form, folder, role, sheets=sheet or (), force=force, language=language)
    except ModuleNotFoundError as error:
        if error.name not in {"openpyxl", "pypinyin"}:
            raise
        tell_error("needs-import", language)
        raise typer.Exit(USED_WRONGLY) from None
    if made.path is None:
        write_problems(made.problems, language, sys.stderr)
        raise typer.Exit(SOMETHING_WRONG)
    is_new = not made.path.exists()
    text = made.text
    if text is not None:
        try:
            write_whole(made.path, lambda new: new.write_text(text, encoding="utf-8", newline=""))
        except OSError as error:
            cannot_write(made.path, error, language)
    opened = left_open(made.path)
    places = {(problem.line, problem.path) for problem in opened}
    checked = [
        problem
        for problem in check_files([made.path]).problems
        if problem.severity == "error" and (problem.line, problem.path) not in places
    ]
    problems = in_order([*made.problems, *opened, *checked])
    write_problems(problems, language, sys.stderr)
    words = "left-as-it-was" if text is None else "imported" if is_new else "imported-again"
    tell(words, language, path=made.path, form=form, count=made.kpis, added=made.added)
    if has_errors(problems):
        raise typer.Exit(SOMETHING_WRONG)
