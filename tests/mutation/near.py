"""Which tests are near to which module: those that should notice a change in it, the quick ones first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

EXACT: Final = ("tests/test_exact.py::test_no_line_differs", "tests/test_ends_of_range.py", "tests/test_adjustments.py")

SCORED: Final = "tests/test_quantities_scored.py"

NEAR: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "kpicard/engine/score.sql": (
            "tests/test_grade_limits.py",
            "tests/test_ends_of_range.py",
            "tests/test_adjustments.py",
        ),
        "kpicard/rules/scoring/curve.py": (
            "tests/test_curves.py",
            "tests/test_curve_shape.py",
            "tests/test_explain.py",
        ),
        "kpicard/rules/scoring/": ("tests/test_curves.py", "tests/test_schema.py", "tests/test_cases.py", *EXACT),
        "kpicard/rules/models.py": (
            *("tests/test_curves.py", "tests/test_schema.py", "tests/test_adjustments.py", "tests/test_cases.py"),
            *EXACT,
        ),
        "kpicard/engines/rule_tables.py": EXACT,
        "kpicard/numbers.py": ("tests/test_numbers.py",),
        "kpicard/quantities/": ("tests/test_quantities.py", f"{SCORED}::test_no_figure_differs_from_the_oracle"),
        "kpicard/rules/yaml_reader.py": (
            *("tests/test_document.py", "tests/test_hostile_yaml.py", "tests/test_faults_reading.py"),
            *("tests/test_checks_comments.py", "tests/test_cases.py"),
        ),
        "kpicard/rules/document.py": ("tests/test_document.py", "tests/test_cases.py"),
        "kpicard/rules/lint/suppressions.py": ("tests/test_validate_command.py",),
        "kpicard/rules/lint/documentation.py": ("tests/test_checks_documentation.py", "tests/test_validate_command.py"),
        "kpicard/checks/": (
            "tests/test_checks_documentation.py",
            "tests/test_cases.py",
            "tests/test_checks_warnings.py",
            "tests/test_checks_grades.py",
            "tests/test_checks_comments.py",
        ),
        "kpicard/actuals/figures.py": (*EXACT[:2], "tests/test_library.py", "tests/test_actuals_cases.py"),
        "kpicard/actuals/check.py": ("tests/test_library.py", "tests/test_actuals_cases.py", *EXACT),
        "kpicard/actuals/ratios.py": ("tests/test_ends_of_range.py", "tests/test_actuals_cases.py", *EXACT),
        "kpicard/actuals/counts.py": EXACT,
    }
)


def near(path: str) -> tuple[str, ...]:
    """Return the tests of a module; KeyError where none are known."""
    return NEAR[max((each for each in NEAR if path.startswith(each)), key=len, default=path)]
