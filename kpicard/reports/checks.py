"""What is published about checks: a list of them, or all about one; and a table for the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from kpicard.messages import words_of
from kpicard.reports.blocks import Block, Code, Column, Gap, Line, Span, Table
from kpicard.reports.formats.json import fields
from kpicard.rules.lint.documentation import Documentation, Example, documentation
from kpicard.rules.lint.registry import groups
from kpicard.text import Both, Language, say

_WORDS: Final = words_of("card")

_STYLES: Final = {"error": "bold red", "warning": "bold yellow"}
_HEADINGS: Final = (Both("Id", "标识"), Both("Severity", "级别"), Both("What holds", "要求"))
_BAD: Final = Both("Bad, {file}, at {line}:{column}:", "错误示例，{file}，位置 {line}:{column}：")
_BESIDE: Final = Both("Bad, beside it {file}:", "错误示例，同时有 {file}：")
_GOOD: Final = Both("Good, {file}:", "正确示例，{file}：")


def blocks(checks: Documentation | Sequence[Documentation], language: Language) -> Iterator[Block]:
    """Yield a table of checks, a line each, or all about one."""
    if isinstance(checks, Documentation):
        yield from _explained(checks, language)
    else:
        yield _table(checks, language)


def _table(checks: Sequence[Documentation], language: Language) -> Table:
    severities = [Span(say(_WORDS[check.severity], language), _STYLES[check.severity]) for check in checks]
    id_, severity, holds = (say(heading, language) for heading in _HEADINGS)
    return Table(
        [
            Column(title=id_, cells=[check.id for check in checks], wrap="never"),
            Column(title=severity, cells=severities, wrap="never"),
            Column(title=holds, cells=[say(check.summary, language) for check in checks], wrap="anywhere"),
        ]
    )


def _explained(check: Documentation, language: Language) -> Iterator[Block]:
    severity = Span(f" ({say(_WORDS[check.severity], language)})", _STYLES[check.severity])
    yield Line((Span(check.id, "bold"), severity))
    for paragraph in say(check.text, language).split("\n\n"):
        yield from (Gap(), Line((paragraph,)))
    for example in check.examples:
        yield from (Gap(), Line((Span(_heading(example, language), "dim"),)), Code(example.text.splitlines()))


def _heading(example: Example, language: Language) -> str:
    if example.is_good:
        return say(_GOOD, language).format(file=example.file)
    if example.place is None:
        return say(_BESIDE, language).format(file=example.file)
    return say(_BAD, language).format(file=example.file, line=example.place[0], column=example.place[1])


def values(checks: Documentation | Sequence[Documentation], language: Language) -> dict[str, Any]:
    """Return one check, or a list of them, as JSON has them: both as a list, `kpicard.checks/1`."""
    listed = [checks] if isinstance(checks, Documentation) else checks
    return {"format": "kpicard.checks/1", "checks": [_check(each, language) for each in listed]}


def _check(check: Documentation, language: Language) -> dict[str, Any]:
    return {
        **fields(check, "id", "group", "severity"),
        "summary": say(check.summary, language),
        "text": say(check.text, language),
        "examples": [_example(each) for each in check.examples],
    }


def _example(example: Example) -> dict[str, Any]:
    line, column = example.place or (None, None)
    return {
        "kind": "good" if example.is_good else "bad",
        "file": example.file,
        "line": line,
        "column": column,
        "text": example.text,
    }


def checks_table(language: Language = "en") -> str:
    """Return all checks as a Markdown table, a row each: id, severity and what holds."""
    headings = {"en": ("check", "severity", "what holds"), "zh": ("检查", "级别", "要求")}[language]
    checks = [documentation(id_) for id_ in groups()]
    # The docstrings' own marks are Markdown already.
    rows = [(f"`{each.id}`", say(_WORDS[each.severity], language), say(each.summary, language)) for each in checks]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (headings, ("---",) * 3, *rows))
