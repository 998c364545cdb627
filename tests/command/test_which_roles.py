"""Which rules are used: one's own, or those of the package, which are never used without a word."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import kpicard as library
from kpicard.rules.load import folders_near

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
MONTH = "2026-10.csv"
WORD = "roles: warning: there is no such folder here, and none is named: the roles that come with kpicard are used"

PACKAGED = {
    "score": ("score", MONTH, "--format", "json"),
    "roles": ("roles",),
    "template": ("template", "--period", "2026-10"),
    "explain": ("explain", MONTH, "--employee", "E017"),
    "trend": ("trend", MONTH),
    "summary": ("summary", MONTH),
    "tidy": ("tidy", MONTH),
    "sql": ("sql", "--dialect", "duckdb"),
}
NEVER_PACKAGED = {
    "validate": (("validate",), "PATH", "kpicard validate"),
    "impact-base": (("impact", MONTH, "--base", "HEAD"), "--roles", "kpicard impact --roles"),
    "impact-revisions": (("impact", MONTH, "--base", "HEAD~1", "--head", "HEAD"), "--roles", "kpicard impact --roles"),
    "impact-before": (("impact", MONTH, "--before", "shop/roles"), "--roles", "kpicard impact --roles"),
}
NAMED = {**PACKAGED, "impact": ("impact", MONTH, "--base", "HEAD")}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a month, and a shop that has roles."""
    shutil.copytree(ROOT / "roles", tmp_path / "shop" / "roles")
    shutil.copy(ROOT / "examples" / MONTH, tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", PACKAGED.values(), ids=PACKAGED)
def test_the_packaged_roles_are_used_with_a_word(kpicard: Run, here: Path, words: tuple[str, ...]) -> None:
    """On standard error, with the folder that may be meant; standard output is as with one's own."""
    done = kpicard(*words, cwd=here)
    said = f"{WORD} [packaged-roles]\n  to use your own, add `--roles shop/roles`\n"
    assert (0, said) == (done.returncode, done.stderr)
    own = kpicard(*words, "--roles", "shop/roles", cwd=here)
    assert (0, "", done.stdout) == (own.returncode, own.stderr, own.stdout)


def test_the_word_is_said_in_chinese_too(kpicard: Run, tmp_path: Path) -> None:
    """Also where no folder is near that may be meant."""
    done = kpicard("roles", "--lang", "zh", cwd=tmp_path)
    expected = (
        "roles: 警告: 当前位置没有该文件夹，也未指定岗位文件夹，现使用 kpicard 自带的岗位 [packaged-roles]\n"
        "  如需使用自己的岗位，请用 `--roles 文件夹` 或环境变量 KPICARD_ROLES 指定\n"
    )
    assert expected == done.stderr


@pytest.mark.parametrize("found", ["./roles", "KPICARD_ROLES", "--roles"])
def test_nothing_is_said_of_ones_own_roles(kpicard: Run, here: Path, found: str) -> None:
    """They are found by their usual name, by the variable or by the option."""
    if found == "./roles":
        (here / "shop" / "roles").rename(here / "roles")
    env = {"KPICARD_ROLES": "shop/roles" if found == "KPICARD_ROLES" else ""}
    options = ["--roles", "shop/roles"] if found == "--roles" else []
    done = kpicard("roles", *options, cwd=here, env=env)
    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize(("words", "where", "command"), NEVER_PACKAGED.values(), ids=NEVER_PACKAGED)
def test_the_packaged_roles_are_never_checked_nor_compared(
    kpicard: Run, here: Path, words: tuple[str, ...], where: str, command: str
) -> None:
    """Status 2, and how to name the folder that is near."""
    done = kpicard(*words, cwd=here)
    said = f"Error: Invalid value for {where}: no folder of roles is named, and there is no ./roles; write "
    assert (2, "", f"{said}`{command} shop/roles`") == (done.returncode, done.stdout, done.stderr.splitlines()[-1])
    done = kpicard(*words, "--lang", "zh", cwd=here)
    assert (2, True) == (done.returncode, f"请写 `{command} shop/roles`" in done.stderr)


@pytest.mark.parametrize("words", NAMED.values(), ids=NAMED)
def test_a_folder_that_is_named_and_missing_is_a_wrong_use(kpicard: Run, here: Path, words: tuple[str, ...]) -> None:
    """By the option or by the variable, with the folder that is meant; the packaged roles do not stand in for it."""
    for options, env, where in (
        (["--roles", "shop/role"], {}, "--roles"),
        ([], {"KPICARD_ROLES": "shop/role"}, "KPICARD_ROLES"),
    ):
        done = kpicard(*words, *options, cwd=here, env=env)
        said = f"Error: Invalid value for {where}: there is no folder 'shop/role'; did you mean 'shop/roles'?"
        assert (2, "", said) == (done.returncode, done.stdout, done.stderr.splitlines()[-1])


def test_two_folders_that_are_compared_must_be_there(kpicard: Run, here: Path) -> None:
    """Before and after."""
    for options in (["--before", "roles", "--after", "shop/roles"], ["--before", "shop/roles", "--after", "roles"]):
        done = kpicard("impact", MONTH, *options, cwd=here)
        where = options[options.index("roles") - 1]
        said = f"Error: Invalid value for {where}: there is no folder 'roles'; did you mean 'shop/roles'?"
        assert (2, "", said) == (done.returncode, done.stdout, done.stderr.splitlines()[-1])


def test_what_is_to_be_checked_and_missing_is_a_problem_and_gives_2(kpicard: Run, here: Path) -> None:
    """In whatever format: what is there beside it is checked."""
    done = kpicard("validate", "shop/rols", "shop/roles", "--format", "json", cwd=here)
    values = json.loads(done.stdout)
    (problem,) = values["problems"]
    assert (2, 8) == (done.returncode, values["files"])
    assert ("shop/rols", "no-such-path", "did you mean `shop/roles`?") == (
        problem["path"],
        problem["code"],
        problem["hint"],
    )


def test_validate_warns_of_folders_that_it_does_not_look_into(kpicard: Run, here: Path) -> None:
    """As `score` does; hidden ones are nobody's business, and the warning can be ignored as others can."""
    for name in ("archive", ".git"):
        (here / "shop" / "roles" / name).mkdir()
    done = kpicard("validate", "shop/roles", cwd=here)
    said = (
        "shop/roles/archive: warning: kpicard does not look into folders inside a folder [ignored-folder]\n"
        "  name it as well\n"
        "8 files checked: 0 errors, 1 warning.\n"
    )
    assert (0, said) == (done.returncode, done.stdout)
    assert 1 == kpicard("validate", "shop/roles", "--strict", cwd=here).returncode
    done = kpicard("validate", "shop/roles", "--strict", "--ignore", "ignored-folder", cwd=here)
    assert (0, "8 files checked: no problems.\n") == (done.returncode, done.stdout)


def test_the_library_says_it_as_a_value(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A warning is among the problems where no folder is named and the package's own are loaded; nothing is printed."""
    monkeypatch.delenv("KPICARD_ROLES", raising=False)
    monkeypatch.chdir(here)
    rules, problems = library.load()
    assert (7, [("packaged-roles", "warning")]) == (len(rules.roles), [(each.code, each.severity) for each in problems])
    monkeypatch.chdir(here / "shop")
    assert () == library.load().problems
    monkeypatch.setenv("KPICARD_ROLES", "nowhere")
    assert ["no-such-path"] == [each.code for each in library.load().problems]
    assert ("", "") == capfd.readouterr()


def test_folders_near_are_those_with_a_department(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this folder, above it and below it; hidden ones are none."""
    for folder in ("a/b/c/d", ".hidden", "x"):
        (here / folder).mkdir(parents=True)
        (here / folder / "department.yaml").touch()
    (here / "x" / "department.yaml").rename(here / "x" / "department.2026-07.yml")
    (here / "shop" / "actuals").mkdir()
    expected = {".": ("x", "shop/roles"), "shop/roles": (".",), "shop/actuals": ("../roles",), "a/b/c": ("d",)}
    for folder, found in expected.items():
        monkeypatch.chdir(here / folder)
        assert found == folders_near()
