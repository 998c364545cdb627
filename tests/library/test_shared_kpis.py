"""KPIs that roles share: written once, taken by `use`, with places in their own file and versions in time."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpicard

DEPARTMENT = "title: Shop\ngrades: [{grade: A, from: 90, coefficient: 1.2}, {grade: B, from: 0, coefficient: 1}]\n"
SHARED = """\
kpis:
  - id: refund-rate
    name: {en: Refund rate, zh: 退款率}
    better: lower
    target: 2
"""
NEWER = SHARED.replace("kpis:", "from: 2026-07\nkpis:").replace("target: 2", "target: 1")
SELLER = """\
id: seller
title: Seller
kpis:
  - {use: refund-rate, weight: 60}
  - {id: sales, name: Sales, weight: 40, better: higher, target: 5}
"""
CLERK = """\
id: clerk
title: Clerk
kpis:
  - {use: refund-rate, weight: 100, target: 4}
"""
ACTUALS = """\
period,employee,role,kpi,actual
2026-06,E1,seller,refund-rate,2
2026-06,E1,seller,sales,5
2026-08,E1,seller,refund-rate,2
2026-08,E1,seller,sales,5
2026-08,E2,clerk,退款率,4
"""


@pytest.fixture
def roles(tmp_path: Path) -> Path:
    """A department with two roles that share a KPI, which has another target from July on."""
    folder = tmp_path / "roles"
    folder.mkdir()
    files = {"department": DEPARTMENT, "kpis": SHARED, "kpis.2026-07": NEWER, "seller": SELLER, "clerk": CLERK}
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_each_role_has_what_the_shared_kpi_says_and_what_differs(roles: Path, tmp_path: Path) -> None:
    """A role without a version of its own is scored by the shared KPI of each month; its own target stays."""
    (tmp_path / "m.csv").write_text(ACTUALS, encoding="utf-8")
    rules, problems = kpicard.load(roles)
    assert () == problems
    cards = kpicard.score(rules, tmp_path / "m.csv").cards
    found = [(card.period, card.role.id, f"{card.kpis[0].target}", f"{card.kpis[0].score}") for card in cards]
    assert found == [
        ("2026-06", "seller", "2", "100.00"),
        ("2026-08", "clerk", "4", "100.00"),
        ("2026-08", "seller", "1", "0.00"),
    ]


def test_the_fingerprint_is_that_of_the_role_as_written_out(roles: Path) -> None:
    """Whether a KPI is shared or written in the role makes no other rules."""
    from kpicard.rules.rule_index import Numbered

    shared = [edition.fingerprint for edition in Numbered(kpicard.load(roles)[0]).editions]
    (roles / "clerk.yaml").write_text(
        CLERK.replace("use: refund-rate", "id: refund-rate, name: {en: Refund rate, zh: 退款率}, better: lower"),
        encoding="utf-8",
    )
    written = [edition.fingerprint for edition in Numbered(kpicard.load(roles)[0]).editions]
    assert sorted({*shared}) == sorted({*written})


def test_a_problem_stands_where_the_shared_kpi_is_written_and_once(roles: Path) -> None:
    """However many roles use it; all of them are withheld."""
    (roles / "kpis.yaml").write_text(SHARED.replace("target: 2", "target: 2O"), encoding="utf-8")
    rules, problems = kpicard.load(roles)
    places = [(Path(each.path).name, each.line, each.column, each.code) for each in problems]
    assert places == [("kpis.yaml", 5, 13, "not-a-number")]
    assert sorted(rules.broken) == ["seller"]  # the clerk's target is its own


def test_a_problem_of_what_differs_stands_in_the_role(roles: Path) -> None:
    """What a role writes beside `use` is its own."""
    (roles / "clerk.yaml").write_text(CLERK.replace("target: 4", "target: none"), encoding="utf-8")
    (problem,) = kpicard.load(roles)[1]
    assert (Path(problem.path).name, problem.line, problem.code) == ("clerk.yaml", 4, "not-a-number")
