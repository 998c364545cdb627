"""Problems as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote_from_bytes

from kpicard import __version__
from kpicard.messages import catalogue
from kpicard.problems import Problem
from kpicard.reports.formats.github import repository_path
from kpicard.rules.lint.documentation import Example, documentation
from kpicard.rules.lint.registry import groups
from kpicard.rules.load import Checked
from kpicard.text import Both, Language, say

_BAD: Final = Both("Wrong", "错误示例")
_GOOD: Final = Both("Right", "正确示例")


def values(checked: Checked, language: Language) -> dict[str, Any]:
    """Return one run, with the rules that something is said about."""
    codes = sorted({problem.code for problem in checked.problems})
    rules = [_rule(code, language) for code in codes]
    run = {
        "tool": {"driver": {"name": "kpicard", "version": __version__, "rules": rules}},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "results": _results(checked.problems, {code: index for index, code in enumerate(codes)}, language),
    }
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


def _results(problems: Sequence[Problem], indices: Mapping[str, int], language: Language) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for problem in problems:
        fingerprint = _fingerprint(problem)
        seen[fingerprint] += 1
        text = f"{problem.message_in(language)}\n{problem.hint_in(language)}".rstrip()
        results.append(
            {
                "ruleId": problem.code,
                "ruleIndex": indices[problem.code],
                "level": problem.severity,
                "message": {"text": text},
                "locations": [{"physicalLocation": _place(problem)}],
                "partialFingerprints": {"problem/v1": f"{fingerprint}:{seen[fingerprint]}"},
            }
        )
    return results


def _place(problem: Problem) -> dict[str, Any]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    known = {name: number for name, number in region.items() if number is not None}
    return {
        "artifactLocation": {"uri": _uri(problem.path)},
        **({"region": known} if known else {}),
    }


def _fingerprint(problem: Problem) -> str:
    """Return what stays the same where lines are moved, and in another language."""
    moved = replace(problem, values={**problem.values, "line": 0})
    words = "\n".join((_uri(problem.path), problem.code, moved.message))
    return sha256(words.encode()).hexdigest()[:16]


def _uri(path: str) -> str:
    """Return a path in the repository as a URI reference: relative, or with `file:` for a path from the root."""
    shown = PurePath(repository_path(path))
    return shown.as_uri() if shown.is_absolute() else quote_from_bytes(os.fsencode(shown.as_posix()))


def _rule(code: str, language: Language) -> dict[str, Any]:
    """Return a code as a SARIF rule: with the documentation of its check, or else the words of its problems."""
    summary, text, examples = _words(code, language)
    shown = "\n\n".join((text, *(_markdown(example, language) for example in examples)))
    return {
        "id": code,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": shown},
        "defaultConfiguration": {"level": catalogue()[code].severity},
    }


def _words(code: str, language: Language) -> tuple[str, str, Iterable[Example]]:
    """Return what a code is about, in a sentence and in full, and its examples."""
    if code in groups():
        published = documentation(code)
        return say(published.summary, language), say(published.text, language), published.examples
    entry = catalogue()[code]
    texts = [re.sub(r"{\w+}", "…", say(text, language)) for text in (entry.message, *entry.hints)]
    return texts[0], "\n".join(texts), ()


def _markdown(example: Example, language: Language) -> str:
    kind = say(_GOOD if example.is_good else _BAD, language)
    return f"**{kind}** `{example.file}`\n\n```yaml\n{example.text}```"
