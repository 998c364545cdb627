"""A role's file as if all were written in it: what it takes from the department, and weights in equal parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from kpicard.numbers import plain, read_decimal
from kpicard.rules.document import Document, Route, Tree
from kpicard.rules.models import FULL, Department
from kpicard.rules.shared_kpis import shared_kpi

_CENT: Final = Decimal("0.01")


def written_out(document: Document, department: Department | None, shared: Document | None = None) -> Document:
    """Return a role's document with the KPIs that it uses, the sections of the department, and all weights.

    What is filled in has no place of its own: problems with it stand at what is around it. What is taken from a file
    of shared KPIs has its place there.
    """
    if not isinstance(document.tree, dict):
        return document
    tree = {**_inherited(department), **document.tree}
    elsewhere: dict[Route, tuple[Document, Route]] = {}
    if isinstance(tree.get("kpis"), list):
        tree["kpis"] = list(_with_used(document, shared, elsewhere))
        tree["kpis"] = _with_weights(tree)
    return replace(document, tree=tree, elsewhere=elsewhere)


def _with_used(
    document: Document, shared: Document | None, elsewhere: dict[Route, tuple[Document, Route]]
) -> Iterator[Tree]:
    """Yield the KPIs, those that use a shared one with all that it says and what differs; note what is from where."""
    for route, kpi in document.nodes("kpis", None):
        id_ = kpi.get("use") if isinstance(kpi, dict) else None
        found = shared_kpi(shared, id_) if isinstance(id_, str) else None
        if not isinstance(kpi, dict) or shared is None or found is None:
            yield kpi
            continue
        way, taken = found
        elsewhere |= {(*route, key): (shared, (*way, key)) for key in taken if key not in kpi}
        yield {**taken, **{key: value for key, value in kpi.items() if key != "use"}}


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
