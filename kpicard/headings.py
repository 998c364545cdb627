"""The words that head the columns of actuals; no KPI may be called like one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpicard.text import fold

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "period": ("period", "考核周期"),
    "employee": ("employee", "员工"),
    "role": ("role", "岗位"),
    "kpi": ("kpi", "考核指标"),
    "actual": ("actual", "实际值"),
    "target": ("target", "目标值"),
    "name": ("name", "姓名"),
    "team": ("team", "团队"),
    "note": ("note", "备注"),
}
"""A column's words in English and Chinese."""

WORDS: Final[Mapping[str, str]] = {fold(word): column for column, words in COLUMNS.items() for word in words}
"""The column that a word heads; the words are folded."""
