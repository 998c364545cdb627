"""A role's file as if all were written in it: what it takes from the department, and weights in equal parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from kpicard.numbers import plain, read_decimal
from kpicard.rules.document import Document, Tree
from kpicard.rules.models import FULL, Department

_CENT: Final = Decimal("0.01")


def written_out(document: Document, department: Department | None) -> Document:
    """Return a role's document with the sections of the department, unless it has its own, and all weights.

    What is filled in has no place of its own: problems with it stand at what is around it.
    """
    if not isinstance(document.tree, dict):
        return document
    tree = {**_inherited(department), **document.tree}
    if isinstance(tree.get("kpis"), list):
        tree["kpis"] = _with_weights(tree)
    return replace(document, tree=tree)


def _inherited(department: Department | None) -> dict[str, Tree]:
    """Return what a role takes from its department where it does not say it."""
    found: dict[str, Tree] = {}
    if department and department.sections:
        found["sections"] = [_texts(each.model_dump(exclude_none=True)) for each in department.sections]
    if department and department.weights != "overall":
        found["weights"] = department.weights
    return found


def _texts(value: Any) -> Any:
    """Return a value as a file has it: numbers as texts."""
    if isinstance(value, Mapping):
        return {key: _texts(each) for key, each in value.items()}
    return plain(value) if isinstance(value, Decimal) else value


def _with_weights(tree: Mapping[str, Tree]) -> list[Tree]:
    """Return the KPIs, those of a section with a weight in equal parts where none of them has any.

    Parts are cut to two decimals, and the last one takes the rest.
    """
    kpis = tree["kpis"]
    found = list(kpis) if isinstance(kpis, list) else []
    sections = tree.get("sections")
    for section in sections if isinstance(sections, list) else ():
        weight = read_decimal(str(section.get("weight"))) if isinstance(section, dict) else None
        if not isinstance(section, dict) or not isinstance(weight, Decimal):
            continue
        inside = [
            (index, kpi)
            for index, kpi in enumerate(found)
            if isinstance(kpi, dict) and kpi.get("section") == section.get("id")
        ]
        if inside and not any("weight" in kpi for _, kpi in inside):
            whole = FULL if tree.get("weights") == "in-section" else weight
            part = (whole / len(inside)).quantize(_CENT, ROUND_DOWN)
            parts = [part] * (len(inside) - 1) + [whole - part * (len(inside) - 1)]
            for (index, kpi), each in zip(inside, parts, strict=True):
                found[index] = {**kpi, "weight": plain(each)}
    return found
