"""Closed periods on disk: what is in their folders, and which of several is the one that holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from kpicard.actuals.figures import FigureRow, read_figures
from kpicard.cards import values
from kpicard.cards.frozen import Report, read_report
from kpicard.cards.values import Card, Missing
from kpicard.problems import Problem, unreadable
from kpicard.rules.load import Loaded, load
from kpicard.rules.rules import Rules

MANIFEST: Final = "manifest.json"
ACTUALS: Final = "actuals.csv"
CARDS: Final = "cards.json"
CARDS_CSV: Final = "cards.csv"
CHANGES: Final = "changes.csv"
ROSTER: Final = "roster.csv"
RULES: Final = "rules"

_NAME: Final = re.compile(r"([0-9]{4}(?:-[0-9A-Z]+)?)(?:-amendment-([1-9][0-9]*))?")
_LARGEST: Final = 1 << 26


class Withheld(msgspec.Struct, frozen=True):
    """Whose card was withheld, and the codes of the problems."""

    employee: str
    name: str | None
    role: str
    problems: tuple[str, ...]


class Amends(msgspec.Struct, frozen=True):
    """What an amendment is to, by the SHA-256 of its manifest, and why."""

    manifest: str
    reason: str


class Manifest(msgspec.Struct, frozen=True):
    """What was closed: `files` has the SHA-256 of each file, `seal` that of the manifest without it."""

    format: Literal["kpicard.closed/1"]
    period: str
    date: str | None
    program: str
    missing: Missing
    cards: int
    rules: Mapping[str, str]
    withheld: tuple[Withheld, ...]
    amends: Amends | None
    files: Mapping[str, str]
    seal: str = ""

    def sealed(self) -> bytes:
        """Return it as it is written, with its seal."""
        seal = sha256(_text(msgspec.structs.replace(self, seal=""))).hexdigest()
        return _text(msgspec.structs.replace(self, seal=seal))


def _text(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest, order="deterministic")) + b"\n"


@dataclass(frozen=True)
class ClosedPeriod:
    """A folder of a closed period, or of an amendment to one; what is in it is read when it is asked for."""

    folder: Path
    manifest: Manifest
    hash: str
    """The SHA-256 of the manifest's file."""
    name: str = ""
    """What problems call the folder."""
    amendment: int = field(default=0)

    @property
    def short_hash(self) -> str:
        """What a card says of it."""
        return self.hash[:8]

    @cached_property
    def rules(self) -> Loaded:
        """The rules that scored it, and what is wrong with their files."""
        return load(self.folder / RULES, name=f"{self.name}/{RULES}")

    @cached_property
    def report(self) -> Report | Problem:
        """The cards as they were frozen."""
        return read_report(self.folder / CARDS, self.rules.rules, f"{self.name}/{CARDS}")

    def figures(self) -> Iterator[FigureRow]:
        """Yield the figures as they were frozen, with their places in the frozen file. Raises OSError."""
        with (self.folder / ACTUALS).open(encoding="utf-8", newline="") as stream:
            yield from read_figures(stream, f"{self.name}/{ACTUALS}")


class Frozen(NamedTuple):
    """The cards of a closed period, the rules that scored them, and whose were withheld."""

    period: str
    rules: Rules
    cards: tuple[Card, ...]
    withheld: tuple[values.Withheld, ...]


def is_closed(folder: Path) -> bool:
    """Whether a folder is one of a closed period, as far as its manifest tells."""
    return (folder / MANIFEST).is_file()


def read_closed(folder: Path, name: str | None = None) -> ClosedPeriod | Problem:
    """Return a closed period, or the problem that its manifest is none. `name` is what problems call the folder."""
    called = str(folder) if name is None else name
    path = folder / MANIFEST
    try:
        text = path.read_bytes() if path.stat().st_size < _LARGEST else b""
        manifest = msgspec.json.decode(text, type=Manifest)
    except OSError as error:
        return unreadable(f"{called}/{MANIFEST}", error)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Problem(f"{called}/{MANIFEST}", None, None, "no-manifest", {"reason": str(error).splitlines()[0]})
    if manifest.sealed() != text:
        return Problem(f"{called}/{MANIFEST}", None, None, "changed-manifest")
    named = _NAME.fullmatch(folder.resolve().name)
    return ClosedPeriod(folder, manifest, sha256(text).hexdigest(), called, int((named and named[2]) or 0))


def closed_folders(folder: Path) -> list[Path]:
    """Return the folders of closed periods in a folder, or the folder itself; in order of period and amendment.

    Raises OSError where it cannot be looked into.
    """
    if is_closed(folder):
        return [folder]
    found = [(match, each) for each in folder.iterdir() if (match := _NAME.fullmatch(each.name)) and each.is_dir()]
    return [each for match, each in sorted(found, key=lambda pair: (pair[0][1], int(pair[0][2] or 0)))]


def latest_in(folder: Path) -> list[Path]:
    """Return the folder that holds for each closed period in a folder: that of its last amendment, if there is one.

    A folder of a closed period is the one itself. Raises OSError where it cannot be looked into.
    """
    found = closed_folders(folder)
    return found if found == [folder] else list({each.name[:7]: each for each in found}.values())


def latest(folder: Path, period: str) -> Path | None:
    """Return the folder of a period's last amendment, or of the period itself; None where it is not closed."""
    if not folder.is_dir():
        return None
    own = [each for each in closed_folders(folder) if (found := _NAME.fullmatch(each.name)) and found[1] == period]
    return own[-1] if own else None
