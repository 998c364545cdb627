"""A command in a terminal of some size: what it prints there."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path


def shown(*args: str | Path, cwd: Path, rows: int, columns: int = 100) -> str:
    """Return what `kpicard` prints in a terminal, without the colours."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    size = {"LINES", "COLUMNS"}
    env = {name: value for name, value in os.environ.items() if name not in size} | {"TERM": "xterm"}
    command = [sys.executable, "-m", "kpicard", *map(str, args)]
    with subprocess.Popen(command, cwd=cwd, env=env, stdin=its, stdout=its, stderr=subprocess.DEVNULL):
        os.close(its)
        text = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text.decode()).replace("\r\n", "\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so at the end
        return b""
