"""Problems as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, TextIO

from kpicard import __version__
from kpicard.problems import Problem
from kpicard.reports.json_text import dumps
from kpicard.reports.problems_paths import repository_uri
from kpicard.reports.problems_rules import rule
from kpicard.rules.load import Checked
from kpicard.text import Language


def write(checked: Checked, language: Language, out: TextIO) -> None:
    """Write one run, with the rules that something is said about."""
    codes = sorted({problem.code for problem in checked.problems})
    rules = [rule(code, language) for code in codes]
    run = {
        "tool": {"driver": {"name": "kpicard", "version": __version__, "rules": rules}},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "results": _results(checked.problems, {code: index for index, code in enumerate(codes)}, language),
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    out.write(f"{dumps(log)}\n")


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
        "artifactLocation": {"uri": repository_uri(problem.path)},
        **({"region": known} if known else {}),
    }


def _fingerprint(problem: Problem) -> str:
    """Return what stays the same where lines are moved, and in another language."""
    moved = replace(problem, values={**problem.values, "line": 0})
    words = "\n".join((repository_uri(problem.path), problem.code, moved.message))
    return sha256(words.encode()).hexdigest()[:16]
