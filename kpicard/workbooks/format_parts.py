"""The parts of a number format: digits, texts, codes of dates and times, section by section."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

_TOKEN: Final = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.?)
    | [_*].?                         # blanks as wide as a character, fillers
    | \[(?P<elapsed>h+|m+|s+)\]      # [h]: hours beyond 24
    | \[(?P<test><=|>=|<>|<|>|=)(?P<limit>-?[0-9]+(?:\.[0-9]+)?)\]
    | \[\$(?P<currency>[^\]-]*)[^\]]*\]?  # [$¥-804]; [$-804] is a language alone
    | \[[^\]]*\]?                    # colours
    | am/pm | a/p
    | (?P<digit>general | e[+-] | /[0-9?\#]+ | [0\#?.,])
    | (?P<code>[yde]+|a{3,}|m+|h+|s+)
    | (?P<sign>[;%@])
    | (?P<other>.)                   # stands for itself
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

Test = tuple[str, float]
"""A comparison and what it compares with."""


class Part(NamedTuple):
    """One part of a section. A code is in lower case, or in upper case if it is one of elapsed time."""

    kind: Literal["digit", "code", "sign", "text"]
    text: str


class SectionParts(NamedTuple):
    """What stands between two semicolons, and which numbers it says that it is for."""

    test: Test | None
    parts: tuple[Part, ...]

    @property
    def is_for_texts(self) -> bool:
        """Say whether it has a place for a text."""
        return Part("sign", "@") in self.parts


def split_format(number_format: str) -> list[SectionParts]:
    """Return the sections as they are written.

    >>> [section.parts for section in split_format('[Red]0"万"')]
    [(Part(kind='digit', text='0'), Part(kind='text', text='万'))]
    """
    found: list[SectionParts] = []
    test, parts = None, list[Part]()
    for token in _TOKEN.finditer(number_format):
        if token["sign"] == ";":
            found.append(SectionParts(test, tuple(parts)))
            test, parts = None, []
        elif token["test"]:
            test = (token["test"], float(token["limit"]))
        elif token["elapsed"]:
            parts.append(Part("code", token["elapsed"][0].upper()))
        elif token["code"]:
            parts.append(Part("code", token["code"].lower()))
        elif token["digit"]:
            parts.append(Part("digit", token["digit"]))
        elif token["sign"]:
            parts.append(Part("sign", token["sign"]))
        elif text := token["quoted"] or token["escaped"] or token["currency"] or token["other"]:
            parts.append(Part("text", text))
    found.append(SectionParts(test, tuple(parts)))
    return found
