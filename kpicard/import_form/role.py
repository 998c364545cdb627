"""From a form to a role: its keys as the file has them, its comments, and what is not certain."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from kpicard.import_form.amounts import Target, read_target
from kpicard.import_form.form import Cell, Form, Item, Section, sections_of
from kpicard.import_form.names import Name, id_of, name_of
from kpicard.import_form.scoring import Scored, scored
from kpicard.import_form.standards import Standard, read_standard
from kpicard.problems import Problem, Value
from kpicard.text import Both, Language, half_width, say

_FULL: Final = Decimal(100)
_MARKS: Final = {"en": "points", "zh": "分"}
_HUNDREDTH: Final = Decimal("0.01")
_EVERY: Final[Mapping[str, str]] = {
    **dict.fromkeys(("月", "每月", "月度", "按月", "month", "monthly", "every month"), "month"),
    **dict.fromkeys(
        ("季", "季度", "每季度", "按季度", "quarter", "quarterly", "by quarter", "every quarter"), "quarter"
    ),
    **dict.fromkeys(("半年", "半年度", "每半年", "half", "half-year", "half-yearly"), "half"),
    **dict.fromkeys(("年", "年度", "每年", "year", "yearly", "annual", "every year"), "year"),
}

_EVERY_IN_NAME: Final = re.compile(r"[(](?:按|by )?([^()]+)[)]$")

_STANDARD: Final = Both("in the form", "表中标准")
_MISSING: Final[Mapping[str, Both]] = {
    "weight": Both("missing: the weight, in percent", "缺：权重（百分数）"),
    "better": Both("missing: higher or lower", "缺：higher（越高越好）或 lower（越低越好）"),
    "scoring": Both(
        "missing: score it as said above; without this line it is by ratio",
        "缺：请按上面的标准填写；删去本行则按比率法计分",
    ),
    "target": Both("missing: the value that counts as fully met", "缺：目标值"),
}


@dataclass
class DraftKpi:
    """A KPI as it is to be written: its keys in the order of a file, each with a comment above it where it has one."""

    item: Item
    keys: dict[str, Any]
    above: dict[str, str] = field(default_factory=dict)
    """Comments by the key that they stand above; at `` the end."""
    behind: dict[str, str] = field(default_factory=dict)


@dataclass
class Draft:
    """A role as a form has it, and the problems of the form."""

    title: Name
    sections: list[tuple[str, Section]]
    """The groups, each with its id."""
    kpis: list[DraftKpi]
    problems: list[Problem]
    in_section: bool = False
    """Whether the KPIs' weights sum to 100 in each section."""


def draft(path: str, form: Form, title: Name, language: Language) -> Draft:
    """Return a role with what a form says; `path` is what problems call the form."""
    drafter = _Drafter(path, language)
    kpis: list[DraftKpi] = []
    sections: list[tuple[str, Section]] = []
    for section, items in sections_of(form.items):
        ids = [id_ for id_, _ in sections]
        id_ = id_of(name_of(section.title), ids) if section and section.title else None
        if id_ and section:
            sections.append((id_, section))
        shares = _shares(section, items)
        for item, share in zip(items, shares, strict=True):
            kpis.append(drafter.kpi(item, share, id_, {kpi.keys["id"] for kpi in kpis}))
    drafter.tell_out_of_100()
    unread = [
        Problem(path, cell.row, cell.column, "form-cell-unread", {"text": cell.text}, sheet)
        for sheet, cell in form.unread
    ]
    return Draft(title, sections, kpis, [*drafter.problems, *unread], _is_in_section(sections, kpis))


def _is_in_section(sections: Sequence[tuple[str, Section]], kpis: Sequence[DraftKpi]) -> bool:
    """Whether the weights of sections sum to 100, and in each section those of its KPIs."""
    whole = [section.weight or 0 for _, section in sections]
    inside = [sum(kpi.keys["weight"] or 0 for kpi in kpis if kpi.keys.get("section") == id_) for id_, _ in sections]
    return len(sections) > 1 and sum(whole) == _FULL and all(each == _FULL for each in inside)


def _shares(section: Section | None, items: Sequence[Item]) -> list[Decimal | None]:
    """Return the KPIs' weights; of a section that has one as a whole, equal parts of it, the last with the rest."""
    weights = [item.weight for item in items]
    if section is None or section.weight is None or any(weight is not None for weight in weights):
        return weights
    part = (section.weight / len(items)).quantize(_HUNDREDTH, ROUND_DOWN)
    return [*([part] * (len(items) - 1)), section.weight - part * (len(items) - 1)]


@dataclass
class _Drafter:
    path: str
    language: Language
    problems: list[Problem] = field(default_factory=list)
    out_of_100: list[Item] = field(default_factory=list)
    """KPIs that lose marks of full marks which the form does not say."""

    def kpi(self, item: Item, weight: Decimal | None, section: str | None, taken: Collection[str]) -> DraftKpi:
        name = name_of(item.text("kpi"), item.text("english"))
        target = read_target(item.text("target")) if item.text("target") else None
        words = item.text("standard")
        standard = read_standard(words)
        found = scored(item.text("kpi"), standard, target, item.full, weight)
        found = self._rated(item, found, target)
        made = DraftKpi(item, {"id": id_of(name, taken), "name": name})
        if section:
            made.keys["section"] = section
        self._put(made, "weight", weight)
        unit = item.text("unit") or found.unit or (_MARKS if found.is_rated or (target and target.full_mark) else "")
        if unit:
            made.keys["unit"] = unit
        full = item.full or found.out_of
        if full and full != _FULL:
            made.keys["out_of"] = full
        self._put(made, "better", found.better)
        needs_target = (
            found.scoring is None
            or found.scoring["method"] != "bands"
            or found.scoring.get("axis", "actual") != "actual"
        )
        if found.target is not None or needs_target:
            self._put(made, "target", found.target)
        if item.text("target") and target is None:
            self._say(item, "target", "form-target-unread", target=item.text("target"))
            made.above.setdefault("target" if "target" in made.keys else "", self._quote(item.text("target")))
        self._range(made, target, found)
        for key in ("definition", "source"):
            if item.text(key):
                made.keys[key] = item.text(key)
        self._every(made, item)
        self._standard(made, found, words, standard)
        return made

    def _rated(self, item: Item, found: Scored, target: Target | None) -> Scored:
        """Return how marks are scored that people give out of an item's full marks: by what they are of these."""
        if found.scoring or target or not item.raters or item.full is None:
            return found
        return Scored({"method": "ratio"}, "higher", item.full, found.unit, is_rated=True)

    def _put(self, made: DraftKpi, key: str, value: Any) -> None:
        """Write a key that every KPI needs, or leave it open."""
        made.keys[key] = value
        if value is None:
            made.behind[key] = say(_MISSING[key], self.language)

    def _range(self, made: DraftKpi, target: Target | None, found: Scored) -> None:
        if target and target.full_mark:
            made.keys["range"] = {"upto": target.full_mark}
        elif found.is_rated:
            made.keys["range"] = {"from": Decimal(0), "upto": found.target}

    def _every(self, made: DraftKpi, item: Item) -> None:
        written = item.text("every")
        in_name = _EVERY_IN_NAME.search(half_width(item.text("kpi")))
        every = _EVERY.get(half_width(written or (in_name[1] if in_name else "")).lower())
        if every and every != "month":
            made.keys["every"] = every
        elif written and not every:
            self._say(item, "every", "form-cell-unread", text=written)

    def _standard(self, made: DraftKpi, found: Scored, words: str, standard: Standard) -> None:
        """Write the scoring, below the words that it comes from; only these where it is not certain."""
        if found.scoring and found.scoring != {"method": "ratio"}:
            made.keys["scoring"] = found.scoring
        if words and found.scoring is None:
            self._put(made, "scoring", None)
        if words:
            made.above["scoring" if "scoring" in made.keys else ""] = self._quote(words)
        if words and found.scoring is None:
            values: dict[str, Value] = {"standard": words, "about": found.about or None}
            self._say(made.item, "standard", f"form-standard-{found.fault or 'unread'}", **values)
        elif words and standard.steps and made.item.full is None:
            self.out_of_100.append(made.item)

    def tell_out_of_100(self) -> None:
        """Say once, at the first of them, what the marks that KPIs lose are taken as."""
        if self.out_of_100:
            names = tuple(item.text("kpi") for item in self.out_of_100)
            self._say(self.out_of_100[0], "standard", "form-out-of-100", kpis=names)

    def _quote(self, words: str) -> str:
        return f"{say(_STANDARD, self.language)}: {words}" if self.language == "en" else f"{_STANDARD.zh}：{words}"

    def _say(self, item: Item, column: str, code: str, **values: Value) -> None:
        cell = item.cells.get(column) or item.cells.get("kpi") or Cell("", 1, 1)
        values = {"kpi": item.text("kpi"), **values}
        self.problems.append(Problem(self.path, cell.row, cell.column, code, values, item.sheet))
