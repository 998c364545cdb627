"""What a report is made of: blocks, written once per kind of report and drawn by each format in its own way.

Texts in blocks are safe to show on a terminal already (see `printable`); a format escapes what it gives a meaning to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from kpicard.reports.curves import Shape

PAGE: Final = "page"
"""The layout of a table in a document, which has no width of its own."""


class Span(NamedTuple):
    """A piece of text with its looks: `strong` and `code` hold in every format, colours and others on a screen.

    What is `indented` belongs to what is above it.
    """

    text: str
    style: str = ""
    link: str = ""
    """Where it leads to, in formats that have links."""


class Below(NamedTuple):
    """A figure, and something of less weight below it."""

    figure: str
    below: str


class Bar(NamedTuple):
    """A count as a bar, as long as it is of the most."""

    number: int
    most: int

    def drawn(self, widest: int) -> str:
        """Draw it where the longest has so many characters."""
        return "█" * -(-self.number * widest // max(self.most, 1))


class Picture(NamedTuple):
    """A small drawing: as SVG on a page, which is made once it is asked for, and as text where there are only texts."""

    kind: Literal["meter", "spark"]
    text: Span
    svg: Callable[[], str]


Cell: TypeAlias = str | Span | Below | Bar | Picture | tuple["str | Span | Picture", ...]
"""A plain tuple: pieces that follow each other, with line breaks in them where a screen stacks figures."""


Wrap: TypeAlias = Literal["words", "anywhere", "never"]
"""Where a screen may break a cell that is too long."""


class Layout(NamedTuple):
    """One way to lay out a table on a screen.

    It is taken where the screen is as wide as `from_width`, or where it is `measured` and all of it fits.
    """

    name: str = ""
    from_width: int | None = None
    is_measured: bool = True
    is_close: bool = False
    """Whether columns have less room between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, a cell for each row, and the cell of the total row; `layouts` are those that show it."""

    title: Cell
    cells: Sequence[Cell]
    total: Cell = ""
    is_right: bool = False
    wrap: Wrap = "words"
    layouts: frozenset[str] = frozenset()
    """Empty: all of them."""
    least: int | None = None
    """The least width on a screen, in cells."""
    holds: Literal["texts", "choices", "period", "sparkline"] = "texts"
    """A narrow screen leaves out the first periods, and shows the end of a sparkline; rows are chosen by choices."""

    def is_in(self, layout: str) -> bool:
        """Return whether a layout shows it."""
        return not self.layouts or layout in self.layouts


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of the same height; a screen takes the first layout that has room, or the last one."""

    columns: Sequence[Column]
    title: str = ""
    layouts: Sequence[Layout] = (Layout(),)
    ends: frozenset[int] = frozenset()
    """The rows that end a section."""
    main: frozenset[int] = frozenset()
    """The rows that stand out."""
    has_total: bool = False
    is_searched: bool = False
    """Whether one looks for rows of it, so that a page that can sorts it and finds them."""

    def shown(self, layout: str) -> list[Column]:
        """Return the columns that a layout shows."""
        return [column for column in self.columns if column.is_in(layout)]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of some parts; the level is that of a document, from 1."""

    parts: tuple[str, ...]
    level: int = 1
    style: str = "bold"


class Line(NamedTuple):
    """A line of text, or a paragraph, in pieces."""

    pieces: tuple[str | Span, ...]


class Gap(NamedTuple):
    """A blank line on a screen; between two lists, the end of the first."""


class Notes(NamedTuple):
    """Sentences, each a line of its own; the style and the indent are a screen's."""

    lines: Sequence[str]
    style: str = "dim"
    indent: int = 0


class Figure(NamedTuple):
    """A figure with its label; a page also says what it means."""

    label: str
    value: str | Span
    meaning: str | tuple[str | Span | Picture, ...] = ""


class KeyFigures(NamedTuple):
    """The few figures that count, each with its label; those that are strong stand out."""

    items: Sequence[Figure]


class Facts(NamedTuple):
    """Labels, and what is said under each; `is_loose` sets them off from what follows."""

    rows: Sequence[tuple[str, str]]
    is_loose: bool = False


class Numbered(NamedTuple):
    """Titles with a number each, and more about each where there is more."""

    items: Sequence[tuple[str, str]]


class Curve(NamedTuple):
    """A KPI's curve: drawn on a page, and elsewhere in lines of characters that are all as wide."""

    lines: Sequence[str]
    shape: Shape


class Code(NamedTuple):
    """Lines of a file, which whoever copies them needs as they are."""

    lines: Sequence[str]


class Item(NamedTuple):
    """Who or what, in parts, and lines about it, each in pieces."""

    parts: tuple[str, ...]
    lines: Sequence[tuple[str | Span, ...]]
    link: str = ""
    """Where its first part leads to, in formats that have links."""


class Items(NamedTuple):
    """A list of two levels; `style` is that of each first part on a screen, `is_loose` sets items off there."""

    items: Sequence[Item]
    style: str = ""
    is_loose: bool = False


class Fold(NamedTuple):
    """A table or a list that a document shows only when asked, under a title with how many there are."""

    title: str
    block: Table | Items
    size: int


class Posted(NamedTuple):
    """Says of a document that it is posted as a comment: no longer than that, and calling nobody by `@` or `#`.

    `cut` says how many rows were cut off, as `{count}`.
    """

    longest: int
    cut: str


class LeftOut(NamedTuple):
    """What a screen says where it left out periods, with `{shown}`, `{drawn}` and `{count}` of them."""

    words: str


Kind: TypeAlias = Literal["card", "summary", "problems", "own", "plain"]
"""What a sheet is; on paper, all but the plain ones begin a page of their own."""


class Sheet(NamedTuple):
    """A part of a document, with its name for links; `kind` chooses how it is set. A card's is all about one person."""

    id: str
    kind: Kind
    blocks: Iterable[Block]
    title: str = ""
    """What it is called in the contents."""


class Title(NamedTuple):
    """The heading of a sheet: what it is, who or what it is about, and what goes with that."""

    above: str
    text: str
    beside: str = ""
    below: str = ""


class Section(NamedTuple):
    """Blocks under a title of their own; `kind` lets a page set it off."""

    title: str
    blocks: Sequence[Block]
    kind: Literal["plain", "advice", "warning"] = "plain"


class Tiles(NamedTuple):
    """Sections of equal weight, side by side where there is room."""

    items: Sequence[Section]


class ToWrite(NamedTuple):
    """What people write on paper: boxes for an opinion each, and lines to sign and date."""

    boxes: Sequence[str]
    signatures: Sequence[str]
    date: str


class Footer(NamedTuple):
    """What stands at the foot of a sheet, for those who look for it."""

    lines: Sequence[str]


class OnScreen(NamedTuple):
    """What only a screen shows."""

    blocks: Iterable[Block]


class OnPage(NamedTuple):
    """What only a document shows."""

    blocks: Iterable[Block]


class IfRoom(NamedTuple):
    """Blocks that take so many lines: a screen that is not as high shows others instead."""

    lines: int
    blocks: Iterable[Block]
    instead: Iterable[Block] = ()
    more_lines: int = 0
    """Those that a narrow screen needs more."""


Block: TypeAlias = (
    Heading
    | Line
    | Gap
    | Notes
    | KeyFigures
    | Facts
    | Numbered
    | Table
    | Curve
    | Code
    | Items
    | Fold
    | Posted
    | LeftOut
    | Sheet
    | Title
    | Section
    | Tiles
    | ToWrite
    | Footer
    | OnScreen
    | OnPage
    | IfRoom
)
