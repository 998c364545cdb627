"""A plugin of pytest that has coverage put down what a test runs under the test's name.

The commands that tests start are measured in processes of their own, whose context is the variable that pytest keeps
the running test in: see `tests.witness.lines`.
"""

from __future__ import annotations

from collections.abc import Generator

import coverage
import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure a test under its name, with its fixtures."""
    measured = coverage.Coverage.current()
    if measured is None:
        return (yield)
    measured.switch_context(item.nodeid)
    try:
        return (yield)
    finally:
        measured.switch_context("")
