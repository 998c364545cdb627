"""HTML read into a tree, for tests that look at what a page says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

VOID = {"meta", "br"}


@dataclass
class Element:
    """An element, with its attributes and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @classmethod
    def read(cls, html: str) -> Self:
        """Return a document's tree; raises AssertionError where elements are not closed in order."""
        reader = _Reader()
        reader.feed(html)
        reader.close()
        assert 1 == len(reader.open), [each.tag for each in reader.open]
        return cls("", {}, reader.open[0].children)

    def all(self, tag: str = "", class_: str = "", **attributes: str) -> Iterator[Element]:
        """Yield the elements inside it, in order, that have a tag, a class and attributes."""
        for child in self.children:
            if isinstance(child, Element):
                has = all(child.attributes.get(name) == value for name, value in attributes.items())
                is_of_class = not class_ or class_ in child.attributes.get("class", "").split()
                if has and is_of_class and tag in {"", child.tag}:
                    yield child
                yield from child.all(tag, class_, **attributes)

    def one(self, tag: str = "", class_: str = "", **attributes: str) -> Element:
        """Return the first such element."""
        return next(self.all(tag, class_, **attributes))

    @property
    def text(self) -> str:
        """What it says, with blanks squeezed."""
        return " ".join("".join(self.texts).split())

    @property
    def texts(self) -> Iterator[str]:
        """What stands between the tags."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.texts


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> ends <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
