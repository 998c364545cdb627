"""What took part: versions of everything, and the machine."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version

from tests.bench.office import OFFICE

_OWN = ("kpicard", "duckdb", "typer", "pydantic", "pyyaml", "rich")
_PEERS = ("pandas", "polars", "pyarrow", "numpy", "xlsxwriter", "yamllint", "check-jsonschema")


def lacking() -> list[str]:
    """Return the packages that the benchmarks need and that are not installed."""
    return [name for name in (*_OWN, *_PEERS) if _version(name) is None]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def versions() -> str:
    """Return a line of all versions."""
    told = [f"Python {platform.python_version()}"]
    told += [f"{name} {_version(name)}" for name in (*_OWN, *_PEERS)]
    if OFFICE:
        said = subprocess.run([OFFICE, "--version"], capture_output=True, text=True, check=False).stdout.split()
        told.append(" ".join(said[:2]))
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    told.append(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {gigabytes:.0f} GiB")
    return ", ".join(told)
