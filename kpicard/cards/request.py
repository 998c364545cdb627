"""What is asked of scoring, as one value: from the command line and the library's keywords to every step of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from kpicard.actuals.files.tables import Source
from kpicard.actuals.readers import Spelling
from kpicard.actuals.selection import Selection, refuse_wrong
from kpicard.cards.longer import By, Longer
from kpicard.cards.values import DecimalMark, Missing, Rollup
from kpicard.rules.rules import Rules


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """The options of scoring, all of which may be left out.

    Raises ValueError for another `missing`, `by` or `rollup`, for periods that are none, and for `actuals` without
    `by`.
    """

    missing: Missing = "refuse"
    """What becomes of a KPI that is not reported: `refuse` withholds the card, `zero` scores it 0, `exclude` scales
    the other weights up."""
    periods: tuple[str, ...] = ()
    """Only these months, as `YYYY-MM`; a single one also dates a file that says none itself. Empty: all."""
    employees: tuple[str, ...] = ()
    """Only these employees, by id. Empty: all."""
    roles: tuple[str, ...] = ()
    """Only these roles, by id. Empty: all."""
    expect_rules: tuple[str, ...] = ()
    """Fingerprints of rules: a card that others score is withheld. Empty: by any."""
    by: By | None = None
    """One card of the months of each quarter, half-year or year. None: a card for each month."""
    rollup: Rollup = "totals"
    """With `by`: `totals` takes the mean of the months' totals; `actuals` brings their actuals together, by each KPI's
    own rollup, and scores these."""
    roster: Source | None = None
    """The file of the people: who has which role in which months, with targets, bonus bases and shares."""
    also_known: Rules | None = None
    """Other rules that the same actuals are scored by: figures of KPIs that a role has only there are passed over."""
    memory_limit: int | None = None
    """What the process may take, in bytes: beyond it the engine works on disk, in the system's folder for temporary
    files. None: most of the machine's."""

    decimal: DecimalMark | None = None
    """Which mark divides decimals in texts. None: the point, but where it is not clear, that is a problem."""
    not_reported: tuple[str, ...] = ()
    """Words in place of a figure that mean that it is not reported, beside those that are known."""
    not_applicable: tuple[str, ...] = ()
    """Words in place of a figure that mean that it does not apply, beside those that are known."""
    closed: Path | None = None
    """The folder of the closed periods: a card of one says that it is final, or a warning says what differs."""
    provisional: bool = False
    """Whether cards are marked as provisional; those of closed periods are not."""
    keep_rows: bool = False
    """Whether the figures are kept as they were understood, so that `write_tidy` can write them."""

    def __post_init__(self) -> None:
        refuse_wrong(self.missing, self.periods)
        for name, value, known in (
            ("by", self.by, (None, *get_args(By))),
            ("rollup", self.rollup, get_args(Rollup)),
            ("decimal", self.decimal, (None, *get_args(DecimalMark))),
        ):
            if value not in known:
                message = f"{name} is {value!r}, which is none of {', '.join(filter(None, known))}"
                raise ValueError(message)
        if self.by is None and self.rollup != "totals":
            message = f"rollup is {self.rollup!r}, but `by` is none of {', '.join(get_args(By))}"
            raise ValueError(message)

    @property
    def selection(self) -> Selection:
        """Which cards are chosen."""
        return Selection(self.periods, self.employees, self.roles)

    def spelling(self, *, is_unsure: bool) -> Spelling:
        """Return how texts are understood; `is_unsure` says that in some either mark may be meant."""
        return Spelling.of(self.decimal or ("?" if is_unsure else ""), self.not_reported, self.not_applicable)

    @property
    def longer(self) -> Longer | None:
        """What the cards are where they are of quarters or years; None: they are of months."""
        return Longer(self.by, self.rollup) if self.by else None
