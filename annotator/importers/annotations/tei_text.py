"""The text of a TEI element as it is read, and where its elements came to stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from annotator.importers.markup import name_of

_BLOCKS = frozenset(
    (
        *("ab", "argument", "byline", "castlist", "closer", "dateline", "div", "div1", "div2", "div3", "docauthor"),
        *(
            "doctitle",
            "epigraph",
            "front",
            "body",
            "back",
            "group",
            "head",
            "item",
            "l",
            "lg",
            "list",
            "note",
            "opener",
        ),
        *(
            "p",
            "salute",
            "signed",
            "sp",
            "speaker",
            "stage",
            "table",
            "row",
            "text",
            "titlepage",
            "trailer",
            "u",
            "seg",
        ),
        *("incident", "kinesic", "vocal", "figure", "figdesc"),
    )
)
_WORDS = ("w", "pc")
_SPACE = re.compile(r"[ \t\r\n]+")
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_KEEP = "{http://www.w3.org/XML/1998/namespace}space"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PASSED_OVER = frozenset(("teiheader", "standoff", "linkgrp", "spangrp", "facsimile", "sourcedoc"))


class TeiText:
    """Reads an element. `places` holds what was to be noted, each with its beginning and end in the text."""

    def __init__(self) -> None:
        self.places: list[tuple[Any, int, int]] = []
        self.by_id: dict[str, tuple[int, int]] = {}
        self._parts: list[str] = []
        self._length = 0
        self._gap = ""  # what comes before the next word
        self._anchors: list[str] = []  # ids of places without words, before the next word
        self._waiting: list[list[Any]] = []  # elements that have no beginning yet

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def read(self, element: Any, noted: Callable[[Any], bool], as_it_stands: bool = False) -> None:
        """Put the text of `element` to the end; elements that are to be `noted` are kept in `places`.

        Spaces and line ends are put in order, but for elements that say that theirs are to be preserved.
        """
        name = name_of(element)
        if not name or name in _PASSED_OVER:
            return
        as_it_stands = as_it_stands or element.get(_KEEP) == "preserve"
        if (name in _BLOCKS or name == "lb") and not as_it_stands:
            self._break()
        if name == "anchor" and element.get(_ID):
            self._anchors.append(element.get(_ID))
            return
        key = element.get(_ID)
        keep = noted(element)
        held: list[Any] | None = [element, -1, keep, key] if keep or key else None
        if held is not None:
            self._waiting.append(held)
        joined = element.get("join") or ""
        if name in _WORDS and joined in ("left", "both"):
            self._gap = ""
        self._take(element.text or "", as_it_stands)
        tokens = any(name_of(child) in _WORDS for child in element)
        for child in element:
            self.read(child, noted, as_it_stands)
            if as_it_stands or not (tokens and not (child.tail or "").strip()):
                self._take(child.tail or "", as_it_stands)
        if name in _WORDS:
            self._gap = "" if joined in ("right", "both") else self._gap or " "
        if held is not None:
            self._close(held)
        if name in _BLOCKS and not as_it_stands:
            self._break()

    def finish(self) -> None:
        """The text ends: anchors behind its last word stand there."""
        self._set_anchors(self._length)

    def _set_anchors(self, place: int) -> None:
        self.by_id.update(dict.fromkeys(self._anchors, (place, place)))
        self._anchors.clear()

    def _close(self, held: list[Any]) -> None:
        element, start, noted, key = held
        if start < 0:
            self._waiting.remove(held)
            return
        if noted:
            self.places.append((element, start, self._length))
        if key:
            self.by_id[key] = (start, self._length)

    def _break(self) -> None:
        self._gap = "\n"

    def _take(self, written: str, as_it_stands: bool) -> None:
        if as_it_stands:
            if written:
                self._begin()
                self._put(written)
                self._gap = ""
            return
        text = _SPACE.sub(" ", written)
        if not text:
            return
        if text[0] == " ":
            self._gap = self._gap or " "
        words = text.strip(" ")
        if words:
            if self._length:
                self._put(self._gap)
            self._begin()
            self._put(words)
            self._gap = " " if text[-1] == " " else ""

    def _begin(self) -> None:
        """Here stands the next word: what waited for its beginning begins."""
        for held in self._waiting:
            held[1] = self._length
        self._waiting.clear()
        self._set_anchors(self._length)

    def _put(self, part: str) -> None:
        self._parts.append(part)
        self._length += len(part)


def language_in(element: Any) -> str:
    """The language that an element says of itself."""
    return str(element.get(_LANGUAGE) or "")
