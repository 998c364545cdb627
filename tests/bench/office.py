"""The month against a spreadsheet of formulas that LibreOffice computes anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.contest import Contest
from tests.bench.measure import PYTHON, ROOT, Job
from tests.bench.scoring import kpicard, month

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_ROWS = 100_000
# Without it, the results that the file brings along are believed; they are wrong, so that the comparison would tell.
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def contests(folder: Path, rows: int = _ROWS) -> Iterator[Contest]:
    """Yield the one contest, or none where there is no LibreOffice."""
    if OFFICE is None:
        print("no LibreOffice here (soffice): its part is left out", file=sys.stderr)
        return
    actuals, book, plain = month(folder, rows), folder / "computed.xlsx", folder / "plain.xlsx"
    subprocess.run([PYTHON, "-m", "tests.bench.workbook", actuals, book, plain], cwd=ROOT, check=True)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, "utf-8")
    convert = [OFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "csv"]
    from_book = kpicard(plain, folder, name="kpicard, from a workbook")
    jobs = [
        kpicard(actuals, folder),
        Job(from_book.name, from_book.command, from_book.out, "rows"),
        Job("LibreOffice", [*convert, "--outdir", folder, book], folder / "computed.csv", "rows", target="≤ 0.1"),
    ]
    yield Contest(f"score {rows:,} rows in a spreadsheet", jobs, folder)
