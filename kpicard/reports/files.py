"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO


def write_whole(
    path: Path, write: Callable[[TextIO], object], write_file: Callable[[Path], object] | None = None
) -> None:
    """Let `write` write a new file beside `path`, and put it in its place once it is complete. Raises OSError.

    `write_file`, where there is one, writes the file by its path, which is faster than through a stream of texts.
    A link is followed; what is no ordinary file, such as a pipe, is written to as it is.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        _write_text(path, write)
        return
    handle, name = tempfile.mkstemp(prefix=".kpicard-", dir=path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        if write_file:
            write_file(beside)
        else:
            _write_text(beside, write)
        mask = os.umask(0)
        os.umask(mask)
        beside.chmod(0o666 & ~mask)  # what an ordinary new file would have
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _write_text(path: Path, write: Callable[[TextIO], object]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as out:
        write(out)
