"""Comments that switch a check off beside the line, as `# kpicard: ignore extreme-weight: the law asks for it`."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from kpicard.rules.route import Place

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
