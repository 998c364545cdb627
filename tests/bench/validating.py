"""A thousand role files validated, against check-jsonschema and yamllint.

The files are copies of the shipped roles under other ids; each command checks all of them in one process.
check-jsonschema has the exported schema, and yamllint its relaxed rules: neither knows weights, curves or grades, nor
the other checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.contest import Contest
from tests.bench.measure import PYTHON, ROOT, Job

_ROLES = ROOT / "roles"
_FILES = 1000


def write_roles(folder: Path, count: int) -> None:
    """Write so many role files, and the department's."""
    folder.mkdir(exist_ok=True)
    templates = [file for file in sorted(_ROLES.glob("*.yaml")) if file.stem != "department"]
    (folder / "department.yaml").write_bytes((_ROLES / "department.yaml").read_bytes())
    for number in range(count):
        template = templates[number % len(templates)]
        id_ = f"role-{number:04}"
        text = template.read_text("utf-8").replace(f"id: {template.stem}\n", f"id: {id_}\n", 1)
        (folder / f"{id_}.yaml").write_text(text, "utf-8")


def contests(folder: Path) -> Iterator[Contest]:
    """Yield the one contest."""
    roles = folder / "roles"
    write_roles(roles, _FILES)
    files = sorted(roles.glob("role-*.yaml"))
    schema = _ROLES / "role.schema.json"
    jobs = [
        Job("kpicard", [PYTHON, "-m", "kpicard", "validate", "--format", "text", roles]),
        Job("yamllint", [PYTHON, "-m", "yamllint", "-d", "relaxed", roles]),
        Job("check-jsonschema", [PYTHON, "-m", "check_jsonschema", "--schemafile", schema, *files]),
    ]
    yield Contest(f"validate {_FILES:,} role files", jobs, folder)
