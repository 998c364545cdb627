"""Writes values as YAML the way a person would."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from kpicard.numbers import plain

_WIDTH: Final = 116
_PLAIN: Final = re.compile(r"[A-Za-z0-9\u3400-\u9fff“”（）《》【】](?:[^\x00-\x1f:#]|:(?=\S)|(?<=\S)#)*")
_IN_FLOW: Final = re.compile(r"[A-Za-z0-9\u3400-\u9fff“”（）《》【】][^\x00-\x1f:#,\[\]{}\"'&*!|>%@`]*")
_NO_TEXT: Final = re.compile(r"(?:null|true|false|yes|no|on|off|~|[-+.0-9][-+.0-9e_:x]*)", re.IGNORECASE)
_NO_YAML: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def scalar(value: str | Decimal, *, in_flow: bool = False, width: int | None = None, indent: int = 0) -> str:
    """Return a value as one scalar, in quotes where it must be.

    A long text is put on several lines of at most `width` characters, the further ones indented.
    """
    if isinstance(value, Decimal):
        return plain(value)
    text = " ".join(_NO_YAML.sub("", value).split())
    pattern = _IN_FLOW if in_flow else _PLAIN
    if not pattern.fullmatch(text) or _NO_TEXT.fullmatch(text) or ("," in text and in_flow):
        return json.dumps(text, ensure_ascii=False)
    if width and len(text) > width and " " in text:
        return f"\n{' ' * indent}".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))
    return text


def flow(value: Any) -> str:
    """Return a value on one line: `{method: step, size: 1}`."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value, in_flow=True)


def entry(key: str, value: Any, indent: int) -> list[str]:
    """Return the lines of a key with its value, indented: on one line where there is room.

    A missing value, None, is left empty.
    """
    lead = " " * indent
    if value is None:
        return [f"{lead}{key}:"]
    if isinstance(value, str | Decimal):
        return f"{lead}{key}: {scalar(value, width=_WIDTH - indent, indent=indent + 2)}".split("\n")
    line = f"{lead}{key}: {flow(value)}"
    if len(line) <= _WIDTH or not value:
        return [line]
    if isinstance(value, Mapping):
        return [f"{lead}{key}:", *(line for name, each in value.items() for line in entry(name, each, indent + 2))]
    return [f"{lead}{key}:", *(f"{lead}  - {flow(each)}" for each in value)]


def comment(text: str, indent: int) -> list[str]:
    """Return a text as comment lines."""
    width = _WIDTH - indent - 2
    wrapped = (textwrap.wrap(line, width, break_on_hyphens=False) for line in _NO_YAML.sub("", text).split("\n"))
    lines = [line for each in wrapped for line in each]
    return [f"{' ' * indent}# {line}" for line in lines]
