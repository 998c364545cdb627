"""Blocks as one HTML file that needs nothing and lets nothing in: every text comes out as text."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from kpicard.reports.blocks import Block
from kpicard.reports.formats.page import document
from kpicard.text import Language, printable


def write(blocks: Iterable[Block], language: Language, out: TextIO) -> None:
    """Write a document, sheet by sheet."""
    css, js = _file("style.css"), _file("script.js")
    values = document(blocks, language)
    out.writelines(_template().generate(**values, style=css, script=js, policy=_policy(css, js)))


@cache
def _template() -> Template:
    """Return the page: whatever it puts out is escaped, a word that is missing is an error.

    Control and invisible characters are written out. Drawings are our own, and escaped where they are made.
    """
    jinja = Environment(
        loader=PackageLoader("kpicard.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters["svg"] = Markup
    return jinja.get_template("page.html.jinja")


def _policy(style: str, script: str) -> str:
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


@cache
def _file(name: str) -> Markup:
    text = files("kpicard.reports").joinpath("templates", name).read_text("utf-8")
    return Markup(text)  # noqa: S704 - a file of our own


def _inert(value: Any) -> Any:
    return value if isinstance(value, Markup) else printable(str(value))
