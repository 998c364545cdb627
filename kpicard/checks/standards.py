"""What the KPIs of a half-wrong file are scored by, as far as it can be read."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from kpicard.rules.document import Document, Route
from kpicard.rules.models import Standard


def standards(document: Document) -> Iterator[tuple[Route, Standard]]:
    """Yield each KPI's route and standard, for the KPIs whose `better`, `target` and `scoring` are right."""
    kpis = document.tree.get("kpis") if isinstance(document.tree, dict) else None
    for index, kpi in enumerate(kpis if isinstance(kpis, list) else ()):
        if isinstance(kpi, dict):
            try:
                yield (
                    ("kpis", index),
                    Standard.model_validate({key: kpi[key] for key in Standard.model_fields if key in kpi}),
                )
            except ValidationError:
                continue
