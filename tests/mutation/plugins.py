"""What pytest is told when it tries a mutant."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest

EXAMPLES: Final = 60
"""How many examples of a property are tried."""

_CRASHED: Final = "MUTANT_CRASHED"
_SITECUSTOMIZE: Final = f"""
import os, sys

def crashed(*error):
    open(os.environ["{_CRASHED}"], "w").close()
    sys.__excepthook__(*error)

sys.excepthook = crashed
"""
"""What Python runs first in each command that a test starts: it leaves a file where one ends in a traceback."""


class FewExamples:
    """Lets properties be tried with few examples: a mutant that is wrong is wrong for most."""

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Lower the number that tests ask for."""
        from hypothesis import settings

        name = "_hypothesis_internal_use_settings"  # where a test keeps its settings; without it, it has them all
        for item in items:
            if own := getattr(item.obj, name, None):
                setattr(item.obj, name, settings(own, max_examples=min(own.max_examples, EXAMPLES)))


class Noticed:
    """Runs the tests of some names or files, and writes down, as JSON lines, which fail on an assertion, and on which.

    Where a command that a test started ended in a traceback, the assertion is about what it never came to.
    """

    def __init__(self, tests: Sequence[str], folder: Path) -> None:
        self._tests, self._folder = frozenset(tests), folder
        self._found, self._crashed = folder / "noticed", folder / "crashed"
        folder.mkdir(exist_ok=True)
        self._found.unlink(missing_ok=True)
        (folder / "sitecustomize.py").write_text(_SITECUSTOMIZE, "utf-8")

    @property
    def files(self) -> list[str]:
        """The files of the tests."""
        return sorted({test.partition("::")[0] for test in self._tests})

    def pytest_sessionstart(self) -> None:
        """Have the commands that tests start leave their mark."""
        os.environ["PYTHONPATH"] = f"{self._folder}{os.pathsep}{os.environ['PYTHONPATH']}"
        os.environ[_CRASHED] = str(self._crashed)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the others out. A name on the command line would not do: parameters may have anything in them."""
        items[:] = [item for item in items if self._tests & {item.nodeid, *_parts(item.nodeid)}]

    def pytest_runtest_setup(self) -> None:
        """Forget what became of the commands of the test before."""
        self._crashed.unlink(missing_ok=True)

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Write a failure down."""
        error = call.excinfo
        if call.when != "call" or error is None or not _is_assertion(error.value) or self._crashed.exists():
            return
        last = error.traceback[-1]
        is_own = isinstance(error.value, pytest.fail.Exception) or "tests" in Path(last.path).parts
        if is_own:
            with self._found.open("a", encoding="utf-8") as file:
                file.write(json.dumps([item.nodeid, str(last.statement).strip().partition("\n")[0]]) + "\n")

    @property
    def statements(self) -> dict[str, str]:
        """Each test that failed, and the statement in which it did."""
        if not self._found.exists():
            return {}
        return dict(map(json.loads, self._found.read_text("utf-8").splitlines()))


def _parts(name: str) -> tuple[str, str]:
    """Return the name of a test without its parameters, and its file."""
    return name.partition("[")[0], name.partition("::")[0]


def _is_assertion(error: BaseException) -> bool:
    """Return whether a test failed since what it expects does not hold."""
    if isinstance(error, BaseExceptionGroup):
        return all(map(_is_assertion, error.exceptions))
    return isinstance(error, AssertionError | pytest.fail.Exception)
