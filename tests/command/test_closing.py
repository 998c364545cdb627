"""Closed periods: written whole, never overwritten, verified to the byte, amended beside what stays."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.impact_repository import CLERK, DEPARTMENT, SELLER

Run = Callable[..., subprocess.CompletedProcess[str]]

OCTOBER = """\
employee,role,kpi,actual,numerator,denominator,target,name,team,base,share
E1,clerk,speed,30,,,,Ann,Front,3000,
E1,clerk,quality,,180,200,,Ann,Front,3000,
E2,clerk,speed,36.5,,,40,Bob,Front,2500.50,80%
E2,clerk,quality,N/A,,,,Bob,Front,2500.50,80%
E3,seller,revenue,"1,234.5",,,,林晓燕,,,
E3,seller,refunds,4%,,,,林晓燕,,,
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with `roles/` and `2026-10.csv`."""
    (tmp_path / "roles").mkdir()
    for name, text in {"department": DEPARTMENT, "clerk": CLERK, "seller": SELLER}.items():
        (tmp_path / "roles" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "2026-10.csv").write_text(OCTOBER, encoding="utf-8")
    return tmp_path


def close(kpicard: Run, shop: Path, *words: str) -> Path:
    """Close October, and return the folder."""
    done = kpicard("close", "2026-10", *(words or ("2026-10.csv",)), cwd=shop)
    assert 0 == done.returncode, done.stderr
    return shop / "closed" / "2026-10"


def bytes_in(folder: Path) -> dict[str, bytes]:
    """Return each file of a folder by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def verify(kpicard: Run, shop: Path, folder: str = "closed") -> list[tuple[str, str]]:
    """Return what `verify` finds, as file and code."""
    done = kpicard("verify", folder, "--format", "json", cwd=shop)
    problems = json.loads(done.stdout)["problems"]
    assert bool(problems) == bool(done.returncode)
    return [(each["path"].removeprefix("closed/"), each["code"]) for each in problems]


def test_all_is_frozen_with_its_hash(kpicard: Run, shop: Path) -> None:
    """Data, rules and cards stand in text; the manifest has the hash of each, and the fingerprints that cards name."""
    folder = close(kpicard, shop, "2026-10.csv", "--date", "2026-11-05")
    files = bytes_in(folder)
    manifest = json.loads(files.pop("manifest.json"))
    assert {name: sha256(content).hexdigest() for name, content in files.items()} == manifest["files"]
    rules = {f"rules/{name}.yaml" for name in ("clerk", "department", "seller")}
    assert {"actuals.csv", "cards.csv", "cards.json", *rules} == {*files}
    cards = json.loads(files["cards.json"])["cards"]
    assert {card["role"]: card["rules"] for card in cards} == manifest["rules"]
    assert ("2026-10", "2026-11-05", 3, [], None) == tuple(
        manifest[name] for name in ("period", "date", "cards", "withheld", "amends")
    )
    rows = list(csv.DictReader(files["actuals.csv"].decode().splitlines()))
    assert sorted(rows, key=lambda row: (row["employee"], row["role"], row["kpi"])) == rows
    assert [] == verify(kpicard, shop)


def test_the_same_input_gives_the_same_bytes(kpicard: Run, shop: Path) -> None:
    """Whatever the order of the rows, the number of files, the language, and where they stand."""
    first = bytes_in(close(kpicard, shop))
    shutil.rmtree(shop / "closed")
    heading, *rows = OCTOBER.splitlines()
    (shop / "one-2026-10.csv").write_text("\n".join([heading, *rows[:1:-1]]), encoding="utf-8")
    (shop / "two-2026-10.csv").write_text("\n".join([heading, *rows[:2]]), encoding="utf-8")
    again = bytes_in(close(kpicard, shop, "two-2026-10.csv", "one-2026-10.csv", "--lang", "zh"))
    assert first == again


def test_a_closed_period_is_never_overwritten(kpicard: Run, shop: Path) -> None:
    """A second `close` changes nothing, and says how to amend."""
    before = bytes_in(close(kpicard, shop))
    done = kpicard("close", "2026-10", "2026-10.csv", cwd=shop)
    assert 2 == done.returncode
    assert "--amend --reason" in done.stderr
    assert before == bytes_in(shop / "closed" / "2026-10")
    assert ["2026-10"] == [path.name for path in (shop / "closed").iterdir()]


def test_nothing_is_closed_while_cards_are_withheld(kpicard: Run, shop: Path) -> None:
    """Unless that is meant; then the manifest says whose, and why, and the period still holds."""
    (shop / "2026-10.csv").write_text(OCTOBER.replace("E1,clerk,speed,30", "E1,clerk,speed,"), encoding="utf-8")
    done = kpicard("close", "2026-10", "2026-10.csv", cwd=shop)
    assert 1 == done.returncode
    assert not (shop / "closed").exists()
    folder = close(kpicard, shop, "2026-10.csv", "--with-withheld")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    withheld = {"employee": "E1", "name": "Ann", "role": "clerk", "problems": ["not-reported"]}
    assert [withheld] == manifest["withheld"]
    assert [] == verify(kpicard, shop)


CHANGES = [
    ("actuals.csv", "30.000000", "31.000000", "E1"),
    ("actuals.csv", "180.000000", "181.000000", "E1"),
    ("actuals.csv", "2500.500000", "2500.510000", "E2"),
    ("actuals.csv", "40.000000", "41.000000", "E2"),
    ("actuals.csv", "E3,seller,revenue", "E4,seller,revenue", "E3"),
    ("cards.json", '"total": 100.00', '"total": 100.01', "E1"),
    ("cards.json", '"base": 2500.5', '"base": 2600.5', "E2"),
    ("cards.csv", "1234.5", "1234.6", "E3"),
    ("rules/clerk.yaml", "target: 90", "target: 91", "E1"),
    ("rules/department.yaml", "coefficient: 1.2", "coefficient: 1.3", "E1"),
    ("rules/clerk.yaml", "id: clerk", "# id\nid: clerk", None),
]


@pytest.mark.parametrize(("file", "old", "new", "whose"), CHANGES, ids=range(len(CHANGES)))
def test_one_changed_digit_is_found_with_its_card(  # noqa: PLR0917 - a case
    kpicard: Run, shop: Path, file: str, old: str, new: str, whose: str | None
) -> None:
    """The file that was changed is named, and the card that it belongs to, if there is one."""
    path = close(kpicard, shop) / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = verify(kpicard, shop)
    assert (f"2026-10/{file}", "closed-file-changed") in found
    said = kpicard("verify", "closed", cwd=shop).stdout
    assert (whose is None) == (len(found) == 1), found
    assert whose is None or whose in said


def test_a_changed_manifest_a_lost_file_and_a_new_one_are_found(kpicard: Run, shop: Path) -> None:
    folder = close(kpicard, shop, "2026-10.csv", "--date", "2026-11-05")
    (folder / "note.txt").write_text("paid", encoding="utf-8")
    (folder / "cards.csv").unlink()
    assert [("2026-10/cards.csv", "closed-file-gone"), ("2026-10/note.txt", "closed-file-new")] == verify(kpicard, shop)
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("2026-11-05", "2026-11-06"), encoding="utf-8")
    assert [("2026-10/manifest.json", "changed-manifest")] == verify(kpicard, shop)
    manifest.write_text("{}", encoding="utf-8")
    assert [("2026-10/manifest.json", "no-manifest")] == verify(kpicard, shop)


def sealed_again(folder: Path, file: str, old: str, new: str, program: str) -> None:
    """Change a file as a program that computes otherwise would have written it, and close the period with it."""
    import msgspec

    from kpicard.cards.closed import Manifest

    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
    files = {**manifest.files, file: sha256(path.read_bytes()).hexdigest()}
    sealed = msgspec.structs.replace(manifest, files=files, program=program).sealed()
    (folder / "manifest.json").write_bytes(sealed)


def test_a_program_that_computes_otherwise_is_told_from_a_changed_file(kpicard: Run, shop: Path) -> None:
    """No file was changed: the cards of the other version are named, with both figures and both versions."""
    sealed_again(close(kpicard, shop), "cards.json", '"total": 100.00', '"total": 99.99', "0.0.9")
    assert [("2026-10/cards.json", "closed-card-otherwise")] == verify(kpicard, shop)
    said = kpicard("verify", "closed/2026-10", cwd=shop).stdout
    assert "card of E1 (clerk): total is 99.99 here, and 100.00 by this program" in said
    assert "no file was changed since 0.0.9 closed it" in said


def test_fields_that_a_newer_version_has_beside_are_no_difference(kpicard: Run, shop: Path) -> None:
    """Cards of another version, in which a field of today is not there, hold figure by figure."""
    sealed_again(close(kpicard, shop), "cards.json", '"days": null,', "", "0.0.9")
    assert [] == verify(kpicard, shop)


def test_later_rules_change_nothing_that_is_closed(kpicard: Run, shop: Path) -> None:
    """The frozen rules score the frozen data, whatever becomes of the folder of the roles."""
    close(kpicard, shop)
    shutil.rmtree(shop / "roles")
    assert [] == verify(kpicard, shop)


def test_an_amendment_stands_beside_what_stays(kpicard: Run, shop: Path) -> None:
    """It says what is another, where and why; both verify; the next one is to the last."""
    first = bytes_in(close(kpicard, shop))
    for number, (old, new) in enumerate([("speed,30", "speed,45"), ("speed,45", "speed,60")], start=1):
        path = shop / "2026-10.csv"
        path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
        words = ("close", "2026-10", "2026-10.csv", "--amend", "--reason", f" recount {number} ")
        done = kpicard(*words, cwd=shop)
        folder = shop / "closed" / f"2026-10-amendment-{number}"
        assert (0, f"Closed 3 cards in {folder.relative_to(shop)}/\n") == (done.returncode, done.stderr)
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        assert f"recount {number}" == manifest["amends"]["reason"]
        rows = list(csv.DictReader((folder / "changes.csv").read_text("utf-8").splitlines()))
        cell = next(row for row in rows if row["field"] == "actual")
        assert ("E1", "speed", old[6:], new[6:], "2026-10.csv:2") == tuple(
            cell[name] for name in ("employee", "item", "before", "after", "place_after")
        )
        assert {"E1"} == {row["employee"] for row in rows}
    assert first == bytes_in(shop / "closed" / "2026-10")
    assert [] == verify(kpicard, shop)
    again = kpicard(*words, cwd=shop)
    assert 2 == again.returncode
    assert "no amendment is needed" in again.stderr
    shutil.rmtree(shop / "closed" / "2026-10")
    assert [("2026-10-amendment-1/manifest.json", "amends-nothing")] == verify(kpicard, shop)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("close", "october", "2026-10.csv"), "is not a period"),
        (("close", "2026-10", "2026-10.csv", "--amend"), "--amend --reason"),
        (("close", "2026-10", "2026-10.csv", "--reason", "so"), "--amend --reason"),
        (("close", "2026-10", "2026-10.csv", "--amend", "--reason", "so"), "is not closed in"),
        (("close", "2026-10", "2026-10.csv", "--date", "5 November"), "is not a day"),
        (("close", "2026-10", "2026-11.csv"), "there is no such file"),
        (("close", "2026-12", "2026-10.csv"), "there are no rows for"),
        (("verify", "roles"), "has no closed period"),
        (("verify", "nowhere"), "has no closed period"),
    ],
)
def test_what_cannot_be_asked_is_said(kpicard: Run, shop: Path, words: tuple[str, ...], said: str) -> None:
    done = kpicard(*words, cwd=shop)
    assert 2 == done.returncode
    assert said in done.stderr
    assert not (shop / "closed").exists()


def test_cards_of_a_closed_period_are_final_or_say_what_differs(kpicard: Run, shop: Path) -> None:
    """The same figures give the final cards, with date and manifest; for others a warning says what differs."""
    folder = close(kpicard, shop, "2026-10.csv", "--date", "2026-11-05")
    short = sha256((folder / "manifest.json").read_bytes()).hexdigest()[:8]
    final = {"kind": "final", "date": "2026-11-05", "manifest": short}
    words = ("score", "2026-10.csv", "--format", "json")
    done = kpicard(*words, "--closed", "closed", cwd=shop)
    assert ("", [final] * 3) == (done.stderr, [card["state"] for card in json.loads(done.stdout)["cards"]])
    (shop / "2026-10.csv").write_text(OCTOBER.replace("speed,30", "speed,45"), encoding="utf-8")
    done = kpicard(*words, "--provisional", cwd=shop, env={"KPICARD_CLOSED": "closed"})
    assert "2026-10 is closed: total of E1 (clerk) is 100.00 there, and 80.00 here" in done.stderr
    kinds = {card["employee"]: card["state"]["kind"] for card in json.loads(done.stdout)["cards"]}
    assert {"E1": "differs", "E2": "final", "E3": "final"} == kinds


@pytest.mark.parametrize("format_", ["terminal", "markdown", "html"])
def test_a_card_says_whether_it_may_change(kpicard: Run, shop: Path, format_: str) -> None:
    close(kpicard, shop, "2026-10.csv", "--date", "2026-11-05")
    for words, said in ((("--closed", "closed"), "Closed on 2026-11-05"), (("--provisional",), "may still change")):
        found = kpicard("score", "2026-10.csv", "--format", format_, *words, cwd=shop).stdout
        assert 3 == found.count(said)
    assert "may still change" not in kpicard("score", "2026-10.csv", "--format", format_, cwd=shop).stdout


def september(shop: Path) -> None:
    (shop / "2026-09.csv").write_text(OCTOBER.replace("speed,30", "speed,33"), encoding="utf-8")


def test_history_comes_from_what_was_closed(kpicard: Run, shop: Path) -> None:
    """Trend and summary over closed months are those over the files, to the byte, whatever becomes of the rules."""
    september(shop)
    close(kpicard, shop)
    kpicard("close", "2026-09", "2026-09.csv", cwd=shop)
    for command in ("trend", "summary"):
        words = ("--format", "json")
        by_files = kpicard(command, "2026-09.csv", "2026-10.csv", *words, cwd=shop)
        assert (0, by_files.stdout) == (0, kpicard(command, "closed/2026-09", "2026-10.csv", *words, cwd=shop).stdout)
        seller = shop / "roles" / "seller.yaml"
        seller.write_text(SELLER.replace("target: 1000", "target: 2000"), encoding="utf-8")
        assert by_files.stdout == kpicard(command, "closed", *words, cwd=shop).stdout
        assert by_files.stdout != kpicard(command, "2026-09.csv", "2026-10.csv", *words, cwd=shop).stdout
        seller.write_text(SELLER, encoding="utf-8")


def test_a_restated_file_beside_its_closed_month_is_a_problem(kpicard: Run, shop: Path) -> None:
    """The closed card counts, and what the file says otherwise is told; the amendment counts once there is one."""
    close(kpicard, shop)
    (shop / "2026-10.csv").write_text(OCTOBER.replace("speed,30", "speed,45"), encoding="utf-8")
    words = ("trend", "closed", "2026-10.csv", "--employee", "E1", "--format", "json")
    done = kpicard(*words, cwd=shop)
    assert 1 == done.returncode
    assert "total of E1 (clerk) is 100.00 there, and 80.00 in the files beside it" in done.stderr
    assert 100 == json.loads(done.stdout)["people"][0]["periods"][0]["total"]
    kpicard("close", "2026-10", "2026-10.csv", "--amend", "--reason", "recount", cwd=shop)
    done = kpicard(*words, cwd=shop)
    assert (0, "", 80) == (done.returncode, done.stderr, json.loads(done.stdout)["people"][0]["periods"][0]["total"])


def test_closed_months_are_neither_brought_together_nor_scored(kpicard: Run, shop: Path) -> None:
    close(kpicard, shop)
    done = kpicard("trend", "closed", "--by", "quarter", cwd=shop)
    assert (2, True) == (done.returncode, "closed periods are months" in done.stderr)
    done = kpicard("score", "closed", cwd=shop)
    assert (2, True) == (done.returncode, "'closed/2026-10' is a closed period" in done.stderr)
