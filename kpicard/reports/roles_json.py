"""Roles as JSON, format `kpicard.roles/1`, with the scoring of each KPI also in words."""

from __future__ import annotations

from typing import Any, TextIO

from kpicard.reports.duty_sheet import DutySheets
from kpicard.reports.json_text import dumps
from kpicard.reports.scoring_words import scoring_words
from kpicard.rules.models import Role
from kpicard.text import Language


def write(result: DutySheets, language: Language, out: TextIO) -> None:
    """Write the department and the roles asked for, or all; `language` is that of the scoring's words."""
    department = result.rules.department
    roles = result.roles or tuple(result.rules.roles.values())
    values = {
        "format": "kpicard.roles/1",
        "department": department and department.model_dump(by_alias=True, exclude_none=True),
        "roles": [_role(role, result, language) for role in roles],
    }
    out.write(dumps(values) + "\n")


def _role(role: Role, result: DutySheets, language: Language) -> dict[str, Any]:
    values = role.model_dump(by_alias=True, exclude_none=True)
    kpis = []
    for kpi, shown in zip(role.kpis, values["kpis"], strict=True):
        shown["scoring"]["words"] = scoring_words(kpi, result.rules.curve(kpi), language)
        kpis.append({key: shown[key] for key in _KEYS if key in shown})
    return {**values, "kpis": kpis}


_KEYS = (
    *(
        "id",
        "name",
        "weight",
        "unit",
        "better",
        "target",
        "range",
        "definition",
        "source",
        "measures",
        "scoring",
        "veto",
    ),
    "rollup",
)
"""The keys of a KPI in the order of a role's file."""
