"""Run git: to read its store of objects, where work tree, index, filters and hooks have no part."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final, NamedTuple

_OF_ANOTHER: Final = frozenset({"GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE"})
"""What a hook of git is told about its own repository, which need not be the one that is asked."""


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


def run_git(folder: Path, *arguments: str, given: bytes = b"") -> Answer:
    """Run git in a folder, with `given` on its standard input. Raises OSError where it cannot be run."""
    program = shutil.which("git")
    if program is None:
        raise FileNotFoundError(0, "it is not installed, or not on the path")
    environment = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER}
    done = subprocess.run(  # noqa: S603 - no shell, and no argument of the user's begins with a hyphen
        [program, "--no-pager", "-C", str(folder), *arguments],
        input=given,
        capture_output=True,
        env={**environment, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"},
        check=False,
    )
    first, _, _ = done.stderr.decode(errors="replace").strip().partition("\n")
    return Answer(done.returncode, done.stdout, first.removeprefix("fatal: "))
