"""Problems as JUnit XML, which most CI systems show: a suite per file, a case per problem.

Elements and attributes are those of `junit-10.xsd` of Jenkins' xUnit plugin, which refuses others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO
from xml.etree import ElementTree as ET

from kpicard.problems import Problem
from kpicard.rules.load import Checked
from kpicard.text import Both, Language, printable, say

_NO_PROBLEMS = Both("no problems", "没有问题")


def write(checked: Checked, language: Language, out: TextIO) -> None:
    """Write a suite for each file that was checked, and for each path that could not be."""
    found: dict[str, list[Problem]] = {str(file): [] for file in checked.files}
    for problem in checked.problems:
        found.setdefault(problem.path, []).append(problem)
    root = ET.Element("testsuites", name="kpicard validate")
    for path, problems in found.items():
        _add_suite(root, path, problems, language, strict=checked.strict)
    _count(root)
    ET.indent(root)
    out.write(f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n')


def _add_suite(root: ET.Element, path: str, problems: Sequence[Problem], language: Language, *, strict: bool) -> None:
    suite = ET.SubElement(root, "testsuite", name=printable(path), file=printable(path))
    if not problems:
        ET.SubElement(suite, "testcase", classname=printable(path), name=say(_NO_PROBLEMS, language), time="0")
    for problem in problems:
        message = printable(problem.message_in(language))
        place = ":".join(str(part) for part in (problem.line, problem.column) if part is not None)
        name = f"{problem.code} {place}".rstrip()
        case = ET.SubElement(suite, "testcase", classname=printable(path), name=name, time="0")
        if problem.severity == "error" or strict:
            said = ET.SubElement(case, "failure", type=problem.severity, message=message)
        else:
            said = ET.SubElement(case, "system-out")
        said.text = f"{printable(problem.place)}: {message}\n{printable(problem.hint_in(language))}".rstrip()
    _count(suite)


def _count(element: ET.Element) -> None:
    """Note how many cases there are below an element, and how many of them failed."""
    for name, tag in (("tests", "testcase"), ("failures", "failure")):
        element.set(name, str(sum(1 for _ in element.iter(tag))))
    element.set("errors", "0")
    element.set("time", "0")  # many readers ask for it
