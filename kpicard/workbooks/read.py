"""Reads a workbook, of whichever kind it is."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Final

from kpicard.text import printable
from kpicard.workbooks.sheets import RefusedError, Workbook, WorkbookFault

_XLSX: Final = b"PK\x03\x04"
_XLS: Final = b"\xd0\xcf\x11\xe0"
_LIMITS: Final = {_XLSX: 512 << 20, _XLS: 128 << 20}


def read_workbook(path: Path) -> Workbook | WorkbookFault:
    """Read an .xlsx or .xls file: its first bytes say which it is, not its name. Whatever is in it, nothing is raised.

    The file is read into memory first, so that whatever goes wrong after that is wrong with the workbook.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
            limit = _LIMITS.get(start, 0)
            if limit and path.stat().st_size > limit:
                return WorkbookFault("too-large")
            data = start + stream.read() if limit else b""
    except OSError as error:
        return WorkbookFault("unreadable-file", error.strerror or str(error))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out is nothing that we read
            return _read(data)
    except RefusedError as refused:
        return refused.fault
    except ImportError:
        return WorkbookFault("missing-extra", "kpicard[excel]")
    except Exception as error:  # noqa: BLE001 - damage makes the libraries raise almost anything: KeyError, zlib.error...
        return WorkbookFault("unreadable-workbook", printable(f"{type(error).__name__}: {error}".splitlines()[0]))


def _read(data: bytes) -> Workbook | WorkbookFault:
    if data.startswith(_XLSX):
        from kpicard.workbooks.xlsx import read_xlsx

        return read_xlsx(data)
    if data.startswith(_XLS):
        from kpicard.workbooks.xls import read_xls

        return read_xls(data)
    return WorkbookFault("unreadable-workbook")
