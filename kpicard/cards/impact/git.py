"""Runs git to read its store of objects: nothing that a repository's settings name is run, and nothing is fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import Final, NamedTuple

LONGEST: Final = 60.0
"""The seconds that a run may take: a repository may have pipes in place of files, which nobody ever writes into."""

MOST: Final = 80 * 1024 * 1024
"""The most bytes that are taken from a run; what is beyond them is not waited for."""

_LATE: Final = "it did not answer within a minute"

_KEPT: Final = (
    "GIT_CEILING_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_EXEC_PATH",
    "GIT_TEST_",
)
"""How the names begin that git hears of the caller's `GIT_*`: where it looks, and whom it trusts (`safe.directory`).

A hook's are about its own repository, which need not be the one that is asked; others have programs run or write logs.
"""

_PLAIN: Final = {
    "GIT_ALLOW_PROTOCOL": "none",  # there is no protocol of this name
    "GIT_NO_LAZY_FETCH": "1",  # which git knows from 2.44 on
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


class Answer(NamedTuple):
    """What a run of git wrote, and its exit status."""

    status: int
    output: bytes
    reason: str
    """The first line on standard error, without what git puts before it."""

    @property
    def text(self) -> str:
        """The output as text, without the line end."""
        return os.fsdecode(self.output).removesuffix("\n").removesuffix("\r")


def run_git(folder: Path, *arguments: str) -> Answer:
    """Run git in a folder of a repository, whose settings it reads: for what needs no object and no index.

    Raises OSError where git cannot be run.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    kept = {name: value for name, value in os.environ.items() if name.startswith(_KEPT)}
    set_aside = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
    return _run(["-C", str(folder), *set_aside, *arguments], b"", {**inherited, **kept})


def read_store(stand_in: Path, store: Path, *arguments: str, given: bytes = b"", most: int = MOST) -> Answer:
    """Run git in an empty repository that borrows another's store of objects: nobody's settings are read.

    `given` is on its standard input, and `most` the bytes that are taken of its output. Raises OSError where git cannot
    be run.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own = {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_DIR": str(stand_in),
        "GIT_OBJECT_DIRECTORY": str(store),
        "HOME": str(stand_in),  # where git looks for the user's settings
        "XDG_CONFIG_HOME": str(stand_in),
    }
    kept = {name: value for name, value in os.environ.items() if name == "GIT_EXEC_PATH"}
    return _run(list(arguments), given, {**inherited, **kept, **own}, most)


def _run(arguments: list[str], given: bytes, environment: dict[str, str], most: int = MOST) -> Answer:
    late: list[bool] = []

    def give_up() -> None:
        late.append(True)
        process.kill()

    with TemporaryFile() as asked, TemporaryFile() as errors:
        asked.write(given)
        asked.seek(0)
        with subprocess.Popen(  # noqa: S603 - no shell, and no argument of the user's begins with a hyphen
            [_program(), "--no-pager", *arguments],
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**environment, **_PLAIN},
        ) as process:
            timer = Timer(LONGEST, give_up)
            timer.start()
            try:
                output = process.stdout.read(most) if process.stdout else b""
                if len(output) == most:
                    process.kill()
                process.wait()
            except BaseException:  # Ctrl-C, of which git may not have heard
                process.kill()
                raise
            finally:
                timer.cancel()
        errors.seek(0)
        first, _, _ = errors.read(10_000).decode(errors="replace").strip().partition("\n")
    return Answer(process.returncode, output, _LATE if late else first.removeprefix("fatal: "))


def _program() -> str:
    """Return where git is: by the full path, since a folder that one happens to be in may hold anything."""
    name = "git.exe" if sys.platform == "win32" else "git"
    places = (Path(folder, name) for folder in os.get_exec_path() if Path(folder).is_absolute())
    program = next((found for found in map(shutil.which, map(str, places)) if found), None)
    if program is None:
        raise FileNotFoundError(0, "it is not installed, or not on the path")
    return program
