"""The impact of a change of rules: the same actuals scored by the rules before and after it, card by card."""

from kpicard.impact.compare import compare
from kpicard.impact.revision import load_revision
from kpicard.impact.summary import by_role, summarise
from kpicard.impact.values import AdjustmentChange, CardChange, Impact, KpiChange, NoCard, NotCompared, Scales, Summary

__all__ = [
    "AdjustmentChange",
    "CardChange",
    "Impact",
    "KpiChange",
    "NoCard",
    "NotCompared",
    "Scales",
    "Summary",
    "by_role",
    "compare",
    "load_revision",
    "summarise",
]
