"""The documentation is true: each page's commands run as printed, from its top to its end, and print what it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from kpicard.messages import words_of
from kpicard.quantities import read_quantity
from kpicard.reports.checks import checks_table
from kpicard.rules.lint.documentation import Example, documentation
from kpicard.rules.lint.registry import groups
from kpicard.text import Language, say
from kpicard.units import unit_of

WORDS: Final = words_of("card")

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
CHINESE_README = ROOT / "README.zh.md"
DOCS = ROOT / "docs"
PICTURES = Path("docs") / "pictures"
CHECKS: dict[str, Language] = {"checks.md": "en", "checks.zh.md": "zh"}  # these are generated, and have no commands
CHECKS_LEAD = {
    "en": (
        "The checks",
        """\
`kpicard validate` makes these checks. `kpicard validate --explain CHECK` prints one of them.
[Rules in git and CI](git.md) says how to choose checks and how to switch a warning off.""",
    ),
    "zh": (
        "检查项",
        """\
以下是 `kpicard validate` 所做的全部检查。`kpicard validate --explain 检查项` 可查看其中一项的说明。
如何选择检查项、如何关闭某条警告，见 [README.zh.md](../README.zh.md#检查规则)。""",
    ),
}
PAGES = [README, CHINESE_README, *sorted(page for page in DOCS.glob("*.md") if page.name not in CHECKS)]
WITH_LINKS = [*PAGES, *(DOCS / name for name in CHECKS), ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
_BLOCK = re.compile(r"^```(sh|console|python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ANY_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_SETUP = "python3 -m venv"  # these need a fresh clone and the package registry: `.ci/run` runs them


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _run(command: list[str], folder: Path, lang: str = "") -> tuple[int, str]:
    """Run a command as a reader would, with `kpicard` on the path; return its status and all that it prints."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "KPICARD"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    done = subprocess.run(
        command,
        cwd=folder,
        env={**kept, "PATH": path, "COLUMNS": "100", **({"LANG": lang} if lang else {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout


def _replayed(page: Path, folder: Path) -> str:
    """Run each block of a page; return the page with what they printed."""
    lang = "zh_CN.UTF-8" if page.name.endswith(".zh.md") else ""
    printed = ""

    def replay(block: re.Match[str]) -> str:
        nonlocal printed
        kind, body = block[1], block[2]
        if kind == "console":
            commands = [line for line in body.splitlines() if line.startswith("$ ")]
            body = "".join(f"{line}\n{_run(['bash', '-c', line[2:]], folder, lang)[1]}" for line in commands)
        elif kind == "python":
            _, printed = _run([sys.executable, "-c", body], folder)
        elif kind == "text":
            body = printed
        elif _SETUP not in body:
            status, printed = _run(["bash", "-ec", body], folder, lang)
            assert (0, body) == (status, body), printed
        return f"```{kind}\n{body}```"

    return _BLOCK.sub(replay, page.read_text("utf-8"))


def _pictures(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in sorted((folder / PICTURES).glob("*.svg"))}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_command_of_a_page_runs_and_prints_what_is_shown(
    page: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """In a folder of its own with the examples and the roles. `--update-golden` writes the page and its pictures."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "roles", tmp_path / "roles")
    actual = _replayed(page, tmp_path)
    assert [] == re.findall(r"^Traceback .*|.*: command not found$", actual, re.MULTILINE)
    if request.config.getoption("--update-golden"):
        page.write_text(actual, "utf-8")
        for name, picture in _pictures(tmp_path).items():
            (ROOT / PICTURES / name).write_text(picture, "utf-8")
    assert page.read_text("utf-8") == actual, "if the new text is right: pytest --update-golden"
    kept = {
        name: picture for name, picture in _pictures(ROOT).items() if f"--output {PICTURES.as_posix()}/{name}" in actual
    }
    assert kept == _pictures(tmp_path), "if the new pictures are right: pytest --update-golden"


def _example(example: Example, language: Language) -> str:
    words = {"en": ("Good", "Bad", ", at "), "zh": ("正例", "反例", "，问题位于 ")}[language]
    place = f"{words[2]}{example.place[0]}:{example.place[1]}" if example.place else ""
    return f"{words[not example.is_good]} `{example.file}`{place}:\n\n```yaml\n{example.text.rstrip()}\n```"


def _checks_page(language: Language) -> str:
    """Return the page of all checks: a table, and a section for each, whose heading is its id."""
    title, lead = CHECKS_LEAD[language]
    table = re.sub(r"^\| `([a-z0-9-]+)`", r"| [`\1`](#\1)", checks_table(language), flags=re.MULTILINE)
    sections = []
    for id_ in groups():
        check = documentation(id_)
        severity = say(WORDS[check.severity], language)
        examples = [_example(example, language) for example in check.examples]
        sections.append("\n\n".join([f"## {id_}", f"*{severity}*", say(check.text, language), *examples]))
    return "\n\n".join([f"# {title}", lead, table.rstrip(), *sections]) + "\n"


@pytest.mark.parametrize("name", CHECKS)
def test_the_page_of_the_checks_is_the_one_that_their_documentation_makes(
    name: str, request: pytest.FixtureRequest
) -> None:
    """In both languages; `--update-golden` writes the page."""
    page = DOCS / name
    if request.config.getoption("--update-golden"):
        page.write_text(_checks_page(CHECKS[name]), "utf-8")
    assert page.read_text("utf-8") == _checks_page(CHECKS[name])


def _anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", _ANY_BLOCK.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", WITH_LINKS, ids=_name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    """To a file of the project, and to a heading that it has."""
    broken = []
    for link in re.findall(r"\]\((?!https:)([^)\s]+)\)", _ANY_BLOCK.sub("", page.read_text("utf-8"))):
        path, _, anchor = link.partition("#")
        target = page if not path else (page.parent / path).resolve()
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(link)
    assert [] == broken


def test_every_page_and_picture_can_be_reached() -> None:
    """The index links each page, and a page each picture."""
    index = (DOCS / "README.md").read_text("utf-8")
    pages = [page.name for page in sorted(DOCS.glob("*.md")) if page.name != "README.md"]
    assert pages == [name for name in pages if f"({name})" in index]
    texts = "".join(page.read_text("utf-8") for page in PAGES)
    pictures = [file.name for file in (ROOT / PICTURES).iterdir() if file.suffix in {".png", ".svg"}]
    assert pictures == [name for name in pictures if f"pictures/{name})" in texts]
    assert [] == [name for name in pictures if (ROOT / PICTURES / name).stat().st_size > 200_000]


def test_the_readme_is_short() -> None:
    """At most 9 KB."""
    assert len(README.read_bytes()) <= 9 * 1024


def test_continuous_integration_runs_the_readmes_commands_as_they_are_written() -> None:
    """Both commands that set up an environment stand in `.ci/run` and in the Chinese README, to the letter."""
    commands = [block[2].strip() for block in _BLOCK.finditer(README.read_text("utf-8")) if _SETUP in block[2]]
    for other in (ROOT / ".ci" / "run", CHINESE_README):
        text = other.read_text("utf-8")
        assert [2, True, True] == [len(commands), *(command in text for command in commands)]


@pytest.mark.parametrize("page", [DOCS / "README.md", CHINESE_README], ids=_name)
def test_every_command_is_in_the_index_and_in_the_chinese_readme(page: Path) -> None:
    """No command is left out of their tables."""
    text, (_, printed) = page.read_text("utf-8"), _run(["kpicard", "--help"], ROOT)
    commands = printed.partition("Commands:")[2].partition("Exit status:")[0]
    listed = re.findall(r"^  (\S+)", commands, re.MULTILINE)  # what a summary is wrapped to stands further right
    assert listed != []
    assert listed == [command for command in listed if f"| `kpicard {command}" in text]


def _code(cell: str) -> list[str]:
    return re.findall("`([^`]+)`", cell)


@pytest.mark.parametrize(
    ("page", "heading"),
    [(DOCS / "actuals.md", "| written | under the unit | is |"), (CHINESE_README, "| 写法 | 指标单位 | 读作 |")],
    ids=["actuals.md", "README.zh.md"],
)
def test_the_figures_of_a_page_are_read_as_it_says(page: Path, heading: str) -> None:
    """Each spelling of the table, under each unit, comes to the value beside it."""
    _, _, table = page.read_text("utf-8").partition(f"{heading}\n|---|---|---|\n")
    rows = [line.strip("| ").split(" | ") for line in table.partition("\n\n")[0].splitlines()]
    assert len(rows) >= 9
    for written, units, values in rows:
        for unit, value in zip(units.split("; "), values.split("; "), strict=True):
            kind = unit_of("次" if unit in {"any", "任意"} else re.split("[,，]", unit)[0])
            found = {spelling: read_quantity(spelling, kind, Decimal(5)).value for spelling in _code(written)}
            assert dict.fromkeys(_code(written), Decimal(value)) == found, unit


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_github_understands_the_workflows(file: Path) -> None:
    """They are right by the schema that editors use."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(file)]
    assert 0 == subprocess.run(command, capture_output=True, check=False).returncode


def test_the_workflow_does_what_the_project_does_by_itself() -> None:
    """Pushes and pull requests run `.ci/run` and `.ci/floors`."""
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert [True] * 4 == [word in text for word in ("push:", "pull_request:", "run: .ci/run", "run: .ci/floors")]
