"""The words of advice, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpicard.text import Both

WORDS: Final[Mapping[str, Both]] = {
    "lacking": Both(
        "To reach {grade} ({bound}): {lacking} points more.", "距 {grade}（{bound} 分）还差 {lacking} 分。"
    ),
    "only-veto": Both(
        "To reach {grade}: the total is enough, only a veto is in the way.",
        "总分已达 {grade}，仅因否决项未能评为 {grade}。",
    ),
    "alone": Both("One KPI alone: {steps}.", "单项提升即可：{steps}。"),
    "none-alone": Both("No KPI can do it alone.", "仅提升任何一项指标都无法达到。"),
    "together": Both("The least change in all: {steps}.", "改动最小的组合：{steps}。"),
    "best-found": Both("The least change that was found: {steps}.", "已找到的改动最小的组合：{steps}。"),
    "out-of-reach": Both("No change of the actuals reaches it.", "仅靠提升实际值无法达到。"),
    "no-way-found": Both(
        "No KPI can do it alone, nor can all together that have an actual and a target above 0.",
        "仅提升任何一项指标都无法达到，同时提升所有已填报且目标值大于 0 的指标也无法达到。",
    ),
    "from-nothing": Both("{kpi} {actual}", "{kpi} {actual}"),
    "change": Both("{kpi} {before} → {actual}", "{kpi} {before} → {actual}"),
    "any": Both("{kpi}, any figure that is reported", "{kpi}（只要填报）"),
}
