"""Read YAML strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import yaml

from kpicard.files import NO_FILE
from kpicard.messages import words_of
from kpicard.problems import Problem, Value, unreadable
from kpicard.rules.document import LOADER, Document, Place, Route, Tree, read_ignores
from kpicard.text import Both, Text

LARGEST: Final = 1024 * 1024
"""The most bytes that a rules file may have."""

MOST_VALUES: Final = 10_000
"""The most values (texts, lists and maps) that a rules file may have: each may be a problem of its own."""

MOST_IGNORED: Final = 1000
"""The most checks that the comments of a file may name."""

DEEPEST: Final = 32
"""The deepest nesting that is read; libyaml itself would crash at great depths, or from 0.2.6 on refuses them."""

_NESTING: Final = "exceeded maximum nesting depth"
"""What libyaml says then, of brackets that it looks at ahead of the event that stands at the 33rd level."""

_VALUES: Final = Both("10,000 values", "10,000 个值")
_IGNORED: Final = Both("1,000 checks in comments", "1,000 处注释忽略")

_NULLS = {"", "~", "null", "Null", "NULL"}
# Control characters; and all that YAML takes for the end of a line and editors do not, since lines must be the same.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")


def read_document(file: Path, path: str) -> tuple[Document, list[Problem]]:
    """Read the YAML file `file`, called `path` in problems.

    Returns the document, whose tree is None where the file cannot be read at all, and the problems found.
    """
    text = _read_text(file, path)
    if isinstance(text, Problem):
        return Document(path), [text]
    reader = _Reader(path)
    try:
        tree = reader.read(yaml.parse(text, Loader=LOADER))
    except _TooMuchError:
        return Document(path), reader.problems
    except yaml.MarkedYAMLError as error:
        return Document(path), [*reader.problems, _syntax_problem(path, text, error)]
    ignores = read_ignores(text)
    if sum(1 + len(ignore.checks) for ignore in ignores) > MOST_IGNORED:
        return Document(path), [Problem(path, None, None, "too-large", {"limit": _IGNORED})]
    return Document(path, tree, reader.keys, reader.values, ignores), reader.problems


def _read_text(file: Path, path: str) -> str | Problem:
    try:
        data = _start_of(file)
    except OSError as error:
        return unreadable(path, error)
    if len(data) > LARGEST:
        return Problem(path, None, None, "too-large", {"limit": "1 MiB"})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        values: dict[str, Value] = {"byte": f"0x{data[error.start]:02X}", "seems": _encoding_of(data)}
        return Problem(path, *_place_of(before, len(before)), "not-utf8", values)
    refused = _REFUSED.search(text)
    if refused:
        values = {"character": f"U+{ord(refused[0]):04X}"}
        return Problem(path, *_place_of(text, refused.start()), "control-character", values)
    return text


def _encoding_of(data: bytes) -> Text:
    """Return in which encoding a text that is not UTF-8 was probably saved."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    with suppress(UnicodeDecodeError):
        data.decode("gb18030")
        return "GBK (GB18030)"
    return Both("another encoding", "其他编码")


def _start_of(file: Path) -> bytes:
    """Return a file's bytes, as many as it may have and one more. Raises OSError."""
    if file.is_fifo():  # nobody may ever write into it
        raise OSError(NO_FILE)
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _place_of(text: str, position: int) -> Place:
    before = text[:position]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _syntax_problem(path: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    # The parser finds that something is missing when the file has ended, on a line that is not there.
    line, column = min((line, column), _place_of(text, len(text.rstrip("\r\n"))))
    if error.problem == _NESTING:
        return Problem(path, line, column, "too-deep", {"limit": DEEPEST})
    from kpicard.rules.yaml_slips import slip_in

    slip = slip_in(text, error)
    if slip is None:
        reason = ", ".join(part for part in (error.problem, error.context) if part)
        return Problem(path, line, column, "yaml-syntax", {"reason": reason})
    if slip.line != line:
        written = text.split("\n")[slip.line - 1]
        line, column = slip.line, len(written) - len(written.lstrip()) + 1
    is_depth = slip.kind in {"tab", "indentation"}
    values = {"reason": words_of("yaml")[slip.kind], "better": slip.better, "blanks": slip.blanks if is_depth else None}
    return Problem(path, line, column, "yaml-syntax", values)


class _TooMuchError(Exception):
    """The file goes on in a way that is not read any further; the problem says which."""


class _Reader:
    """Builds the tree from parse events, and notes what is refused with its place."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.keys: dict[Route, Place] = {}
        self.values: dict[Route, Place] = {}
        self.problems: list[Problem] = []
        self.left = MOST_VALUES

    def read(self, events: Iterator[Any]) -> Tree:
        tree: Tree = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse("second-document", event)
                    raise _TooMuchError
            elif isinstance(event, yaml.NodeEvent):
                tree = self._node(event, events, ())
        return tree

    def _node(self, event: Any, events: Iterator[Any], route: Route) -> Tree:
        self.values[route] = _start(event)
        self.left -= 1
        if self.left < 0:
            self._refuse("too-large", event, limit=_VALUES)
            raise _TooMuchError
        if isinstance(event, yaml.AliasEvent):
            self._refuse("alias", event, name=f"*{event.anchor}")
            return f"*{event.anchor}"
        if event.anchor:
            self._refuse("anchor", event, name=f"&{event.anchor}")
        if event.tag:
            self._refuse("tag", event, name=_tag(event))
        if isinstance(event, yaml.ScalarEvent):
            return None if _is_plain(event) and event.value in _NULLS else str(event.value)
        if len(route) >= DEEPEST:
            self._refuse("too-deep", event, limit=DEEPEST)
            raise _TooMuchError
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, route)
        return self._mapping(events, route)

    def _sequence(self, events: Iterator[Any], route: Route) -> list[Tree]:
        items: list[Tree] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events, (*route, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], route: Route) -> dict[str, Tree]:
        tree: dict[str, Tree] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = event.value if isinstance(event, yaml.ScalarEvent) else None
            if key is None:
                self._refuse("bad-key", event)
                self._skip(event, events, route)
                self._skip(next(events), events, route)
            elif key in tree:
                line, _ = self.keys[(*route, key)]
                self._refuse("duplicate-key", event, key=key, line=line)
                self._skip(next(events), events, route)
            elif key == "<<" and _is_plain(event):
                self._refuse("merge-key", event)
                self._skip(next(events), events, route)
            else:
                self._check_key(event)
                self.keys[(*route, key)] = _start(event)
                tree[key] = self._node(next(events), events, (*route, key))
        return tree

    def _check_key(self, event: Any) -> None:
        if event.anchor:
            self._refuse("anchor", event, name=f"&{event.anchor}")
        if event.tag:
            self._refuse("tag", event, name=_tag(event))

    def _skip(self, event: Any, events: Iterator[Any], route: Route) -> None:
        """Pass over a node that has no place in the tree, but say what is refused inside it."""
        aside = _Reader(self.path)
        aside.left = self.left
        try:
            aside._node(event, events, (*route, "…"))
        finally:
            self.left = aside.left
            self.problems.extend(aside.problems)

    def _refuse(self, code: str, event: Any, **values: Value) -> None:
        line, column = _start(event)
        self.problems.append(Problem(self.path, line, column, code, values))


def _tag(event: Any) -> str:
    """Return a tag as it is usually written."""
    return str(event.tag).replace("tag:yaml.org,2002:", "!!")


def _is_plain(scalar: Any) -> bool:
    return bool(scalar.implicit[0])  # true for a scalar without quotes and without a tag


def _start(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1
