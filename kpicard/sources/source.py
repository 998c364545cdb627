"""What a user names: a file, and how it is to be read where that is not to be found out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ADDRESS: Final = re.compile("[A-Za-z][A-Za-z0-9+.-]+://")


@dataclass(frozen=True)
class Source:
    """A file of actuals: text with separators, a workbook or Parquet.

    `name` is what problems call it, by default its path as given. `encoding` forces that of a text, by any name that
    Python knows; `sheets` names those of a workbook that are wanted.
    """

    path: Path
    name: str = ""
    encoding: str | None = None
    sheets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", Path(self.path))  # a text will do
        if not self.name:
            object.__setattr__(self, "name", str(self.path))

    @property
    def is_remote(self) -> bool:
        """Whether its name is an address, as `https://...` or `s3://...`; what is there is not fetched."""
        return _ADDRESS.match(self.name) is not None

    @classmethod
    def of(cls, given: str | Path | Source) -> Source:
        """Return `given` itself, or a source for a path."""
        return given if isinstance(given, Source) else cls(Path(given), str(given))
