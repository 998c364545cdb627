"""Fuzzing of the reports: whatever the texts of rules and actuals are, each report is well-formed and they are text."""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt
from openpyxl import load_workbook

import kpicard
from kpicard import reports
from kpicard.cards.trend import trend
from kpicard.reports.card_files import write_folder
from kpicard.reports.duty_sheet import DutySheets
from kpicard.rules.load import Checked, check_files
from kpicard.text import Language, printable
from tests.html_reader import Element

WORDS: Final = (
    *("<script>", "</script>", "<!--", "-->", "]]>", "<![CDATA[", "</td>", '"', "'", "&lt;", "&#x41;", "onload=x"),
    *("javascript:", "http://x.y", "![i](u)", "[a](b)", "**", "__", "~~", "``", "\\", "| a |", "\n", "\r", "# ", "- "),
    *("1. ", "> ", "---", "[red]", "[/]", "[link=x]", ":smile:", "{0}", "%s", "{{ 1 }}", "{% raw %}", "{#", "$x$"),
    *("=1+1", "@SUM(1)", "+1", "-1", "\t=", "=cmd|' /C calc'!A0", "_x000D_", "_x0041_", "<r>", "'x", "007", "1e5"),
    *("\x00", "\x1b[31m", "\x1b]8;;x\x07", "\x07", "\x08", "\x7f", "\x85", "\x9b", "\u200b", "\u200f", "\u202e"),
    *(
        "\u2028",
        "\u2066",
        "\ufeff",
        "\ufffe",
        "\uffff",
        "\u0301",
        "\u3000",
        "\u00a0",
        "😀",
        "👨\u200d👩",
        "客服",
        "مرحبا",
    ),
    *("../", "CON", ".", "..", "/", "\xff", "%", "s", "h", "points", "元", "分", "\xad", "\U000e0041", "\u180e"),
    *("scores", "summary", "trend", "explain", "roles", "problems", " zh", b"\xff"),
)
"""What markup, formulas and terminals' languages are made of; a byte FF parts one text from the next."""

SEEDS: Final = ()

_TEXTS: Final = 12
_PLAIN: Final = [f"plain {chr(97 + index)}" for index in range(_TEXTS)]
_UNSAFE: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_MARKDOWN: Final = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_KINDS: Final = {
    "scores": reports.SCORES,
    "summary": reports.SUMMARY,
    "trend": reports.TREND,
    "explain": reports.EXPLAIN,
    "roles": reports.ROLES,
    "problems": reports.PROBLEMS,
}

Bones = frozenset[tuple[str, ...]]
"""What a report is made of, without its texts: tags with the names of their attributes, or kinds of tokens."""


def check(data: bytes) -> None:
    """Render some texts in every report of one kind; raise AssertionError where one is unsafe.

    The first text says the kind and the language: `trend zh`.
    """
    head, *texts = (part.decode("utf-8", "replace") for part in data.split(b"\xff"))
    kind = next((each for each in _KINDS if each in head), "scores")
    language: Language = "zh" if "zh" in head else "en"
    with tempfile.TemporaryDirectory() as folder:
        people = _write(Path(folder), texts or [head])
        results = _results(Path(folder))
        _check_people(results["scores"], people)
        for format_ in _KINDS[kind]:
            _check_report(kind, format_, _report(kind, format_, results[kind], language), language)
        if kind == "scores":
            _check_folder(results["scores"], language, Path(folder) / "cards")


def _write(folder: Path, texts: Sequence[str]) -> list[str]:
    """Write rules and actuals that have the texts in every place for one; return the employees."""
    at = [texts[index % len(texts)] for index in range(_TEXTS)]
    names = [f"{at[index]}{index}" for index in range(3)]
    (folder / "roles").mkdir()
    department = {
        "title": at[0],
        "grades": [
            {"grade": names[0], "from": 90, "coefficient": 1.2, "label": at[1]},
            {"grade": names[1], "from": 0, "coefficient": 1, "label": {"en": at[2], "zh": at[3]}},
        ],
    }
    role = {
        "id": "clerk",
        "title": {"en": at[4], "zh": at[5]},
        "purpose": at[6],
        "responsibilities": [{"id": "work", "title": at[7], "detail": at[8]}],
        "kpis": [
            {
                "id": "speed",
                "name": names[0],
                "weight": 60,
                "unit": at[9],
                "better": "lower",
                "target": 30,
                "definition": at[10],
                "source": at[11],
                "measures": ["work"],
            },
            {"id": "care", "name": {"en": names[1], "zh": names[2]}, "weight": 40, "better": "higher", "target": 9},
        ],
        "adjustments": [{"id": "praise", "name": at[2], "points_each": 2, "at_most": 4, "unit": at[3]}],
    }
    for name, rules in (("department", department), ("clerk", role)):
        (folder / "roles" / f"{name}.yaml").write_text(json.dumps(rules, ensure_ascii=False), "utf-8")
    people = list(dict.fromkeys(at[:4]))
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
        rows.writerow(("period", "employee", "name", "team", "role", "speed", "care", "praise"))
        for period in ("2026-09", "2026-10"):
            for index, employee in enumerate(people):
                more = at[4 + index], at[8 + index]
                rows.writerow((period, employee, *more, "clerk", 20 + index, 8, index))
    return people


def _results(folder: Path) -> Mapping[str, Any]:
    """Return what the reports are made from; where the texts are refused as rules, by other rules."""
    loaded = kpicard.load(folder / "roles")
    checked = check_files([folder / "roles"])
    rules = loaded.rules
    if any(problem.severity == "error" for problem in loaded.problems):
        with tempfile.TemporaryDirectory() as plain:
            _write(Path(plain), ["plain"])
            rules = kpicard.load(Path(plain) / "roles").rules
    scores = kpicard.score(rules, folder / "a.csv")
    scores = scores.with_problems(loaded.problems)
    return {
        "scores": scores,
        "summary": scores,
        "explain": scores,
        "trend": trend(scores),
        "roles": DutySheets(rules, tuple(rules.roles.values())),
        "problems": Checked(checked.files, scores.problems),
    }


def _report(kind: str, format_: str, result: object, language: Language) -> bytes:
    data = BytesIO()
    out = TextIOWrapper(data, "utf-8", errors="backslashreplace", newline="")
    try:
        reports.writer(_KINDS[kind], format_)(result, language, out)
    except reports.NoChineseFontError:  # it is told in words that this machine has none
        return b"%PDF-"
    out.flush()
    return data.getvalue()


@cache
def _plain_results() -> Sequence[Mapping[str, Any]]:
    """Return what reports are made from where all texts are plain, with and without problems."""
    results = []
    same = f" {_PLAIN[0]}"  # the same person as without the blank, so that cards are withheld
    units = ([*_PLAIN[:9], unit] for unit in "%s")
    for texts in (["plain"], _PLAIN, ["=1", *_PLAIN], ["@x", *_PLAIN], [same, *_PLAIN], [same, *_PLAIN[:1]], *units):
        with tempfile.TemporaryDirectory() as folder:
            _write(Path(folder), texts)
            results.append(_results(Path(folder)))
    return results


@cache
def _bones_of_plain(kind: str, format_: str, language: Language) -> Bones:
    bones = (_BONES[format_](_report(kind, format_, each[kind], language).decode()) for each in _plain_results())
    return frozenset[tuple[str, ...]]().union(*bones)


def _check_report(kind: str, format_: str, report: bytes, language: Language) -> None:
    if format_ == "xlsx":
        _check_workbook(report)
    elif format_ == "pdf":
        assert report.startswith(b"%PDF-")
    elif format_ != "parquet":
        text = report.decode("utf-8")
        if format_ not in {"csv", "json", "sarif"}:
            assert not _UNSAFE.search(text), f"{kind} {format_}"
        if format_ in _BONES:
            more = _BONES[format_](text) - _bones_of_plain(kind, format_, language)
            assert not more, f"{kind} {format_}: {more}"
        elif format_ in {"json", "sarif"}:
            json.loads(text)
        elif format_ == "csv":
            widths = {len(row) for row in csv.reader(StringIO(text, newline=""), strict=True)}
            assert len(widths) == 1, widths
        elif format_ == "github":
            assert all(line.startswith("::") for line in text.splitlines()[:-1]), text


def _html_bones(text: str) -> Bones:
    """Tags with their attributes' names; the only script and style are the page's own."""
    root = Element.read(text)
    assert len(list(root.all("script"))) == len(list(root.all("style"))) == 1
    for link in (each.attributes[name] for each in root.all() for name in each.attributes if name in {"href", "src"}):
        assert link.startswith("#"), link
    return frozenset((each.tag, *sorted(each.attributes)) for each in root.all())


def _xml_bones(text: str) -> Bones:
    return frozenset((each.tag, *sorted(each.attrib)) for each in ET.fromstring(text).iter())  # noqa: S314 - our own


def _markdown_bones(text: str) -> Bones:
    """Kinds of tokens, as another reader of Markdown finds them."""
    tokens = _MARKDOWN.parse(text)
    return frozenset((each.type,) for token in tokens for each in (token, *(token.children or ())))


_BONES: Final[Mapping[str, Callable[[str], Bones]]] = {
    "html": _html_bones,
    "svg": _xml_bones,
    "junit": _xml_bones,
    "markdown": _markdown_bones,
}


def _check_workbook(report: bytes) -> None:
    """A workbook opens, and what begins as a formula is a text unless it is one of the program's own."""
    book = load_workbook(BytesIO(report))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                own = re.match(
                    r"=(?:ROUND|LOOKUP|IF|INDEX|SUM|COUNTIF|COUNT|AVERAGE|MEDIAN|MAX|MIN|[A-Z$]+\d)", str(cell.value)
                )
                assert cell.data_type != "f" or own, cell.value


def _check_people(scores: kpicard.Scorecards, people: Sequence[str]) -> None:
    """Whoever is in the file has a card, or there is a problem; ids stand in CSV and JSON as they were written."""
    cards = {card.employee for card in scores.cards}
    if not scores.problems:
        assert cards == {each.strip() for each in people}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.csv"
        scores.write_csv(path)
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, strict=True))[1:]
    assert cards == {row[1] for row in rows}
    found = json.loads(_report("scores", "json", scores, "en"))["cards"]
    assert cards == {card["employee"] for card in found}
    assert all(printable(str(card["name"])) for card in found)


def _check_folder(scores: kpicard.Scorecards, language: Language, folder: Path) -> None:
    """Each card has a file of its own, right in the folder, whose name every file system takes."""
    write_folder(scores, language, folder)
    names = {file.name for file in folder.iterdir()}
    assert len({name.casefold() for name in names}) == len(scores.cards) + 2  # the index, and the list of the files
    assert all(re.fullmatch(r"[\w.@+-]{1,200}", name) for name in names)
    for file in folder.iterdir():
        assert not _UNSAFE.search(file.read_text("utf-8"))
