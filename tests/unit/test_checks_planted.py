"""A hundred planted errors over twenty files: all found in one run, at their places, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

Run = Callable[..., CompletedProcess[str]]

SHIPPED = Path(__file__).parents[2] / "roles"
MARKS = "¹²³⁴⁵"  # one for each slip of a file; none of them is in the shipped roles


class Slip(NamedTuple):
    """What is replaced: the nth match of a pattern, by what, with ¦ at the place of the problem, and its code."""

    nth: int
    pattern: str
    wrong: str
    code: str


# Each is about a field of its own, so that any five can be in one file.
IN_A_ROLE = [
    Slip(0, r"^id: .*$", r"id: ¦somebody", "id-not-file-name"),
    Slip(0, r"^purpose:", r"¦purposes:", "unknown-key"),
    Slip(0, r"^title: \{en: (.*)\}", r"title: {en: \1, ¦fr: Chef}", "unknown-key"),
    Slip(1, r"^    title: \{(.*)\}", r"    title: {\1, ¦zh: 又一个}", "duplicate-key"),
    Slip(2, r"^    title: .*$", r"    title: ¦[a, list]", "wrong-type"),
    Slip(0, r"^    weight: (\d+)", r"    weight: ¦\1%", "not-a-number"),
    Slip(0, r"^    target: ([\d.]+)", r"    target: ¦1234567890123", "number-out-of-range"),
    Slip(0, r"^    measures: \[(.*)\]", r"    measures: [\1, ¦nothing-at-all]", "unknown-responsibility"),
    Slip(6, r"^  - id: (.*)$", r"  - id: ¦\1_", "bad-id"),
    Slip(1, r"^    target: ([\d.]+)", r"    target: ¦over \1", "not-a-number"),
    Slip(1, r"^    measures: ", r"    measures: ¦&all ", "anchor"),
    Slip(2, r"^    name: \{en: [^,]*", r"    name: {en: ¦Target", "reserved-name"),
    Slip(2, r"^    better: .*$", r"    better: ¦more", "bad-choice"),
    Slip(3, r"^  - id: (.*)\n((?:    .*\n)*?)    better: .*\n", r"  - ¦id: \1\n\2", "missing-key"),
    Slip(3, r"^    unit: ", r"    unit: ¦!!str ", "tag"),
    Slip(3, r"^    measures: \[(.*)\]", r"    measures: [\1, ¦[\1]]", "wrong-type"),
]
IN_THE_DEPARTMENT = [
    Slip(0, r"^cap: 120", r"cap: ¦120%", "not-a-number"),
    Slip(0, r"from: 95", r"from: ¦110.0", "grades-out-of-order"),
    Slip(0, r"grade: C", r"grade: ¦S", "duplicate-grade"),
    Slip(0, r"coefficient: 0\.5", r"coefficient: ¦-0.5", "number-too-small"),
    Slip(0, r"zh: 待改进", r"zh: 待改进, ¦zh: 差", "duplicate-key"),
]


def _planted(text: str, slips: Iterable[Slip]) -> tuple[str, set[tuple[int, int, str]]]:
    """Return a text with slips, and the places at which they are to be found."""
    codes = {}
    for mark, slip in zip(MARKS, slips, strict=True):
        found = list(re.finditer(slip.pattern, text, re.MULTILINE))[slip.nth]
        text = text[: found.start()] + found.expand(slip.wrong).replace("¦", mark) + text[found.end() :]
        codes[mark] = slip.code
    lines = text.split("\n")
    places = {
        (number, len(re.sub(f"[{MARKS}]", "", line[: line.index(mark)])) + 1, code)
        for number, line in enumerate(lines, start=1)
        for mark, code in codes.items()
        if mark in line
    }
    return re.sub(f"[{MARKS}]", "", text), places


def test_a_hundred_errors_over_twenty_files_are_found_in_one_run(kpicard: Run, tmp_path: Path) -> None:
    """Nobody fixes one, runs again and meets the next; and nothing right is called wrong beside them."""
    text, places = _planted((SHIPPED / "department.yaml").read_text(encoding="utf-8"), IN_THE_DEPARTMENT)
    (tmp_path / "department.yaml").write_text(text, encoding="utf-8")
    expected = {("department.yaml", *place) for place in places}
    roles = [file for file in sorted(SHIPPED.glob("*.yaml")) if file.stem != "department"]
    for index in range(19):
        role = roles[index % len(roles)]
        id_ = f"{role.stem}-{index}"
        right = role.read_text(encoding="utf-8").replace(f"\nid: {role.stem}\n", f"\nid: {id_}\n")
        slips = [IN_A_ROLE[(5 * index + step) % len(IN_A_ROLE)] for step in range(5)]
        text, places = _planted(right, slips)
        (tmp_path / f"{id_}.yaml").write_text(text, encoding="utf-8")
        expected |= {(f"{id_}.yaml", *place) for place in places}
    assert 100 == len(expected)
    done = kpicard("validate", tmp_path, "--format", "json")
    said = json.loads(done.stdout)
    assert (1, "", 20) == (done.returncode, done.stderr, said["files"])
    found = [(Path(each["path"]).name, each["line"], each["column"], each["code"]) for each in said["problems"]]
    assert sorted(expected) == sorted(found)
