"""The real command under limits: hostile files must end as problems or as safe text, in little time and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

MEMORY: Final = 1 << 30
"""The most bytes that the command may hold at a time."""

SECONDS: Final = 10
"""The seconds of the processor after which the command is ended: on any machine, that is only work without end."""

_RUN: Final = f"""
import resource, sys
from kpicard.__main__ import main
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
try:
    main()
finally:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    assert peak < {MEMORY}, peak
"""


def run(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder; without a traceback, and within the limits."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *map(str, args)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
        timeout=300,
    )
    assert done.returncode in {0, 1}, (done.returncode, done.stderr[-2000:])
    assert "Traceback" not in done.stderr, done.stderr
    return done
