"""Blocks as PDF on A4: the data of pages, set by Typst with this machine's fonts; the same bytes from run to run."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, cast

import msgspec
import typst

from kpicard.files import write_whole
from kpicard.reports import NoChineseFontError
from kpicard.reports.blocks import Block
from kpicard.reports.formats.page import document
from kpicard.text import Language

FONTS: Final = "KPICARD_FONTS"
"""The variable that names a folder of further fonts."""

_LATIN: Final[tuple[str, ...]] = (
    "Noto Sans",
    "Source Sans 3",
    "Helvetica Neue",
    "Segoe UI",
    "Arial",
    "Liberation Sans",
    "DejaVu Sans",
)
_CHINESE: Final[tuple[str, ...]] = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Microsoft YaHei"),
    *("Hiragino Sans GB", "Heiti SC", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Serif CJK SC"),
    *("Source Han Serif SC", "Songti SC", "SimSun", "Droid Sans Fallback"),
)
"""The fonts that a page is set in, the best first."""

_HAN: Final = range(0x2E80, 0xA000)


def write_file(blocks: Iterable[Block], language: Language, path: Path) -> None:
    """Write a document to a file, whole or not at all. Raises NoChineseFontError, and OSError."""
    done = rendered(blocks, language)
    write_whole(path, lambda new: new.write_bytes(done))


def rendered(blocks: Iterable[Block], language: Language) -> bytes:
    """Return a document as PDF. Raises NoChineseFontError."""
    values = document(blocks, language)
    data = msgspec.json.encode({**values, "sheets": list(values["sheets"])}).decode()
    latin, chinese = fonts_found()
    if not chinese and any(ord(each) in _HAN for each in data):
        raise NoChineseFontError
    found = [*chinese, *latin] if language == "zh" else [*latin, *chinese]
    inputs = {"data": data, "fonts": msgspec.json.encode(found or ["Libertinus Serif"]).decode()}
    done = _compiler().compile(input=_template(), format="pdf", sys_inputs=inputs)
    return cast("bytes", done)  # of PDF, there is one file


def _folders() -> list[str]:
    folder = os.environ.get(FONTS)
    return [folder] if folder else []


_OF_THREAD: Final = threading.local()


def _compiler() -> typst.Compiler:
    """Return the one compiler of this thread, which has read the fonts already."""
    if not hasattr(_OF_THREAD, "compiler"):
        _OF_THREAD.compiler = typst.Compiler(font_paths=_folders())
    compiler: typst.Compiler = _OF_THREAD.compiler
    return compiler


@cache
def fonts_found() -> tuple[list[str], list[str]]:
    """Return which of the fonts are there: the best for Latin and the best for Chinese."""
    there = set(typst.Fonts(font_paths=_folders()).families())
    latin, chinese = ([name for name in names if name in there][:1] for names in (_LATIN, _CHINESE))
    return latin, chinese


@cache
def _template() -> bytes:
    return files("kpicard.reports").joinpath("templates", "page.typ").read_bytes()
