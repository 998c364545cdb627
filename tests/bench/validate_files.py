"""How fast a thousand role files are validated, against yamllint and check-jsonschema in the same run.

    python tests/bench/validate_files.py [FILES] [RUNS]

The files are copies of the shipped roles under other ids. Each command checks all of them in one process; the runs are
interleaved, and the medians of the whole processes are printed with their ratios. check-jsonschema has the exported
schema, and yamllint its relaxed rules: neither knows weights, curves or grades, nor the other checks.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parent.parent.parent
ROLES = ROOT / "roles"


def write_roles(folder: Path, count: int) -> None:
    """Write so many role files, and the department's."""
    templates = [file for file in sorted(ROLES.glob("*.yaml")) if file.stem != "department"]
    (folder / "department.yaml").write_bytes((ROLES / "department.yaml").read_bytes())
    for number in range(count):
        template = templates[number % len(templates)]
        id_ = f"role-{number:04}"
        text = template.read_text("utf-8").replace(f"id: {template.stem}\n", f"id: {id_}\n", 1)
        (folder / f"{id_}.yaml").write_text(text, "utf-8")


def seconds(command: list[str]) -> float:
    """Return how long a command takes, which must find nothing wrong."""
    start = perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{command[2]} failed: {done.stdout.decode()[:500]}{done.stderr.decode()[:500]}")
    return perf_counter() - start


def main() -> None:
    """Print the medians and the ratios."""
    count, runs = (int(argument) for argument in (*sys.argv[1:], *("1000", "3")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        write_roles(Path(folder), count)
        files = sorted(str(file) for file in Path(folder).glob("role-*.yaml"))
        commands = {
            "kpicard": ["-m", "kpicard", "validate", "--format", "text", folder],
            "yamllint": ["-m", "yamllint", "-d", "relaxed", folder],
            "check-jsonschema": ["-m", "check_jsonschema", "--schemafile", str(ROLES / "role.schema.json"), *files],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                taken[name].append(seconds([sys.executable, *command]))
    own = median(taken["kpicard"])
    for name, times in taken.items():
        print(f"{name:18}{median(times):8.2f} s   {median(times) / own:6.2f} x kpicard")


if __name__ == "__main__":
    main()
