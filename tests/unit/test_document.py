"""The strict YAML reader: any file gives a document or problems, and a document's places are the file's."""

from __future__ import annotations

import os
import re
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpicard.problems import Problem
from kpicard.rules.document import Document, Route, Tree
from kpicard.rules.yaml_reader import read_document

SETTINGS = settings(deadline=None, max_examples=300, derandomize=True)

# Line ends that editors do not count, and YAML does, are left out: \x85, \u2028 and \u2029.
TEXTS = st.text(
    st.one_of(
        st.sampled_from(string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", "")),
        st.sampled_from("客服响应时间（秒）：，“”😀é\u00a0\u3000"),
        st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn"), exclude_characters="\ufeff"),
    ),
    max_size=30,
)
TREES: st.SearchStrategy[Any] = st.recursive(
    st.none() | TEXTS | st.sampled_from(["no", "12:30", "010", "1_000", "<<", "=", "null", "~", "---", "...", "# a"]),
    lambda inside: st.lists(inside, max_size=5) | st.dictionaries(TEXTS, inside, max_size=5),
    max_leaves=25,
)
# What means something in YAML, so that files made of it come far.
PIECES = st.lists(
    st.sampled_from(
        (
            *("\n", "\r\n", "\n  ", "\n    ", "- ", ": ", "? ", "a", "b: ", "中", "😀", "[", "]", "{", "}", ", ", "#"),
            *("&a ", "*a ", "!!str ", "!x ", "<<: ", "---\n", "...\n", "%YAML 1.1\n", "'", '"', "|\n", ">-\n", "@"),
            *("\t", "\0", "\x07", "\x7f", "\\u", "\ufeff"),
        )
    ),
    max_size=60,
).map("".join)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the same text twice is written twice
        return True


def _read(data: bytes) -> tuple[Document, list[Problem]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.yaml"
        file.write_bytes(data)
        return read_document(file, "x.yaml")


def _scalars(node: Tree, route: Route = ()) -> Iterator[tuple[Route, str]]:
    if isinstance(node, str):
        yield route, node
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _scalars(item, (*route, index))
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _scalars(value, (*route, key))


def _assert_at(text: str, source: str, place: tuple[int, int]) -> None:
    """Assert that a scalar begins at a place in the file, quoted or plain."""
    line, column = place
    found = "\n".join([source.split("\n")[line - 1][column - 1 :], *source.split("\n")[line:]])
    if found.startswith(("'", '"')):
        first = next(event for event in yaml.parse(found) if isinstance(event, yaml.ScalarEvent))
        assert text == first.value
    else:
        word = re.split("[ \n]", text, maxsplit=1)[0]
        assert word == found[: len(word)]


@SETTINGS
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode) | PIECES.map(str.encode))
@example(b"\xef\xbb\xbf")
@example("名: \x07".encode())
@example(b"? [a]\n: {b: *c}\n")
def test_any_bytes_give_a_document_or_problems_within_the_file(data: bytes) -> None:
    """No file, whatever its bytes, makes the reader raise, and every problem is at a place that the file has."""
    document, problems = _read(data)
    text = data.decode("utf-8-sig", "replace")
    counts = [
        text.split("\n"),
        re.split("\r\n|[\n\r\x85\u2028\u2029]", text),
    ]  # as editors count lines, and as YAML does
    for line, column in [(each.line, each.column) for each in problems] + [*document.keys.values()]:
        assert line is not None
        assert column is not None
        assert line > 0 < column
        # What is never closed is missed on the line after the last.
        assert any(column <= len([*lines, ""][line - 1]) + 1 for lines in counts if line <= len(lines) + 1)


@SETTINGS
@given(TREES, st.booleans(), st.booleans(), st.sampled_from([20, 100, 10**6]))
def test_what_is_written_is_read_back_the_same_with_its_places(
    tree: Tree, flow: bool, escaped: bool, width: int
) -> None:
    """A tree of texts comes back as it was, in block and in flow style, and each text's place is where it stands."""
    source = yaml.dump(tree, Dumper=_Dumper, default_flow_style=flow, allow_unicode=not escaped, width=width)
    document, problems = _read(source.encode())
    assert [] == problems
    assert tree == document.tree
    for route, text in _scalars(tree):
        _assert_at(text, source, document.values[route])
    for route, place in document.keys.items():
        if not source.split("\n")[place[0] - 1][place[1] - 1 :].startswith("? "):
            _assert_at(str(route[-1]), source, place)


@SETTINGS
@given(st.text("a :#客😀é\n", max_size=40), st.sampled_from("\0\x01\x07\x1b\x7f\x80\uffff"), TEXTS)
def test_a_control_character_is_found_where_it_stands(before: str, character: str, after: str) -> None:
    """The place is counted in characters, whatever stands before it."""
    before = "# " + before.replace("\n", "\n# ")
    document, problems = _read(f"{before}{character}{after}\n".encode())
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    assert [(line, column, f"U+{ord(character):04X}")] == [(p.line, p.column, p.values["character"]) for p in problems]
    assert document.tree is None


@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "- ", "? ", "[{", "{[", "a: [", "- - ", "!x [", "&a ["])
def test_a_million_brackets_are_refused_at_once(opening: str, tmp_path: Path) -> None:
    """Great nesting, at which the parser itself would crash, is a problem like any other, and a quick one."""
    file = tmp_path / "x.yaml"
    file.write_text(opening * (1_000_000 // len(opening)), encoding="utf-8")
    command = "import sys; from pathlib import Path; from kpicard.rules.yaml_reader import read_document as read; "
    command += "print(read(Path(sys.argv[1]), 'x.yaml')[1][-1])"
    done = subprocess.run(
        [sys.executable, "-c", command, file], capture_output=True, text=True, check=False, timeout=60
    )
    assert (0, "") == (done.returncode, done.stderr)
    assert "32" in done.stdout
    assert done.stdout.endswith(" [too-deep]\n")


def test_32_levels_are_read_and_33_are_not() -> None:
    """The limit is where it is said to be."""
    deepest, problems = _read(b"[" * 32 + b"x" + b"]" * 32)
    assert [] == problems
    assert [((0,) * 32, "x")] == list(_scalars(deepest.tree))
    assert ["too-deep"] == [each.code for each in _read(b"[" * 33 + b"]" * 33)[1]]


def test_what_is_no_yaml_is_said_in_the_words_of_the_parser() -> None:
    """What it found, and what it was reading."""
    ((problem,),) = [_read(b"a: [1, 2}\nb: 3")[1]]
    assert "yaml-syntax" == problem.code
    assert "did not find expected ',' or ']', while parsing a flow sequence" in problem.message


@pytest.mark.parametrize("text", ["", " ", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing_in_every_spelling(text: str) -> None:
    """And in quotes, or spelled in another way, it is a text."""
    assert {"a": None, "b": [None]} == _read(f"a: {text}\nb: [{text.strip() or '~'}]".encode())[0].tree
    assert {"a": text, "b": "nULL", "c": "none"} == _read(f'a: "{text}"\nb: nULL\nc: none'.encode())[0].tree


@pytest.mark.parametrize(("size", "codes"), [(1_048_576, []), (1_048_577, ["too-large"])])
def test_a_file_may_have_one_mebibyte_and_no_more(size: int, codes: list[str]) -> None:
    """A file that is no role's is refused by its size, before it is parsed."""
    assert codes == [each.code for each in _read(b"a: 1\n#" + b"x" * (size - 6))[1]]


def test_an_alias_bomb_does_not_grow() -> None:
    """Each anchor and alias is refused, and none is expanded."""
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))
    document, problems = _read(bomb.encode())
    assert 30 + 29 * 10 == len(problems)
    assert {"a0": ["x"], **{f"a{n}": [f"*a{n - 1}"] * 10 for n in range(1, 30)}} == document.tree


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that everybody may open and nobody read")
def test_a_file_that_cannot_be_read_is_a_problem_of_its_own(tmp_path: Path) -> None:
    """An error of the file system is reported, not raised."""
    (tmp_path / "x.yaml").symlink_to("/proc/self/mem")
    document, problems = read_document(tmp_path / "x.yaml", "x.yaml")
    assert [("x.yaml", None, None, "unreadable-file")] == [(p.path, p.line, p.column, p.code) for p in problems]
    assert problems[0].message == f"kpicard cannot read it: {os.strerror(5)}"
    assert document.tree is None


def test_a_problem_with_what_is_not_there_is_placed_at_the_nearest_value_above_it(tmp_path: Path) -> None:
    """Of a document without any value, at its beginning."""
    file = tmp_path / "a.yaml"
    file.write_text("first: 1\nsecond:\n  third: {fourth: 1}\n", "utf-8")
    document, _ = read_document(file, "a.yaml")
    places = [
        (found.line, found.column)
        for route in (("second", "third", "fifth", "sixth"), ("second", "fifth"), ("fifth", "sixth"))
        for found in (document.problem_at("missing-key", route), document.problem_at_key("missing-key", route))
    ]
    assert [(3, 10), (3, 10), (3, 3), (3, 3), (1, 1), (1, 1)] == places
    nothing = Document("b.yaml").problem_at("empty-file", ("first",))
    assert ("b.yaml", 1, 1) == (nothing.path, nothing.line, nothing.column)
