"""What an appraisal form says: its title, and its KPIs with the cells that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, NamedTuple

from kpicard.actuals.files.workbook import Merge, Sheet
from kpicard.import_form.columns import RATERS, Heading, column_of, headings
from kpicard.text import fold, half_width

_TOTAL: Final = re.compile(
    r"(合\s*计|总\s*计|总\s*分|小\s*计|累\s*计|(grand |sub)?total|sum|overall)\b.*|.*(签\s*[字名]|signature).*",
    re.IGNORECASE,
)
_POST: Final = re.compile(
    r"(?:被?考核[人者]?)?(?:员工)?"
    r"(?:岗位|职位|职务|岗位名称|职位名称|position|job title|role|post)\s*[:]?\s*(?P<post>.*)",
    re.IGNORECASE,
)
_FORM: Final = re.compile(
    r"\s*(员工)?(月度|季度|年度|月|季|年)?(绩效|kpi)*\s*(考核|考评|评估|评分|评价|指标)+\s*(指标|评分|方案|明细)?\s*(表|卡|方案|标准)"
    r"|\s*(monthly |quarterly |annual )?(kpi |performance )*"
    r"(appraisal|scorecard|score ?card|assessment|review|evaluation)( form| sheet)?"
    r"|\s*[0-9]{4}\s*年?度?",
    re.IGNORECASE,
)
_GROUP: Final = re.compile(r"(?:[一二三四五六七八九十]+|[A-Z]|[IVX]+|第.+部分)\s*[、.:)]\s*(?P<title>.+)")
_GROUP_WEIGHT: Final = re.compile(
    r"[(:]?\s*(?:权重|占比|weight)?\s*[:]?\s*(?P<weight>[0-9]+(?:\.[0-9]+)?)\s*(?:%|分|points?|marks?)\s*\)?\s*$"
)
_NUMBER: Final = re.compile(r"\s*(?P<number>[0-9]+(?:\.[0-9]+)?)\s*(?P<percent>%)?\s*(?P<marks>分|points?|marks?)?\s*")


class Cell(NamedTuple):
    """A cell's text and its place, from 1."""

    text: str
    row: int
    column: int


class Section(NamedTuple):
    """A group of KPIs, with the weight that the form gives it as a whole."""

    title: str
    weight: Decimal | None = None


@dataclass(frozen=True)
class Item:
    """A KPI's row: its cells by column, without the empty ones."""

    sheet: str
    cells: Mapping[str, Cell]
    weight: Decimal | None
    full: Decimal | None
    section: Section | None
    raters: tuple[str, ...]

    def text(self, column: str) -> str:
        """Return what a column says, on one line; empty where it says nothing."""
        return " ".join(self.cells[column].text.split()) if column in self.cells else ""


@dataclass
class Form:
    """A form: the post, where it says one, its KPIs, and the cells that were passed over."""

    post: str = ""
    items: list[Item] = field(default_factory=list)
    unread: list[tuple[str, Cell]] = field(default_factory=list)
    """Sheets and cells: columns whose heading is not understood, and rows that are no KPIs."""


def read_form(sheets: Sequence[Sheet]) -> Form:
    """Return what sheets say, one after the other."""
    form = Form()
    for sheet in sheets:
        found = list(headings(sheet))
        if not found:
            continue
        form.post = form.post or _post(sheet, found[0].row)
        ends = [*(heading.row for heading in found[1:]), len(sheet.rows)]
        for heading, end in zip(found, ends, strict=True):
            form.unread += [(sheet.name, Cell(text, heading.row + 1, index + 1)) for index, text in heading.unread]
            _Rows(sheet, heading, form).read(end)
    form.items = _with_weights(form.items)
    return form


def _post(sheet: Sheet, heading: int) -> str:
    """Return the post that the rows above a heading name, in a field of its own or in the form's title."""
    titles = []
    for row in sheet.rows[:heading]:
        cells = [cell.strip() for cell in row if cell.strip()]
        for index, cell in enumerate(cells):
            found = _POST.fullmatch(half_width(cell))
            post = (found["post"] or next(iter(cells[index + 1 :]), "")).strip() if found else ""
            if post:
                return post
        if len(cells) == 1:
            titles.append(cells[0])
    for title in titles:
        post = _FORM.sub("", title).strip(" -—:：·()（）《》_")
        if post and post != title:
            return post
    return ""


@dataclass
class _Rows:
    """Reads the rows below a heading into a form."""

    sheet: Sheet
    heading: Heading
    form: Form
    section: Section | None = None

    def read(self, end: int) -> None:
        columns = self.heading.columns
        first_item = len(self.form.items)
        for row in range(self.heading.last_row + 1, end):
            cells = {name: cell for name, index in columns.items() if (cell := self._cell(row, index)).text.strip()}
            written = [(index, text.strip()) for index, text in enumerate(self.sheet.rows[row]) if text.strip()]
            if not written:
                continue
            words = half_width(written[0][1])
            if _TOTAL.fullmatch(words) or all(half_width(text).endswith(":") for _, text in written):
                continue  # totals, and fields to fill in: there is nothing in them yet
            group = _GROUP.fullmatch(words)
            if len(written) == 1 and group and not written[0][1].isdigit() and len(words) < 40:
                self.section = _section(group["title"])
            elif "kpi" in cells and self._is_item(row, cells):
                self._take(cells, first_item)
            elif not all(column_of(text) for _, text in written):
                self.form.unread.append((self.sheet.name, Cell(written[0][1], row + 1, written[0][0] + 1)))

    def _is_item(self, row: int, cells: Mapping[str, Cell]) -> bool:
        """Whether a row is a KPI's: it has more than one cell, and no cell spans its name and what it is worth."""
        index = self.heading.columns["kpi"]
        spanned = self._merge(row, index)
        others = set(cells) - {"kpi", "section"}
        return (
            bool(others)
            and (spanned is None or spanned.last_column - spanned.first_column < 3)
            and not _TOTAL.fullmatch(half_width(cells["kpi"].text.strip()))
        )

    def _take(self, cells: dict[str, Cell], first_item: int) -> None:
        if "section" in cells:
            self.section = _section(cells["section"].text)
        elif "section" in self.heading.columns and len(self.form.items) == first_item:
            self.section = None
        worth = {name: _number(cells[name].text) for name in ("weight", "full") if name in cells}
        weight, full = worth.get("weight"), worth.get("full")
        if weight and weight.marks and full is None:
            full = weight
        raters = tuple(rater for rater in RATERS if rater in self.heading.columns)
        item = Item(
            self.sheet.name,
            cells,
            weight.value if weight else None,
            full.value if full else None,
            self.section,
            raters,
        )
        self.form.items.append(item)

    def _cell(self, row: int, column: int) -> Cell:
        """Return a cell, or the one that is merged over it."""
        merge = self._merge(row, column)
        top, left = (
            (merge.first_row, merge.first_column) if merge and merge.first_row > self.heading.row else (row, column)
        )
        cells = self.sheet.rows[top]
        return Cell(cells[left] if left < len(cells) else "", top + 1, left + 1)

    def _merge(self, row: int, column: int) -> Merge | None:
        return next(
            (
                merge
                for merge in self.sheet.merged
                if merge.first_row <= row <= merge.last_row and merge.first_column <= column <= merge.last_column
            ),
            None,
        )


class _Worth(NamedTuple):
    value: Decimal
    marks: bool


def _number(text: str) -> _Worth | None:
    found = _NUMBER.fullmatch(half_width(text))
    return _Worth(Decimal(found["number"]), found["marks"] is not None) if found else None


def _section(text: str) -> Section:
    words = half_width(" ".join(text.split()))
    found = _GROUP_WEIGHT.search(words)
    title = words[: found.start()] if found else words
    group = _GROUP.fullmatch(title)
    return Section((group["title"] if group else title).strip(" :"), Decimal(found["weight"]) if found else None)


def _with_weights(items: Sequence[Item]) -> list[Item]:
    """Return the items with weights in percent; one that stands once for several is their section's."""
    shared = _shared(items)
    found = []
    for item in items:
        is_shared = _weight_place(item) in shared and item.section is not None
        section = item.section._replace(weight=item.weight) if is_shared and item.section else item.section
        found.append(replace(item, weight=None, section=section) if is_shared else item)
    found = [each for _, run in sections_of(found) for each in _once_for_all(run)]
    if all(item.weight is None and item.full is not None for item in found):
        found = [replace(item, weight=item.full) for item in found]
    weights = [item.weight for item in found if item.weight is not None]
    if weights and sum(weights) == 1:
        found = [replace(item, weight=None if item.weight is None else item.weight * 100) for item in found]
    return found


def _once_for_all(run: Sequence[Item]) -> Sequence[Item]:
    """Return a section's items; a weight at the first of them alone is the section's."""
    first, *others = run
    if not others or first.weight is None or first.section is None or any(each.weight is not None for each in others):
        return run
    section = first.section._replace(weight=first.weight)
    return [replace(each, weight=None, section=section) for each in run]


def _shared(items: Sequence[Item]) -> set[tuple[str, int, int]]:
    places = [_weight_place(item) for item in items]
    return {place for place in places if place and places.count(place) > 1}


def _weight_place(item: Item) -> tuple[str, int, int] | None:
    cell = item.cells.get("weight")
    return (item.sheet, cell.row, cell.column) if cell else None


def sections_of(items: Sequence[Item]) -> Iterator[tuple[Section | None, list[Item]]]:
    """Yield each run of KPIs of one section."""
    run: list[Item] = []
    for item in items:
        if run and fold(item.section.title if item.section else "") != fold(
            run[-1].section.title if run[-1].section else ""
        ):
            yield run[-1].section, run
            run = []
        run.append(item)
    if run:
        yield run[-1].section, run
