"""`kpicard validate`: check the rules, for people and for CI."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from kpicard import reports
from kpicard.cli.completion import checks
from kpicard.cli.inputs import own_roles
from kpicard.cli.options import (
    Lang,
    WrongUse,
    end_with,
    environment_language,
    status_of,
)
from kpicard.cli.output import ProblemFormat, write_checked
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
        typer.Argument(metavar="PATH", help="Files or folders. [default: $KPICARD_ROLES, or ./roles]"),
    ] = None,
    format_: ProblemFormat = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select", metavar="CHECK[,CHECK]", help="Only these checks; may be repeated.", autocompletion=checks
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore", metavar="CHECK[,CHECK]", help="Not these checks; may be repeated.", autocompletion=checks
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings too.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the checks, and check nothing.")] = False,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="CHECK",
            help="Explain one check, with examples, and check nothing.",
            autocompletion=checks,
        ),
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
    from kpicard.rules.lint.registry import chosen
    from kpicard.rules.load import check_files

    selected, ignored = _ids(select, "--select"), _ids(ignore, "--ignore")
    paths = path or [own_roles(None, where="PATH", command="kpicard validate")]
    checked = check_files(paths)
    checked = checked._replace(problems=chosen(checked.problems, selected, ignored), strict=strict)
    write_checked(checked, format_, language)
    end_with(status_of(checked.problems, strict=strict))


def _write_checks(explain: str | None, format_: str | None, language: Language) -> None:
    """Write what is published about one check, or a list of all."""
    from kpicard.rules.lint.documentation import documentation
    from kpicard.rules.lint.registry import groups

    if format_ is not None and format_ not in reports.CHECKS:
        raise WrongUse("not-for-checks", where="--format", format=format_, known=tuple(reports.CHECKS))
    ids = list(groups()) if explain is None else [_known(explain.strip(), "--explain")]
    documents = [documentation(id_) for id_ in ids]
    writer = reports.writer(reports.CHECKS, format_ or "text")
    writer(documents if explain is None else documents[0], language, sys.stdout)


def _ids(given: Collection[str] | None, option: str) -> frozenset[str]:
    """Return the ids that an option names, each of which must be one that there is."""
    words = [word.strip() for each in given or () for word in each.replace("，", ",").split(",")]
    if words and not any(words):
        raise WrongUse("no-check-named", where=option)
    return frozenset(_known(word, option) for word in words if word)


def _known(id_: str, option: str) -> str:
    from kpicard.rules.lint.registry import groups, is_always_said
    from kpicard.text import nearest

    if id_ not in groups():
        meant = nearest(id_, groups())
        raise WrongUse("no-check-meant" if meant else "no-check", where=option, id=id_, meant=meant)
    if option == "--ignore" and is_always_said(id_):
        raise WrongUse("always-said", where=option, id=id_)
    return id_
