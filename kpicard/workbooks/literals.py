"""What a number format writes around a number: 万 behind it, ¥ before it, zeros that lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from kpicard.workbooks.format_parts import Part

_LONE_SIGNS: Final = re.compile("(?<![A-Za-z])[-+()－＋（）\N{MINUS SIGN}]")
"""Dropped: `(0)` is how the format writes a minus, which is written as such; nor shall any other text make one."""

_SCALING: Final = re.compile("[0#?],+(?![,0#?])")
"""Commas behind the digits, or behind those before the point, show thousands; the others part thousands."""

_LONGEST: Final = 255
"""Excel's own limit for a format; what is longer may not stand in each of a million cells."""


class Literals(NamedTuple):
    """The texts before and behind a number, and how many digits a whole number has at least."""

    before: str = ""
    behind: str = ""
    digits: int = 0

    def around(self, number: str) -> str:
        """Return a plain number with what stands around it; its sign comes first.

        >>> Literals("¥", "/天").around("-12.5"), Literals("E", digits=3).around("7")
        ('-¥12.5/天', 'E007')
        """
        sign, unsigned = ("-", number[1:]) if number.startswith("-") else ("", number)
        if unsigned.isdecimal():
            unsigned = unsigned.zfill(self.digits)
        return f"{sign}{self.before}{unsigned}{self.behind}"


def literals_of(parts: Sequence[Part]) -> Literals:
    """Return what a section writes around a number that is no date or time.

    Where it shows another number than the stored one, in thousands or with a text amid the digits (`0!.0,"万"` shows
    32000 as 3.2万), its texts belong to that other number and are left out. A section of texts alone hides the number,
    and one for texts shows it as it is: there is nothing to put around it either.
    """
    is_percent = Part("sign", "%") in parts
    bare = Literals(behind="%" if is_percent else "")
    places = [place for place, part in enumerate(parts) if part.kind == "digit"]
    if not places or Part("sign", "@") in parts or sum(len(part.text) for part in parts) > _LONGEST:
        return bare
    first, end = places[0], places[-1] + 1
    digits = "".join(parts[place].text for place in places)
    if _SCALING.search(digits) or _joined(part for part in parts[first:end] if part.kind != "digit").strip():
        return bare
    before, behind = _joined(parts[:first]), _joined(parts[end:])
    # Where a digit would come to stand beside the number, `"2026-"000`, the text stays as it is: no new number is made.
    if not _shown(before)[-1:].isdigit():
        before = _shown(before)
    if not _shown(behind)[:1].isdigit():
        behind = _shown(behind)
    return Literals(before, behind, len(digits) if set(digits) == {"0"} and not is_percent else 0)


def _joined(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts)


def _shown(text: str) -> str:
    """Return a text as it is shown. A sign is the number's; but one behind a letter is part of an id, `E-`."""
    return _LONE_SIGNS.sub("", text).strip()
