"""`kpicard roles`: the list of roles, and duty sheets to read, print and hand out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import kpicard as library

Run = Callable[..., CompletedProcess[str]]
Golden = Callable[[str, str], None]

SHIPPED = Path(__file__).parents[2] / "roles"
CASES = Path(__file__).parents[1] / "cases"
ENGINEER = "technical-support-engineer"  # its KPIs are scored by all three methods


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with one right role and one wrong."""
    shutil.copytree(CASES / "valid" / "two-roles", tmp_path / "mixed")
    file = tmp_path / "mixed" / "packer.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("weight: 40", "weight: 4O"), encoding="utf-8")
    return tmp_path / "mixed"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("format_", "suffix"), [("terminal", "txt"), ("markdown", "md")])
def test_the_list_and_a_duty_sheet_are_as_they_were(
    kpicard: Run, golden: Golden, language: str, format_: str, suffix: str
) -> None:
    """The whole page, in both languages, on the terminal and as Markdown."""
    for name, roles in (("roles", []), (ENGINEER, [ENGINEER])):
        done = kpicard("roles", *roles, "--lang", language, "--format", format_)
        assert (0, "") == (done.returncode, done.stderr)
        golden(f"{name}.{language}.{suffix}", done.stdout)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_duty_sheet_holds_all_that_the_role_says(kpicard: Run, language: str) -> None:
    """Nothing of the file is left out of the sheet, and no other language shows."""
    rules, _ = library.load(SHIPPED)
    sheets = kpicard("roles", *rules.roles, "--lang", language, "--format", "markdown").stdout
    for role in rules.roles.values():
        texts = [
            role.title,
            role.purpose,
            *(text for each in role.responsibilities for text in (each.title, each.detail)),
        ]
        texts += [text for kpi in role.kpis for text in (kpi.name, kpi.definition, kpi.source)]
        for text in texts:
            assert getattr(text, language) in sheets
    assert not any("\u4e00" <= character <= "\u9fff" for character in sheets if language == "en")


@pytest.mark.parametrize("name", ["customer-service", "Customer_Service", "客服专员", "customer service SPECIALIST"])
def test_a_role_is_found_by_id_and_by_title(kpicard: Run, name: str) -> None:
    """As written, or else without regard to case, spaces, hyphens and underscores."""
    done = kpicard("roles", name, "--format", "markdown", "--lang", "zh")
    assert (0, "# 客服专员") == (done.returncode, done.stdout.splitlines()[0])


def test_several_roles_come_in_the_order_asked_for(kpicard: Run) -> None:
    """One section per role."""
    done = kpicard("roles", "data-analyst", "content-operator", "--format", "markdown", "--lang", "zh")
    assert ["# 数据分析师", "# 内容运营专员"] == [line for line in done.stdout.splitlines() if line.startswith("# ")]


@pytest.mark.parametrize(
    ("name", "said"),
    [("data-analist", "'data-analyst'"), ("数据分析员", "'数据分析师'")],
)
def test_an_unknown_role_suggests_the_nearest(kpicard: Run, name: str, said: str) -> None:
    """A slip of the finger is answered with the name that was meant."""
    done = kpicard("roles", name)
    assert (2, "") == (done.returncode, done.stdout)
    assert f"there is no role '{name}'; did you mean {said}?" in done.stderr


def test_an_unknown_role_like_none_lists_what_there_is(kpicard: Run) -> None:
    """Where nothing is near, all ids are named."""
    done = kpicard("roles", "zzz")
    assert (2, "") == (done.returncode, done.stdout)
    for file in SHIPPED.glob("*.yaml"):
        assert (file.stem != "department") == (file.stem in done.stderr)


def test_json_is_exact(kpicard: Run) -> None:
    """Numbers come with the digits that were written, and texts in both languages."""
    done = kpicard("roles", ENGINEER, "--format", "json")
    values = json.loads(done.stdout, parse_float=str)
    assert (0, "kpicard.roles/1") == (done.returncode, values["format"])
    assert {"en": "Taobao & Tmall e-commerce department", "zh": "淘宝天猫电子商务部"} == values["department"]["title"]
    assert ["1.5", "1.2", "1.0", "0.8", "0.5"] == [each["coefficient"] for each in values["department"]["grades"]]
    (role,) = values["roles"]
    (stability,) = (kpi for kpi in role["kpis"] if kpi["id"] == "system-stability")
    assert (25, "99.9", "%", "higher") == tuple(stability[key] for key in ("weight", "target", "unit", "better"))
    assert "99.99" == stability["scoring"]["bands"][0]["from"]
    assert "120 from 99.99%" == stability["scoring"]["words"][0]
    all_roles = json.loads(kpicard("roles", "--format", "json").stdout)["roles"]
    assert sorted(file.stem for file in SHIPPED.glob("*.yaml") if file.stem != "department") == [
        r["id"] for r in all_roles
    ]


def test_a_wrong_role_is_reported_and_hides_no_other(kpicard: Run, mixed: Path) -> None:
    """The right roles are listed, the problem goes to standard error, and the exit status tells."""
    done = kpicard("roles", "--roles", mixed)
    assert 1 == done.returncode
    assert "clerk" in done.stdout
    assert "packer" not in done.stdout
    assert "packer.yaml:7:51: error: `4O` is not a plain number [not-a-number]" in done.stderr
    asked = kpicard("roles", "packer", "--roles", mixed)
    assert (1, "") == (asked.returncode, asked.stdout)
    assert done.stderr == asked.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "there is no folder 'nowhere'"),
        ("a-file.yaml", "'a-file.yaml' is a file; name the folder that holds `department.yaml`"),
    ],
)
def test_a_folder_that_is_none_is_a_wrong_use(kpicard: Run, tmp_path: Path, name: str, said: str) -> None:
    """A wrong path is said, and nothing is printed as if there were roles."""
    (tmp_path / "a-file.yaml").write_text("id: x\n", encoding="utf-8")
    done = kpicard("roles", "--roles", name, cwd=tmp_path)
    assert (2, "", f"Error: Invalid value for --roles: {said}") == (
        done.returncode,
        done.stdout,
        done.stderr.splitlines()[-1],
    )
    done = kpicard("roles", cwd=tmp_path, env={"KPICARD_ROLES": name})
    assert (2, "", f"Error: Invalid value for KPICARD_ROLES: {said}") == (
        done.returncode,
        done.stdout,
        done.stderr.splitlines()[-1],
    )


@pytest.mark.parametrize(
    ("env", "said"),
    [({}, "Grades"), ({"LANG": "zh_CN.UTF-8"}, "等级标准"), ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "Grades")],
)
def test_the_language_is_the_environments(kpicard: Run, env: dict[str, str], said: str) -> None:
    """Chinese where the locale is Chinese, else English; and Chinese comes out whole whatever the locale."""
    done = kpicard("roles", "客服专员", "--format", "markdown", env=env)
    assert 0 == done.returncode
    assert f"## {said}" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["roles"], ["roles", ENGINEER], ["--help"], ["roles", "--help"], ["score", "--help"]]
)
def test_looking_at_roles_and_help_does_not_load_the_engine(process: Run, arguments: list[str]) -> None:
    """What does not score is quick: DuckDB stays out."""
    done = process(*arguments, env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert 0 == done.returncode
    assert "kpicard.cli.app" in done.stderr
    assert "duckdb" not in done.stderr


def test_nothing_acts_on_the_terminal_but_the_program(kpicard: Run, tmp_path: Path) -> None:
    """A role's texts cannot send escape sequences, reorder what is read, or break a Markdown table."""
    shutil.copytree(CASES / "valid" / "block-style", tmp_path / "roles")
    file = tmp_path / "roles" / "clerk.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("zh: 文员", 'zh: "\\e[31m红\\u202e"').replace("zh: 处理速度", 'zh: "a|b\\nc <b>"')
    file.write_text(text, encoding="utf-8")
    for format_ in ("terminal", "markdown"):
        done = kpicard("roles", "clerk", "--lang", "zh", "--format", format_, cwd=tmp_path)
        assert (0, "") == (done.returncode, done.stderr)
        assert not set("\x1b\u202e") & set(done.stdout)
    assert r"a\|b\\nc \<b\>" in done.stdout
