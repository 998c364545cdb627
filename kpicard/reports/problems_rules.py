"""What SARIF says of a rule: the documentation of its check, or else the words of its problems."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kpicard.messages import catalogue
from kpicard.rules.lint.documentation import Example, documentation
from kpicard.rules.lint.registry import groups
from kpicard.text import Both, Language, say

_BAD = Both("Wrong", "错误示例")
_GOOD = Both("Right", "正确示例")


def rule(code: str, language: Language) -> dict[str, Any]:
    """Return a code as a SARIF rule."""
    summary, text, examples = _words(code, language)
    shown = "\n\n".join((text, *(_markdown(example, language) for example in examples)))
    return {
        "id": code,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": shown},
        "defaultConfiguration": {"level": catalogue()[code].severity},
    }


def _words(code: str, language: Language) -> tuple[str, str, Iterable[Example]]:
    """Return what a code is about, in a sentence and in full, and its examples."""
    if code in groups():
        published = documentation(code)
        return say(published.summary, language), say(published.text, language), published.examples
    entry = catalogue()[code]
    texts = [re.sub(r"{\w+}", "…", say(text, language)) for text in (entry.message, *entry.hints)]
    return texts[0], "\n".join(texts), ()


def _markdown(example: Example, language: Language) -> str:
    kind = say(_GOOD if example.is_good else _BAD, language)
    return f"**{kind}** `{example.file}`\n\n```yaml\n{example.text}```"
