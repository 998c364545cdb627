"""A YAML file that was read: a tree of texts, and for each key and value its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kpicard.problems import Problem
from kpicard.problems.problem import Value
from kpicard.rules.ignores import Ignore
from kpicard.rules.route import Place, Route, Tree


@dataclass(frozen=True)
class Document:
    """A file's tree with the places of its keys and values."""

    path: str
    tree: Tree = None
    keys: Mapping[Route, Place] = field(default_factory=dict)
    values: Mapping[Route, Place] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()

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

    def problem_at(self, code: str, route: Route, /, **values: Value) -> Problem:
        """Return a problem placed at the value that `route` leads to, or at the nearest one above it."""
        while route and route not in self.values:
            route = route[:-1]
        line, column = self.values.get(route, (1, 1))
        return Problem(self.path, line, column, code, values)

    def problem_at_key(self, code: str, route: Route, /, **values: Value) -> Problem:
        """Return a problem placed at the key that `route` leads to; for a list's item, at the item."""
        if route not in self.keys:
            return self.problem_at(code, route, **values)
        line, column = self.keys[route]
        return Problem(self.path, line, column, code, values)


def _below(route: Route, node: Tree, step: str | None) -> Iterator[tuple[Route, Tree]]:
    if step is None and isinstance(node, list):
        yield from (((*route, index), item) for index, item in enumerate(node))
    elif step is not None and isinstance(node, dict) and step in node:
        yield (*route, step), node[step]
