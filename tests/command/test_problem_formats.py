"""`kpicard validate --format`: the same problems for a terminal, GitHub, code scanning and other CI systems."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from kpicard import reports
from kpicard.problems import Problem
from kpicard.rules.lint.documentation import documentation
from kpicard.rules.load import Checked

Run = Callable[..., subprocess.CompletedProcess[str]]

CASES = Path(__file__).parents[1] / "cases"
SCHEMA = Path(__file__).parents[1] / "data" / "sarif-2.1.0.json"
TERMINAL = {"FORCE_COLOR": "1", "TERM": "dumb", "LINES": "25"}  # a terminal that has no colours
ODD = "50%, a:b 店"
ROLE = """\
id: clerk
title: {en: Clerk, zh: 文员}
purpose: {en: Keeps the orders flowing, zh: 保证订单顺畅}
responsibilities:
  - id: orders
    title: {en: Orders, zh: 订单}
    detail: {en: Enters the orders, zh: 录入订单}
kpis:
  - id: speed
    name: {en: Speed, zh: 处理速度}
    weight: 100
    unit: s
    better: lower
    target: 30
    definition: {en: Seconds per order, zh: 每单耗时}
    source: {en: Order system, zh: 订单系统}
    measures: [orders]
    scoring: {method: linear, points: [[15, 120], [30, 100], [120, 0]]}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A right department in a folder whose name means something in commands, URIs and patterns."""
    folder = tmp_path / ODD
    folder.mkdir()
    shutil.copy(CASES / "department.yaml", folder)
    return folder


def write_role(folder: Path, right: str = "", wrong: str = "", name: str = "clerk.yaml") -> None:
    """Write the right role, with one place of it changed."""
    (folder / name).write_bytes(ROLE.replace(right, wrong).encode())


def sarif(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """Return the one run of a SARIF log."""
    (run,) = json.loads(done.stdout)["runs"]
    assert isinstance(run, dict)
    return run


# ---- text


def test_a_terminal_shows_the_line_with_a_caret_below_the_column(kpicard: Run, shop: Path) -> None:
    """Chinese characters before the column take two cells each, and the caret stands where the eye expects it."""
    write_role(shop, "zh: 处理速度}", "zh: 处理速度, fr: Vitesse}")
    done = kpicard("validate", ".", cwd=shop, env=TERMINAL)
    expected = """\
clerk.yaml:10:33: error: unknown key `fr` [unknown-key]
    10 |     name: {en: Speed, zh: 处理速度, fr: Vitesse}
       |                                     ^
  known here: en, zh
2 files checked: 1 error, 0 warnings.
"""
    assert (1, expected, "") == (done.returncode, done.stdout, done.stderr)


def test_elsewhere_there_are_two_lines_per_problem(kpicard: Run, shop: Path) -> None:
    """What a pipe or a file gets has no excerpt."""
    write_role(shop, "better: lower", "better: less")
    done = kpicard("validate", ".", "--lang", "zh", "--format", "text", cwd=shop)
    expected = """\
clerk.yaml:13:13: 错误: `less` 不在可选值之内：higher、lower、within [bad-choice]
  请从中选择：higher、lower、within
已检查 2 个文件：1 个错误，0 个警告。
"""
    assert (1, expected) == (done.returncode, done.stdout)


@pytest.mark.parametrize(
    ("line", "shown", "caret"),
    [
        ("unit: s\r", "     3 | unit: s", "       | ^"),
        ("{en: s,\tfr: s}", "     3 | {en: s,    fr: s}", "       |            ^"),
        ("{en: " + 30 * "长" + ", fr: s}", "     3 | …" + 10 * "长" + ", fr: s}", "       | " + 23 * " " + "^"),
        ("{fr: " + 99 * "x" + "}", "     3 | {fr: " + 24 * "x" + "…", "       |  ^"),
        ("{en: \x1b, fr: s}", "     3 | {en: \\x1b, fr: s}", "       |            ^"),
        ("{en: \U0001f600, fr: s}", "     3 | {en: \U0001f600, fr: s}", "       |          ^"),
        ("", "     3 |", "       | ^"),
    ],
    ids=["line-end", "tab", "cut-left", "cut-right", "control", "emoji", "empty"],
)
def test_an_excerpt_fits_the_terminal_and_does_nothing(tmp_path: Path, line: str, shown: str, caret: str) -> None:
    """Long lines are cut around the column, tabs keep their place, control characters are written out."""
    from kpicard.reports.problems import excerpts

    file = tmp_path / "a.yml"
    file.write_bytes(f"id: a\ntitle: a\n{line}\nb: c\n".encode("utf-8-sig"))
    column = max(line.find("fr:"), 0) + 1
    assert (shown, caret) == excerpts()(Problem(str(file), 3, column, "unknown-key"), 40)


def test_what_cannot_be_shown_is_left_out(tmp_path: Path) -> None:
    """No excerpt without a line, of what was changed since, is no UTF-8, no rules file, a cell, or not there."""
    from kpicard.reports.problems import excerpts

    (tmp_path / "a.yaml").write_text("id: a\n", encoding="utf-8")
    (tmp_path / "gbk.yaml").write_bytes("id: 文员\n".encode("gbk"))
    (tmp_path / "a.csv").write_text("period\n", encoding="utf-8")
    (tmp_path / "b.yaml").mkdir()
    places = [
        *(("a.yaml", None, None), ("a.yaml", 1, None), ("a.yaml", 9, 1), ("a.yaml", 1, 9)),
        *((name, 1, 1) for name in ("gbk.yaml", "a.csv", "b.yaml", "c.yaml", "-", f"{'x' * 5000}.yaml", "\0.yaml")),
    ]
    problems = [Problem(str(tmp_path / name), line, column, "unknown-key") for name, line, column in places]
    problems.append(Problem(str(tmp_path / "a.yaml"), 1, 1, "unknown-key", sheet="Sheet1"))
    assert {None} == {excerpts()(problem, 100) for problem in problems}


# ---- github


def test_github_gets_one_escaped_command_per_problem_and_a_summary(kpicard: Run, shop: Path) -> None:
    """Nothing in a path or a message can end a property or begin a command; the log says how many there are."""
    write_role(shop, "zh: 处理速度}", 'zh: 处理速度, "100%, a::b\\r\\n::error::c": x}')
    done = kpicard("validate", ODD, "--format", "github", "--lang", "zh", cwd=shop.parent)
    expected = (
        "::error file=50%25%2C a%3Ab 店/clerk.yaml,line=10,col=33,title=kpicard unknown-key::"
        "未知的键 `100%25, a::b\\r\\n::error::c`%0A此处可用：en、zh\n"
        "已检查 2 个文件：1 个错误，0 个警告。\n"
    )
    assert (1, expected, "") == (done.returncode, done.stdout, done.stderr)


def test_github_gets_no_line_where_there_is_none_and_no_command_where_all_is_right(
    kpicard: Run, shop: Path, tmp_path: Path
) -> None:
    """A problem of a path annotates no line; without problems there is only the summary."""
    done = kpicard("validate", "no where", "--format", "github", cwd=tmp_path)
    expected = "::error file=no where,title=kpicard no-such-path::there is no such file or folder%0Acheck the path\n"
    assert (2, expected + "0 files checked: 1 error, 0 warnings.\n") == (done.returncode, done.stdout)
    write_role(shop)
    done = kpicard("validate", shop, "--format", "github")
    assert (0, "2 files checked: no problems.\n") == (done.returncode, done.stdout)


@pytest.mark.parametrize("absolute", [True, False])
@pytest.mark.parametrize("format_", ["github", "sarif"])
def test_paths_are_given_from_the_top_of_the_repository(kpicard: Run, shop: Path, format_: str, absolute: bool) -> None:
    """Wherever in GitHub's work tree the command runs, and however the path is given, the right file is annotated."""
    write_role(shop, "unit: s", "units: s")
    given = shop if absolute else Path("..", ODD)
    done = kpicard("validate", given, "--format", format_, cwd=shop, env={"GITHUB_WORKSPACE": str(shop.parent)})
    expected = {"github": "file=50%25%2C a%3Ab 店/clerk.yaml,", "sarif": '"50%25%2C%20a%3Ab%20%E5%BA%97/clerk.yaml"'}
    assert expected[format_] in done.stdout


# ---- sarif


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sarif_is_valid_by_the_official_schema(kpicard: Run, shop: Path, tmp_path: Path, language: str) -> None:
    """Whatever is wrong, with lines and without, and also where nothing is."""
    invalid = sorted(path for path in (CASES / "invalid").iterdir() if path.is_dir())
    write_role(shop)
    (tmp_path / "gbk.yaml").write_bytes("id: 文员\n".encode("gbk"))
    logs: list[Path] = []
    for given in ([shop], [*invalid, tmp_path, tmp_path / "nowhere"]):
        done = kpicard("validate", *given, "--format", "sarif", "--lang", language)
        assert "" == done.stderr
        logs.append(tmp_path / f"{len(logs)}.sarif")
        logs[-1].write_text(done.stdout, encoding="utf-8")
    assert [] == sarif(kpicard("validate", shop, "--format", "sarif"))["results"]
    assert 20 < len(json.loads(logs[1].read_text(encoding="utf-8"))["runs"][0]["tool"]["driver"]["rules"])
    # The schema's own patterns are older than the dialect that is checked by default.
    command = [sys.executable, "-m", "check_jsonschema", "--regex-variant", "python", "--schemafile", str(SCHEMA)]
    done = subprocess.run([*command, *map(str, logs)], capture_output=True, encoding="utf-8", check=False)
    assert (0, "") == (done.returncode, done.stderr)


def test_sarif_has_each_problem_with_its_rule_and_place(kpicard: Run, shop: Path) -> None:
    """A relative path is a relative URI; columns count characters; what has no line has no region."""
    write_role(shop, "zh: 处理速度}", "zh: 处理速度, fr: 100%}")
    done = kpicard("validate", ODD, "nowhere", "--format", "sarif", "--lang", "zh", cwd=shop.parent)
    run = sarif(done)
    for result in run["results"]:
        del result["partialFingerprints"]
    expected = [
        {
            "ruleId": "unknown-key",
            "ruleIndex": 1,
            "level": "error",
            "message": {"text": "未知的键 `fr`\n此处可用：en、zh"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "50%25%2C%20a%3Ab%20%E5%BA%97/clerk.yaml"},
                        "region": {"startLine": 10, "startColumn": 33},
                    }
                }
            ],
        },
        {
            "ruleId": "no-such-path",
            "ruleIndex": 0,
            "level": "error",
            "message": {"text": "找不到该文件或文件夹\n请检查路径"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": "nowhere"}}}],
        },
    ]
    assert (2, expected, "zh", "unicodeCodePoints") == (
        done.returncode,
        run["results"],
        run["language"],
        run["columnKind"],
    )
    rules = run["tool"]["driver"]["rules"]
    assert ["no-such-path", "unknown-key"] == [rule["id"] for rule in rules]
    assert [{"level": "error"}] * 2 == [rule["defaultConfiguration"] for rule in rules]
    for rule in rules:
        texts = (rule["shortDescription"]["text"], rule["fullDescription"]["text"], *rule["help"].values())
        assert all(text and not text.isascii() for text in texts), f"{rule['id']}: Chinese is asked for"


def test_sarif_has_the_documentation_of_a_check_with_its_examples(kpicard: Run, shop: Path) -> None:
    """Who sees the problem in code scanning reads there what is published about it."""
    write_role(shop, "unit: s", "units: s")
    done = kpicard("validate", ".", "--format", "sarif", "--lang", "zh", cwd=shop)
    (rule,) = sarif(done)["tool"]["driver"]["rules"]
    published = documentation("unknown-key")
    actual = (rule["shortDescription"]["text"], rule["fullDescription"]["text"], rule["help"]["text"])
    assert (published.summary.zh, published.text.zh, published.text.zh) == actual
    markdown = rule["help"]["markdown"]
    assert [] == [each.file for each in published.examples if f"```yaml\n{each.text}```" not in markdown]
    assert markdown.startswith(f"{published.text.zh}\n\n**错误示例** `")


def test_sarif_of_a_path_from_the_root_has_a_file_uri(kpicard: Run, shop: Path) -> None:
    """A file outside the repository is named in full."""
    write_role(shop, "unit: s", "units: s")
    run = sarif(kpicard("validate", shop, "--format", "sarif", env={"GITHUB_WORKSPACE": ""}))
    (location,) = run["results"][0]["locations"]
    assert (shop / "clerk.yaml").as_uri() == location["physicalLocation"]["artifactLocation"]["uri"]


def test_sarif_knows_a_problem_again_after_lines_were_moved(kpicard: Run, shop: Path) -> None:
    """The fingerprints stay when lines are put above, and in another language; two problems have two."""

    def fingerprints(*options: str) -> list[str]:
        run = sarif(kpicard("validate", ".", "--format", "sarif", *options, cwd=shop))
        return [result["partialFingerprints"]["problem/v1"] for result in run["results"]]

    wrong = "zh: 录入订单, fr: a}\n  - id: orders\n    title: {en: a, zh: 甲, fr: b}"
    write_role(shop, "zh: 录入订单}", wrong)
    before = fingerprints()
    assert (3, 3) == (len(before), len(set(before)))
    write_role(shop, "zh: 录入订单}", wrong)
    text = (shop / "clerk.yaml").read_text(encoding="utf-8")
    (shop / "clerk.yaml").write_text(f"# moved\n\n{text}", encoding="utf-8")
    assert before == fingerprints() == fingerprints("--lang", "zh")


# ---- junit


def test_junit_has_a_suite_per_file_and_a_case_per_problem(kpicard: Run, shop: Path) -> None:
    """A file without problems passes; what could not be checked is a suite of its own."""
    write_role(shop, "zh: 处理速度}", 'zh: 处理速度, "<&>": x}')
    done = kpicard("validate", ODD, "no where", "--format", "junit", "--lang", "zh", cwd=shop.parent)
    clerk, department = f"{ODD}/clerk.yaml", f"{ODD}/department.yaml"
    expected = f"""\
<?xml version="1.0" encoding="utf-8"?>
<testsuites name="kpicard validate" tests="3" failures="2" errors="0" time="0">
  <testsuite name="{clerk}" file="{clerk}" tests="1" failures="1" errors="0" time="0">
    <testcase classname="{clerk}" name="unknown-key 10:33" time="0">
      <failure type="error" message="未知的键 `&lt;&amp;&gt;`">{clerk}:10:33: 未知的键 `&lt;&amp;&gt;`
此处可用：en、zh</failure>
    </testcase>
  </testsuite>
  <testsuite name="{department}" file="{department}" tests="1" failures="0" errors="0" time="0">
    <testcase classname="{department}" name="没有问题" time="0" />
  </testsuite>
  <testsuite name="no where" file="no where" tests="1" failures="1" errors="0" time="0">
    <testcase classname="no where" name="no-such-path" time="0">
      <failure type="error" message="找不到该文件或文件夹">no where: 找不到该文件或文件夹
请检查路径</failure>
    </testcase>
  </testsuite>
</testsuites>
"""
    assert (2, expected, "") == (done.returncode, done.stdout, done.stderr)


ALLOWED = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp", "hostname", "file"},
    "testcase": {"name", "time", "classname", "group"},
    "failure": {"type", "message"},
    "system-out": set(),
}
"""The elements of Jenkins' junit-10.xsd that are used, with the attributes that it allows."""


def test_junit_has_only_what_jenkins_schema_allows(kpicard: Run, shop: Path) -> None:
    """Its reader refuses a file with anything else."""
    write_role(shop, "zh: 处理速度}", 'zh: 处理速度, "<&>": x}')
    done = kpicard("validate", ODD, "no where", "--format", "junit", cwd=shop.parent)
    for element in ET.fromstring(done.stdout.encode()).iter():  # noqa: S314 - our own output
        assert set(element.attrib) <= ALLOWED[element.tag]
    assert {"name", "tests", "failures", "errors"} <= set(ET.fromstring(done.stdout.encode())[0].attrib)  # noqa: S314


@pytest.mark.parametrize("strict", [False, True])
def test_junit_fails_warnings_only_where_they_count(strict: bool) -> None:
    """Otherwise a warning is said by a case that passes."""
    problems = (Problem("a.yaml", None, None, "empty-file"), Problem("a.yaml", 2, 1, "ignored-file"))
    out = StringIO()
    reports.writer(reports.PROBLEMS, "junit")(Checked((Path("a.yaml"),), problems, strict), "en", out)
    root = ET.fromstring(out.getvalue())  # noqa: S314 - our own output
    assert ("2", "2" if strict else "1") == (root.get("tests"), root.get("failures"))
    error, warning = root.iter("testcase")
    assert ["failure"] == [child.tag for child in error]
    assert [("failure", "warning") if strict else ("system-out", None)] == [
        (child.tag, child.get("type")) for child in warning
    ]
    assert str(warning[0].text).startswith("a.yaml:2:1: ")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no file is called so")
def test_junit_is_xml_whatever_a_file_is_called(kpicard: Run, tmp_path: Path) -> None:
    """Control characters, line breaks, half of a surrogate pair and non-characters are written out."""
    name = "a\x1b\n<b>\udcff\uffff.yaml"
    (tmp_path / name).write_text("id: \uffff\n", encoding="utf-8")
    done = kpicard("validate", ".", "--format", "junit", cwd=tmp_path)
    assert (1, "") == (done.returncode, done.stderr)
    suite = ET.fromstring(done.stdout.encode())[0]  # noqa: S314 - our own output
    assert r"a\x1b\n<b>\udcff\uffff.yaml" == suite.get("name")


@pytest.mark.parametrize("format_", ["sarif", "junit"])
def test_no_format_loads_what_it_does_not_need(process: Run, shop: Path, format_: str) -> None:
    """CI waits for no engine, and reports for machines draw nothing."""
    write_role(shop)
    done = process("validate", shop, "--format", format_, env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert 0 == done.returncode
    assert [] == [name for name in ("duckdb", "rich.console") if name in done.stderr]
