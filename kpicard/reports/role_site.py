"""A small site of all roles, to be put where everybody can read it: a page for each, and a list to search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from kpicard import manifest
from kpicard.files import Write, as_text
from kpicard.messages import words_of
from kpicard.reports.blocks import Block, Cell, Column, Heading, Line, Sheet, Span, Table
from kpicard.reports.duty_sheet import DutySheets, sheets
from kpicard.reports.formats import html
from kpicard.rules.models import Role
from kpicard.text import Language, Text, printable, say

_WORDS: Final = words_of("card")
_PAGE: Final = words_of("page")


def write_folder(
    result: DutySheets, language: Language, folder: Path, *, force: bool = False
) -> manifest.Replaced | manifest.InTheWay:
    """Write the duty sheets, or those of all roles, and a list of them into `folder`, made if need be. Raises OSError.

    Returns what became of the pages of earlier runs; or, where nothing was written, why.
    """
    roles = result.roles or tuple(result.rules.roles.values())

    def written(shown: Iterable[Block]) -> Write:
        return as_text(lambda out: html.write(shown, language, out))

    pages = {_name(role): written(_page(DutySheets(result.rules, (role,)), language)) for role in roles}
    return manifest.write_folder(folder, {**pages, "index.html": written(_index(result, roles, language))}, force=force)


def _name(role: Role) -> str:
    return f"role-{role.id}.html"


def _page(sheet: DutySheets, language: Language) -> Iterator[Block]:
    (page,) = sheets(sheet, language)
    if isinstance(page, Sheet):
        back = Line((Span(say(_PAGE["all-roles"], language), link="index.html"),))
        yield page._replace(blocks=[*page.blocks, back])


def _index(result: DutySheets, roles: Iterable[Role], language: Language) -> Iterator[Block]:
    """Yield the list: titles, and what each role is responsible for and measured by, where one searches."""
    department = result.rules.department

    def listed(texts: Iterable[Text]) -> str:
        return ("、" if language == "zh" else ", ").join(_shown(text, language) for text in texts)

    yield Heading((_shown(department.title, language) if department else say(_WORDS["roles"], language),))
    cells: dict[str, Sequence[Cell]] = {
        "title": [Span(_shown(role.title, language), link=_name(role)) for role in roles],
        "responsibilities": [listed(duty.title for duty in role.responsibilities) for role in roles],
        "kpis": [listed(kpi.name for kpi in role.kpis) for role in roles],
    }
    columns = [Column(title=say(_WORDS[word], language), cells=column) for word, column in cells.items()]
    yield Table(columns, is_searched=True)


def _shown(text: Text, language: Language) -> str:
    return printable(say(text, language))
