"""Who wrote an article, as the page's marking or the line under its headline has it."""

from __future__ import annotations

import re
from typing import Any

from annotator.importers.html.visible import hints_of

_BY = re.compile(
    r"(?:^|\b)(?:written by|posted by|published by|by|von|par|por|da|di|door|af|av|przez|autor(?:in)?|author"
    r"|بقلم|كتبت?|الكاتب|מאת)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\b(?:author|byline|by-line|p-author|auteur|autor|author-?name|byline-?name|c-byline__name)\b")
_ELSEWHERE = re.compile(r"comment|sidebar|widget|related|footer|\bnav|menu|respond|reply|trending|popular|bio\b")
_AFTER = re.compile(
    r"\s*(?:[|•·–—/(]|,\s|\s-\s|\d|\n|\b(?:on|am|le|el|at|um|in|for|posted|published|updated)\b).*", re.DOTALL
)
_NO_NAME = re.compile(
    r"^(?:posted|published|veröffentlicht|geschrieben|erstellt|by|von|author|autor|admin|view all|all posts|more|share"
    r"|follow|contact|comments?|sagt|says)\b|@|https?:|[:!?]",
    re.IGNORECASE,
)
_SAYING = ("says", "sagt", "dit", "dice", "schreibt", "wrote")  # what follows the name of who comments
_LONGEST = 60  # characters of a name
_DEEP = 10  # elements around a name that may say it is that of somebody else


def without_by(text: str) -> str:
    """A line that names an author, without the “By” at its beginning."""
    found = _BY.match(text.strip())
    return text.strip()[found.end() :] if found else text.strip()


def says_by(text: str) -> bool:
    """Whether a line begins as one that names an author does."""
    return _BY.match(text.strip()) is not None


def name_in_line(line: str) -> str:
    """The name in a line such as “Posted on 2 May by Salma Haddad | News”; empty where there is none to be seen."""
    line = " ".join(line.split())
    said = _BY.search(line)
    return _name(line[said.end() :] if said else line)


def marked_author(root: Any) -> str:
    """The author that the page marks as such, outside of comments and side columns; empty for none."""
    best = ""
    for element in root.iter("a", "span", "div", "p", "address", "cite", "li", "em", "strong"):
        attributes = element.attrib
        if not attributes:
            continue
        sure = "author" in attributes.get("rel", "").split() or attributes.get("itemprop") == "author"
        if not sure and (best or not _MARKED.search(attributes.get("class", "").lower())):
            continue
        text = _start_of(element)
        if len(text) > 3 * _LONGEST or _stands_elsewhere(element):
            continue
        if name := name_in_line(text):
            if sure:
                return name
            best = name
    return best


def _start_of(element: Any) -> str:
    """The text of an element, as much of it as may be a name and a little more."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > 10 * _LONGEST:
            break
    return " ".join(" ".join(pieces).split())


def _stands_elsewhere(element: Any) -> bool:
    around = [outer for outer, _ in zip(element.iterancestors(), range(_DEEP), strict=False)]
    return any(
        outer.tag in ("footer", "aside", "nav") or _ELSEWHERE.search(hints_of(outer))
        for outer in [element, *around]
        if outer.tag not in ("body", "html")
    )


def _name(text: str) -> str:
    name = _AFTER.sub("", text).strip(" .,:;-")
    words = name.split()
    if not words or len(words) > 7 or len(name) > _LONGEST or _NO_NAME.search(name) or words[-1] in _SAYING:
        return ""
    return name
