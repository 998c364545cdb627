"""Explanations as Markdown: a heading for each card and each of its KPIs, the curves in blocks of code."""

from __future__ import annotations

from typing import Final, TextIO

from kpicard.cards.explanation.explain import explain_all
from kpicard.cards.scorecards import Scorecards
from kpicard.messages import words_of
from kpicard.reports.explain_text import Section, heading, sections, withheld_line
from kpicard.reports.markdown_text import escape
from kpicard.text import Language, say

WORDS: Final = words_of("explanation")


def write(result: Scorecards, language: Language, out: TextIO) -> None:
    """Write all explanations as one document."""
    out.write(f"# {say(WORDS['explain'], language)}\n")
    explanations = explain_all(result)
    for explanation in explanations.explained:
        out.write(f"\n## {escape(heading(explanation.card, language))}\n")
        out.writelines(_section(section, language) for section in sections(explanation, language))
    if explanations.withheld:
        out.write("\n")
        out.writelines(f"- {escape(withheld_line(withheld, language))}\n" for withheld in explanations.withheld)


def _section(section: Section, language: Language) -> str:
    colon = "：" if language == "zh" else ": "
    lines = [f"{escape(label)}{colon}{escape(text)}" if label else escape(text) for label, text in section.lines]
    text = f"\n### {escape(section.title)}\n\n" + "".join(f"- {line}\n" for line in lines)
    if section.drawing:
        drawing = "\n".join(section.drawing).replace("```", "` ` `")
        text += f"\n```text\n{drawing}\n```\n"
    return text
