"""A git repository of rules for the tests of `kpicard impact`, made anew for each."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path
from random import Random
from shutil import which

GIT = which("git") or "git"

DEPARTMENT = """\
title: {en: Shop, zh: 店铺}
grades:
  - {grade: A, from: 95, coefficient: 1.2}
  - {grade: B, from: 80, coefficient: 1.0}
  - {grade: C, from: 0, coefficient: 0.5}
"""
CLERK = """\
id: clerk
title: {en: Clerk, zh: 文员}
kpis:
  - {id: speed, name: {en: Response speed, zh: 响应时间}, weight: 40, unit: s, better: lower, target: 30}
  - {id: quality, name: {en: Quality, zh: 质量}, weight: 60, unit: "%", better: higher, target: 90}
"""
SELLER = """\
id: seller
title: {en: Seller, zh: 销售员}
kpis:
  - {id: revenue, name: {en: Revenue, zh: 销售额}, weight: 70, better: higher, target: 1000}
  - {id: refunds, name: {en: Refunds, zh: 退款率}, weight: 30, unit: "%", better: lower, target: 5}
"""


class Repository:
    """A folder with `roles/` and `actuals/`, committed once on the branch `main`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.roles = folder / "roles"
        self.roles.mkdir(parents=True)
        (folder / "actuals").mkdir()
        self.write("department", DEPARTMENT)
        self.write("clerk", CLERK)
        self.write("seller", SELLER)
        self.fill_in(40)
        self.git("init", "-q", "-b", "main")
        self.commit("first")

    def git(self, *arguments: str) -> str:
        """Run git, and return what it writes."""
        words = [GIT, "-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run([*words, *arguments], cwd=self.folder, capture_output=True, encoding="utf-8", check=True)
        return done.stdout

    def write(self, role: str, text: str) -> None:
        """Write a file of the rules."""
        (self.roles / f"{role}.yaml").write_text(text, encoding="utf-8")

    def change(self, role: str, *replacements: tuple[str, str]) -> None:
        """Exchange texts in a file of the rules; each is there once."""
        file = self.roles / f"{role}.yaml"
        text = file.read_text(encoding="utf-8")
        for old, new in replacements:
            assert text.count(old) == 1
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")

    def move_weight(self) -> None:
        """Give 30 of the weight of the clerks' speed to their quality."""
        self.change("clerk", ("weight: 40", "weight: 10"), ("weight: 60", "weight: 90"))

    def commit(self, message: str) -> None:
        """Commit all that is there."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def fill_in(self, people: int) -> None:
        """Write a month of actuals around the targets, half of the people clerks, half of them sellers."""
        random = Random(20261001)  # noqa: S311 - the same month each time is wanted
        rows = [("employee", "role", "kpi", "actual")]
        for number in range(people):
            role = "clerk" if number % 2 else "seller"
            targets = {"speed": 30, "quality": 90} if number % 2 else {"revenue": 1000, "refunds": 5}
            rows += [
                (f"E{number:02}", role, kpi, f"{target * random.uniform(0.7, 1.3):.2f}")
                for kpi, target in targets.items()
            ]
        with (self.folder / "actuals" / "2026-10.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
