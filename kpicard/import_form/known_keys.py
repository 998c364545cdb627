"""Writes what rules have no key for as a comment, so that `validate` takes the rest."""

from __future__ import annotations

from decimal import Decimal

from kpicard.import_form.role import Draft, DraftKpi
from kpicard.import_form.role_yaml import flow
from kpicard.rules.models import Kpi, Role

_FULL = Decimal(100)


def with_known_keys(draft: Draft) -> Draft:
    """Return a draft with such keys only as roles have."""
    if draft.sections and "sections" not in Role.model_fields:
        _without_sections(draft)
    known = {info.alias or name for name, info in Kpi.model_fields.items()}
    for kpi in draft.kpis:
        for key in [key for key in kpi.keys if key not in known]:
            _as_comment(kpi, key)
            if key == "out_of" and "scoring" in kpi.keys:
                _as_comment(kpi, "scoring")
    return draft


def _without_sections(draft: Draft) -> None:
    weights = {id_: section.weight for id_, section in draft.sections}
    for kpi in draft.kpis:
        share, weight = weights.get(kpi.keys.pop("section", "")), kpi.keys["weight"]
        if draft.in_section and share is not None and weight is not None:
            kpi.keys["weight"] = weight * share / _FULL
    draft.in_section = False
    draft.sections = []


def _as_comment(kpi: DraftKpi, key: str) -> None:
    above = [kpi.above.pop(key)] if key in kpi.above else []
    kpi.above[""] = "\n".join(filter(None, [*above, f"{key}: {flow(kpi.keys.pop(key))}", kpi.above.get("")]))
