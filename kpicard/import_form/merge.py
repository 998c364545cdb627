"""A form imported again: what a person has written in the role's file stays as it is, and every difference is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import yaml

from kpicard.import_form.layout import kpi_lines
from kpicard.import_form.role import Draft, DraftKpi
from kpicard.import_form.role_yaml import flow, scalar
from kpicard.numbers import read_decimal
from kpicard.problems import Problem, Value
from kpicard.rules.document import LOADER, Document, Tree
from kpicard.text import fold

_LINE: Final = "\n"


@dataclass
class Merged:
    """The file's new text, and what differs between the file and the form."""

    text: str
    problems: list[Problem] = field(default_factory=list)
    added: int = 0
    changed: int = 0


def merge(document: Document, text: str, draft: Draft, *, force: bool) -> Merged:
    """Bring a draft into the text of a role's file that can be read.

    KPIs that the file has not are added behind its own. Where a value differs, the file's is kept, or, with `force`,
    the form's takes its place; comments, and keys that the form does not know, always stay.
    """
    return _Merge(document, text, draft, force).merged()


@dataclass
class _Merge:
    document: Document
    text: str
    draft: Draft
    force: bool

    def merged(self) -> Merged:
        written = [(route[-1], kpi) for route, kpi in self.document.maps("kpis", None)]
        root: Any = yaml.compose(self.text, Loader=LOADER)
        kpis = next((value for key, value in root.value if key.value == "kpis"), None)
        nodes = list(kpis.value) if isinstance(kpis, yaml.SequenceNode) else []
        found = Merged(self.text)
        edits: list[tuple[int, int, str]] = []
        used: set[Any] = set()
        new: list[DraftKpi] = []
        for kpi in self.draft.kpis:
            index = next((index for index, known in written if index not in used and _is_same(kpi, known)), None)
            if index is None:
                new.append(kpi)
                continue
            used.add(index)
            known = dict(written)[index]
            edits += self._compared(kpi, known, int(index), nodes[int(index)], found)
        for index, known in written:
            if index not in used:
                values: dict[str, Value] = {"kpi": called(known)}
                found.problems.append(self.document.problem_at("kpi-not-in-form", ("kpis", index), **values))
        ids = {known.get("id") for _, known in written}
        for kpi in new:
            kpi.keys["id"] = _free(kpi.keys["id"], ids)
            ids.add(kpi.keys["id"])
        if new and nodes and kpis is not None and not kpis.flow_style:
            indent = nodes[-1].start_mark.column - 2
            lines = [line for kpi in new for line in kpi_lines(kpi, indent)]
            end = _end(nodes[-1], self.text)
            edits.append((end, end, _LINE + _LINE.join(lines)))
            found.added = len(new)
        for start, end, words in sorted(edits, reverse=True):
            found.text = found.text[:start] + words + found.text[end:]
        return found

    def _compared(
        self, kpi: DraftKpi, known: Mapping[str, Tree], index: int, node: Any, found: Merged
    ) -> Iterator[tuple[int, int, str]]:
        """Yield the edits for a KPI that both have."""
        nodes = {key.value: value for key, value in node.value}
        for key, value in kpi.keys.items():
            if key in {"id", "section"} or value is None or _is_alike(value, known.get(key)):
                continue
            if known.get(key) is None and key in nodes:  # it was left open
                yield _end(nodes[key], self.text), _end(nodes[key], self.text), f" {_short(value)}"
                found.changed += 1
            elif key in nodes and self.force:
                yield nodes[key].start_mark.index, _end(nodes[key], self.text), _short(value)
                found.changed += 1
            else:
                values: dict[str, Value] = {"key": key, "form": _short(value), "file": _said(known.get(key)) or None}
                code = "differs-from-form" if key in nodes else "only-in-form"
                found.problems.append(self.document.problem_at(code, ("kpis", index, key), **values))


def _is_same(kpi: DraftKpi, known: Mapping[str, Tree]) -> bool:
    """Whether a KPI of the file is that of the form: by any of its names, or by its id."""
    return known.get("id") == kpi.keys["id"] or bool(_names(kpi.keys["name"]) & _names(known.get("name")))


def _names(name: Any) -> set[str]:
    texts = name.values() if isinstance(name, Mapping) else [name]
    return {fold(text) for text in texts if isinstance(text, str)}


def _is_alike(value: Any, known: Tree) -> bool:
    """Whether a value of the form is what the file says, in any of its languages, or as the same number."""
    if isinstance(value, Decimal):
        return isinstance(known, str) and read_decimal(known) == value
    if isinstance(value, Mapping) and "method" in value:
        return (
            isinstance(known, Mapping)
            and value.keys() == known.keys()
            and all(_is_alike(each, known[key]) for key, each in value.items())
        )
    if isinstance(value, Mapping) and not {"en", "zh"} >= value.keys():
        return (
            isinstance(known, Mapping)
            and value.keys() == known.keys()
            and all(_is_alike(each, known[key]) for key, each in value.items())
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        return isinstance(known, list) and len(known) == len(value) and all(map(_is_alike, value, known))
    return bool(_names(value) & _names(known))


def called(kpi: Mapping[str, Tree]) -> str:
    """Return what a KPI of a file is called."""
    return _said(kpi.get("name")) or _said(kpi.get("id"))


def _short(value: Any) -> str:
    return scalar(value) if isinstance(value, str | Decimal) else flow(value)


def _said(value: Tree) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        texts = [text for text in (value.get("en"), value.get("zh")) if isinstance(text, str)]
        return texts[0] if texts else flow(_known_only(value))
    return flow(_known_only(value)) if isinstance(value, list) else ""


def _known_only(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _known_only(each) for key, each in value.items() if each is not None}
    return [_known_only(each) for each in value if each is not None] if isinstance(value, list) else value


def _free(id_: str, taken: set[Any]) -> str:
    return next(each for each in (id_, *(f"{id_}-{number}" for number in range(2, 10_000))) if each not in taken)


def _end(node: Any, text: str) -> int:
    """Return where a value ends: a block's mark stands behind the blanks and comments that follow it."""
    if isinstance(node, yaml.MappingNode | yaml.SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, text)
    return int(node.end_mark.index)
