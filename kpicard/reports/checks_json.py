"""What is published about checks as JSON, format `kpicard.checks/1`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TextIO

from kpicard.reports.json_text import dumps
from kpicard.rules.lint.documentation import Documentation, Example
from kpicard.text import Language, say


def write(checks: Documentation | Sequence[Documentation], language: Language, out: TextIO) -> None:
    """Write one check, or a list of them: both as a list."""
    listed = [checks] if isinstance(checks, Documentation) else checks
    out.write(dumps({"format": "kpicard.checks/1", "checks": [_check(each, language) for each in listed]}) + "\n")


def _check(check: Documentation, language: Language) -> dict[str, Any]:
    return {
        "id": check.id,
        "group": check.group,
        "severity": check.severity,
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
