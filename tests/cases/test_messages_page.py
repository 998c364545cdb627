"""The catalogue of problems as one page to read, and held against docs/messages.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kpicard.messages import catalogue
from kpicard.rules.lint.documentation import documentation
from kpicard.rules.lint.registry import groups

Golden = Callable[[str, str], None]

CASES = Path(__file__).parent
AVOIDED = re.compile(
    r"\b(mend(s|ed|ing)?|found out|(?<!there )is no (?!longer)\w+|(?<!there )are no (?!longer)\w+|is none of|not seen"
    r"|does not do|is another than|stands? (behind|under)|hangs? on|it is said)\b"
)
"""What the page says that messages do not say."""


def _inputs() -> dict[str, str]:
    """Return for each code the first case that brings it about."""
    found: dict[str, str] = {}
    for file in sorted(CASES.glob("*/*/expected.txt")):
        for line in file.read_text("utf-8").splitlines():
            found.setdefault(line.rpartition(" ")[2], f"{file.parent.parent.name}/{file.parent.name}")
    for id_ in groups():
        if documentation(id_).examples:
            found.setdefault(id_, f"validate --explain {id_}")
    return found


def test_all_messages_are_on_one_page(golden: Golden) -> None:
    """English beside Chinese, each with what brings it about, for a person to read through."""
    inputs = _inputs()
    lines = ["# Every problem, in both languages", ""]
    for code, entry in sorted(catalogue().items()):
        lines += [f"## {code}", "", f"{entry.severity}; {inputs.get(code, 'see the tests that name it')}", ""]
        lines += ["| English | 中文 |", "|---|---|"]
        texts = (entry.message, *entry.hints)
        lines += [f"| {text.en} | {text.zh} |".replace("\n", " ") for text in texts]
        lines.append("")
    golden("messages.md", "\n".join(lines))


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_message_is_in_plain_words(code: str) -> None:
    """As docs/messages.md asks: nothing that its table has under `before`."""
    entry = catalogue()[code]
    for text in (entry.message, *entry.hints):
        assert not AVOIDED.search(text.en), text.en
        assert len(text.en) < 260
