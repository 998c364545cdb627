"""From the files of one folder to rules: the department's first, since the roles are checked against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final, Generic, NamedTuple, TypeAlias

from kpicard.problems import Problem, Value, has_errors
from kpicard.rules.document import Document
from kpicard.rules.lint.registry import check_department, check_role, without_ignored
from kpicard.rules.meant import word_meant
from kpicard.rules.models import Department, Kpi, Role
from kpicard.rules.rules import FileName, Rules, Versioned, file_name, held_in
from kpicard.rules.shared_kpis import Shared, read_shared
from kpicard.rules.typed import validate
from kpicard.rules.written_out import written_out
from kpicard.rules.yaml_reader import read_document
from kpicard.text import LANGUAGES, Both, nearest, spellings
from kpicard.units import unit_of


@dataclass(frozen=True)
class Version(Generic[Versioned]):
    """A version, and the file that it is written in."""

    document: Document
    typed: Versioned

    @property
    def start(self) -> str:
        """The period that it holds from, empty for the beginning: earlier than every period."""
        return self.typed.from_ or ""


def in_time(written: Sequence[Version[Versioned]]) -> tuple[tuple[Versioned, ...], list[Problem]]:
    """Return the versions, oldest first, and where they overlap."""
    ordered = sorted(written, key=lambda version: (version.start, version.document.path))
    problems = [problem for before, after in pairwise(ordered) for problem in _overlaps(before, after)]
    return tuple(version.typed for version in ordered), problems


def _overlaps(before: Version[Versioned], after: Version[Versioned]) -> Iterator[Problem]:
    """Yield why two versions, one after the other, cannot both stand."""
    other = before.document.path
    if before.start < after.start:
        yield from _superseded(before, after)
    elif after.start:
        yield after.document.problem_at("overlapping-versions", ("from",), period=after.start, path=other)
    elif isinstance(after.typed, Role):
        yield after.document.problem_at("duplicate-role", (), id=after.typed.id, path=other)
    else:
        yield after.document.problem_at("duplicate-department", (), path=other)


def _superseded(before: Version[Versioned], after: Version[Versioned]) -> Iterator[Problem]:
    """Yield the targets of a version that begin when the next one holds already."""
    kpis: tuple[Kpi, ...] = before.typed.kpis if isinstance(before.typed, Role) else ()
    for index, kpi in enumerate(kpis):
        for start in filter(None, kpi.targets):
            if start >= after.start:
                yield before.document.problem_at_key(
                    "target-overlap",
                    ("kpis", index, "target", start),
                    period=start,
                    start=after.start,
                    path=after.document.path,
                )


_OF_RULES = ("id", "kpis", "grades")
_NO_ROLE: Final = Both("there is no such role", "没有这个岗位")
_NO_KPI: Final = Both("the role has no such KPI", "该岗位没有这项指标")
_COMPUTED: Final = Both("that KPI is computed itself", "该指标本身也是算出来的")
_OTHER_UNIT: Final = Both("that KPI has another unit", "该指标的单位不同")


def unusable_sources(
    versions: Mapping[str, tuple[Role, ...]],
    broken: Mapping[str, tuple[str, ...]],
    written: Mapping[str, tuple[Version[Role], ...]],
) -> Iterator[tuple[str, Problem]]:
    """Yield why KPIs cannot be computed from what they name, each with the id of its role."""
    for id_ in versions:
        for version in written[id_]:
            for index, kpi in enumerate(version.typed.kpis):
                if kpi.of is None or kpi.of.role in broken:
                    continue
                sources = [each for role in versions.get(kpi.of.role, ()) for each in role.kpis]
                reason = _why_unusable(
                    kpi, kpi.of.role in versions, [each for each in sources if each.id == kpi.of.kpi]
                )
                if reason:
                    near = nearest(kpi.of.role, versions) if reason is _NO_ROLE else None
                    near = nearest(kpi.of.kpi, [each.id for each in sources]) if reason is _NO_KPI else near
                    values: dict[str, Value] = {"kpi": kpi.of.kpi, "role": kpi.of.role, "why": reason, "nearest": near}
                    yield id_, version.document.problem_at("unusable-source", ("kpis", index, "of"), **values)


def _why_unusable(kpi: Kpi, is_role: bool, sources: Sequence[Kpi]) -> Both | None:
    if not sources:
        return _NO_KPI if is_role else _NO_ROLE
    if any(each.of for each in sources):
        return _COMPUTED
    own = unit_of(kpi.unit)
    units = [unit_of(each.unit) for each in sources]
    return _OTHER_UNIT if any((each.kind, each.scale) != (own.kind, own.scale) for each in units) else None


_TITLES = (("title",), *(("title", language) for language in LANGUAGES))


Check: TypeAlias = Callable[[Document, str | None], list[Problem]]
"""Returns what is wrong with a document that holds until a period."""


class RulesFile(NamedTuple):
    """A file, and what problems call it."""

    path: Path
    called: str

    @property
    def name(self) -> FileName:
        """What its name says."""
        return file_name(self.path)


def load_files(folder: str, files: Sequence[RulesFile], *, lint: bool) -> tuple[Rules, list[Problem]]:
    """Return the rules of one folder's files, and the problems; with `lint`, warnings too.

    A role with an error in any of its files is not among the rules: an older version would be taken for the wrong one.
    `folder` is what problems call it.
    """

    def check_alone(document: Document, until: str | None) -> list[Problem]:  # noqa: ARG001 - as for roles
        return check_department(document, lint=lint)

    def check_by_department(document: Document, until: str | None) -> list[Problem]:
        return check_role(document, rules, lint=lint, until=until)

    def complete(document: Document) -> Document:
        start = next((text for _, text in document.find("from")), "")
        department = held_in(rules.departments, start) or next(iter(rules.departments), None)
        return written_out(document, department, shared.at(start))

    read = [read_document(file.path, file.called) for file in files if file.name.is_shared]
    shared = read_shared([document for document, _ in read if document.tree is not None])
    filling = _Filling(complete, shared.starts)
    of_shared = [*shared.problems, *(problem for _, refused in read for problem in refused)]
    department = _load([file for file in files if file.name.is_department], Department, check_alone, lint=lint)
    problems = department.problems
    rules = Rules(department.versions, path=folder)
    of_role: dict[str, list[RulesFile]] = {}
    for file in files:
        if not (file.name.is_department or file.name.is_shared):
            of_role.setdefault(file.name.id, []).append(file)
    versions: dict[str, tuple[Role, ...]] = {}
    documents: dict[str, tuple[Version[Role], ...]] = {}
    broken: dict[str, tuple[str, ...]] = {}
    misnamed: set[str] = set()
    for id_, written in sorted(of_role.items()):
        role = _load(written, Role, check_by_department, lint=lint, filling=filling)
        problems += [each for each in role.problems if each.path not in shared.paths]
        of_shared += [each for each in role.problems if each.path in shared.paths]
        if role.versions:
            versions[id_] = role.versions
            documents[id_] = role.written
        elif role.is_one:
            broken[id_] = role.titles
            misnamed |= role.ids
    unusable = list(unusable_sources(versions, broken, documents))
    problems += [problem for _, problem in unusable]
    broken |= {
        id_: tuple(word for role in versions.pop(id_) for word in spellings(role.title))
        for id_ in sorted({id_ for id_, _ in unusable})
    }
    # A file whose name is wrong may be the newer version of the role that it says it is.
    broken |= {
        id_: tuple(word for role in versions.pop(id_) for word in spellings(role.title))
        for id_ in sorted(misnamed & set(versions))
    }
    return replace(rules, versions=versions, broken=broken), [*problems, *_once(of_shared, shared, lint=lint)]


def _once(problems: Sequence[Problem], shared: Shared, *, lint: bool) -> Iterator[Problem]:
    """Yield the problems of shared KPIs, which each role that uses one has, once."""
    found = {(each.path, each.line, each.column, each.code): each for each in problems}
    for document in shared.documents:
        own = [each for each in found.values() if each.path == document.path]
        yield from without_ignored(own, document) if lint else own
    yield from (each for each in found.values() if each.path not in shared.paths)


class _Versions(NamedTuple, Generic[Versioned]):
    """The versions of a role or of the department, none where one is wrong; its titles as far as they can be read."""

    versions: tuple[Versioned, ...]
    titles: tuple[str, ...]
    ids: frozenset[str]
    """What its files say their ids are."""
    problems: list[Problem]
    is_one: bool
    """Whether there is any file of it: another YAML file may lie beside those of the roles."""
    written: tuple[Version[Versioned], ...]
    """The versions with their files."""


def _load(
    files: Sequence[RulesFile],
    model: type[Versioned],
    check: Check,
    *,
    lint: bool,
    filling: _Filling | None = None,
) -> _Versions[Versioned]:
    read = [_read(file, model, filling) for file in files]
    strange = [each for each in read if model is Role and _is_of_another_kind(each.document)]
    read = [each for each in read if each not in strange]
    written = tuple(Version(each.document, each.typed) for each in read if each.typed)
    versions, problems = in_time(written)
    problems += [each.document.problem_at("not-a-role", ()) for each in strange]
    starts = [version.from_ for version in versions if version.from_]
    for each in read:
        start = (each.typed.from_ or "") if each.typed else ""
        until = next((later for later in starts if later > start), None) if each.typed else None
        wrong = each.problems
        if each.document.tree is not None:
            wrong = _without_echoes(wrong, check(each.document, until))
        lost = {each.document.values.get(route[:2]) for route, _ in each.document.find("kpis", None, "use")}
        own = [
            problem
            for problem in wrong
            if problem.path == each.document.path and (problem.line, problem.column) not in lost
        ]
        problems += without_ignored(own, each.document) if lint else own
        problems += [problem for problem in wrong if problem.path != each.document.path]
        for period in filling.later if filling and each.written.uses_shared else ():
            if filling and period > start and (until is None or period < until):
                typed, more = validate(filling.complete(each.written.since(period)), model)
                problems += more
                versions = (*versions, *([typed] if typed else []))
    versions = tuple(sorted(versions, key=lambda version: version.from_ or ""))
    titles = [text for each in read for pattern in _TITLES for _, text in each.document.find(*pattern)]
    ids = frozenset(text for each in read for _, text in each.document.find("id"))
    right = () if has_errors(problems) else versions
    return _Versions(right, tuple(dict.fromkeys(titles)), ids, problems, bool(read), written)


def _is_of_another_kind(document: Document) -> bool:
    """Whether a YAML file has none of the keys that files of rules begin with, in whatever spelling."""
    keys = document.tree if isinstance(document.tree, dict) else None
    return keys is not None and not any(word_meant(key, _OF_RULES) for key in keys)


class _Read(NamedTuple, Generic[Versioned]):
    """A file, and what it is where it is right."""

    document: Document
    typed: Versioned | None
    problems: list[Problem]
    written: Document
    """As it is in the file, before it was completed."""


class _Filling(NamedTuple):
    """How a role's file is completed, and the periods from which on the shared KPIs are others."""

    complete: Callable[[Document], Document]
    later: Sequence[str]


def _read(file: RulesFile, model: type[Versioned], filling: _Filling | None) -> _Read[Versioned]:
    document, refused = read_document(file.path, file.called)
    if document.tree is None:
        return _Read(document, None, refused or [document.problem_at("empty-file", ())], document)
    completed = filling.complete(document) if filling else document
    typed, wrong = validate(completed, model)
    return _Read(completed, typed, _without_echoes(refused, wrong), document)


def _without_echoes(refused: list[Problem], wrong: list[Problem]) -> list[Problem]:
    """Return both, less what only echoes a refused alias: that it is not the value which is expected there."""
    places = {(problem.line, problem.column) for problem in refused if problem.code == "alias"}
    return [*refused, *(problem for problem in wrong if (problem.line, problem.column) not in places)]
