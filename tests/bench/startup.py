"""How long the commands take to start, against the bare imports that each cannot do without."""

from __future__ import annotations

import compileall
from collections.abc import Iterator
from pathlib import Path

import kpicard
from tests.bench.contest import Contest
from tests.bench.measure import PYTHON, Job

# `-X importtime` tells what a command imports beyond the standard library; these are the names that it uses of them.
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
        ]
        yield Contest(f"`kpicard {' '.join(words)}`", jobs, folder, least_runs=15)
