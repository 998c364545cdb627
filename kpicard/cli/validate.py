"""`kpicard validate`: check the rules, for people and for CI."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kpicard import reports
from kpicard.cli.options import SOMETHING_WRONG, Lang, environment_language, one_of
from kpicard.text import Language

EXAMPLES = """\b
Examples:
  kpicard validate
  kpicard validate roles/customer-service.yaml
  kpicard validate roles --strict --ignore no-source
  kpicard validate roles --format github
  kpicard validate --list
  kpicard validate --explain weights-not-100"""


def validate(  # noqa: PLR0913, PLR0917 - each is an option of the command
    path: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Files or folders. [default: the roles that would be used]"),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(reports.PROBLEMS),
            parser=one_of(reports.PROBLEMS),
            help="The report. [default: text; github in GitHub's CI]",
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="ID[,ID]", help="Only these checks; may be repeated."),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="ID[,ID]", help="Not these checks; may be repeated."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings too.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the checks, and check nothing.")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="ID", help="Explain one check, with examples, and check nothing.")
    ] = None,
    lang: Lang = None,
) -> None:
    """Check roles and department, and say what is wrong at which line and column.

    A warning is switched off beside its line: `# kpicard: ignore ID: the reason`.
    """
    language = lang or environment_language()
    if list_ or explain is not None:
        _write_checks(explain, format_, language)
        return
    from kpicard.checks.choice import chosen
    from kpicard.loading import check_files
    from kpicard.problems import has_errors
    from kpicard.rules.find import find_roles

    selected, ignored = _ids(select, "--select"), _ids(ignore, "--ignore")
    checked = check_files(path or [find_roles()])
    checked = checked._replace(problems=chosen(checked.problems, selected, ignored), strict=strict)
    reports.writer(reports.PROBLEMS, format_ or _usual_format())(checked, language, sys.stdout)
    if has_errors(checked.problems) or (strict and checked.problems):
        raise typer.Exit(SOMETHING_WRONG)


def _usual_format() -> str:
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _write_checks(explain: str | None, format_: str | None, language: Language) -> None:
    """Write what is published about one check, or a list of all."""
    from kpicard.checks.documentation import documentation
    from kpicard.checks.registry import groups

    if format_ is not None and format_ not in reports.CHECKS:
        _refuse(f"the checks themselves are written as: {', '.join(reports.CHECKS)}; not as {format_!r}", "--format")
    ids = list(groups()) if explain is None else [_known(explain.strip(), "--explain")]
    documents = [documentation(id_) for id_ in ids]
    writer = reports.writer(reports.CHECKS, format_ or "text")
    writer(documents if explain is None else documents[0], language, sys.stdout)


def _ids(given: Collection[str] | None, option: str) -> frozenset[str]:
    """Return the ids that an option names, each of which must be one that there is."""
    words = [word.strip() for each in given or () for word in each.replace("，", ",").split(",")]
    if words and not any(words):
        _refuse("no check is named", option)
    return frozenset(_known(word, option) for word in words if word)


def _known(id_: str, option: str) -> str:
    from kpicard.checks.choice import is_always_said
    from kpicard.checks.registry import groups
    from kpicard.nearest import nearest

    if id_ not in groups():
        meant = nearest(id_, groups())
        hint = f"did you mean {meant!r}?" if meant else "`kpicard validate --list` names them all"
        _refuse(f"there is no check {id_!r}; {hint}", option)
    if option == "--ignore" and is_always_said(id_):
        _refuse(f"{id_!r} cannot be ignored: what is wrong there keeps the file from being read, or checked", option)
    return id_


def _refuse(message: str, option: str) -> NoReturn:
    raise typer.BadParameter(message, param_hint=f"'{option}'")
