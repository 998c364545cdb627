"""Both languages whole: nothing that the program says is there in one of them only."""

from __future__ import annotations

import ast
import errno
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

import kpicard as package
from kpicard.cli.app import COMMANDS, app_without_commands, register
from kpicard.cli.help_in_chinese import Layout, unbroken
from kpicard.cli.options import command_language
from kpicard.messages import catalogue, chinese_of, reason_in
from kpicard.problems import Problem
from kpicard.rules.schema import SCHEMAS, schema
from kpicard.rules.yaml_reader import read_document
from kpicard.text import Both

Run = Callable[..., CompletedProcess[str]]

PACKAGE = Path(package.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "roles" not in path.relative_to(PACKAGE).parts[:1])

CHINESE = re.compile("[\u4e00-\u9fff]")
OTHER_VALUES = {"{points} points each", "{who} and {count} more"}
"""English texts that quote other values than the Chinese: 每次 5 分 names what is counted, 等共 8 人 counts all."""

SENTENCE = re.compile(r"[A-Za-z]{2,}(?:[ ,;:]+[a-z]{2,}){2,}")
"""Three English words in a row."""


# What the program says


def _called(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def _both() -> list[Any]:
    """Return each text in both languages that is written in the package, with its place."""
    found = []
    for module in MODULES:
        for call in _called(ast.parse(module.read_text(encoding="utf-8")), "Both"):
            words = [word.value for word in call.args if isinstance(word, ast.Constant)]
            if words and len(words) == len(call.args):
                place = f"{module.relative_to(PACKAGE)}:{call.lineno}"
                found.append(pytest.param(Both(*map(str, words)), id=place))
    for file in sorted((PACKAGE / "messages").glob("*.json")):
        for place, text in _texts_in(json.loads(file.read_text("utf-8")), file.stem):
            found.append(pytest.param(text, id=f"messages/{place}"))
    return found


def _texts_in(data: Any, place: str) -> Iterator[tuple[str, Both]]:
    """Yield the texts in both languages of a page of messages, each with its place."""
    if isinstance(data, dict) and "en" in data:
        yield place, Both(data["en"], data["zh"])
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        yield from _texts_in(value, f"{place}:{key}")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_there_are_texts_to_look_at() -> None:
    """The search below finds the texts of all parts of the program."""
    places = {str(each.id) for each in _both()}
    for part in ("messages/problems", "messages/reports", "cli", "actuals", "fill_in", "rules"):
        assert [place for place in places if place.startswith(part)]


@pytest.mark.parametrize("text", _both())
def test_a_text_says_the_same_in_both_languages(text: Both) -> None:
    """Both are there, quote the same values, and the Chinese one is Chinese."""
    assert text.en.strip()
    assert text.zh.strip()
    assert _placeholders(text.en) == _placeholders(text.zh) or text.en in OTHER_VALUES
    assert CHINESE.search(text.zh) or not re.search("[A-Za-z]", re.sub("{[^}]*}", "", text.zh))
    assert not CHINESE.search(text.en.replace("3.2万", ""))


@pytest.mark.parametrize("code", catalogue())
def test_a_problem_is_said_in_both_languages(code: str) -> None:
    """So are its hints."""
    entry = catalogue()[code]
    for text in (entry.message, *entry.hints):
        assert CHINESE.search(text.zh)
        assert _placeholders(text.en) == _placeholders(text.zh)


@pytest.mark.parametrize("code", catalogue())
def test_chinese_problems_have_chinese_punctuation(code: str) -> None:
    """A comma, a colon or a bracket beside a Chinese character is full-width."""
    entry = catalogue()[code]
    for text in (entry.message, *entry.hints):
        assert not re.search(r"[\u4e00-\u9fff][,;:!?()]|[,;!?()][\u4e00-\u9fff]", text.zh)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_choice_of_words_by_language_has_chinese_ones(module: Path) -> None:
    """In `… if language == "zh" else …` the first has Chinese words where the second has words."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.IfExp) and isinstance(node.test, ast.Compare):
            choice = [each.value for each in ast.walk(node.test) if isinstance(each, ast.Constant)]
            chinese, english = _literal(node.body), _literal(node.orelse)
            if choice == ["zh"] and re.search("[A-Za-z]{2}", english) and chinese != "zh-CN":
                assert CHINESE.search(chinese) or (chinese and not re.search("[A-Za-z]", chinese))


def _literal(node: ast.expr) -> str:
    return "".join(str(each.value) for each in ast.walk(node) if isinstance(each, ast.Constant))


# The command line


def _help_texts() -> Iterator[tuple[str, str]]:
    """Yield every text of the help with the command that has it: paragraphs, and lines where lines are kept."""
    app = app_without_commands()
    register(app, COMMANDS)
    program: Any = get_command(app)
    for command in (program, *program.commands.values()):
        shown = [*(command.help or "").split("\n\n"), *(parameter.help or "" for parameter in command.params)]
        yield from ((command.name, " ".join(text.split())) for text in shown if text)
        written = [line for line in (command.epilog or "").split("\n") if line.strip("\b")]
        lines = [line.strip() for line in written if command is program or not line.startswith("  ")]
        yield from ((command.name, line) for line in lines)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_their_own_help_begins_with(name: str) -> None:
    """It is written down beside the names, so that it costs no import."""
    app = app_without_commands()
    register(app, [name])
    program: Any = get_command(app)
    assert COMMANDS[name] == " ".join(program.commands[name].help.split("\n\n")[0].split())


@pytest.mark.parametrize(("command", "text"), sorted(set(_help_texts())))
def test_every_text_of_the_help_has_chinese(command: str, text: str) -> None:
    """A command, an argument or an option that comes in new is translated with it."""
    assert text in chinese_of("help"), f"kpicard {command}: add the text to kpicard/cli/chinese"
    assert CHINESE.search(chinese_of("help")[text])


def test_no_translation_is_left_behind() -> None:
    """Where the English changes, its Chinese changes with it."""
    typers = {
        "Show this message and exit.",
        "Install completion for the current shell.",
        "Show completion for the current shell, to copy it or customize the installation.",
    }
    assert set() == set(chinese_of("help")) - {text for _, text in _help_texts()} - typers


@pytest.mark.parametrize("command", [None, *COMMANDS])
@pytest.mark.parametrize("columns", ["60", "80"])
def test_help_is_chinese_and_fits(kpicard: Run, command: str | None, columns: str) -> None:
    """No English sentence is left, and only commands that are to be copied are wider than the terminal."""
    done = kpicard(*filter(None, [command]), "--help", env={"LC_ALL": "zh_CN.UTF-8", "COLUMNS": columns})
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("用法：")
    prose = re.sub(r"^    (kpicard|#) .*$", "", done.stdout, flags=re.MULTILINE)
    assert not SENTENCE.findall(re.sub(r"`[^`]*`|Markdown|JSON Schema|YAML language server", "", prose))
    assert not re.findall("Usage|Options|Commands|Arguments|default|required|Examples", prose)
    for line in prose.splitlines():
        is_name = line.startswith("  ") and " " not in line.strip().rpartition(" ")[2] and "|" in line
        assert _width(line) <= int(columns) or is_name


def _width(line: str) -> int:
    return sum(2 if ord(character) >= 0x2E80 else 1 for character in line)


@pytest.mark.parametrize(
    "arguments",
    [["--lang", "zh", "score", "--help"], ["score", "--help", "--lang=zh"], ["score", "--lang", "zh", "-h"]],
)
def test_the_language_may_be_named_anywhere(kpicard: Run, arguments: list[str]) -> None:
    """Before the command and behind it, help is in the language that the command line asks for."""
    assert kpicard(*arguments).stdout.startswith("用法：")


def test_the_command_line_decides_against_the_environment(kpicard: Run) -> None:
    """Whoever asks for English gets it in a Chinese terminal, help and usage errors alike."""
    chinese = {"LANG": "zh_CN.UTF-8"}
    assert kpicard("score", "--help", "--lang", "en", env=chinese).stdout.startswith("Usage:")
    assert "Error: Missing argument 'FILE'." in kpicard("score", "--lang", "en", env=chinese).stderr


def test_the_language_before_the_command_is_that_of_the_report(kpicard: Run) -> None:
    """`kpicard --lang zh roles` reports as `kpicard roles --lang zh` does; what stands last counts."""
    chinese = kpicard("roles", "--lang", "zh").stdout
    assert chinese == kpicard("--lang", "zh", "roles").stdout
    assert kpicard("roles").stdout == kpicard("--lang", "zh", "roles", "--lang", "en").stdout != chinese


def test_what_follows_a_double_dash_names_no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words behind `--` are values."""
    monkeypatch.setenv("LC_ALL", "C")
    assert "en" == command_language(["score", "--", "--lang", "zh"])
    assert "zh" == command_language(["score", "--lang", "en", "--lang=zh"])
    assert "en" == command_language(["score", "--lang"])


WRONG_USES = {
    "scor": "没有命令“scor”，是否想写 score？",
    "nothing-like-it": "没有命令“nothing-like-it”。",
    "score": "缺少参数“文件”。",
    "template": "缺少选项 --period。",
    "summary x.csv --formatt csv": "没有选项 --formatt，是否想写 --format？",
    "score x.csv -x": "没有选项 -x。",
    "score x.csv --format": "选项 --format 需要一个值。",
    "score x.csv --verbose=1": "选项 --verbose 不能带值。",
    "schema role b c": "多余的参数：b c。",
    "template --period 2026-10 --roster .": "--roster 有误：“.”是文件夹，此处应为文件",
    "score x.csv --format cvs": "--format 有误：没有“cvs”；可选：",
    "score x.csv --lang fr": "--lang 有误：没有“fr”；可选：en、zh",
    "roles --period 13": "--period 有误：“13”不是有效的考核周期；请写年和月，如 2026-10",
    "roles nobody": "“岗位”有误：没有岗位“nobody”；现有岗位：",
    "roles custmer-service": "“岗位”有误：没有岗位“custmer-service”；是否想写“customer-service”？",
    "score x.csv --output x.what": "--output 有误：从“x.what”看不出报告格式",
    "score x.csv --output x/ --format csv": "--output 有误：文件夹中每张考核表写成一个文件，格式可为",
    "impact x.csv --output x/ --base a": "--output 有误：“x/”不是文件",
    "score x.csv --encoding klingon": "--encoding 有误：未知的编码“klingon”；可用编码如 utf-8、gb18030、utf-16",
    "score x.csv --expect-rules 1": "--expect-rules 有误：“1”不是规则指纹",
    "impact x.csv": "--base / --before 有误：请指定变更前的规则",
    "impact x.csv --before a --head b": "--head 有误：须与 `--base` 一起使用",
    "impact x.csv --base a --after b": "--after 有误：须与 `--before` 一起使用",
    "impact x.csv --before a --after b --roles c": "--after 有误：`--roles` 也指定了变更后的规则",
    "impact --base a": "“文件”有误：请指定实际值文件：没有可默认读取的文件夹 ./actuals",
    "template --period 2026-10 --output x.pdf": "--output 有误：“x.pdf”的扩展名应为 .csv 或 .xlsx",
    "validate --explain nothing-like-it": "--explain 有误：没有检查项“nothing-like-it”",
    "validate --explain weight-not-100": "--explain 有误：没有检查项“weight-not-100”；是否想写“weights-not-100”？",
    "validate --ignore yaml-syntax": "--ignore 有误：“yaml-syntax”不能忽略",
    "validate --select ,": "--select 有误：没有写明检查项",
    "validate --list --format junit": "--format 有误：检查项可输出为：text、",
}


@pytest.mark.parametrize(("words", "said"), WRONG_USES.items())
def test_a_wrong_use_is_said_in_chinese(kpicard: Run, tmp_path: Path, words: str, said: str) -> None:
    """Typer's own errors and the program's, below how the command is used; and nothing English beside it."""
    roles = str(Path(__file__).parents[2] / "roles")
    done = kpicard(*words.split(), cwd=tmp_path, env={"LC_ALL": "zh_CN.UTF-8", "KPICARD_ROLES": roles})
    assert (2, "") == (done.returncode, done.stdout)
    assert f"错误：{said}" in done.stderr
    assert not re.findall(r"\b(?:Usage|Try|Error|Invalid|Missing|Got|No such)\b", done.stderr)
    assert done.stderr.startswith("用法：") or "需要一个值" in said or "不能带值" in said


def test_no_command_at_all_shows_the_help_in_chinese(kpicard: Run) -> None:
    """As in English: the help, as an error."""
    done = kpicard(env={"LC_ALL": "zh_CN.UTF-8"})
    assert 2 == done.returncode
    assert done.stderr.startswith("用法：")
    assert "命令：" in done.stderr


def test_a_file_that_cannot_be_written_is_said_in_chinese(kpicard: Run, tmp_path: Path) -> None:
    """With the system's reason."""
    (tmp_path / "file").touch()
    done = kpicard("init", "file/below", "--lang", "zh", cwd=tmp_path)
    assert 2 == done.returncode
    assert "错误：无法写入 " in done.stderr
    assert "路径中有一部分不是文件夹" in done.stderr or "没有该文件或文件夹" in done.stderr


def test_chinese_help_is_as_quick_as_english(process: Run) -> None:
    """Nothing heavy is loaded for it."""
    done = process("score", "--help", "--lang", "zh", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert "kpicard.cli.help_in_chinese" in done.stderr
    assert [] == [name for name in ("duckdb", "rich", "kpicard.rules", "kpicard.problems") if name in done.stderr]


def test_hostile_words_are_shown_as_text(kpicard: Run) -> None:
    """What a wrong use quotes cannot act on the terminal."""
    done = kpicard("roles", "x\x1b[31m\u202e", "--lang", "zh")
    assert r"没有岗位“x\x1b[31m\u202e”" in done.stderr
    assert not set("\x1b\u202e") & set(done.stderr)


def _spoken() -> Iterator[Any]:
    """Yield the English sentences of the command line's modules that are not in both languages."""
    for module in sorted((PACKAGE / "cli").glob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        silent = {id(each) for call in _called(tree, "Both") for each in ast.walk(call)}
        silent |= {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}  # docstrings
        silent |= {id(key) for each in ast.walk(tree) if isinstance(each, ast.Dict) for key in _translated(each)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
                text = node.value
                if (
                    SENTENCE.search(text)
                    and " ".join(text.split()) not in chinese_of("help")
                    and not text.startswith("\b")
                ):
                    yield f"{module.name}:{node.lineno}: {text}"


def _translated(words: ast.Dict) -> Iterator[ast.expr]:
    """Yield the keys that have a Chinese text as their value."""
    for key, value in zip(words.keys, words.values, strict=True):
        if key is not None and CHINESE.search(_literal(value)):
            yield key


def test_the_command_line_says_nothing_in_english_only() -> None:
    """A sentence in its modules is help, which is translated, or is written in both languages."""
    assert [] == list(_spoken())


@given(st.text("天猫客服（，。：、）“”[] abc-./`1", max_size=80), st.integers(10, 40))
def test_wrapped_help_keeps_its_words_and_its_width(text: str, width: int) -> None:
    """No character is lost, and a line is too wide only where it cannot end earlier."""
    layout = Layout(width=width)
    layout.write_text(f"天{text}")
    assert "天" + "".join(text.split()) == "".join(layout.getvalue().split())
    for line in layout.getvalue().splitlines():
        assert _width(line) <= width or len(list(unbroken(line))) == 1


BAD_YAML = r"""a: b: c
a: [1, 2
a: {b: 1
a: 'x
a: "\q"
- a\nb: 1
a:\n  - b\n c: d
a: %x
\ta: 1
a: !<x
a: *
a: &
a: |x\n b
a: |0\n b
%FOO\n---\na: 1
a: ]
a: !x!y z
a: "\u12"
{a: 1}b
%YAML 9.9\n---\na: 1
a: 'x\n--- y'
%YAML 1.1\n%YAML 1.1\n---\na: 1
%TAG ! x
a: !%zz b
%YAML x"""


@pytest.mark.parametrize("text", BAD_YAML.splitlines())
def test_why_yaml_cannot_be_read_is_said_in_chinese(text: str, tmp_path: Path) -> None:
    """The reasons of the YAML library have no English words left."""
    file = tmp_path / "role.yaml"
    file.write_text(text.replace(r"\n", "\n").replace(r"\t", "\t"), encoding="utf-8")
    _, problems = read_document(file, "role.yaml")
    assert problems
    for problem in problems:
        assert not re.search("[a-z]{3}", problem.message_in("zh"))


def test_why_a_file_cannot_be_read_is_said_in_chinese() -> None:
    """The system's reasons too; one that nobody knows stays as it is."""
    problem = Problem("roles", None, None, "unreadable-file", {"reason": os.strerror(errno.EACCES)})
    expected = ("无法读取：没有权限", "kpicard cannot read it: Permission denied")
    assert expected == (problem.message_in("zh"), problem.message)
    assert "no such reason" == reason_in("no such reason", "zh")


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schemas_are_in_both_languages(kpicard: Run, kind: str) -> None:
    """Every description has Chinese, and nothing but the descriptions is another."""
    english = json.loads(kpicard("schema", kind).stdout)
    chinese = json.loads(kpicard("schema", kind, "--lang", "zh").stdout)
    assert set() == set(_descriptions(english)) - set(chinese_of("schema"))
    assert all(CHINESE.search(text) for text in _descriptions(chinese))
    assert len(list(_descriptions(english))) == len(list(_descriptions(chinese)))
    assert _bare(english) == _bare(chinese)


def test_no_description_of_the_schemas_is_left_behind() -> None:
    """Where a field goes or its English changes, so does its Chinese."""
    said = {text for kind in SCHEMAS for text in _descriptions(schema(kind))}
    assert set() == set(chinese_of("schema")) - said


def _bare(made: Any) -> Any:
    """Return a schema without its descriptions."""
    if isinstance(made, list):
        return [_bare(each) for each in made]
    if isinstance(made, dict):
        return {key: _bare(each) for key, each in made.items() if key != "description" or isinstance(each, dict)}
    return made


def _descriptions(made: Any) -> Iterator[str]:
    if isinstance(made, dict):
        if isinstance(made.get("description"), str):
            yield " ".join(made["description"].split())
        for each in made.values():
            yield from _descriptions(each)
    elif isinstance(made, list):
        for each in made:
            yield from _descriptions(each)
