"""What is changed in SQL, one token at a time: comparisons and their ends, signs, numbers, words, joins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_COMMENT: Final = re.compile(r"--[^\n]*")
_BRACES: Final = re.compile(r"\{[^{}]*\}")

# What is found, and what stands in its place; the groups of a pattern are kept.
_RULES: Final[tuple[tuple[str, str], ...]] = (
    # both ends of a range
    (r"(?P<x>[\w.]+) BETWEEN (?P<low>-?[\w.]+) AND (?P<high>[\w.]+)", r"\g<x> > \g<low> AND \g<x> <= \g<high>"),
    (r"(?P<x>[\w.]+) BETWEEN (?P<low>-?[\w.]+) AND (?P<high>[\w.]+)", r"\g<x> >= \g<low> AND \g<x> < \g<high>"),
    # comparisons
    (r"(?<![<>])<(?![<>=])", "<="),
    (r"(?<![<>])>(?![<>=])", ">="),
    ("<=", "<"),
    (">=", ">"),
    ("<>", "="),
    (r"(?<![<>:=!])=(?![=>])", "<>"),
    (r"\bIS NULL\b", "IS NOT NULL"),
    (r"\bIS NOT NULL\b", "IS NULL"),
    (r"\bIS DISTINCT FROM\b", "IS NOT DISTINCT FROM"),
    (r"\bIS NOT DISTINCT FROM\b", "IS DISTINCT FROM"),
    (r"\bNOT (?!NULL|DISTINCT|EXISTS)", ""),
    # arithmetic
    (r"(?<=[\w)] )\+(?= [\w(-])", "-"),
    (r"(?<=[\w)] )-(?= [\w(-])", "+"),
    (r"(?<=[\w)] )\*(?= [\w(])", "+"),
    (r"//", "*"),
    (r"(?<=THEN )-(?=\w)", ""),
    (r"<<", ">>"),
    (r"\b\d+\b", "NUMBER"),
    # words
    (r"\bMAX\b", "MIN"),
    (r"\bMIN\b", "MAX"),
    (r"\bSUM\b", "MAX"),
    (r"\bARG_MIN\b", "ARG_MAX"),
    (r"\bFIRST_VALUE\b", "LAST_VALUE"),
    (r"\bBIT_OR\b", "MAX"),
    (r"\bCOALESCE\((?P<a>[^(),]+), (?P<b>[^(),]+)\)", r"\g<a>"),
    (r"\bCOALESCE\((?P<a>[^(),]+), (?P<b>[^(),]+)\)", r"\g<b>"),
    (r"\bLEFT JOIN\b", "JOIN"),
    (r"(?<!LEFT )(?<!CROSS )(?<!ANTI )\bJOIN\b", "LEFT JOIN"),
    (r"\bUNION ALL\b", "UNION"),
    (r"\bDISTINCT(?! FROM)(?! ON)\b", ""),
    (r"(?<!\{)'\w+'", "'another'"),
    (r"\bTRUE\b", "FALSE"),
    (r"\bFALSE\b", "TRUE"),
    (r"\bORDER BY (?P<x>[\w.]+)", r"ORDER BY \g<x> DESC"),
    (r"\blower\((?P<x>[^()]+(\([^()]*\))?)\)", r"\g<x>"),
    (r"\btrim\((?P<x>[^()]+)\)", r"\g<x>"),
)


def sql_changes(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each change of a text, from where to where in characters, and by what."""
    hidden = _COMMENT.sub(_blank, text)
    hidden = _BRACES.sub(_blank, hidden)
    for pattern, replacement in _RULES:
        for found in re.finditer(pattern, hidden):
            yield found.start(), found.end(), _put(found, text, replacement)
    yield from _and_or(hidden)


def _and_or(hidden: str) -> Iterator[tuple[int, int, str]]:
    for found in re.finditer(r"\b(AND|OR)\b", hidden):
        is_of_range = re.search(r"\bBETWEEN [^\n]*$", hidden[: found.start()].rpartition(" AND ")[2])
        if not is_of_range:
            yield found.start(), found.end(), "OR" if found[0] == "AND" else "AND"


def _put(found: re.Match[str], text: str, replacement: str) -> str:
    if replacement == "NUMBER":
        return str(int(text[found.start() : found.end()]) + 1)
    return found.expand(replacement)


def _blank(found: re.Match[str]) -> str:
    return "\x00" * len(found[0])
