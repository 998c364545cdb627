"""What `kpicard validate` checks beyond single fields, by what it looks at."""

from __future__ import annotations

from collections.abc import Iterator

from kpicard.rules.document import Document, Route


def limit_grades(document: Document) -> Iterator[tuple[Route, str]]:
    """Yield the grades that vetoes of KPIs and of adjustments name, where they stand."""
    for key in ("kpis", "adjustments"):
        yield from document.find(key, None, "veto", "grade_at_most")
