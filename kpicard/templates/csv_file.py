"""A template as CSV: UTF-8 with its mark and CRLF, so that Excel and WPS open Chinese rightly."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from kpicard.numbers import plain
from kpicard.templates.table import Cell, Template


def csv_bytes(template: Template) -> bytes:
    """Return the whole file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(template.headings)
    writer.writerows([_text(cell) for cell in row] for row in template.rows)
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    return cell if isinstance(cell, str) else ""
