"""How long the commands take to start, against the bare imports that each cannot do without.

These are the names that it uses of its libraries. Some of these import more once they are used: pydantic with the first
model, typer with the first option. So all modules that a command ends up with, but for its own, are measured too.
"""

from __future__ import annotations

import compileall
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import kpicard
from tests.bench.contest import Contest
from tests.bench.measure import PYTHON, ROOT, Job

_TYPER = "import typer"
_RULES = f"{_TYPER}, yaml; from pydantic import BaseModel"
_TERMINAL = f"{_RULES}; from rich.console import Console; from rich.table import Table"
_ENGINE = f"{_TERMINAL}; import duckdb"

_COMMANDS = (
    (("--version",), _TYPER, "1.3"),
    (("--help",), _TYPER, "1.3"),
    (("roles", "customer-service"), _TERMINAL, "1.4"),
    (("validate",), _TERMINAL, ""),
    (("score", "examples/2026-10.csv"), _ENGINE, "1.4"),
)


_LIST: Final = """
import sys
from kpicard.__main__ import main
try:
    main()
finally:
    print(*(name for name in sys.modules if name.partition(".")[0] not in {"kpicard", "__main__"}), file=sys.stderr)
"""


def _imported(words: Sequence[str]) -> str:
    """Return a program that imports all modules but its own that a command imports."""
    done = subprocess.run([PYTHON, "-c", _LIST, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    names = done.stderr.splitlines()[-1].split()
    return f"from importlib import import_module as i; [i(name) for name in {names}]"


def contests(folder: Path) -> Iterator[Contest]:
    """Yield a contest for each command. Each takes a fraction of a second: they need more runs than the others.

    An installed program has its modules compiled, as those have that it imports; a checkout's may not be yet.
    """
    compileall.compile_dir(Path(kpicard.__file__).parent, quiet=1)
    script = Path(PYTHON).parent / "kpicard"
    command = [script] if script.exists() else [PYTHON, "-m", "kpicard"]
    for words, imports, target in _COMMANDS:
        jobs = [
            Job("kpicard", [*command, *words]),
            Job("the bare imports", [PYTHON, "-c", imports], target=target and f"≤ {target}", note=imports),
            Job("all that it imports", [PYTHON, "-c", _imported(words)], note="but for its own modules"),
        ]
        yield Contest(f"`kpicard {' '.join(words)}`", jobs, folder, least_runs=15)
