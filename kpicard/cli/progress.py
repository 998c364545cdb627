"""Progress of long work on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING, Final

from kpicard.cli.options import is_quiet
from kpicard.progress import Progress, Step, unseen

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from kpicard.text import Language

MOMENT: Final = 0.5
"""Seconds that work may take without a word: what is quick stays quiet."""


@contextmanager
def shown(language: Language) -> Iterator[Progress]:
    """Give what tells of each step; when the work ends, even by Ctrl-C, nothing of it is left on the screen."""
    if is_quiet() or not sys.stderr.isatty():
        yield unseen
        return
    line = _Line(language)
    try:
        yield line.show
    finally:
        line.end()


class _Line:
    """A line with a spinner, the step and the time, which appears once the work takes longer than a moment."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._step: Step | None = None
        self._bar: Bar | None = None
        self._lock = Lock()
        self._timer = Timer(MOMENT, self._begin)
        self._timer.daemon = True
        self._timer.start()

    def show(self, step: Step) -> None:
        with self._lock:
            self._step = step
            if self._bar:
                self._bar.update(self._bar.task_ids[0], description=self._text())

    def end(self) -> None:
        self._timer.cancel()
        with self._lock:
            self._step = None
            if self._bar:
                self._bar.stop()
                self._bar = None

    def _begin(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        with self._lock:
            if self._step is None or not console.is_terminal or console.is_dumb_terminal:
                return
            columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
            self._bar = Progress(*columns, console=console, transient=True)
            self._bar.add_task(self._text())
            self._bar.start()

    def _text(self) -> str:
        from kpicard.messages import words_of

        words = words_of("progress")
        from kpicard.text import printable, say

        if self._step is None:
            return ""
        doing, what, number, of = self._step
        counted = say(words["counted"], self._language).format(number=number, of=of) if of > 1 else ""
        return say(words[doing], self._language).format(what=printable(what)) + counted
