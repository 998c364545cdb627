"""The option `--memory-limit`."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

import typer

from kpicard.cli.wrong_use import WrongUse
from kpicard.sizes import read_size
from kpicard.text import Both

_NO_SIZE: Final = Both(
    "{value!r} is no size of memory; write it as 500MB or 4GB", "“{value}”不是有效的内存大小；请写成 500MB、4GB 等形式"
)
_TOO_SMALL: Final = Both(
    "{value!r} is too little memory: scoring takes at least 300MB", "内存上限“{value}”太小：计分至少需要 300MB"
)

_LEAST: Final = 300_000_000


def _size(value: str) -> int:
    found = read_size(value)
    if found is None:
        raise WrongUse(_NO_SIZE, value=value)
    if found < _LEAST:
        raise WrongUse(_TOO_SMALL, value=value)
    return found


MemoryLimit: TypeAlias = Annotated[
    int | None,
    typer.Option(
        metavar="SIZE",
        parser=_size,
        help="The most memory to take, as 4GB; what is beyond it goes to disk. [default: most of the machine's]",
    ),
]
