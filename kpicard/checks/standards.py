"""What the KPIs of a half-wrong file are scored by, as far as it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kpicard.rules.document import Document
from kpicard.rules.models import Standard
from kpicard.rules.route import Route
from kpicard.rules.scoring import Bands, Linear, Ratio, Scoring

_SCORING: TypeAdapter[Ratio | Linear | Bands] = TypeAdapter(Scoring)


def standards(document: Document, *keys: str) -> Iterator[tuple[Route, Standard]]:
    """Yield each KPI's route and standard, read from the keys that matter, for the KPIs where these are right."""
    for route, kpi in _kpis(document):
        try:
            yield route, Standard.model_validate({key: kpi[key] for key in keys if key in kpi})
        except ValidationError:
            continue


def scorings(document: Document) -> Iterator[tuple[Route, Ratio | Linear | Bands]]:
    """Yield each KPI's route and scoring, for the KPIs whose `scoring` is there and right."""
    for route, kpi in _kpis(document):
        try:
            yield route, _SCORING.validate_python(kpi.get("scoring"))
        except ValidationError:
            continue


def _kpis(document: Document) -> Iterator[tuple[Route, dict[str, Any]]]:
    kpis = document.tree.get("kpis") if isinstance(document.tree, dict) else None
    for index, kpi in enumerate(kpis if isinstance(kpis, list) else ()):
        if isinstance(kpi, dict):
            yield ("kpis", index), kpi
