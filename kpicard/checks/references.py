"""References: what a KPI measures is a responsibility of its role."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kpicard.nearest import nearest
from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.models import Rules


def check(document: Document, rules: Rules) -> Iterator[Problem]:  # noqa: ARG001 - one signature for all checks
    """Yield `unknown-responsibility`."""
    known = tuple(dict.fromkeys(id_ for _, id_ in document.find("responsibilities", None, "id")))
    suggest = cache(lambda id_: nearest(id_, known))
    for route, id_ in document.find("kpis", None, "measures", None):
        if id_ not in known:
            yield document.problem_at(
                "unknown-responsibility", route, id=id_, nearest=suggest(id_), known=known or None
            )
