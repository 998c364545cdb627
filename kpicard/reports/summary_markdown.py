"""The whole department as Markdown."""

from __future__ import annotations

from typing import Final, TextIO

from kpicard.cards.scorecards import Scorecards
from kpicard.cards.summary_values import Summary
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports import summary as grids
from kpicard.reports.markdown_text import escape, table
from kpicard.reports.summary import combined_lines, quota_lines, withheld_lines
from kpicard.text import Language, say

_WORDS: Final = words_of("card", "summary")

_WIDEST: Final = 20
"""The characters of the longest bar."""


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write the summary of each period."""
    out.write(f"# {say(_WORDS['department'], language)}\n")
    out.writelines(_summary(each, language) for each in result.summaries)


def _summary(summary: Summary, language: Language) -> str:
    lines = [line for of in (withheld_lines, quota_lines, combined_lines) for line in of(summary, language)]
    return (
        f"\n## {summary.period} · {escape(say(summary.department.title, language))}\n"
        f"\n### {say(_WORDS['grades'], language)}\n\n{_grades(summary, language)}"
        f"\n### {say(_WORDS['spread'], language)}\n\n{_spread(summary, language)}"
        + ("\n" + "".join(f"- {escape(line)}\n" for line in lines) if lines else "")
        + f"\n### {say(_WORDS['ranking'], language)}\n\n{_ranking(summary, language)}"
    )


def _grades(summary: Summary, language: Language) -> str:
    headings = [say(_WORDS[name], language) for name in ("grade", "label", "count", "share")]
    rows = [tuple(map(escape, row)) for row in grids.grades(summary, language, _WIDEST)]
    return table([*headings, ""], rows, frozenset({2, 3}))


def _spread(summary: Summary, language: Language) -> str:
    has_bonus = summary.whole.bonus is not None
    names = ("assessed", "mean", "median", "lowest", "highest", "deviation", "grades")
    headings = [
        "",
        *(say(_WORDS[name], language) for name in names),
        *([say(_WORDS["bonus-head"], language)] if has_bonus else []),
    ]
    rows = [
        [
            f"**{escape(row.label)}**" if row.kind == "whole" else escape(row.label),
            grids.assessed(row.spread, language),
            *grids.figures_of(row.spread),
            escape(grids.grade_counts(row.spread)),
            *([grids.bonus(row.spread, language).replace("\n", " ")] if has_bonus else []),
        ]
        for row in grids.lines(summary, language)
    ]
    return table(headings, rows, frozenset({1, 2, 3, 4, 5, 6, 8}))


def _ranking(summary: Summary, language: Language) -> str:
    has_bonus = summary.whole.bonus is not None
    names = ["rank", "employee", "role", *(["team"] if summary.by_team else []), "total", "grade", "coefficient"]
    headings = [say(_WORDS[name], language) for name in [*names, *(["bonus-head"] if has_bonus else [])]]
    rows = [
        [
            figures.NONE if rank is None else str(rank),
            escape(figures.employee(card)),
            escape(say(card.role.title, language)),
            *([escape(card.team or "")] if summary.by_team else []),
            figures.number(card.total),
            escape(figures.grade(card, language)),
            figures.number(card.coefficient),
            *([figures.amount(card.bonus)] if has_bonus else []),
        ]
        for rank, card in summary.ranking
    ]
    numbers = {"rank", "total", "coefficient", "bonus-head"}
    return table(
        headings, rows, frozenset(index for index, name in enumerate([*names, "bonus-head"]) if name in numbers)
    )
