"""A YAML file that was read: a tree of texts, and for each key and value its place."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from kpicard.problems import Problem, Value

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
"""What a file holds: every scalar is the text that was written; None is an empty value."""

Route: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: keys and indices from 0, as in pydantic's error locations."""

Place: TypeAlias = tuple[int, int]
"""Line and column, from 1, in characters."""


# libyaml is in PyYAML's wheels; a PyYAML built without it has the same events from the slower parser.
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_HASH: Final = re.compile(r"(?<![^ \t])#")
_IGNORE: Final = re.compile(
    r"#\s*kpicard\s*[:：]?\s*(?:ignores?|disable)(?![\w-])\s*[:：]?\s*[\[(]?(?P<ids>[^:：\])]*)[\])]?"
    r"\s*(?:[:：](?P<reason>.*))?",
    re.IGNORECASE,
)
_ID: Final = re.compile(r"(?:^|[\s,，、])\s*(?P<id>[^\s,，、]+)")
_LISTED: Final = re.compile(r"(?:^|[,，、])\s*(?P<id>[^\s,，、]+)")
"""An id where no reason follows: what stands behind it may be words about it."""

_Span: TypeAlias = tuple[Place, Place]


class Named(NamedTuple):
    """A check that a comment names, and where."""

    id: str
    place: Place


class Ignore(NamedTuple):
    """A comment that switches checks off for one line: its own, or the next one if it stands alone."""

    place: Place
    line: int
    checks: tuple[Named, ...]
    reason: str


def read_ignores(text: str) -> tuple[Ignore, ...]:
    """Return the comments of a valid YAML text that switch checks off."""
    if "kpicard" not in text.lower():
        return ()
    lines = [line.rstrip("\r") for line in text.split("\n")]
    scalars = sorted(_scalars(text))
    found = []
    below = len(lines) + 1  # the next line that is more than a comment
    for number, line in reversed([*enumerate(lines, start=1)]):
        alone = line.lstrip().startswith("#")
        below = below if alone else number
        comment = _comment(number, line, scalars)
        if comment:
            found.append(_ignore(number, comment, below))
    return tuple(reversed(found))


def _scalars(text: str) -> Iterator[_Span]:
    """Yield where each scalar begins and ends: what looks like a comment inside of one is text."""
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.ScalarEvent):
            first: Any = event.start_mark
            end: Any = event.end_mark
            # The text of a block begins below its `|`, beside which a comment may stand.
            start = (first.line + 2, 1) if event.style in {"|", ">"} else (first.line + 1, first.column + 1)
            yield start, (end.line + 1, end.column + 1)


def _comment(number: int, line: str, scalars: list[_Span]) -> re.Match[str] | None:
    """Return the comment of a line, if it switches checks off."""
    for hash_ in _HASH.finditer(line) if "kpicard" in line.lower() else ():
        place = (number, hash_.start() + 1)
        before = bisect(scalars, place, key=itemgetter(0))
        if not before or scalars[before - 1][1] <= place:
            return _IGNORE.search(line, hash_.start())
    return None


def _ignore(number: int, comment: re.Match[str], line: int) -> Ignore:
    named = (_ID if comment["reason"] else _LISTED).finditer(comment["ids"])
    checks = tuple(Named(each["id"], (number, comment.start("ids") + each.start("id") + 1)) for each in named)
    return Ignore((number, comment.start() + 1), line, checks, (comment["reason"] or "").strip())


@dataclass(frozen=True)
class Document:
    """A file's tree with the places of its keys and values."""

    path: str
    tree: Tree = None
    keys: Mapping[Route, Place] = field(default_factory=dict)
    values: Mapping[Route, Place] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()
    elsewhere: Mapping[Route, tuple[Document, Route]] = field(default_factory=dict)
    """Where what was taken from another file is written, by the way to it here."""

    def nodes(self, *pattern: str | None) -> Iterator[tuple[Route, Tree]]:
        """Yield the route and the value of all that `pattern` leads to; None stands for each item of a list."""
        nodes: list[tuple[Route, Tree]] = [((), self.tree)]
        for step in pattern:
            nodes = [found for route, node in nodes for found in _below(route, node, step)]
        yield from nodes

    def find(self, *pattern: str | None) -> Iterator[tuple[Route, str]]:
        """Yield the route and the text of every scalar that `pattern` leads to."""
        yield from ((route, node) for route, node in self.nodes(*pattern) if isinstance(node, str))

    def maps(self, *pattern: str | None) -> Iterator[tuple[Route, dict[str, Tree]]]:
        """Yield the route and the value of every map that `pattern` leads to."""
        yield from ((route, node) for route, node in self.nodes(*pattern) if isinstance(node, dict))

    def size(self, key: str) -> int:
        """Return how many items the list under a top-level key has; 0 where there is no list."""
        items = self.tree.get(key) if isinstance(self.tree, dict) else None
        return len(items) if isinstance(items, list) else 0

    @property
    def uses_shared(self) -> bool:
        """Whether a role's file takes KPIs from those that roles share."""
        return any(True for _ in self.find("kpis", None, "use"))

    def since(self, period: str) -> Document:
        """Return it as a version that holds from a period on."""
        return replace(self, tree={**self.tree, "from": period}) if isinstance(self.tree, dict) else self

    def line(self, route: Route) -> int:
        """Return the line of the value that `route` leads to, or of the nearest one above it."""
        return self.problem_at("", route).line or 1

    def _home(self, route: Route) -> tuple[Document, Route]:
        """Return the file that a value is written in, and the way to it there."""
        for length in range(len(route), 0, -1):
            if route[:length] in self.elsewhere:
                other, way = self.elsewhere[route[:length]]
                return other, (*way, *route[length:])
        return self, route

    def problem_at(self, code: str, route: Route, /, **values: Value) -> Problem:
        """Return a problem placed at the value that `route` leads to, or at the nearest one above it."""
        other, way = self._home(route)
        if other is not self:
            return other.problem_at(code, way, **values)
        while route and route not in self.values:
            route = route[:-1]
        line, column = self.values.get(route, (1, 1))
        return Problem(self.path, line, column, code, values)

    def problem_at_key(self, code: str, route: Route, /, **values: Value) -> Problem:
        """Return a problem placed at the key that `route` leads to; for a list's item, at the item."""
        other, way = self._home(route)
        if other is not self:
            return other.problem_at_key(code, way, **values)
        if route not in self.keys:
            return self.problem_at(code, route, **values)
        line, column = self.keys[route]
        return Problem(self.path, line, column, code, values)


def _below(route: Route, node: Tree, step: str | None) -> Iterator[tuple[Route, Tree]]:
    if step is None and isinstance(node, list):
        yield from (((*route, index), item) for index, item in enumerate(node))
    elif step is not None and isinstance(node, dict) and step in node:
        yield (*route, step), node[step]
