"""The exported JSON Schemas: fresh, in editors' reach, and of one mind with the loader as far as a schema can be."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
KINDS = ("role", "department")

REFUSED = {
    *("unknown-key", "missing-key", "wrong-type", "not-a-number", "bad-choice", "bad-id", "not-a-period"),
    *("number-too-small", "number-too-large", "too-few", "too-many"),
}
"""What a schema can refuse."""

OF_YAML = {"alias", "anchor", "bad-key", "duplicate-key", "merge-key", "second-document", "tag", "yaml-syntax"}
"""What is refused before a schema is asked; on some of it a loader of YAML for schemas stops."""

NOT_BY_A_SCHEMA = {
    "number-bare-point": "`.5` is a number to YAML",
    "number-point-last": "so is `5.`",
    "number-exponent": "so is 1e3",
    "number-infinity": "so is .inf",
    "number-hexadecimal": "so is 0x1F",
    "number-underscore": "so is 1_000 to some readers",
}


def kind(file: Path) -> str:
    return "department" if file.name.startswith("department.") else "role"


def check(kind_: str, *files: Path) -> subprocess.CompletedProcess[str]:
    """Run check-jsonschema with the committed schema of a kind."""
    schema = ROOT / "roles" / f"{kind_}.schema.json"
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *map(str, files)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("kind_", KINDS)
def test_the_committed_schemas_are_those_that_the_command_prints(kpicard: Run, kind_: str) -> None:
    """After a change of the models: `kpicard schema role >roles/role.schema.json`, and so for the department."""
    committed = (ROOT / "roles" / f"{kind_}.schema.json").read_text("utf-8")
    assert committed == kpicard("schema", kind_).stdout


def test_the_schemas_are_schemas() -> None:
    """Both are right by the schema of schemas."""
    files = [str(ROOT / "roles" / f"{kind_}.schema.json") for kind_ in KINDS]
    command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", *files]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("kind_", KINDS)
def test_what_the_loader_takes_the_schema_takes(kind_: str) -> None:
    """All valid cases, the shipped roles and the starters; none is refused for its style."""
    found = [*CASES.glob("valid/*/*.y*ml"), *ROOT.glob("roles/*.yaml"), *ROOT.glob("kpicard/starter/*/roles/*.yaml")]
    files = [file for file in found if kind(file) == kind_ and not file.name.startswith(".")]
    assert len(files) > 3
    done = check(kind_, *files)
    assert "ok -- validation done" in done.stdout, done.stdout
    assert done.returncode == 0


def refusable() -> list[Path]:
    """Return the wrong files of the cases whose problems include one that a schema can say."""
    found = []
    for case in sorted(folder for folder in (CASES / "invalid").iterdir() if folder.is_dir()):
        lines = (case / "expected.txt").read_text("utf-8").splitlines()
        codes = {line.rpartition(" ")[2] for line in lines}
        names = {line.partition(":")[0] for line in lines if line.rpartition(" ")[2] in REFUSED}
        if not codes & OF_YAML and case.name not in NOT_BY_A_SCHEMA:
            found += [case / name for name in sorted(names) if (case / name).exists()]
    return found


def test_what_a_schema_can_refuse_it_refuses() -> None:
    """Each wrong file with an unknown or missing key, a wrong kind of value or a number out of its bounds."""
    files = refusable()
    assert len(files) > 60
    taken: list[str] = []
    for kind_ in KINDS:
        own = [file for file in files if kind(file) == kind_]
        done = check(kind_, *own)
        taken += [str(file.relative_to(CASES)) for file in own if str(file) not in done.stdout]
    assert [] == taken


def test_the_shipped_roles_name_their_schema_for_editors() -> None:
    """The comment that the YAML language server reads leads to the committed file, in every shipped role."""
    for file in sorted((ROOT / "roles").glob("*.yaml")):
        first = file.read_text("utf-8").splitlines()[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert named, file.name
        assert (file.parent / named[1]).resolve() == ROOT / "roles" / f"{kind(file)}.schema.json"


def test_every_field_has_a_description_for_editors(kpicard: Run) -> None:
    """Hovering over a key says what it is."""
    for kind_ in KINDS:
        schema = json.loads(kpicard("schema", kind_).stdout)
        for model in (schema, *schema["$defs"].values()):
            assert model["description"]
            for name, field in model["properties"].items():
                assert field.get("description"), f"{kind_}: {name}"


def test_an_unknown_kind_is_a_wrong_use(kpicard: Run) -> None:
    """It suggests the nearest."""
    done = kpicard("schema", "roles")
    assert (2, "") == (done.returncode, done.stdout)
    assert "did you mean 'role'" in done.stderr
