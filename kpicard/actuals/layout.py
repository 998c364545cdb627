"""Which column of a CSV file is what: the headings, in either language, by id or by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kpicard.actuals.records import Record
from kpicard.headings import COLUMNS, WORDS
from kpicard.nearest import nearest
from kpicard.problems import Problem, has_errors
from kpicard.problems.problem import Value
from kpicard.rules.models import Rules
from kpicard.text import Both, fold, spellings


@dataclass(frozen=True)
class Layout:
    """The columns of one file, by their index from 0.

    `kpis` are those of a wide file that are headed by a KPI, with the heading; `unnamed` have no heading.
    """

    width: int
    columns: Mapping[str, int]
    kpis: Mapping[int, str]
    unnamed: tuple[int, ...]
    may_lack_kpis: bool
    """Whether a wide file has a column that is not known and may be a KPI's, its heading misspelt."""

    @property
    def is_wide(self) -> bool:
        """Whether the file has one column per KPI."""
        return bool(self.kpis)


def read_layout(heading: Record, path: str, rules: Rules) -> tuple[Layout | None, list[Problem]]:
    """Return the layout that a file's first record gives, or None where the file cannot be read by it.

    A column that is not known is a warning, since its values are not used.
    """
    if heading.bad_quote is not None:
        return None, [Problem(path, *heading.place_of(heading.bad_quote), "bad-quote")]
    found = _sort(heading, rules)
    problems = [Problem(path, *heading.place(index), code, values) for index, code, values in _faults(found, heading)]
    if has_errors(problems):
        return None, problems
    columns = {column: indices[0] for column, indices in found.fixed.items()}
    if found.is_wide:
        columns.pop("target", None)
    return Layout(
        width=len(heading.cells),
        columns=columns,
        kpis=found.kpis if found.is_wide else {},
        unnamed=tuple(found.unnamed),
        may_lack_kpis=found.is_wide and not all(_is_misspelt(text, found) for text in found.unknown.values()),
    ), problems


def _is_misspelt(text: str, found: _Found) -> bool:
    """Whether a heading looks like one of the words that head other columns than a KPI's."""
    meant = nearest(text, found.known)
    return meant is not None and fold(meant) in WORDS


@dataclass(frozen=True)
class _Found:
    """The columns of a heading by kind: indices, with the text where it matters."""

    fixed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    kpis: dict[int, str] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    unnamed: list[int] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        return bool(self.kpis) and not {"kpi", "actual"} & set(self.fixed)


def _sort(heading: Record, rules: Rules) -> _Found:
    kpis = {
        fold(word): word
        for role in rules.roles.values()
        for kpi in role.kpis
        for word in (kpi.id, *spellings(kpi.name))
    }
    found = _Found(known=[*(word for words in COLUMNS.values() for word in words), *kpis.values()])
    for index, text in enumerate(cell.strip() for cell in heading.cells):
        if not text:
            found.unnamed.append(index)
        elif fold(text) in WORDS:
            found.fixed[WORDS[fold(text)]].append(index)
        elif fold(text) in kpis:
            found.kpis[index] = text
        else:
            found.unknown[index] = text
    return found


def _faults(found: _Found, heading: Record) -> Iterator[tuple[int, str, dict[str, Value]]]:
    """Yield what is wrong with a heading: the column, the code and what the message quotes."""
    texts = [cell.strip() for cell in heading.cells]
    needed = ("employee", "role") if found.is_wide else ("employee", "role", "kpi", "actual")
    missing = tuple(Both(*COLUMNS[column]) for column in needed if column not in found.fixed)
    separator = next((each for each in ";\t，|" if each in texts[0]), None) if len(texts) == 1 else None
    if separator:
        yield 0, "wrong-separator", {"separator": separator}
    elif missing:
        yield 0, "missing-column", {"missing": missing, "found": tuple(filter(None, texts))}
    same = [indices for column, indices in found.fixed.items() if column != "note"]
    if found.is_wide:
        # Two ways to call one KPI show in the rows, as figures given twice: that depends on the role.
        headed = {fold(text) for text in found.kpis.values()}
        same += [[index for index, text in found.kpis.items() if fold(text) == word] for word in sorted(headed)]
        if "target" in found.fixed:
            yield found.fixed["target"][0], "target-in-wide", {}
    for first, *more in same:
        for index in more:
            yield index, "doubled-column", {"column": texts[index], "other": texts[first]}
    unused = found.unknown if found.is_wide else {**found.unknown, **found.kpis}
    for index, text in unused.items():
        meant = nearest(text, found.known)
        if meant or not missing:  # a missing column lists what there is
            yield index, "unknown-column", {"column": text, "nearest": meant}
