"""Ids: each is there once, and a role's id is its file's name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.models import Rules


def check(document: Document, rules: Rules) -> Iterator[Problem]:  # noqa: ARG001 - one signature for all checks
    """Yield `id-not-file-name` and `duplicate-id`."""
    stem = PurePath(document.path).stem
    for route, id_ in document.find("id"):
        if id_ != stem:
            yield document.problem_at("id-not-file-name", route, id=id_, stem=stem)
    for key in ("responsibilities", "kpis"):
        lines: dict[str, int] = {}
        for route, id_ in document.find(key, None, "id"):
            if id_ in lines:
                yield document.problem_at("duplicate-id", route, id=id_, line=lines[id_])
            else:
                lines[id_] = document.values[route][0]
