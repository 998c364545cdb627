"""The template engine as the report uses it: every text comes out as text, and a word that is missing is an error."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from decimal import Decimal
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kpicard.cards.values import Scored
from kpicard.messages import words_of
from kpicard.reports import figures
from kpicard.reports.html import svg as drawing
from kpicard.reports.rollup_notes import months_table
from kpicard.reports.summary import combined_lines
from kpicard.text import Language, Text, printable, say


def environment(language: Language) -> Environment:
    """Return the templates with the words and the figures of a language.

    Whatever a template puts out is escaped, and control and invisible characters in it are written out.
    """
    jinja = Environment(
        loader=PackageLoader("kpicard.reports", "html/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    both = words_of("summary", "card", "page")
    jinja.globals.update(
        w={word.replace("-", "_"): say(text, language) for word, text in both.items()},
        colon="：" if language == "zh" else ": ",
        comma="、" if language == "zh" else ", ",
        NONE=figures.NONE,
        bar=drawing.bar,
        share=drawing.share,
        extent=drawing.extent,
    )

    def in_language(text: Text | None) -> str:
        return "" if text is None else " ".join(say(text, language).split())

    def measured(scored: Scored) -> str:
        return figures.actual(scored, language)

    def target(scored: Scored) -> str:
        return figures.quantity(scored.target, scored, language)

    def level(scored: Scored) -> str:
        return "" if scored.score is None else _level(scored.score)

    jinja.filters.update(
        level=level,
        message=lambda problem: problem.message_in(language),
        hint=lambda problem: problem.hint_in(language),
        say=in_language,
        number=figures.number,
        points=figures.points,
        effective=figures.weight,
        percent=figures.percent,
        plain=figures.grouped,
        amount=figures.amount,
        months=lambda card: months_table(card, language),
        combined_lines=lambda summary: combined_lines(summary, language),
        who=figures.employee,
        measured=measured,
        target=target,
        grade=lambda card: figures.grade(card, language),
        counted=lambda adjusted: figures.counted(adjusted, language),
    )
    return jinja


def style() -> Markup:
    """Return the style sheet."""
    return _file("style.css")


def script() -> Markup:
    """Return the script that sorts and filters tables where scripts run."""
    return _file("script.js")


def policy(style: str, script: str) -> str:
    """Return the content security policy: nothing but this very style sheet and this very script, no network."""
    rules: Iterable[tuple[str, str]] = (
        ("default-src", "'none'"),
        ("style-src", _digest(style)),
        ("script-src", _digest(script)),
        ("base-uri", "'none'"),
        ("form-action", "'none'"),
    )
    return "; ".join(" ".join(rule) for rule in rules)


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _file(name: str) -> Markup:
    return Markup(files("kpicard.reports.html").joinpath(name).read_text("utf-8"))  # noqa: S704 - a file of our own


def _level(score: Decimal) -> str:
    return "met" if score >= 100 else "near" if score >= 60 else "short"


def _inert(value: Any) -> Any:
    return value if isinstance(value, Markup) else printable(str(value))
