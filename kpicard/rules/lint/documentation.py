"""The published documentation of each check, from `checks.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from kpicard.messages import catalogue
from kpicard.problems import Severity
from kpicard.rules.document import Place
from kpicard.rules.yaml_reader import read_document
from kpicard.text import Both


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
def _file() -> Mapping[str, Mapping[str, Any]]:
    file = Path(__file__).with_name("checks.yaml")
    document, _ = read_document(file, file.name)
    return cast("Mapping[str, Mapping[str, Any]]", document.tree)


@cache
def documentation(id_: str) -> Documentation:
    """Return what is published about a check that there is: `id_` is one of `kpicard.rules.lint.registry.groups`."""
    said = _file()[id_]
    text = Both(said["en"].rstrip(), said["zh"].rstrip())
    return Documentation(
        id_,
        said["group"],
        catalogue()[id_].severity,
        Both(text.en.partition("\n\n")[0], text.zh.partition("\n")[0].partition("。")[0] + "。"),
        text,
        tuple(map(_example, said.get("examples", ()))),
    )


def _example(said: Mapping[str, Any]) -> Example:
    place = (int(said["place"][0]), int(said["place"][1])) if "place" in said else None
    return Example("good" in said, said.get("good") or said["bad"], place, said["text"])
