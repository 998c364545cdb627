"""`kpicard validate`: what is wrong with the rules, all of it in one run, for people and for CI."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from kpicard.rules.models import Kpi

Run = Callable[..., CompletedProcess[str]]

SHIPPED = Path(__file__).parents[2] / "roles"
CASES = Path(__file__).parents[1] / "cases"
KEYS_OF_A_KPI = ", ".join(sorted(info.alias or name for name, info in Kpi.model_fields.items()))

# Ten mistakes in three of the shipped files: the file, what is right, what is wrong with ¦ at its place, and the code.
PLANTED = [
    ("customer-service", "better: lower\n    target: 30", "better: ¦less\n    target: 30", "bad-choice"),
    ("customer-service", "[48, 60], [72, 0]", "[48, 60], ¦[48, 0]", "points-out-of-order"),
    ("customer-service", "- id: repurchase-rate", "- id: ¦response-time", "duplicate-id"),
    ("customer-service", "zh: 客户复购率}", "zh: 客户复购率, ¦fr: Rachats}", "unknown-key"),
    ("data-analyst", "target: 99 ", "target: ¦99% ", "not-a-number"),
    (
        "data-analyst",
        "[analysis-reports, cross-team-support]",
        "[¦reports, cross-team-support]",
        "unknown-responsibility",
    ),
    ("data-analyst", "scoring: {method: linear, points", "¦scoring: {points", "missing-key"),
    ("department", "{grade: A, from: 95", "{grade: A, from: ¦110.0", "grades-out-of-order"),
    ("department", "zh: 待改进}", "zh: 待改进, ¦zh: 差}", "duplicate-key"),
    ("department", "coefficient: 0.5", "coefficient: ¦-0.5", "number-too-small"),
]


@pytest.fixture
def planted(tmp_path: Path) -> tuple[Path, list[tuple[str, int, int, str]]]:
    """The shipped roles with ten mistakes, and the places at which they are to be found, sorted."""
    folder = tmp_path / "roles"
    shutil.copytree(SHIPPED, folder)
    places = []
    for name, right, wrong, code in PLANTED:
        file = folder / f"{name}.yaml"
        before, after = file.read_text(encoding="utf-8").split(right)
        before += wrong.partition("¦")[0]
        file.write_text(before + wrong.partition("¦")[2] + after, encoding="utf-8")
        places.append((file.name, before.count("\n") + 1, len(before) - before.rfind("\n"), code))
    return folder, sorted(places)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A wrong role in a folder whose name means something in a workflow command, wrong in such words too."""
    folder = tmp_path / "50%, a:b"
    folder.mkdir()
    shutil.copy(CASES / "department.yaml", folder)
    text = (CASES / "clerk.yaml").read_text(encoding="utf-8")
    text = text.replace("unit: s", '"100%, a::b\\n::error::c": s')
    (folder / "clerk.yaml").write_text(text, encoding="utf-8")
    return folder


def test_right_rules_exit_with_0(kpicard: Run, tmp_path: Path) -> None:
    """The roles that come with the package are right, and it is said of how many files."""
    shutil.copytree(SHIPPED, tmp_path / "roles")
    done = kpicard("validate", cwd=tmp_path)
    assert (0, "8 files checked: no problems.\n", "") == (done.returncode, done.stdout, done.stderr)
    done = kpicard("validate", "--lang", "zh", SHIPPED, SHIPPED / "data-analyst.yaml")
    assert (0, "已检查 8 个文件：没有问题。\n", "") == (done.returncode, done.stdout, done.stderr)


def test_ten_mistakes_in_three_files_are_all_found_in_one_run(
    kpicard: Run, planted: tuple[Path, list[tuple[str, int, int, str]]]
) -> None:
    """Each at its line and column, as a line that editors turn into a link, with a hint below."""
    folder, places = planted
    done = kpicard("validate", "roles", cwd=folder.parent)
    assert (1, "") == (done.returncode, done.stderr)
    *lines, summary = done.stdout.splitlines()
    assert 10 == len(lines[::2]) == len(lines[1::2])
    for (name, line, column, code), said, hint in zip(places, lines[::2], lines[1::2], strict=True):
        assert f"roles/{name}:{line}:{column}: error: " == said[: len(f"roles/{name}:{line}:{column}: error: ")]
        assert said.endswith(f" [{code}]")
        assert hint.startswith("  ")
    assert "8 files checked: 10 errors, 0 warnings." == summary


def test_each_mistake_alone_is_found_too(kpicard: Run, planted: tuple[Path, list[tuple[str, int, int, str]]]) -> None:
    """Checking the one file that was edited says the same about it."""
    folder, places = planted
    done = kpicard("validate", folder / "data-analyst.yaml", "--format", "json")
    found = [(each["line"], each["column"], each["code"]) for each in json.loads(done.stdout)["problems"]]
    assert {place[1:] for place in places if place[0] == "data-analyst.yaml"} <= set(found)
    assert not [code for _, _, code in found if code in {"bad-choice", "duplicate-id", "unknown-key"}]


def test_json_has_just_the_fields_of_a_problem(kpicard: Run, odd: Path) -> None:
    """CI and editors get exact values: format, number of files, and each problem with its place and words."""
    done = kpicard("validate", odd, "--format", "json", "--ignore", "missing-translation")
    assert (1, "") == (done.returncode, done.stderr)
    expected = {
        "format": "kpicard.problems/1",
        "files": 2,
        "problems": [
            {
                "path": str(odd / "clerk.yaml"),
                "line": 12,
                "column": 5,
                "code": "unknown-key",
                "severity": "error",
                "message": "unknown key `100%, a::b\\n::error::c`",
                "hint": f"known here: {KEYS_OF_A_KPI}",
            }
        ],
    }
    assert expected == json.loads(done.stdout)


def test_problems_without_a_place_have_null_in_json(kpicard: Run, tmp_path: Path) -> None:
    """What is not known is null, never 0."""
    done = kpicard("validate", tmp_path / "nowhere", "--format", "json", "--lang", "zh")
    (problem,) = json.loads(done.stdout)["problems"]
    assert (2, None, None) == (done.returncode, problem["line"], problem["column"])
    assert ("no-such-path", "找不到该文件或文件夹") == (problem["code"], problem["message"])


def test_github_gets_one_escaped_command_per_problem(kpicard: Run, odd: Path) -> None:
    """A percent sign, comma, colon or line break in a path or message cannot break or forge a command."""
    done = kpicard("validate", odd.name, "--format", "github", "--select", "unknown-key", cwd=odd.parent)
    assert (1, "") == (done.returncode, done.stderr)
    expected = (
        "::error file=50%25%2C a%3Ab/clerk.yaml,line=12,col=5,title=kpicard unknown-key::"
        "unknown key `100%25, a::b\\n::error::c`%0A"
        f"known here: {KEYS_OF_A_KPI}\n"
        "2 files checked: 1 error, 0 warnings.\n"
    )
    assert expected == done.stdout


def test_github_gets_no_line_where_there_is_none(kpicard: Run, tmp_path: Path) -> None:
    """A problem of a whole folder annotates no line."""
    shutil.copy(CASES / "clerk.yaml", tmp_path)
    done = kpicard("validate", ".", "--format", "github", "--select", "no-department", cwd=tmp_path)
    expected = "::error file=.,title=kpicard no-department::no `department.yaml` in this folder%0A"
    expected += "it holds the title and the grades\n1 file checked: 1 error, 0 warnings.\n"
    assert (1, expected) == (done.returncode, done.stdout)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_text_for_people_is_as_it_was(
    kpicard: Run,
    golden: Callable[[str, str], None],
    planted: tuple[Path, list[tuple[str, int, int, str]]],
    language: str,
) -> None:
    """The whole output, in both languages."""
    done = kpicard("validate", "roles", "--lang", language, cwd=planted[0].parent)
    golden(f"validate.{language}.txt", done.stdout)


def test_validate_finds_the_roles_as_the_other_commands_do(kpicard: Run, tmp_path: Path) -> None:
    """`KPICARD_ROLES` before `./roles`, and a path before both."""
    for name in ("roles", "named", "given"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "department.yaml").write_text(f"title: {name}\n", encoding="utf-8")
    assert "roles/department.yaml:1:1: " in kpicard("validate", cwd=tmp_path).stdout
    assert "named/department.yaml:1:1: " in kpicard("validate", cwd=tmp_path, env={"KPICARD_ROLES": "named"}).stdout
    done = kpicard("validate", "given", cwd=tmp_path, env={"KPICARD_ROLES": "named"})
    assert "given/department.yaml:1:1: " in done.stdout
    assert "named" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "jsn"], "did you mean 'json'?"),
        (["--lang", "fr"], "not one of: en, zh"),
        (["--bogus"], "--bogus"),
        (["--format"], "--format"),
        (["--explain", "no-surce"], "did you mean 'no-source'?"),
        (["--explain", "白"], "`kpicard validate --list` names them all"),
        (["--select", "no-source,flat-curv"], "did you mean 'flat-curve'?"),
        (["--select", ","], "no check is named"),
        (["--ignore", "weights"], "there is no check 'weights'"),
        (["--ignore", "yaml-syntax"], "keeps the file from being read"),
        (["--list", "--format", "sarif"], "text, json"),
    ],
)
def test_wrong_use_exits_with_2_and_says_how(kpicard: Run, arguments: list[str], said: str) -> None:
    """A mistake on the command line is no mistake in the rules."""
    done = kpicard("validate", *arguments)
    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_validate_does_not_load_the_engine(process: Run) -> None:
    """Checking rules is quick: DuckDB stays out."""
    done = process("validate", SHIPPED, env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert 0 == done.returncode
    assert "kpicard.rules.load" in done.stderr
    assert "duckdb" not in done.stderr


@pytest.fixture
def warned(tmp_path: Path) -> Path:
    """A role that is right, but warned about twice: no source, and a flat curve."""
    (tmp_path / "department.yaml").write_text("title: Shop\ngrades: [{grade: A, from: 0, coefficient: 1}]\n")
    kpi = "{id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: Hours,"
    curve = "scoring: {method: linear, points: [[40, 100], [60, 0]]}}"
    (tmp_path / "clerk.yaml").write_text(f"id: clerk\ntitle: Clerk\nkpis:\n  - {kpi}\n     {curve}\n")
    return tmp_path


def _codes(done: CompletedProcess[str]) -> list[str]:
    return [problem["code"] for problem in json.loads(done.stdout)["problems"]]


def test_warnings_count_only_if_it_is_strict(kpicard: Run, warned: Path) -> None:
    """CI may insist on rules without a warning; by itself a warning stops nobody."""
    assert 0 == kpicard("validate", warned).returncode
    done = kpicard("validate", warned, "--strict")
    assert (1, "2 files checked: 0 errors, 2 warnings.") == (done.returncode, done.stdout.splitlines()[-1])
    assert 0 == kpicard("validate", warned, "--strict", "--ignore", "no-source,flat-curve").returncode


def test_the_shipped_roles_have_not_even_a_warning(kpicard: Run) -> None:
    """Whoever starts from them starts from nothing to fix."""
    done = kpicard("validate", SHIPPED, "--strict")
    assert (0, "8 files checked: no problems.\n") == (done.returncode, done.stdout)


def test_checks_are_selected_and_ignored(kpicard: Run, warned: Path) -> None:
    """Both take several, with commas or repeated."""
    run = ("validate", warned, "--format", "json")
    assert ["no-source", "flat-curve"] == _codes(kpicard(*run))
    assert ["flat-curve"] == _codes(kpicard(*run, "--select", "flat-curve"))
    assert ["no-source", "flat-curve"] == _codes(kpicard(*run, "--select", "flat-curve", "--select", "no-source"))
    assert ["no-source"] == _codes(kpicard(*run, "--ignore", "flat-curve, no-definition"))
    assert [] == _codes(kpicard(*run, "--ignore", "flat-curve", "--ignore", "no-source"))


def test_what_cannot_be_read_is_said_whatever_is_selected(kpicard: Run, warned: Path) -> None:
    """A file that was not checked never passes for one without problems."""
    (warned / "packer.yaml").write_text("id: [")
    done = kpicard("validate", warned, warned / "nowhere", "--select", "no-target", "--format", "json")
    assert (2, ["no-such-path", "yaml-syntax"]) == (done.returncode, sorted(_codes(done)))


def test_in_githubs_ci_the_report_is_for_github(kpicard: Run, warned: Path) -> None:
    """Nobody needs to name the format there; whoever names one gets it."""
    ci = {"GITHUB_ACTIONS": "true"}
    assert kpicard("validate", warned, env=ci).stdout.startswith("::warning ")
    assert kpicard("validate", warned, "--format", "json", env=ci).stdout.startswith("{")
    assert "::" not in kpicard("validate", "--list", env=ci).stdout
    assert "::" not in kpicard("validate", warned, env={"GITHUB_ACTIONS": "false"}).stdout


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_check_is_explained_with_examples(kpicard: Run, golden: Callable[[str, str], None], language: str) -> None:
    """What holds, why, and examples whose lines can be copied as they are, however narrow the terminal."""
    done = kpicard("validate", "--explain", "unreachable-grade", "--lang", language, env={"COLUMNS": "60"})
    assert (0, "") == (done.returncode, done.stderr)
    golden(f"validate-explain.{language}.txt", done.stdout)


def test_a_check_is_explained_as_json_too(kpicard: Run) -> None:
    """Editors get the text in the language asked for, and the examples with their places."""
    done = kpicard("validate", "--explain", "cannot-ignore", "--format", "json", "--lang", "zh")
    said = json.loads(done.stdout)
    (check,) = said["checks"]
    assert ("kpicard.checks/1", "cannot-ignore", "error") == (said["format"], check["id"], check["severity"])
    assert "注释只能关闭警告。" == check["summary"]
    bad, good = check["examples"]
    assert ("bad", "clerk.yaml", 3, 26) == (bad["kind"], bad["file"], bad["line"], bad["column"])
    assert ("good", "clerk.yaml", None, None) == (good["kind"], good["file"], good["line"], good["column"])
    assert bad["text"].startswith("id: clerk\ntitle: Clerk\nkpis:  # kpicard: ignore weights-not-100")


def test_the_list_names_every_check_in_a_line(kpicard: Run) -> None:
    """With its severity and what holds, in the language asked for; the same as JSON."""
    checks = json.loads(kpicard("validate", "--list", "--format", "json").stdout)["checks"]
    assert sorted(check["id"] for check in checks) == [check["id"] for check in checks]
    done = kpicard("validate", "--list", env={"COLUMNS": "200"})
    lines = [line.split(maxsplit=2) for line in done.stdout.splitlines()[3:] if line]
    assert [[check["id"], check["severity"], check["summary"]] for check in checks] == lines
    chinese = kpicard("validate", "--list", "--lang", "zh", env={"COLUMNS": "200"}).stdout
    assert [line.split()[1] for line in chinese.splitlines()[3:] if line.startswith(" no-source")] == ["警告"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every file name is Unicode")
@pytest.mark.parametrize("format_", ["text", "json", "github"])
def test_a_file_name_that_is_no_utf8_is_still_reported(kpicard: Run, tmp_path: Path, format_: str) -> None:
    """An old archive's GBK file name does not stop the check of everything beside it."""
    shutil.copy(CASES / "department.yaml", tmp_path)
    (tmp_path / os.fsdecode(b"\xbf\xcd\xb7\xfe.yaml")).write_text("id: clerk\n", encoding="utf-8")
    done = kpicard("validate", tmp_path, "--format", format_)
    assert (1, "") == (done.returncode, done.stderr)
    assert "missing-key" in done.stdout


def test_a_path_that_cannot_be_is_a_problem(kpicard: Run) -> None:
    """Also a path that the system itself refuses is answered in words."""
    done = kpicard("validate", "x" * 5000)
    assert 2 == done.returncode
    assert "Traceback" not in done.stderr
