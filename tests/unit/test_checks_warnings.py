"""What is warned about, and what is not: the edges of each check."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpicard
from kpicard.rules.load import check_files

DEPARTMENT = "title: Shop\ngrades: [{grade: A, from: 0, coefficient: 1}]\n"
LOWER = "better: lower, target: 30"


def _said(folder: Path, marked: str, name: str = "clerk.yaml") -> list[str]:
    """Return what is said of a file, as line, column and code."""
    if not (folder / "department.yaml").exists():
        (folder / "department.yaml").write_text(DEPARTMENT, encoding="utf-8")
    (folder / name).write_text(marked.replace("¦", ""), encoding="utf-8")
    problems = check_files([folder / name]).problems
    return [f"{problem.line}:{problem.column} {problem.code}" for problem in problems if problem.path.endswith(name)]


def _places(marked: str, *codes: str) -> list[str]:
    """Return what is to be said: a code for each ¦ in the file, the last one for all that are left."""
    places = []
    for number, line in enumerate(marked.split("\n"), start=1):
        *before, _ = line.split("¦")
        places += [f"{number}:{len(''.join(before[: index + 1])) + 1}" for index in range(len(before))]
    codes += (codes[-1],) * (len(places) - len(codes))
    return [f"{place} {code}" for place, code in zip(places, codes, strict=False)]


def _clerk(*kpis: str, title: str = "Clerk", more: str = "") -> str:
    """Return a role; what each KPI has besides a definition and a source is given."""
    lines = "".join(f"  - {{{kpi}, definition: Hours, source: Orders}}\n" for kpi in kpis)
    return f"id: clerk\ntitle: {title}\nkpis:\n{lines}{more}"


def _kpi(rest: str, weight: str = "100") -> str:
    return f"id: speed, name: Speed, weight: {weight}, {rest}"


@pytest.mark.parametrize(
    ("weight", "other"), [("5", "¦95"), ("¦4.99", "¦95.01"), ("60", "40"), ("¦60.01", "39.99"), ("40", "60")]
)
def test_weights_of_5_to_60_are_not_extreme(tmp_path: Path, weight: str, other: str) -> None:
    """The bounds themselves are fine."""
    role = _clerk(_kpi(LOWER, weight), f"id: errors, name: Errors, weight: {other}, {LOWER}")
    assert _places(role, "extreme-weight") == _said(tmp_path, role)


def test_a_weight_that_is_wrong_is_not_called_extreme_too(tmp_path: Path) -> None:
    """One slip is said once."""
    role = _clerk(_kpi(LOWER, "¦0"), f"id: errors, name: Errors, weight: ¦100, {LOWER}")
    assert _places(role, "number-too-small", "extreme-weight") == _said(tmp_path, role)


def test_a_single_kpi_of_100_is_not_extreme(tmp_path: Path) -> None:
    """There is nothing beside it that it could outweigh."""
    assert [] == _said(tmp_path, _clerk(_kpi(LOWER)))


@pytest.mark.parametrize(
    "rest",
    [
        "better: lower, target: 30",
        "better: lower, target: ¦30, scoring: {method: ratio, cap: 99.99}",
        "better: lower, target: ¦30, scoring: {method: ratio, zero_below: 101}",
        "better: lower, target: 29.999, scoring: {method: linear, points: [[30, 100], [60, 0]]}",
        "better: lower, target: 30.0015, scoring: {method: linear, points: [[30, 100], [60, 0]]}",
        "better: lower, target: ¦30.0016, scoring: {method: linear, points: [[30, 100], [60, 0]]}",
        "better: within, target: 33, scoring: {method: linear, points: [[0, 0], [33, 100], [60, 0]]}",
        "better: within, target: ¦32, scoring: {method: linear, points: [[0, 0], [33, 100], [60, 0]]}",
        "better: lower, target: -5, scoring: {method: bands, bands: [{upto: -5, score: 100}]}",
        "better: lower, scoring: {method: bands, bands: [{upto: 5, score: 90}]}",
        "better: lower, target: {2026-01: 30, 2026-07: ¦40}, scoring: {method: linear, points: [[30, 100], [60, 0]]}",
        "better: higher, target: {2026-01: ¦30, 2026-07: 40}, scoring: {method: ratio, cap: 90}",
    ],
)
def test_each_target_scores_100(tmp_path: Path, rest: str) -> None:
    """To the hundredth; on the actual each target of a list, on the attainment all are the same."""
    role = _clerk(_kpi(rest))
    assert _places(role, "target-not-100") == _said(tmp_path, role)


def test_a_range_on_the_attainment_is_not_told_what_its_target_scores_too(tmp_path: Path) -> None:
    """One slip is said once."""
    scoring = "scoring: {method: linear, axis: attainment, points: [[50, 0], [100, 90]]}"
    role = _clerk(_kpi(f"better: ¦within, target: 30, {scoring}"))
    assert _places(role, "within-attainment") == _said(tmp_path, role)


@pytest.mark.parametrize(
    ("rest", "flat"),
    [
        ("better: lower, target: 30, scoring: {method: bands, bands: [{upto: 36, score: 100}]}", True),
        ("better: lower, target: 30, scoring: {method: bands, bands: [{upto: 35.999999, score: 100}]}", False),
        ("better: lower, target: 30, scoring: {method: bands, bands: [{upto: 24, score: 100}]}", False),
        ("better: lower, target: 30, scoring: {method: bands, bands: [{upto: 23.999999, score: 100}]}", True),
        ("better: within, target: 30, scoring: {method: bands, bands: [{from: 20, upto: 40, score: 100}]}", False),
        ("better: higher, target: 3, scoring: {method: ratio, zero_below: 121, cap: 130}", True),
        ("better: higher, target: 3, scoring: {method: ratio, cap: 81}", False),
        ("better: higher, target: 0, scoring: {method: bands, bands: [{from: -9, score: 100}]}", False),
        ("better: higher, scoring: {method: bands, bands: [{from: 9, score: 100}]}", False),
        ("better: higher, target: 999999999999, scoring: {method: bands, bands: [{from: 9, score: 100}]}", True),
    ],
    ids=str,
)
def test_a_curve_is_flat_only_if_it_is_from_80_to_120_percent(tmp_path: Path, rest: str, flat: bool) -> None:
    """A step anywhere between is enough to make a difference; where a range is best, it is meant to be flat."""
    said = _said(tmp_path, _clerk(_kpi(rest)))
    assert flat == any(each.endswith("flat-curve") for each in said)


@pytest.mark.parametrize(
    "name", ["¦Speed", "¦s-P_eed", "{en: Pace, zh: ¦速度}", "{en: ¦Speed, zh: 速度}", "{en: Pace, zh: 时效}", "¦SPEED"]
)
def test_names_are_compared_as_columns_are(tmp_path: Path, name: str) -> None:
    """In any language, without case, blanks and hyphens; and said once for a KPI."""
    first = "id: speed, name: {en: Speed, zh: 速度}, weight: 50, better: lower, target: 30"
    role = _clerk(first, f"id: errors, name: {name}, weight: 50, better: lower, target: 30")
    assert _places(role, "duplicate-name") == _said(tmp_path, role)


def test_a_kpis_own_id_may_be_its_name(tmp_path: Path) -> None:
    """But not another one's, nor an adjustment's."""
    assert [] == _said(tmp_path, _clerk("id: speed, name: speed, weight: 100, better: lower, target: 30"))
    for role in (
        _clerk(_kpi(LOWER), more="adjustments: [{id: ideas, name: ¦Speed, points_each: 2}]\n"),
        _clerk(f"id: speed, name: Pace, weight: 50, {LOWER}", f"id: ¦pace, name: Errors, weight: 50, {LOWER}"),
    ):
        assert _places(role, "duplicate-name") == _said(tmp_path, role)


@pytest.mark.parametrize(
    "text",
    [
        "Orders",
        "ERP 2",
        "SAP ERP",
        "¦Order system",
        "¦千牛",
        "¦{en: Orders}",
        "¦{zh: 订单, en: ~}",
        "{zh: 订单, en: X}",
    ],
)
def test_a_text_is_in_both_languages_or_means_the_same_in_both(tmp_path: Path, text: str) -> None:
    """In a file that has both; signs, names and single words need no translation."""
    kpi = f"id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: X, source: {text}"
    role = f"id: clerk\ntitle: {{en: Clerk, zh: 文员}}\nkpis:\n  - {{{kpi}}}\n"
    assert _places(role, "missing-translation") == _said(tmp_path, role)


@pytest.mark.parametrize("text", ["Order system", "千牛", "{en: Order system}"])
def test_a_file_in_one_language_needs_no_other(tmp_path: Path, text: str) -> None:
    """Whether its texts are plain, or all say the one language."""
    kpi = f"id: speed, name: Speed, weight: 100, better: lower, target: 30, definition: X, source: {text}"
    assert [] == _said(tmp_path, f"id: clerk\ntitle: 文员 on duty\nkpis:\n  - {{{kpi}}}\n")


@pytest.mark.parametrize(("text", "code"), [('{zh: 订单, en: ¦""}', "empty-text"), ("¦[Orders]", "wrong-type")])
def test_a_text_that_is_wrong_is_not_called_untranslated_too(tmp_path: Path, text: str, code: str) -> None:
    """One slip is said once."""
    role = _clerk(f"unit: {text}, {_kpi(LOWER)}", title="{en: Clerk, zh: 文员}")
    assert _places(role, code) == _said(tmp_path, role)


def test_a_unit_is_no_phrase(tmp_path: Path) -> None:
    """`items per order` is read by all; one in Chinese characters is not."""
    assert [] == _said(tmp_path, _clerk(_kpi(f"unit: items per order, {LOWER}"), title="{en: Clerk, zh: 文员}"))
    role = _clerk(_kpi(f"unit: ¦秒, {LOWER}"), title="{en: Clerk, zh: 文员}")
    assert _places(role, "missing-translation") == _said(tmp_path, role)


def test_the_department_is_in_both_languages_too(tmp_path: Path) -> None:
    """A grade's name is the department's own and is not translated, its label is."""
    text = "title: {en: Shop, zh: 店铺}\ngrades: [{grade: 优秀, from: 0, coefficient: 1, label: ¦很好}]\n"
    assert _places(text, "missing-translation") == _said(tmp_path, text, "department.yaml")


def test_a_responsibility_is_measured_or_not_there(tmp_path: Path) -> None:
    """A role without any has none that goes unmeasured; one whose KPIs name none has."""
    assert [] == _said(tmp_path, _clerk(_kpi(LOWER)))
    role = _clerk(_kpi(LOWER), more="responsibilities: [{id: ¦orders, title: Orders}]\n")
    assert _places(role, "unmeasured-responsibility") == _said(tmp_path, role)


def test_a_definition_that_is_left_empty_is_none(tmp_path: Path) -> None:
    """The key alone says nothing; the place is the KPI's id, or the KPI if it has none."""
    kpi = f"  - {{name: Speed, weight: 100, {LOWER}, definition: , source: ~}}\n"
    expected = ["4:5 missing-key", "4:5 no-definition", "4:5 no-source"]
    assert expected == _said(tmp_path, f"id: clerk\ntitle: Clerk\nkpis:\n{kpi}")


def test_month_by_month_nobody_is_warned(tmp_path: Path) -> None:
    """`kpicard score` scores by the rules as they are; it is `validate` that has an opinion about them."""
    _said(tmp_path, f"id: clerk\ntitle: Clerk\nkpis:\n  - {{{_kpi(LOWER)}}}\n")
    assert () == kpicard.load(tmp_path).problems
    assert 2 == len(check_files([tmp_path]).problems)
