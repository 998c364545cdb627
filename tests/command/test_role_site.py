"""`kpicard roles --output site/`: a page for each role, and a list of all in which one finds what is done by whom."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.html_reader import Element

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
ROLES = ["--roles", str(ROOT / "roles")]


@pytest.mark.parametrize(("lang", "kpi"), [("en", "Service response time"), ("zh", "服务响应时间")])
def test_the_list_leads_to_each_role_and_can_be_searched_by_what_it_does(
    kpicard: Run, tmp_path: Path, lang: str, kpi: str
) -> None:
    """Responsibilities and KPIs stand in the list; every page leads back to it."""
    done = kpicard("roles", *ROLES, "--output", f"{tmp_path / 'site'}/", "--lang", lang)
    assert (0, "") == (done.returncode, done.stdout)
    index = Element.read((tmp_path / "site" / "index.html").read_text("utf-8"))
    (row,) = (row for row in index.one("table", "sortable").one("tbody").all("tr") if kpi in row.text)
    assert "role-customer-service.html" == row.one("a").attributes["href"]
    links = [unquote(each.attributes["href"]) for each in index.one("table").all("a")]
    assert 7 == len(links)
    for link in links:
        page = Element.read((tmp_path / "site" / link).read_text("utf-8"))
        assert ["index.html"] == [each.attributes["href"] for each in page.one("main").all("a")]
    sheet = Element.read((tmp_path / "site" / "role-customer-service.html").read_text("utf-8"))
    assert kpi in sheet.text


def test_a_rerun_removes_the_pages_of_roles_that_are_gone(kpicard: Run, tmp_path: Path) -> None:
    """And touches nothing else; a folder of others is refused."""
    assert 0 == kpicard("roles", *ROLES, "--output", "site/", cwd=tmp_path).returncode
    done = kpicard("roles", "customer-service", *ROLES, "--output", "site/", cwd=tmp_path)
    assert "Wrote 1 roles to site/\n" == done.stderr.splitlines(keepends=True)[0]
    assert "Removed from site/, since there are no such roles now (6): role-content-operator.html" in done.stderr
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "index.html").write_text("mine")
    done = kpicard("roles", *ROLES, "--output", "own/", cwd=tmp_path)
    assert (2, "mine") == (done.returncode, (tmp_path / "own" / "index.html").read_text())
    assert "own/ has files that kpicard did not write: index.html" in done.stderr
