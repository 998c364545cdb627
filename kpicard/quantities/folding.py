"""Texts as they are read and compared: half-width, and words without blanks and case."""

from __future__ import annotations

from typing import Final

_BLANKS: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

# Not NFKC: it would make digits of ² and ①. Line breaks and tabs stay, so that they group no digits.
_HALF_WIDTH: Final = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, _BLANKS), " "),
    ord("￥"): "¥",
    ord("\N{MINUS SIGN}"): "-",
}


def half_width(text: str) -> str:
    """Return `text` with its full-width characters and its blanks as ASCII has them, each in its place.

    >>> half_width("（￥１，２３４．５）")
    '(¥1,234.5)'
    """
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def squeeze(text: str) -> str:
    """Return `text` without its blanks."""
    return "".join(text.split())
