"""What other tools take from the repository: the hook for pre-commit, the action and the example of a workflow."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
ODD = "a `b` $(touch c)"
WORKFLOW = ROOT / "examples" / "github-workflow.yml"

bash = pytest.mark.skipif(sys.platform == "win32", reason="there `bash` may be another system's")


def parsed(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def run_step(
    script: str, folder: Path, env: dict[str, str], options: str = "-eo pipefail"
) -> subprocess.CompletedProcess[str]:
    """Run a step's script as GitHub's runner does, with the command on the path as after the action."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "KPICARD"))}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", *options.split(), "-c", script],  # noqa: S607 - as the runner finds it
        cwd=folder,
        env={**kept, "PATH": path, "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(folder), **env},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The shipped roles, and beside them a folder with a role that is wrong."""
    shutil.copytree(ROOT / "roles", tmp_path / "roles")
    wrong = shutil.copytree(ROOT / "roles", tmp_path / ODD) / "data-analyst.yaml"
    wrong.write_text(f"colour: red\n{wrong.read_text(encoding='utf-8')}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def validate(repository: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the action's second step: `validate(**inputs)`."""
    action = parsed(ROOT / "action.yml")
    step = action["runs"]["steps"][1]
    defaults = {name: entry["default"] for name, entry in action["inputs"].items()}

    def run(**inputs: str) -> subprocess.CompletedProcess[str]:
        assert set(inputs) <= set(defaults)
        values = {f"${{{{ inputs.{name} }}}}": value for name, value in {**defaults, **inputs}.items()}
        return run_step(step["run"], repository, {name: values[text] for name, text in step["env"].items()})

    return run


@pytest.mark.parametrize(
    ("schema", "file"), [("vendor.github-actions", ROOT / "action.yml"), ("vendor.github-workflows", WORKFLOW)]
)
def test_github_understands_the_files(schema: str, file: Path) -> None:
    """The action and the workflow are right by the schemas that editors use."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (0, "") == (done.returncode, done.stderr)


def test_no_value_from_outside_is_put_into_a_script() -> None:
    """Names of branches and inputs are data: they come by the environment, never as a part of a command."""
    steps = [*parsed(ROOT / "action.yml")["runs"]["steps"], *parsed(WORKFLOW)["jobs"]["rules"]["steps"]]
    assert [] == [step["run"] for step in steps if "${{" in step.get("run", "")]


@bash
def test_the_action_annotates_and_fails(validate: Run) -> None:
    """A wrong role fails the step, and a right one passes; each path is a line."""
    done = validate()
    assert (0, "8 files checked: no problems.\n", "") == (done.returncode, done.stdout, done.stderr)
    done = validate(path=f"roles\n{ODD}\n", lang="zh")
    assert (1, "") == (done.returncode, done.stderr)
    commands = [line.partition(",")[0] for line in done.stdout.splitlines() if line.startswith("::")]
    assert [f"::error file={ODD}/data-analyst.yaml"] == commands
    assert "已检查 16 个文件：1 个错误，0 个警告。" == done.stdout.splitlines()[-1]


@bash
def test_the_action_takes_inputs_as_data(validate: Run, repository: Path) -> None:
    """What looks like a command or an option is none."""
    tricks = ("--version", "; touch c", "$(touch c)", "`touch c`", '"', "*")
    done = validate(path="\n".join(tricks))
    assert len(tricks) == done.stdout.count("title=kpicard no-such-path")
    for name in ("format", "lang", "select", "ignore"):
        assert 2 == validate(**{name: "$(touch c)"}).returncode
        assert 2 == validate(**{name: "--version"}).returncode
    assert not (repository / "c").exists()


@bash
def test_the_action_counts_warnings_where_they_are_to_count(validate: Run) -> None:
    """`strict` is true or false, and nothing else is guessed at."""
    assert [0, 0, 0, 2] == [validate(strict=value).returncode for value in ("true", "false", "", "yes")]


@bash
def test_the_action_writes_a_report_to_a_file(validate: Run, repository: Path) -> None:
    """SARIF and JUnit are for files."""
    done = validate(format="sarif", output="the report.sarif")
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
    assert "2.1.0" == json.loads((repository / "the report.sarif").read_text(encoding="utf-8"))["version"]
    done = validate(format="junit", output="new folder/below/report.xml", path="  roles \r\n\r\n")
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
    assert (repository / "new folder" / "below" / "report.xml").exists()


@bash
def test_the_action_fails_without_roles(validate: Run, repository: Path) -> None:
    """The roles that come with kpicard are never checked in place of one's own."""
    shutil.rmtree(repository / "roles")
    done = validate()
    assert (2, True) == (done.returncode, "no folder of roles is named" in " ".join(done.stderr.split()))


@bash
@pytest.mark.parametrize(("version", "status"), [("3, 10", 2), ("3, 11", 0)])
def test_the_action_checks_the_python_that_it_finds(tmp_path: Path, version: str, status: int) -> None:
    """An older one is said, with what to add; nothing is installed then."""
    install = parsed(ROOT / "action.yml")["runs"]["steps"][0]["run"]
    check = install.partition('"$python" -m venv')[0]
    python = tmp_path / "python3"
    python.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = ({version}); $2"\n', "utf-8"
    )
    python.chmod(0o755)
    done = run_step(check, tmp_path, {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"})
    assert (status, bool(status)) == (done.returncode, "needs Python 3.11 or newer" in done.stdout)


def test_the_workflow_uses_the_action_and_the_command_as_they_are(kpicard: Run) -> None:
    """Every input and every option that it names is there."""
    steps = parsed(WORKFLOW)["jobs"]["rules"]["steps"]
    inputs = {name for step in steps if "/kpicard@" in step.get("uses", "") for name in step["with"]}
    assert inputs <= set(parsed(ROOT / "action.yml")["inputs"])
    commands = re.findall(r"kpicard (\w+) ([^>\n]*)", "\n".join(step.get("run", "") for step in steps))
    assert ["validate", "impact"] == [name for name, _ in commands]
    for name, rest in commands:
        known = kpicard(name, "--help").stdout
        assert [] == [word for word in shlex.split(rest) if word.startswith("--") and word not in known]


@bash
def test_the_workflow_uploads_problems_and_hides_no_crash(repository: Path) -> None:
    """Its SARIF step passes with problems, since another step fails for them, and fails without a report."""
    (script,) = [step["run"] for step in parsed(WORKFLOW)["jobs"]["rules"]["steps"] if "sarif" in step.get("run", "")]
    (repository / "roles" / "department.yaml").unlink()
    assert 0 == run_step(script, repository, {}, "-e").returncode
    assert 1 == len(json.loads((repository / "kpicard.sarif").read_text(encoding="utf-8"))["runs"][0]["results"])
    assert 0 != run_step(script.replace("--strict", "--bogus"), repository, {}, "-e").returncode


def test_the_hook_runs_the_command_where_roles_change(kpicard: Run, repository: Path) -> None:
    """It checks the whole folder whenever a file in it changes, and nothing else."""
    (hook,) = parsed(ROOT / ".pre-commit-hooks.yaml")
    files = ["roles/a.yaml", "roles/department.yml", "roles/a/b.yaml", "actuals/a.yaml", "roles/a.md"]
    assert files[:2] == [file for file in files if re.search(hook["files"], file)]
    assert hook["pass_filenames"] is False
    words: list[str] = [*hook["entry"].split(), *hook["args"]]
    assert "kpicard" == words.pop(0)
    assert 0 == kpicard(*words, cwd=repository).returncode
    (repository / "roles" / "department.yaml").unlink()
    assert 1 == kpicard(*words, cwd=repository).returncode
