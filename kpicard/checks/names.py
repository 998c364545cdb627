"""Names: no KPI is called like a column of the actuals, where its own column would be taken for that."""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.headings import WORDS
from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.models import Rules
from kpicard.text import LANGUAGES, fold

_NAMES = (("id",), ("name",), *(("name", language) for language in LANGUAGES))


def check(document: Document, rules: Rules) -> Iterator[Problem]:  # noqa: ARG001 - one signature for all checks
    """Yield `reserved-name`."""
    for pattern in _NAMES:
        for route, name in document.find("kpis", None, *pattern):
            if fold(name) in WORDS:
                yield document.problem_at("reserved-name", route, name=name, column=WORDS[fold(name)])
