"""`kpicard import`: from an appraisal form in Excel to a role's file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, TypeAlias

import pytest
from openpyxl import Workbook, load_workbook

from kpicard.rules.load import load

Run: TypeAlias = Callable[..., CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
FORMS = ROOT / "tests" / "data" / "forms"

CASES = {
    "pay-form": ("pay-form", "customer-service", ()),
    "quality-form": ("quality-form", "after-sales", ()),
    "designer-form": ("designer-form", "designer", ()),
    "streamer-form": ("streamer-form", "streamer", ()),
    "support-form": ("support-forms", "support-engineer", ("--sheet", "Support engineer")),
    "shift-lead-form": ("support-forms", "shift-lead", ("--sheet", "Shift lead")),
    "buyer-form": ("buyer-form", "buyer", ()),
    "warehouse-form": ("warehouse-form", "warehouse", ()),
}
"""Forms, each with the role's id and the options that it is imported with."""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with a department and no roles yet."""
    (tmp_path / "roles").mkdir()
    shutil.copy(ROOT / "roles" / "department.yaml", tmp_path / "roles")
    return tmp_path


def made(shop: Path, *rows: list[Any], name: str = "form.xlsx") -> Path:
    """A form with the rows."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(shop / name)
    return shop / name


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("case", CASES)
def test_a_form_becomes_a_role_and_what_is_not_certain_is_listed(
    kpicard: Run, golden: Callable[[str, str], None], shop: Path, case: str, language: str
) -> None:
    """The role's file is as a person would write it, and each thing left open is told with its place."""
    form, role, options = CASES[case]
    shutil.copy(FORMS / f"{form}.xlsx", shop)
    done = kpicard("import", f"{form}.xlsx", "--role", role, *options, "--lang", language, cwd=shop)
    assert "" == done.stdout
    golden(f"import/{case}.{language}.txt", done.stderr)
    golden(f"import/{case}.{language}.yaml", (shop / "roles" / f"{role}.yaml").read_text("utf-8"))


def test_the_forms_are_what_their_program_makes() -> None:
    """Who changes a form changes the program."""
    from tests.data.forms import make

    for name in ("pay_form", "quality_form", "designer_form", "streamer_form", "support_forms", "buyer_form"):
        book = load_workbook(FORMS / f"{name.replace('_', '-')}.xlsx")
        new = getattr(make, name)()
        cells = [[[cell.value for cell in row] for row in sheet.rows] for sheet in book.worksheets]
        assert [[[cell.value for cell in row] for row in sheet.rows] for sheet in new.worksheets] == cells


HEAD = ["KPI", "Weight", "Target", "Scoring standard"]


def test_without_a_role_the_post_names_the_file(kpicard: Run, shop: Path) -> None:
    """An id is of the English name where there is one, else of the pinyin."""
    made(
        shop,
        ["岗位", "仓库主管 Warehouse lead"],
        HEAD,
        ["发货及时率", "60%", "≥99%", None],
        ["Sales", "40%", "≥5", None],
    )
    done = kpicard("import", "form.xlsx", cwd=shop)
    assert (0, "Wrote roles/warehouse-lead.yaml: 2 KPIs from form.xlsx.\n") == (done.returncode, done.stderr)
    role = load(shop / "roles").rules.roles["warehouse-lead"]
    assert ["fa-huo-ji-shi-lv", "sales"] == [kpi.id for kpi in role.kpis]


def test_what_was_left_open_is_named_until_it_is_filled_in(kpicard: Run, shop: Path) -> None:
    """The role is refused as long as something is missing, at its line."""
    made(shop, ["Position", "Clerk"], HEAD, ["Care", 60, None, "as the lead sees fit"], ["Sales", 40, "≥5", None])
    done = kpicard("import", "form.xlsx", cwd=shop)
    assert 1 == done.returncode
    assert [
        (
            "form.xlsx:Sheet!D3: warning: the standard of Care is not understood from here on: “as the lead sees fit” "
            "[form-standard-unread]"
        ),
        "roles/clerk.yaml:9:5: error: `better` of Care is open: the form does not say it for certain [left-open]",
        "roles/clerk.yaml:10:5: error: `target` of Care is open: the form does not say it for certain [left-open]",
        "roles/clerk.yaml:12:5: error: `scoring` of Care is open: the form does not say it for certain [left-open]",
    ] == [line for line in done.stderr.splitlines() if " [" in line]
    file = shop / "roles" / "clerk.yaml"
    text = file.read_text("utf-8")
    for key, value in (("better", "higher"), ("target", "4"), ("scoring", "{method: ratio}")):
        text = text.replace(f"{key}:  #", f"{key}: {value}  #")
    file.write_text(text, "utf-8")
    assert 0 == kpicard("validate", "roles", "--ignore", "no-definition,no-source,no-range", cwd=shop).returncode
    again = kpicard("import", "form.xlsx", cwd=shop)
    assert 0 == again.returncode
    assert text == file.read_text("utf-8")


def test_a_second_import_keeps_what_a_person_wrote_and_tells_each_difference(kpicard: Run, shop: Path) -> None:
    """Comments, translations, new keys and other values stay; a KPI that is new in the form comes behind the others."""
    made(shop, ["Position", "Clerk"], HEAD, ["Sales", 60, "≥5", None], ["Care", 40, "≥4", None])
    assert 0 == kpicard("import", "form.xlsx", cwd=shop).returncode
    file = shop / "roles" / "clerk.yaml"
    text = (
        file.read_text("utf-8")
        .replace("    name: Sales\n", "    name: {en: Sales, zh: 销售额}  # in both languages\n    unit: yuan\n")
        .replace("    target: 5\n", "    target: 6 # agreed in May\n")
        .replace("id: care", "id: customer-care")
    )
    file.write_text(text, "utf-8")
    made(
        shop, ["Position", "Clerk"], HEAD, ["Sales", 50, "≥5", None], ["Care", 40, "≥4", None], ["Tidy", 10, "≥1", None]
    )

    done = kpicard("import", "form.xlsx", "--lang", "en", cwd=shop)
    assert [
        "roles/clerk.yaml:9:13: warning: the form says `weight: 50`; what stands here is kept [differs-from-form]",
        "roles/clerk.yaml:11:13: warning: the form says `target: 5`; what stands here is kept [differs-from-form]",
    ] == [line for line in done.stderr.splitlines() if "-form]" in line]
    assert "Brought roles/clerk.yaml up to form.xlsx: 1 KPIs added; what you wrote is kept.\n" in done.stderr
    tidy = "  - id: tidy\n    name: Tidy\n    weight: 10\n    better: higher\n    target: 1\n"
    assert text + tidy == file.read_text("utf-8")

    done = kpicard("import", "form.xlsx", "--force", cwd=shop)
    assert 0 == done.returncode
    assert text.replace("weight: 60", "weight: 50").replace("target: 6 #", "target: 5 #") + tidy == file.read_text(
        "utf-8"
    )


@pytest.mark.parametrize(
    ("standard", "target", "scoring"),
    [
        ("达到100%得满分，低于60%为0", "200万元", "{method: ratio, zero_below: 60, cap: 100}"),
        ("按完成率计分，最高120分", "200万元", "{method: ratio, cap: 120}"),
        (
            "90%以上100分；80%-90%80分；80%以下60分",
            None,
            "{method: bands, bands: [{from: 90, score: 100}, {from: 80, score: 80}], otherwise: 60}",
        ),
        (
            "首响≤30秒 100分，30-60秒 80分，其余0分",
            None,
            "{method: bands, bands: [{upto: 30, score: 100}, {upto: 60, score: 80}]}",
        ),
        ("met: 100, not met: 0", "≥ 8", "{method: bands, bands: [{from: 8, score: 100}]}"),
    ],
)
def test_a_standard_in_words_becomes_a_method_where_it_is_certain(
    kpicard: Run, shop: Path, standard: str, target: str | None, scoring: str
) -> None:
    """And the role is one that is taken."""
    made(shop, ["岗位", "客服"], HEAD, ["首次响应时间", 100, target, standard])
    done = kpicard("import", "form.xlsx", "--role", "clerk", cwd=shop)
    assert (0, "Wrote roles/clerk.yaml: 1 KPIs from form.xlsx.\n") == (done.returncode, done.stderr)
    assert f"    scoring: {scoring}\n" in (shop / "roles" / "clerk.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("standard", "target", "code"),
    [
        ("90%-100% 100分，80%-90% 80分", None, "tie"),
        ("95-100 100分，90-94 80分", "≥95%", "gap"),
        ("每低1%扣2分", None, "no-target"),
        ("每1%扣2分", "95%", "direction"),
        ("每高1%扣2分", "≥95%", "direction"),
        ("由上级评定", "95%", "unread"),
        ("≥90% 100分，≥80% 100分，≥70% 90分", None, "several"),
        ("按完成率计分，每低1%扣2分", "50万元", "several"),
        ("按完成率计分，低于60%为0", "95%", "between"),
        ("满分5分", None, "unread"),
    ],
)
def test_what_is_not_certain_is_no_method(
    kpicard: Run, shop: Path, standard: str, target: str | None, code: str
) -> None:
    """It stands as a comment in its own words, and is listed with its cell."""
    made(shop, ["岗位", "客服"], HEAD, ["解决率", 100, target, standard])
    done = kpicard("import", "form.xlsx", "--role", "clerk", cwd=shop)
    assert 1 == done.returncode
    assert "form.xlsx:Sheet!D3: warning:" in done.stderr
    assert f"[form-standard-{code}]" in done.stderr
    text = (shop / "roles" / "clerk.yaml").read_text("utf-8")
    assert f"    # in the form: {standard}\n    scoring:  # missing" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.xlsx",), "there is no file 'nowhere.xlsx'"),
        (("form.xlsx", "--role", "Kunden Dienst"), "'Kunden Dienst' is not an id of a role"),
        (("form.xlsx", "--roles", "other"), "there is no folder 'other'"),
    ],
)
def test_what_cannot_be_done_is_said(kpicard: Run, shop: Path, words: tuple[str, ...], said: str) -> None:
    """With status 2, and nothing is written."""
    made(shop, HEAD, ["Sales", 100, 5, None])
    done = kpicard("import", *words, cwd=shop)
    assert 2 == done.returncode
    assert said in " ".join(done.stderr.split())
    assert ["department.yaml"] == [file.name for file in (shop / "roles").iterdir()]


@pytest.mark.parametrize(
    ("rows", "code"),
    [([["Name", "Team"], ["Lin", "East"]], "no-form"), ([HEAD], "no-form"), ([["a"]], "no-form")],
)
def test_a_sheet_without_a_form_is_refused(kpicard: Run, shop: Path, rows: list[list[str]], code: str) -> None:
    """It says what a form needs."""
    made(shop, *rows)
    done = kpicard("import", "form.xlsx", cwd=shop)
    assert 1 == done.returncode
    assert f"[{code}]" in done.stderr
    (shop / "form.xlsx").write_text("no workbook")
    assert "[unreadable-workbook]" in kpicard("import", "form.xlsx", cwd=shop).stderr


def test_several_sheets_with_forms_ask_which(kpicard: Run, shop: Path) -> None:
    """None is guessed."""
    done = kpicard("import", FORMS / "support-forms.xlsx", cwd=shop)
    assert 1 == done.returncode
    assert "several sheets hold a form: Support engineer, Shift lead [several-forms]" in done.stderr
    done = kpicard("import", FORMS / "support-forms.xlsx", "--sheet", "Shift led", cwd=shop)
    assert "[no-such-sheet]" in done.stderr


def test_a_file_that_cannot_be_read_is_left_alone(kpicard: Run, shop: Path) -> None:
    """Nothing is written over it."""
    made(shop, HEAD, ["Sales", 100, 5, None])
    (shop / "roles" / "clerk.yaml").write_text("id: clerk\nid: [", "utf-8")
    done = kpicard("import", "form.xlsx", "--role", "clerk", cwd=shop)
    assert 1 == done.returncode
    assert "id: clerk\nid: [" == (shop / "roles" / "clerk.yaml").read_text("utf-8")
