"""`kpicard score --format html`: the same figures as everywhere, in a file that needs nothing and lets nothing in."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from kpicard.numbers import points_text
from kpicard.text import Language
from tests.html_reader import Element

Run = Callable[..., subprocess.CompletedProcess[str]]

DATA = Path(__file__).parents[1] / "data"
ROLES = ["--roles", str(DATA / "roles")]
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.csv"))
SHIPPED = ["--roles", str(Path(__file__).parents[2] / "roles")]
HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "[red]x",
    "| a | b |",
    "\x1b[31mred\x1b[0m",
    "\u202eevil",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;",
    "</style></script><script>alert(2)</script>",
]


def page(run: Run, *args: str | Path, lang: Language = "en") -> Element:
    """What `kpicard score ... --format html` puts out."""
    return Element.read(run("score", *args, "--format", "html", "--lang", lang).stdout)


def values(run: Run, *args: str | Path) -> dict[str, Any]:
    """What `kpicard score ... --format json` puts out, with figures as they are written there."""
    return json.loads(run("score", *args, "--format", "json").stdout, parse_float=str, parse_int=str)  # type: ignore[no-any-return]


def cells(row: Element) -> dict[str, str]:
    """A row's cells by their headings."""
    return {cell.attributes["data-label"]: cell.text for cell in row.all("td") if "data-label" in cell.attributes}


def facts(article: Element) -> dict[str, str]:
    """What stands at the head of a card."""
    return {each.one("dt").text: each.one("dd").text for each in article.one("dl", "facts").all("div")}


def shown(figure: str | None) -> str:
    return "—" if figure is None else figure


def articles(root: Element) -> dict[str, Element]:
    """The cards by their anchors."""
    return {each.attributes["id"]: each for each in root.all("article")}


@pytest.mark.parametrize("more", [[], ["--by", "quarter", "--rollup", "actuals"]])
@pytest.mark.parametrize("missing", ["exclude", "zero"])
def test_every_figure_is_the_one_of_the_json(kpicard: Run, missing: str, more: list[str]) -> None:
    """Totals, grades, coefficients, scores and points of every example, and of figures that are not reported."""
    odd: list[str | Path] = [DATA / "2026-10.csv", *ROLES, "--missing", missing, *more]
    examples: list[str | Path] = [*EXAMPLES, *more]
    for arguments in (examples, odd):
        found = articles(page(kpicard, *arguments))
        cards = values(kpicard, *arguments)["cards"]
        assert len(cards) == len(found) > 0
        for card in cards:
            article = found[f"{card['period']}-{card['role']}-{card['employee']}"]
            head = facts(article)
            assert shown(card["total"]) == head["Total"].split()[0]
            grade = head["Grade"] if card["grade"] is None else head["Grade"].split()[0]
            assert (card["grade"] or "not assessed") == grade
            assert shown(card["coefficient"]) == head["Coefficient"]
            table = article.one("table")
            rows = list(table.one("tbody").all("tr"))
            assert [kpi["name"]["en"] for kpi in card["kpis"]] == [row.one("th").text for row in rows]
            for kpi, row in zip(card["kpis"], rows, strict=True):
                figures = cells(row)
                assert (kpi["weight"], shown(kpi["score"])) == (figures["Weight"], figures["Score"])
                assert ("—" if kpi["points"] is None else points_text(Decimal(kpi["points"]))) == figures["Points"]
                assert ("—" if kpi["attainment"] is None else f"{kpi['attainment']}%") == figures["Attainment"]
            assert shown(card["total"]) == cells(table.one("tfoot"))["Points"]


def test_the_department_comes_first_and_ranks_everybody(kpicard: Run) -> None:
    """A row for each card, from the highest total down, each linked to its card; the newest period first."""
    root = page(kpicard, *EXAMPLES)
    periods = [each.attributes["id"] for each in root.all("section", "summary")]
    assert ["2026-10", "2026-09", "2026-08"] == periods
    rows = list(root.one("table", "sortable").one("tbody").all("tr"))
    totals = [float(cells(row)["Total"]) for row in rows]
    assert 24 == len(rows)
    assert sorted(totals, reverse=True) == totals
    assert [str(rank) for rank in range(1, 25)] == [row.one("th").text for row in rows]
    first = articles(root)[rows[0].one("a").attributes["href"].removeprefix("#")]
    assert cells(rows[0])["Total"] == facts(first)["Total"].split()[0]
    assert root.text.index("Summary 2026-10") < root.text.index("Self-assessment")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Definition", "Source", "Self-assessment", "Supervisor's assessment", "Employee's signature", "Date"]),
        ("zh", ["指标定义", "数据来源", "自我评价", "上级评价", "被考核人签字", "考核人签字", "日期", "改进建议"]),
    ],
)
def test_a_card_has_all_that_is_talked_over_and_signed(kpicard: Run, lang: Language, words: list[str]) -> None:
    """Definition and source of each KPI, assessments, signatures, advice, and how it came along."""
    root = page(kpicard, *EXAMPLES, lang=lang)
    assert {"en": "en", "zh": "zh-CN"}[lang] == root.one("html").attributes["lang"]
    card = articles(root)["2026-10-customer-service-E017"]
    assert [] == [word for word in words if word not in card.text]
    assert 4 == len(list(card.one("div", "tiles").all("section")))
    labels = [each.attributes["aria-label"] for each in card.all("svg", "spark")]
    assert "2026-08: 82.03, 2026-09: 87.68, 2026-10: 93.13" == labels[0]
    assert 6 == len(labels)


def test_dots_lie_on_the_curves(kpicard: Run) -> None:
    """Each actual is drawn where its curve is; a KPI that scores its attainment needs no curve."""
    root = page(kpicard, *EXAMPLES)
    curves = list(root.all("svg", "curve"))
    assert 0 < len(curves) < len(list(root.all("div", "tiles"))) * 4
    drawn = 0
    for svg in curves:
        lines = svg.one("path", "line").attributes["d"]
        for dot in svg.all("circle", "here"):
            x, y = float(dot.attributes["cx"]), float(dot.attributes["cy"])
            assert any(abs(y - at) < 0.3 for at in _heights(lines, x)), (lines, x, y)
            drawn += 1
    assert drawn > 150


def _heights(lines: str, x: float) -> Iterator[float]:
    """The heights that lines have at an x, with a little room to either side of jumps."""
    for line in lines.split("M")[1:]:
        points = [tuple(map(float, point.split())) for point in line.split("L")]
        for (left, start), (right, end) in pairwise(points):
            if left - 0.1 <= x <= right + 0.1:
                yield start + (end - start) * (x - left) / (right - left) if right > left else start


def test_an_actual_far_beyond_the_curve_is_an_arrow(kpicard: Run, tmp_path: Path) -> None:
    """It is neither drawn outside nor at a place where it is not."""
    file = tmp_path / "far.csv"
    far = "2026-10,E1,customer-service,response-time,3000\n2026-10,E1,customer-service,customer-satisfaction,4.5\n"
    file.write_text(f"period,employee,role,kpi,actual\n{far}", "utf-8")
    found = page(kpicard, file, *SHIPPED, "--missing", "exclude").all("svg", "curve")
    marks = [(len(list(each.all("circle", "here"))), len(list(each.all("path", "beyond")))) for each in found]
    assert [(1, 0), (0, 0), (0, 1)] == marks


def test_texts_come_out_as_text_whatever_is_in_them(kpicard: Run, tmp_path: Path) -> None:
    """Names, teams and ids that try to be markup, formulas or escape sequences add no element and no attribute."""
    file = tmp_path / "odd.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = [("2026-10", f"E{index}{each}", "support", "30", "90", each, each) for index, each in enumerate(HOSTILE)]
        csv.writer(stream).writerows([("period", "employee", "role", "speed", "quality", "name", "team"), *rows])
    done = kpicard("score", file, *ROLES, "--format", "html")
    root = Element.read(done.stdout)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.stdout)
    assert 1 == len(list(root.all("script")))
    assert [] == list(root.all("img"))
    names = {name for each in root.all() for name in each.attributes}
    assert [] == [name for name in names if name.startswith("on") or name in {"style", "src"}]
    said = [each.one("h2").text for each in root.all("article")]
    plain = [each for each in HOSTILE if each.isprintable()]
    assert 8 == len(plain)
    assert [] == [each for each in plain if not any(" ".join(each.split()) in heading for heading in said)]
    assert any("\\x1b[31mred" in heading for heading in said)
    assert any("\\u202eevil" in heading for heading in said)


def test_the_file_needs_nothing_and_allows_only_its_own_style_and_script(kpicard: Run) -> None:
    """The policy names the hashes of the very style sheet and script; every link leads to a place in the file."""
    root = page(kpicard, *EXAMPLES, DATA / "nothing.csv")
    metas = root.all("meta", **{"http-equiv": "Content-Security-Policy"})
    rules = dict(rule.split(" ", 1) for rule in next(metas).attributes["content"].split("; "))
    assert {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}.items() <= rules.items()
    for tag in ("style", "script"):
        (text,) = next(root.all(tag)).children
        assert isinstance(text, str)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" == rules[f"{tag}-src"]
    assert "url(" not in root.one("style").text
    ids = [each.attributes["id"] for each in root.all() if "id" in each.attributes]
    links = [each.attributes["href"] for each in root.all() if "href" in each.attributes]
    assert len(set(ids)) == len(ids)
    assert set() == {unquote(link) for link in links} - {f"#{id_}" for id_ in ids}


def test_nobody_and_nothing_is_dropped_in_silence(kpicard: Run) -> None:
    """Whose card is withheld is named on the department's page, and every problem is listed with how to fix it."""
    root = page(kpicard, DATA / "2026-10.csv", *ROLES)
    problems = values(kpicard, DATA / "2026-10.csv", *ROLES)["problems"]
    withheld = root.one("section", "warning")
    assert "Withheld cards (2)" in withheld.text
    assert "张三 (E018) · Sales agent" in withheld.text
    assert "E020 · Support" in withheld.text
    rows = list(root.one("section", id="problems").one("tbody").all("tr"))
    for problem, row in zip(problems, rows, strict=True):
        assert f"{problem['message']}{problem['hint']}" == list(row.all("td"))[-1].text
    assert len(problems) == len(rows) > 0


def test_without_a_card_the_page_says_so(kpicard: Run) -> None:
    """And says why."""
    root = page(kpicard, DATA / "2026-10.csv", *ROLES, "--employee", "nobody")
    assert "There are no scorecards." in root.text
    assert "there are no rows for `nobody`" in root.text


def test_one_persons_cards_have_no_department_page(kpicard: Run) -> None:
    """A ranking of one would say nothing; the contents lead straight to the cards."""
    root = page(kpicard, *EXAMPLES, "--employee", "E017")
    assert [] == list(root.all("section", "summary"))
    links = [each.attributes["href"] for each in root.one("nav").all("a")]
    assert [f"#{id_}" for id_ in articles(root)] == links
    assert 3 == len(links)


def test_a_quarter_made_from_totals_shows_its_months(kpicard: Run) -> None:
    """It has no KPIs of its own; each month stands with its total, and how they became one."""
    root = page(kpicard, *EXAMPLES, "--by", "quarter", "--employee", "E017")
    card = articles(root)["2026-Q3-customer-service-E017"]
    months = [(row.one("th").text, cells(row)["Total"]) for row in card.one("table", "stack").one("tbody").all("tr")]
    assert [("2026-08", "82.03"), ("2026-09", "87.68")] == months
    assert "(82.03 + 87.68) ÷ 2 ≈ 84.86" in card.text
    assert [] == list(card.all("svg", "curve"))


def test_quotas_bonuses_and_combined_totals_stand_on_the_departments_page(kpicard: Run, tmp_path: Path) -> None:
    """Who would be over is named; the bonus stands on the card with how it comes about."""
    shutil.copytree(DATA / "roles", tmp_path / "roles")
    with (tmp_path / "roles" / "department.yaml").open("a", encoding="utf-8") as stream:
        stream.write("quota: {A: 1}\n")
    (tmp_path / "month.csv").write_text(
        "period,employee,role,speed,quality,revenue,refunds,base,days\n"
        "2026-10,E1,support,20,99,,,8000,\n2026-10,E2,support,28,95,,,,\n"
        "2026-10,E3,support,30,90,,,,10\n2026-10,E3,sales,,,5000,10,,20\n",
        "utf-8",
    )
    root = page(kpicard, tmp_path / "month.csv", "--roles", tmp_path / "roles")
    department = root.one("section", "summary")
    assert "Quotas" not in root.one("style").text
    assert "A: 2 of at most 1; over: E2" in department.text
    assert "E3, combined by days: (Sales agent" in department.text
    assert "9,600 8,000 × 1.2" == facts(articles(root)["2026-10-support-E1"])["Bonus"]


def test_the_suffix_chooses_html(kpicard: Run, tmp_path: Path) -> None:
    """`--output cards.html` and `.htm` write what standard output would have had."""
    expected = kpicard("score", EXAMPLES[0], "--format", "html").stdout
    for name in ("cards.html", "cards.htm"):
        assert "" == kpicard("score", EXAMPLES[0], "--output", tmp_path / name).stdout
        assert expected == (tmp_path / name).read_text("utf-8")


def test_other_reports_do_not_load_the_template_engine() -> None:
    """Who wants JSON does not wait for templates."""
    command = [sys.executable, "-X", "importtime", "-m", "kpicard", "score", str(EXAMPLES[0]), "--format"]
    loaded = {
        name: subprocess.run([*command, name], capture_output=True, encoding="utf-8", check=True).stderr
        for name in ("json", "html")
    }
    assert "jinja2" not in loaded["json"]
    assert "jinja2" in loaded["html"]
