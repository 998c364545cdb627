"""The published documentation of each check, read from its module's docstring."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Final, NamedTuple

from kpicard.checks.registry import groups, module_name
from kpicard.problems import Severity
from kpicard.problems.catalogue import CATALOGUE
from kpicard.rules.route import Place
from kpicard.text import Both

CHINESE: Final = "中文："
_EXAMPLE: Final = re.compile(r"(?P<kind>Bad|Good), `(?P<file>[^`]+)`(?: at (?P<line>\d+):(?P<column>\d+))?::")


class Example(NamedTuple):
    """A whole file that can be copied; `place` is where the problem is found, None for what has none."""

    is_good: bool
    file: str
    place: Place | None
    text: str


class Documentation(NamedTuple):
    """What is published about a check: a sentence, all of the text with that sentence before it, and examples."""

    id: str
    group: str
    severity: Severity
    summary: Both
    text: Both
    examples: tuple[Example, ...]


@cache
def documentation(id_: str) -> Documentation:
    """Return what is published about a check that there is: `id_` is one of `kpicard.checks.registry.groups`."""
    blocks = (import_module(module_name(id_)).__doc__ or "").strip().split("\n\n")
    starts = [index for index, block in enumerate(blocks) if _EXAMPLE.fullmatch(block.strip())]
    prose = [" ".join(block.split()) for block in blocks[: starts[0] if starts else None]]
    chinese = next((index for index, block in enumerate(prose) if block.startswith(CHINESE)), len(prose))
    english, other = prose[:chinese], [_joined(block) for block in prose[chinese:]]
    return Documentation(
        id_,
        groups()[id_],
        CATALOGUE[id_].severity,
        Both(english[0], _first_sentence(other)),
        Both("\n\n".join(english), "\n\n".join(other)),
        tuple(
            _example(blocks[start], blocks[start + 1 : end])
            for start, end in zip(starts, [*starts[1:], None], strict=False)
        ),
    )


def _joined(block: str) -> str:
    """Return a Chinese paragraph without the blanks that its line breaks leave behind full-width marks."""
    return re.sub(r"(?<=[，。；、：）？]) ", "", block.removeprefix(CHINESE))


def _first_sentence(paragraphs: list[str]) -> str:
    return paragraphs[0].partition("。")[0] + "。" if paragraphs else ""


def _example(heading: str, blocks: list[str]) -> Example:
    found = _EXAMPLE.fullmatch(heading.strip())
    if found is None:
        raise ValueError(heading)
    place = (int(found["line"]), int(found["column"])) if found["line"] else None
    text = "\n\n".join(blocks)
    return Example(found["kind"] == "Good", found["file"], place, re.sub(r"^ {4}", "", text, flags=re.MULTILINE) + "\n")
