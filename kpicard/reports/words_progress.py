"""What is being done, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpicard.progress import Doing
from kpicard.text import Both

WORDS: Final[Mapping[Doing, Both]] = {
    "reading": Both("Reading {what}", "正在读取 {what}"),
    "understanding": Both("Understanding the figures", "正在解析数据"),
    "checking": Both("Checking the figures", "正在核对数据"),
    "scoring": Both("Scoring", "正在计分"),
    "writing": Both("Writing {what}", "正在写入 {what}"),
}
COUNTED: Final = Both(" ({number} of {of})", "（{number}/{of}）")
