"""The text of a page as its reader sees it, in blocks, each with what is known of its place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_HIDDEN = frozenset((
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "canvas", "iframe", "embed",
    "audio", "video", "select", "datalist", "map", "area", "progress", "meter", "input", "frameset", "noframes",
    "base", "param", "source", "track",
))  # fmt: skip
_BLOCKS = frozenset((
    "html", "body", "div", "p", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "ul", "ol", "li",
    "dl", "dt", "dd", "section", "article", "main", "header", "footer", "nav", "aside", "form", "fieldset",
    "legend", "blockquote", "pre", "textarea", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption",
    "address", "hr", "details", "summary", "dialog", "center", "hgroup", "menu", "object", "search", "button",
))  # fmt: skip
_LANDMARKS = frozenset((
    "nav", "header", "footer", "aside", "form", "article", "main", "figure", "figcaption", "blockquote", "address",
    "dialog",
))  # fmt: skip
_LISTS = frozenset(("ul", "ol", "menu"))
_UNSEEN_STYLE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_ROLES = {"navigation": "nav", "banner": "header", "contentinfo": "footer", "complementary": "aside", "main": "main"}
_SPACES = re.compile(r"[ \t\n\r\f]+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DEEPEST = 200  # elements within each other that are told apart
_INDENTED = 6  # lists within lists that are shown as such
_HINTS = 300  # characters of one element's
_CELL_LENGTH = 300  # characters from which a cell of a table is read as a part of the page's layout
_PARTS_OF_TABLES = frozenset((
    "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col",
))  # fmt: skip
BAR = " | "  # between the cells of a row


@dataclass(slots=True, eq=False)
class Place:
    """Where on the page a block stands: a block-level element, and those it lies in."""

    tag: str
    parent: Place | None = None
    landmark: str = ""  # the innermost of `_LANDMARKS` it lies in, by element or role
    hints: str = ""  # classes, ids and item properties, its own
    number: int = 0  # of a list: that of its next item, or 0 where items are not numbered
    source: int = 0  # the element's place in the page

    def within(self) -> Iterator[Place]:
        """The place itself and those it lies in, from the inside out."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.parent


@dataclass(slots=True, eq=False)
class Block:
    """A stretch of text that stands apart: a paragraph, a heading, an item of a list, a row of a table."""

    text: str
    place: Place
    tight: bool = False  # whether it follows the block before without a blank line
    linked: int = 0  # how many of its characters lie in links
    hints: str = ""  # classes, ids and item properties of inline elements within it


def blocks_of(root: Any) -> list[Block]:
    """The visible blocks of the page whose tree is `root`, in the order in which they are read."""
    return _Walk(root).blocks


@dataclass(slots=True)
class _Open:
    """What is being gathered for the next block."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    hints: list[str] = field(default_factory=list)


class _Walk:
    def __init__(self, root: Any) -> None:
        self.blocks: list[Block] = []
        self._open = _Open()
        self._place = Place("html")
        self._places: list[Place] = []
        self._links = self._kept = self._ruby = 0  # how many such elements are open
        self._reading: list[str] = []  # of ruby, to stand behind its base
        self._in_reading = False
        self._count = 0
        self._before = ""  # the element that ended last, if nothing came since
        self._go(root)
        self._close()

    def _go(self, root: Any) -> None:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        unseen = False  # whether the element that began last is: it ends next, since what is in it is passed over
        for event, element in walk:
            if event == "start":
                self._count += 1
                unseen = self._unseen(element)
                if unseen:
                    walk.skip_subtree()
                else:
                    self._start(element, walk)
            elif event == "end":
                if not unseen:
                    self._end(element)
                unseen = False
            if event != "start" and element.tail:
                self._say(element.tail)

    def _unseen(self, element: Any) -> bool:
        if element.tag in _HIDDEN or element.tag in ("rp",):
            return True
        attributes = element.attrib
        if not attributes:
            return False
        if element.tag == "dialog" and "open" not in attributes:
            return True
        style = attributes.get("style")
        return "hidden" in attributes or (style is not None and _UNSEEN_STYLE.search(style) is not None)

    # Elements

    def _start(self, element: Any, walk: Any) -> None:
        tag = element.tag
        if tag == "br":
            self._break()
        elif tag in _BLOCKS:
            self._close()
            self._enter(element, tag)
            if tag == "tr" and (row := _row(element)) is not None:
                self._open.parts.append(row)
                self._open.linked = _linked(element, row)
                self._close(tight=self._follows_in(element, "tr"))
                walk.skip_subtree()
                return
        else:
            self._start_inline(element, tag)
        if element.text:
            self._say(element.text)

    def _start_inline(self, element: Any, tag: str) -> None:
        if tag == "a":
            self._links += 1
            if self._before == "a":
                self._open.parts.append(" ")
        elif tag == "ruby":
            self._ruby += 1
        elif tag in ("rt", "rtc"):
            self._in_reading = True
        elif tag == "q":
            self._say("“")
        if hints := hints_of(element):
            self._open.hints.append(hints)

    def _end(self, element: Any) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._close()
            if self._places:
                self._place = self._places.pop()
        elif tag == "a":
            self._links = max(0, self._links - 1)
        elif tag == "ruby":
            self._ruby = max(0, self._ruby - 1)
        elif tag in ("rt", "rtc"):
            self._in_reading = False
        elif tag == "q":
            self._say("”")
        if tag == "pre" or tag == "textarea":
            self._kept = max(0, self._kept - 1)
        self._before = tag

    def _enter(self, element: Any, tag: str) -> None:
        self._places.append(self._place)
        if len(self._places) > _DEEPEST and self._place.parent is not None:
            self._place = self._place.parent
        role = _ROLES.get(element.get("role", ""), "")
        landmark = role or (tag if tag in _LANDMARKS else self._place.landmark)
        number = _first_number(element) if tag == "ol" else 0
        self._place = Place(tag, self._place, landmark, hints_of(element), number, self._count)
        if tag in ("pre", "textarea"):
            self._kept += 1

    # Text

    def _say(self, text: str) -> None:
        if self._in_reading:
            self._reading.append(_SPACES.sub(" ", text))
            return
        if not self._kept:
            text = _SPACES.sub(" ", text)
        elif "\r" in text:
            text = text.replace("\r\n", "\n")
        if self._reading and not self._ruby and text.strip():
            self._say_reading()
        self._open.parts.append(text)
        if text.strip():
            self._before = ""
        if self._links:
            self._open.linked += len(text)

    def _say_reading(self) -> None:
        """The readings of ruby stand behind the words that they belong to, so that those stay words."""
        reading = "".join(self._reading).strip()
        self._reading = []
        if reading:
            base = "".join(self._open.parts)
            self._open.parts.append(f"（{reading}）" if _CJK.search(base[-4:]) else f" ({reading})")

    def _break(self) -> None:
        """A line ends; where one ends a second time, the paragraph does."""
        if self._kept:
            self._open.parts.append("\n")
            return
        tail = "".join(self._open.parts[-3:]).rstrip(" ")
        if tail.endswith("\n"):
            self._close()
        else:
            self._open.parts.append("\n")

    def _close(self, *, tight: bool = False) -> None:
        if self._reading:
            self._say_reading()
        gathered, self._open = self._open, _Open()
        self._before = ""
        text = "".join(gathered.parts)
        text = text.strip("\n").rstrip() if self._kept else _tidied(text)
        if not text.strip():
            return
        if item := self._item():
            text, tight = item[0] + text, item[1]
        hints = " ".join(gathered.hints)
        self.blocks.append(Block(text, self._place, tight, gathered.linked, hints))

    def _item(self) -> tuple[str, bool] | None:
        """How an item of a list begins, and whether it follows another; None for what is none, or goes on with one."""
        item = next((place for place in self._place.within() if place.tag not in ("p", "div")), self._place)
        if item.tag != "li" or item.parent is None or item.number:
            return None
        item.number = -1  # its sign is said
        held = item.parent
        follows = bool(self.blocks) and any(place.parent is held for place in self.blocks[-1].place.within())
        nested = min(_INDENTED, sum(place.tag in _LISTS for place in held.within()) - 1)
        if held.tag == "ol" and held.number:
            held.number += 1
            return "  " * nested + f"{held.number - 1}. ", follows
        return "  " * nested + "• ", follows or (nested > 0 and bool(self.blocks))

    def _follows_in(self, element: Any, tag: str) -> bool:
        """Whether the block before is a row of the same table."""
        if not self.blocks or self.blocks[-1].place.tag != tag:
            return False
        table = next((place for place in self._place.within() if place.tag == "table"), None)
        return table is not None and any(place is table for place in self.blocks[-1].place.within())


def hints_of(element: Any) -> str:
    """What an element's class, id, item property and relation say of it, in small letters."""
    attributes = element.attrib
    if not attributes:
        return ""
    held = [attributes[name] for name in ("class", "id", "itemprop", "rel", "data-testid") if name in attributes]
    return " ".join(held)[:_HINTS].lower() if held else ""


def _first_number(element: Any) -> int:
    start = element.get("start", "1").strip()
    return int(start) if re.fullmatch(r"\d{1,6}", start) and int(start) else 1


def _tidied(text: str) -> str:
    """`text` with single spaces, and none at the ends of its lines."""
    lines = [_SPACES.sub(" ", line).strip(" ") for line in text.split("\n")]
    return "\n".join(lines).strip("\n")


def _row(element: Any) -> str | None:
    """The text of a row of a table that holds data; None where its cells are parts of the page's layout."""
    cells = [cell for cell in element if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return None
    texts = []
    for cell in cells:
        if any(inner.tag in _BLOCKS and inner.tag != "p" for inner in cell.iterdescendants(etree_element())):
            return None
        text = _SPACES.sub(" ", "".join(_seen_text(cell))).strip()
        if len(text) > _CELL_LENGTH:
            return None
        texts.append(text)
    return BAR.join(texts) if any(texts) else None


def etree_element() -> Any:
    """The filter by which lxml gives elements alone, without comments."""
    from lxml import etree

    return etree.Element


def _seen_text(cell: Any) -> Iterator[str]:
    """The pieces of text in a cell, without what is hidden."""
    from lxml import etree

    walk = etree.iterwalk(cell, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "start":
            if element.tag in _HIDDEN or "hidden" in element.attrib:
                walk.skip_subtree()
            else:
                if element.tag in ("br", "p"):
                    yield " "
                if element.text:
                    yield element.text
        elif element is not cell and element.tail:
            yield element.tail


def _linked(element: Any, row: str) -> int:
    return min(len(row), sum(len("".join(link.itertext())) for link in element.iterdescendants("a")))
