"""Memory: its sizes as people write them, and the errors that come from the lack of it."""

from __future__ import annotations

import errno
import re
from typing import Final

_SIZE: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?) ?(?:([kmgt])(i?)b?|b)?", re.IGNORECASE)
_POWERS: Final = "kmgt"

_ENGINE: Final = frozenset({"FatalException", "IOException", "InternalException"})
_LACKING: Final = re.compile("bad.alloc|allocat|failed to map|start new thread|temporarily unavailable", re.IGNORECASE)


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


def lacks_memory(error: BaseException) -> bool:
    """Return whether an error, or the one that it came from, is about memory: Python's, the system's or the engine's.

    The engine is not imported for that: it may be what there is no room for.
    """
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return True
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    if isinstance(error, ImportError | RuntimeError) or type(error).__name__ in _ENGINE:
        return bool(_LACKING.search(str(error)))
    before = error.__cause__ or error.__context__
    return before is not None and lacks_memory(before)
