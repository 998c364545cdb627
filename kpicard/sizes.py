"""Sizes of memory as people write them."""

from __future__ import annotations

import re
from typing import Final

_SIZE: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?) ?(?:([kmgt])(i?)b?|b)?", re.IGNORECASE)
_POWERS: Final = "kmgt"


def read_size(text: str) -> int | None:
    """Return the bytes of a size such as ``4GB``, ``1.5 GiB``, ``500m`` or ``64000000``; None where it is none.

    ``GB`` and ``G`` are 1000³ bytes, ``GiB`` is 1024³.
    """
    found = _SIZE.fullmatch(text.strip())
    if not found:
        return None
    number, power, binary = found.groups()
    whole, _, decimals = number.partition(".")
    thousandths = int(whole) * 1000 + int(decimals.ljust(3, "0") or 0)
    factor = (1024 if binary else 1000) ** (_POWERS.index(power.lower()) + 1) if power else 1
    return thousandths * factor // 1000
