"""A role's file made from an appraisal form in Excel, beside what is there already."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kpicard.actuals.files.workbook import Sheet, WorkbookFault, read_workbook
from kpicard.import_form.columns import headings
from kpicard.import_form.form import read_form
from kpicard.import_form.known_keys import with_known_keys
from kpicard.import_form.layout import role_lines
from kpicard.import_form.merge import called, merge
from kpicard.import_form.names import id_of, name_of
from kpicard.import_form.role import draft
from kpicard.problems import Problem, in_order
from kpicard.rules.yaml_reader import read_document
from kpicard.text import Language, nearest


class Imported(NamedTuple):
    """A role's file and its new text, None where nothing is to be written; and the problems of form and file."""

    path: Path | None
    text: str | None
    kpis: int
    """How many KPIs the form has."""
    added: int
    """How many of them are new in the file."""
    problems: tuple[Problem, ...]


def import_role(  # noqa: PLR0913 - four are options, by their names
    form: Path, roles: Path, role_id: str | None, *, sheets: Sequence[str] = (), force: bool, language: Language
) -> Imported:
    """Return the role's file that a form makes in a folder of roles. Raises OSError for that; writes nothing.

    Without `role_id` it is made of the post that the form names. In a file that is there, what differs from the form
    is kept, or replaced with `force`.
    """
    chosen, problems = _sheets(form, sheets)
    read = read_form(chosen)
    if not chosen or not read.items:
        if chosen:
            problems.append(Problem(str(form), None, None, "no-form"))
        return Imported(None, None, 0, 0, in_order(problems))
    title = name_of(read.post) if read.post else (role_id or form.stem)
    title_said = title if isinstance(title, str) else title["zh"]
    if not read.post:
        problems.append(Problem(str(form), None, None, "form-no-post", {"title": title_said}))
    path = roles / f"{role_id or id_of(title)}.yaml"
    made = with_known_keys(draft(str(form), read, title, language))
    problems += made.problems
    if not path.exists():
        text = "\n".join(role_lines(made, path.stem, form.name, language)) + "\n"
        return Imported(path, text, len(made.kpis), len(made.kpis), in_order(problems))
    document, wrong = read_document(path, str(path))
    if wrong or not isinstance(document.tree, dict):
        wrong = wrong or [Problem(str(path), None, None, "empty-file")]
        return Imported(path, None, len(made.kpis), 0, in_order(wrong))
    old = path.read_text("utf-8-sig")
    merged = merge(document, old, made, force=force)
    text_ = None if merged.text == old else merged.text
    return Imported(path, text_, len(made.kpis), merged.added, in_order([*problems, *merged.problems]))


def left_open(path: Path) -> list[Problem]:
    """Return a problem for each key of a KPI that a role's file leaves open."""
    document, _ = read_document(path, str(path))
    return [
        document.problem_at_key("left-open", (*route, key), key=key, kpi=called(kpi))
        for route, kpi in document.maps("kpis", None)
        for key, value in kpi.items()
        if value is None
    ]


def _sheets(form: Path, wanted: Sequence[str]) -> tuple[list[Sheet], list[Problem]]:
    """Return the sheets of a workbook that are wanted, or else the one that holds a form."""
    name = str(form)
    workbook = read_workbook(form)
    if isinstance(workbook, WorkbookFault):
        code = "large-workbook" if workbook.code == "too-large" else workbook.code
        return [], [Problem(name, None, None, code, {"reason": workbook.reason})]
    names = tuple(sheet.name for sheet in workbook.sheets)
    unknown = [each for each in wanted if each not in names]
    if unknown:
        return [], [
            Problem(name, None, None, "no-such-sheet", {"sheet": each, "nearest": nearest(each, names), "found": names})
            for each in unknown
        ]
    if wanted:
        return [sheet for sheet in workbook.sheets if sheet.name in wanted], []
    found = [sheet for sheet in workbook.sheets if not sheet.hidden and any(headings(sheet))]
    if len(found) == 1:
        return found, []
    holding = tuple(sheet.name for sheet in found)
    return [], [Problem(name, None, None, "several-forms" if found else "no-form", {"found": holding})]
