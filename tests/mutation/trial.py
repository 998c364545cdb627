"""One mutant after the other against the tests near to it, in a copy of the project.

The tests run in a child of this process, which has loaded all that is heavy but nothing of the project: so a mutant
costs no more than its tests. It is killed when one of them fails, or when they take much longer than without it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Final, Literal, TypeAlias

from tests.mutation.plugins import FewExamples, Noticed

Outcome: TypeAlias = Literal["killed", "survived", "timeout"]

COPIED: Final = (
    *("kpicard", "tests", "roles", "examples", ".ci", ".pre-commit-hooks.yaml", "action.yml", "pyproject.toml"),
    *("CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md"),
)


class Trial:
    """A copy of the project that mutants are tried in."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._copy = folder
        for name in COPIED:
            if (root / name).is_dir():
                shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(root / name, folder / name)
        _load()

    def run(self, path: str, text: bytes, tests: Sequence[str], seconds: float) -> Outcome:
        """Return what becomes of the tests when a file has another text."""
        if path.endswith(".sql"):
            self._load_project()
        with self._changed(path, text):
            return self._tests(tests, seconds, anew=path.endswith(".py"))

    def noticed(self, path: str, text: bytes, tests: Sequence[str], seconds: float) -> dict[str, str]:
        """Return which of some tests fail on an assertion of theirs when a file has another text, and on which.

        Whoever ends in an error of the program has not noticed it, nor has one that fails with the file as it is.
        """
        with self._changed(path, text):
            found = self._statements(tests, seconds)
        if found:
            without = self._statements(list(found), seconds)
            found = {test: statement for test, statement in found.items() if test not in without}
        return found

    def _statements(self, tests: Sequence[str], seconds: float) -> dict[str, str]:
        plugin = Noticed(tests, self._copy.with_name("noticed"))
        self._tests(tests, seconds, anew=True, plugin=plugin)
        return plugin.statements

    @contextmanager
    def _changed(self, path: str, text: bytes) -> Iterator[None]:
        file = self._copy / path
        original = file.read_bytes()
        file.write_bytes(text)
        try:
            yield
        finally:
            file.write_bytes(original)

    def _load_project(self) -> None:
        """Load the copy's modules, where none of them is going to be changed."""
        if "kpicard" not in sys.modules:
            sys.path.insert(0, str(self._copy))
            for module in ("kpicard.cards.scorecards", "kpicard.loading", "tests.exact.batch"):
                import_module(module)

    def screened(self, path: str, texts: Sequence[bytes]) -> list[bool]:
        """Return for each text of a file of SQL whether the oracle's months notice it: see `tests.mutation.screen`."""
        self._load_project()
        found = self._copy / "noticed"
        child = os.fork()
        if not child:
            try:
                from tests.mutation.screen import noticed

                original = (self._copy / path).read_text("utf-8")
                found.write_bytes(bytes(noticed(original, (text.decode() for text in texts))))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        return list(map(bool, found.read_bytes()))

    def unchanged(self, tests: Sequence[str]) -> Outcome:
        """Return what becomes of tests without a mutant."""
        return self._tests(tests, 3600, anew=True)

    def _tests(self, tests: Sequence[str], seconds: float, *, anew: bool, plugin: Noticed | None = None) -> Outcome:
        child = os.fork()
        if not child:
            status = 1
            try:
                status = self._child(tests, anew=anew, plugin=plugin)
            finally:
                os._exit(status)  # nothing of the parent is tidied up here
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found, status = os.waitpid(child, os.WNOHANG)
            if found:
                return "killed" if status else "survived"
            time.sleep(0.01)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return "timeout"

    def _child(self, tests: Sequence[str], *, anew: bool, plugin: Noticed | None) -> int:
        import pytest

        os.setpgid(0, 0)
        os.chdir(self._copy)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        os.environ["PYTHONPATH"] = str(self._copy)  # for the commands that tests start
        sys.path.insert(0, str(self._copy))
        if anew:
            for name in [name for name in sys.modules if name.partition(".")[0] in {"tests", "kpicard"}]:
                del sys.modules[name]
        loaded = "ignore:Module already imported so cannot be rewritten"
        options = ["-q", "-p", "no:cacheprovider", "--hypothesis-seed=1", "-W", loaded]
        if plugin:
            return int(pytest.main([*options, *plugin.files], plugins=[FewExamples(), plugin]))
        os.environ["KPICARD_ORACLE_CASES"] = "2000"
        return int(pytest.main(["-x", *options, *tests], plugins=[FewExamples()]))


def _load() -> None:
    """Load what is heavy, once for all mutants, and let hypothesis tell a failure without making it small."""
    import duckdb
    import hypothesis
    import openpyxl
    import pydantic
    import rich.console
    import typer
    import yaml

    assert all((duckdb, openpyxl, pydantic, rich.console, typer, yaml))
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    hypothesis.settings.register_profile("mutation", phases=phases, database=None)
    hypothesis.settings.load_profile("mutation")
