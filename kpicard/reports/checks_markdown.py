"""The checks as a Markdown table, for the documentation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kpicard.messages import words_of
from kpicard.reports.markdown_text import table
from kpicard.rules.lint.documentation import Documentation, documentation
from kpicard.rules.lint.registry import groups
from kpicard.text import Language, say

WORDS: Final = words_of("card")


def checks_table(language: Language = "en") -> str:
    """Return all checks, a row each: id, severity and what holds."""
    return _table((documentation(id_) for id_ in groups()), language)


def _table(checks: Iterable[Documentation], language: Language) -> str:
    headings = {"en": ("check", "severity", "what holds"), "zh": ("检查", "级别", "要求")}[language]
    # The docstrings' own marks are Markdown already.
    rows = [(f"`{each.id}`", say(WORDS[each.severity], language), say(each.summary, language)) for each in checks]
    return table(headings, rows)
