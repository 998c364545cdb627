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
    tell_error,
)
from kpicard.cli.output import cannot_write
from kpicard.text import Both, printable, say

EXAMPLES = """\b
Examples:
  kpicard import form.xlsx --role customer-service
  kpicard import form.xlsx --role designer --sheet KPI --roles shop/roles --lang zh"""

_NEEDS_EXCEL: Final = Both(
    'forms are read with openpyxl and pypinyin: pip install "kpicard[excel]"',
    '导入考核表需要 openpyxl 和 pypinyin：pip install "kpicard[excel]"',
)
_NO_ID: Final = Both(
    "{value!r} is no id of a role: use small letters, digits and hyphens, as customer-service",
    "“{value}”不能用作岗位标识：请用小写字母、数字和连字符，如 customer-service",
)
_NO_SUCH_FILE: Final = Both("there is no file {path!r}", "没有文件“{path}”")
_WROTE: Final = Both("Wrote {path}: {count} KPIs from {form}.", "已写入 {path}：来自 {form} 的 {count} 项考核指标。")
_BROUGHT_UP: Final = Both(
    "Brought {path} up to {form}: {added} KPIs added; what you wrote is kept.",
    "已按 {form} 更新 {path}：新增 {added} 项考核指标，您写的内容均保留。",
)
_KEPT: Final = Both("{path} is left as it was.", "{path} 保持原样。")
_RESERVED: Final = frozenset({"department", "kpis"})


def _role_id(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 64 or value in _RESERVED:
        raise WrongUse(_NO_ID, value=value)
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
    from kpicard.problems import has_errors
    from kpicard.reports.problems import write_problems
    from kpicard.rules.load import check_files

    language = lang or environment_language()
    folder = own_roles(roles_folder, where="--roles", command=f"kpicard import {form} --roles")
    if not form.is_file():
        raise WrongUse(_NO_SUCH_FILE, where="FORM.xlsx", path=str(form))
    try:
        from kpicard.import_form.imported import import_role

        made = import_role(form, folder, role, sheets=sheet or (), force=force, language=language)
    except ModuleNotFoundError as error:
        if error.name not in {"openpyxl", "pypinyin"}:
            raise
        tell_error(_NEEDS_EXCEL, language)
        raise typer.Exit(USED_WRONGLY) from None
    problems = made.problems
    if made.path is None:
        write_problems(problems, language, sys.stderr)
        raise typer.Exit(SOMETHING_WRONG)
    is_new = not made.path.exists()
    text = made.text
    if text is not None:
        try:
            write_whole(made.path, lambda new: new.write_text(text, encoding="utf-8", newline=""))
        except OSError as error:
            cannot_write(made.path, error, language)
    checked = check_files([made.path]).problems if text is not None or not has_errors(problems) else ()
    checked = tuple(problem for problem in checked if problem.severity == "error")  # `validate` has more to say
    write_problems([*problems, *checked], language, sys.stderr)
    words = _KEPT if text is None else _WROTE if is_new else _BROUGHT_UP
    shown = {"path": printable(str(made.path)), "form": printable(str(form)), "count": made.kpis, "added": made.added}
    typer.echo(say(words, language).format(**shown), err=True)
    if has_errors([*problems, *checked]):
        raise typer.Exit(SOMETHING_WRONG)
