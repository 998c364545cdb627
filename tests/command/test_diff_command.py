"""`kpicard diff`: whose card moved between two files, reports or closed periods, and because of which cell."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.impact_repository import CLERK, DEPARTMENT, SELLER

Run = Callable[..., subprocess.CompletedProcess[str]]
Rows = list[dict[str, str]]

HEADING = ("period", "employee", "role", "kpi", "actual", "name", "base")
KPIS = {"clerk": ("speed", "quality"), "seller": ("revenue", "refunds")}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with `roles/` and `old.csv`, of eight people."""
    (tmp_path / "roles").mkdir()
    for name, text in {"department": DEPARTMENT, "clerk": CLERK, "seller": SELLER}.items():
        (tmp_path / "roles" / f"{name}.yaml").write_text(text, encoding="utf-8")
    write(tmp_path / "old.csv", people(8))
    return tmp_path


def people(count: int) -> Rows:
    """Return the rows of so many people, half of them clerks, half of them sellers."""
    return [
        dict(zip(HEADING, ("2026-10", f"E{number}", role, kpi, str(40 + number), f"N{number}", "1000"), strict=True))
        for number in range(1, count + 1)
        for role in (("clerk", "seller")[number % 2],)
        for kpi in KPIS[role]
    ]


def write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, HEADING, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def diff(kpicard: Run, shop: Path, *words: str) -> dict[str, Any]:
    """Return the report as JSON."""
    found: dict[str, Any] = json.loads(kpicard("diff", *words, "--format", "json", cwd=shop).stdout)
    return found


def restated(random: Random, rows: Rows) -> tuple[Rows, dict[tuple[str, str], tuple[str | None, str | None]]]:
    """Return rows with some cells changed, added, removed and moved, and people renamed; and what became of which."""
    new = [dict(row) for row in rows]
    known: dict[tuple[str, str], tuple[str | None, str | None]] = {}
    for row in random.sample(new, 3):
        before = row["actual"]
        row["actual"] = random.choice([str(random.randint(100, 999)), f"{random.random():.4f}", "N/A", ""])
        known[row["employee"], row["kpi"]] = (before, row["actual"] or None)
    who, name = f"E{random.randint(1, 8)}", f"M{random.randint(1, 99)}"
    for row in new:
        if row["employee"] == who:
            row["name"] = name
    known[who, "name"] = (f"N{who[1:]}", name)
    gone = random.choice([row for row in new if (row["employee"], row["kpi"]) not in known])
    new.remove(gone)
    known[gone["employee"], gone["kpi"]] = (gone["actual"], None)
    for row in people(9)[-2:]:
        new.append(row)
        known["E9", row["kpi"]] = (None, row["actual"])
    random.shuffle(new)  # moved to another row, which is no difference
    return new, known


def told(report: dict[str, Any]) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    """Return what a report says is another, in the same form."""

    def said(figures: list[dict[str, Any]]) -> str | None:
        return next(("N/A" if each["status"] != "scored" else f"{each['actual']:g}" for each in figures), None)

    found = {
        (each["employee"], each["item"]): (said(each["before"]), said(each["after"])) for each in report["figures"]
    }
    return found | {(each["employee"], each["field"]): (each["before"], each["after"]) for each in report["people"]}


def same(value: str | None) -> str | None:
    """Return a figure as JSON would say it."""
    return value if value is None or not value[0].isdigit() else f"{float(value):g}"


@pytest.mark.parametrize("seed", range(4))
def test_restatements_are_named_exactly(kpicard: Run, shop: Path, seed: int) -> None:
    """Of changed, added, removed and moved cells, and renamed people, just those that are others; with their places."""
    old = people(8)
    new, known = restated(Random(seed), old)  # noqa: S311 - the same in every run
    write(shop / "new.csv", new)
    report = diff(kpicard, shop, "old.csv", "new.csv")
    expected = {key: (same(before), same(after)) for key, (before, after) in known.items()}
    assert expected == told(report)
    for each in report["figures"]:
        for side, rows, file in (("before", old, "old.csv"), ("after", new, "new.csv")):
            for figure in each[side]:
                where = [(row["employee"], row["kpi"]) for row in rows].index((each["employee"], each["item"]))
                assert f"{file}:{where + 2}" == figure["place"]


def test_files_reports_and_closed_periods_say_the_same(kpicard: Run, shop: Path) -> None:
    """Whatever the cards come from, the same cards moved by as much, and because of the same figures."""
    new = people(8)
    new[0]["actual"], new[3]["actual"] = "95", "12"
    write(shop / "new.csv", new)
    for name in ("old", "new"):
        kpicard("score", f"{name}.csv", "--output", f"{name}.json", cwd=shop)
        kpicard("close", "2026-10", f"{name}.csv", "--output", f"closed-{name}", cwd=shop)
    by_files = diff(kpicard, shop, "old.csv", "new.csv")
    assert 2 == len(by_files["figures"])
    for before in ("old.json", "closed-old/2026-10"):
        for after in ("new.json", "closed-new/2026-10", "new.csv"):
            report = diff(kpicard, shop, before, after)
            assert (before, after) == (report["before"], report["after"])
            assert by_files["cards"] == report["cards"]
            assert told(by_files) == told(report)


def test_a_bonus_moves_with_its_base(kpicard: Run, shop: Path) -> None:
    """A restated base is told of the person, and moves the bonus alone."""
    new = people(8)
    for row in new[:2]:
        row["base"] = "2000"
    write(shop / "new.csv", new)
    report = diff(kpicard, shop, "old.csv", "new.csv")
    (moved,) = [card for card in report["cards"] if card["change"]["bonus"]]
    assert ("E1", 0, 0) == (moved["employee"], moved["change"]["total"], moved["change"]["coefficient"])
    assert [("E1", "base", 1000, 2000)] == [
        (each["employee"], each["field"], each["before"], each["after"]) for each in report["people"]
    ]


def test_changed_rules_are_told_from_changed_figures(kpicard: Run, shop: Path) -> None:
    """Between two closed periods with the same data the KPI is scored otherwise, and no figure is another."""
    kpicard("close", "2026-10", "old.csv", "--output", "before", cwd=shop)
    seller = shop / "roles" / "seller.yaml"
    seller.write_text(seller.read_text("utf-8").replace("target: 5", "target: 50"), encoding="utf-8")
    kpicard("close", "2026-10", "old.csv", "--output", "after", cwd=shop)
    report = diff(kpicard, shop, "before/2026-10", "after/2026-10")
    assert ([], []) == (report["figures"], report["people"])
    changed = [card for card in report["cards"] if card["change"]["total"]]
    assert {"seller"} == {card["role"] for card in changed}
    assert "target 5% → 50%" in kpicard("diff", "before/2026-10", "after/2026-10", cwd=shop).stdout


def test_fail_on_gives_three(kpicard: Run, shop: Path) -> None:
    """`grade-change` for grades, `any` for whatever is another; nothing for the same."""
    new = people(8)
    new[0]["actual"] = "40.9"
    write(shop / "new.csv", new)
    expected = {("old.csv", "any"): 0, ("new.csv", "any"): 3, ("new.csv", "grade-change"): 0}
    assert expected == {
        (after, each): kpicard("diff", "old.csv", after, "--fail-on", each, cwd=shop).returncode
        for after, each in expected
    }


@pytest.mark.parametrize("format_", ["terminal", "markdown", "json", "csv", "html"])
def test_without_names_nobody_is_named(kpicard: Run, shop: Path, format_: str) -> None:
    """People are numbered in every format; who was removed, renamed or withheld is no exception."""
    new = people(8)
    for row in new:
        row["employee"] = row["employee"].replace("E", "X-7")
    old = people(8)
    for row in old:
        row["employee"] = row["employee"].replace("E", "X-7")
        row["name"] = row["name"].replace("N", "Name-")
    new[0]["actual"], new[2]["actual"] = "1", ""
    new = new[:-2]
    write(shop / "old.csv", old)
    write(shop / "new.csv", new)
    named = kpicard("diff", "old.csv", "new.csv", "--format", format_, cwd=shop).stdout
    hidden = kpicard("diff", "old.csv", "new.csv", "--format", format_, "--anonymous", cwd=shop).stdout
    assert "X-71" in named
    assert [] == [word for word in ("X-7", "Name-") if word in hidden]
    assert re.search(r"\bE[1-8]\b", hidden)


def test_without_names_people_come_by_their_number(kpicard: Run, shop: Path) -> None:
    """In the order of their ids, whoever knows the ids would know who is who."""
    new = people(8)
    for row in new:
        row["actual"] = str(int(row["actual"]) - 7)
    write(shop / "new.csv", new)
    hidden = kpicard("diff", "old.csv", "new.csv", "--format", "csv", "--anonymous", cwd=shop).stdout
    for item, field in (("", "total"), ("speed", "actual")):
        rows = [row for row in csv.DictReader(io.StringIO(hidden)) if (row["item"], row["field"]) == (item, field)]
        assert [row["employee"] for row in rows] == sorted(row["employee"] for row in rows)
        assert len(rows) >= 4


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("-", "-"), 2, "only one of the two"),
        (("old.csv", "nowhere.json"), 2, "nowhere.json: error"),
        (("old.csv", "broken.json"), 1, "this is not a JSON report of cards"),
    ],
)
def test_what_cannot_be_compared_is_said(
    kpicard: Run, shop: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    (shop / "broken.json").write_text('{"format": "kpicard.scorecards/1", "cards": [{}]}', encoding="utf-8")
    done = kpicard("diff", *words, cwd=shop)
    assert status == done.returncode
    assert said in done.stderr


def test_csv_has_a_row_for_each_thing_that_is_another(kpicard: Run, shop: Path) -> None:
    new = people(8)
    new[0]["actual"] = "900"
    write(shop / "new.csv", new)
    rows = list(csv.DictReader(io.StringIO(kpicard("diff", "old.csv", "new.csv", "--format", "csv", cwd=shop).stdout)))
    fields = {(row["item"], row["field"]) for row in rows}
    assert {("", "total"), ("revenue", "score"), ("revenue", "points"), ("revenue", "actual")} <= fields
    assert {"E1"} == {row["employee"] for row in rows}
