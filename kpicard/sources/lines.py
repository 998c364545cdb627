"""Single lines of a large text file: those that are asked for, found by counting line ends."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

_PIECE: Final = 1 << 20


def pick_lines(path: Path, wanted: Collection[int], count: int, piece: int = _PIECE) -> dict[int, str] | None:
    """Return the wanted lines of a UTF-8 file by their numbers, from 1, or None if it has not just `count` lines.

    Lines end with LF or CR LF. Pieces of the file, of so many bytes, with no wanted line in them are only counted
    through, at the speed at which memory is read.
    """
    left = sorted(wanted, reverse=True)
    found: dict[int, bytes] = {}
    number, rest = 1, b""  # of the line that `rest` begins
    with path.open("rb") as stream:
        while chunk := stream.read(piece):
            ends = chunk.count(b"\n")
            if left and left[-1] < number + ends:
                lines = (rest + chunk).split(b"\n")
                while left and left[-1] < number + ends:
                    line = left.pop()
                    found[line] = lines[line - number]
                rest = lines[-1]
            elif ends:
                rest = chunk[chunk.rindex(b"\n") + 1 :]
            else:
                rest += chunk
            number += ends
    if rest:
        if left and left[-1] == number:
            found[left.pop()] = rest
        number += 1
    if number - 1 != count:
        return None
    return {each: line.decode("utf-8-sig" if each == 1 else "utf-8").rstrip("\r") for each, line in found.items()}
