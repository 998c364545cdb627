"""The problem of a file or folder that the system does not let us read."""

from __future__ import annotations

import errno

from kpicard.problems.problem import Problem


def unreadable(path: str, error: OSError) -> Problem:
    """Return it for what is called `path`.

    Some files are read from a copy: where the disk is full, there is no room for that, and the file itself is right.
    """
    copies = None
    if error.errno == errno.ENOSPC:
        from tempfile import gettempdir

        copies = gettempdir()
    return Problem(path, None, None, "unreadable-file", {"reason": error.strerror or str(error), "copies": copies})
