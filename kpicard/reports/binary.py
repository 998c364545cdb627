"""Reports that are no text: written to a file, and from there to standard output."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from kpicard.folders import own_folder


def write_bytes(write_file: Callable[[Path], object], out: TextIO) -> None:
    """Let `write_file` write a file of its own, and put its bytes on `out`. Raises OSError."""
    with own_folder() as folder:
        path = folder / "report"
        write_file(path)
        out.flush()
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, out.buffer, 1 << 20)
