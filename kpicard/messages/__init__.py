"""Every text for people, in both languages, by id.

The texts are data, in the JSON files beside this one; `{name}` in a text stands for a value. Each file is read when one
of its texts is first asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from kpicard.text import Both, Language

_PROBLEMS: Final = ("problems_rules", "problems_actuals", "problems_files", "problems_forms")


class Entry(NamedTuple):
    """What a problem's code says, with `{name}` for a value of the problem.

    Of the hints, the first whose values are all known is shown.
    """

    message: Both
    hints: tuple[Both, ...] = ()
    severity: Literal["error", "warning"] = "error"


@cache
def _file(name: str) -> Mapping[str, Any]:
    return dict(json.loads(Path(__file__).with_name(f"{name}.json").read_text("utf-8")))


@cache
def words_of(*pages: str) -> Mapping[str, Both]:
    """Return the words of a report by id; of several pages that have a word, the last one counts."""
    file = next((name for name in ("script", "scoring", "yaml", "cli") if pages[0].startswith(name)), "reports")
    return {id_: Both(**text) for page in pages for id_, text in _file(file)[page].items()}


def chinese_of(page: str) -> Mapping[str, str]:
    """Return the Chinese of a page of texts that stand in English where they are used: `help` or `schema`."""
    return _file(f"{page}_zh")


def words_of_typer(page: str) -> Mapping[str, str]:
    """Return the Chinese of typer's own words: `headings`, `extras` in brackets, `metavars` that stand for values.

    In `messages`, what it says of a wrong use is a pattern, and `{0}` its first group.
    """
    found: Mapping[str, str] = _file("typer_zh")[page]
    return found


@cache
def rules_words() -> Mapping[str, tuple[str, ...]]:
    """Return the Chinese for keys and choices of rules, each with those that it may mean."""
    return {word: tuple(meant.split()) for word, meant in _file("yaml")["words"].items()}


@cache
def catalogue() -> Mapping[str, Entry]:
    """Return what each problem's code says."""
    sections = (section for name in _PROBLEMS for section in _file(name).values())
    return {code: _entry(**said) for section in sections for code, said in section.items()}


def codes_of(*sections: str) -> frozenset[str]:
    """Return the codes of sections of the catalogue, as `tables`, `actuals` or `lint`."""
    found = (_file(name).get(section, {}) for name in _PROBLEMS for section in sections)
    return frozenset(code for each in found for code in each)


def _entry(
    en: str, zh: str, hints: tuple[dict[str, str], ...] = (), severity: Literal["error", "warning"] = "error"
) -> Entry:
    return Entry(Both(en, zh), tuple(Both(**hint) for hint in hints), severity)


def reason_in(reason: str, language: Language) -> str:
    """Return a reason that comes from the system or from the reader of YAML, in `language` as far as it is known there.

    The reader of YAML gives two parts: what is wrong, and what was being read.
    """
    if language == "en":
        return reason
    known = _reasons_in_chinese()
    whole, comma, context = reason.rpartition(", while ")
    if comma and f"while {context}" in known:
        return f"{known.get(whole, whole)}（{known[f'while {context}']}）"
    return known.get(reason, reason)


@cache
def _reasons_in_chinese() -> Mapping[str, str]:
    import errno
    import os

    said = _file("reasons_zh")
    return {**{os.strerror(getattr(errno, name)): words for name, words in said["system"].items()}, **said["other"]}
