"""Which areas of which pages make an article, as METS files of different libraries say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.importers.markup import Element, below, first, name_of

_XLINK = "{http://www.w3.org/1999/xlink}"
_ARTICLE = re.compile(r"^(?:news_?)?(?:article|artikel|articulo|articolo)s?$", re.IGNORECASE)
_ZONES = {
    **dict.fromkeys(("title", "headline", "heading", "main_title", "maintitle"), "HEADLINE"),
    **dict.fromkeys(("subheadline", "subtitle", "sub_title", "overline", "kicker", "motto", "abstract"), "DEK"),
    **dict.fromkeys(("author", "byline"), "BYLINE"),
    **dict.fromkeys(("dateline",), "DATELINE"),
    **dict.fromkeys(("caption", "legend"), "CAPTION"),
    **dict.fromkeys(("footnote", "running_title", "page_number", "pagenumber"), "BOILERPLATE"),
}
_SECTIONS = ("section", "rubric")


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page."""

    file: str  # the id of the page's ALTO file
    begin: str  # the id of the block in it; empty for the whole page
    zone: str


@dataclass(slots=True)
class LogicalArticle:
    """An article as the structure has it."""

    key: str
    label: str
    section: str
    descriptions: tuple[str, ...]  # ids of what is said of it
    areas: list[Area] = field(default_factory=list)


class Structure:
    """The articles of an issue, and the labels of its pages."""

    def __init__(self, root: Element) -> None:
        self._by_id = {key: each for each in root.iter() if isinstance(each.tag, str) and (key := each.get("ID"))}
        self._links = self._linked(root)
        self.text_files = self._text_files(root)
        self._labels = self._page_labels(root)
        maps = list(below(root, "structmap"))
        logical = [each for each in maps if (each.get("TYPE") or "").lower() != "physical"] or maps
        self.articles = [self._article(div) for each in logical for div in _outermost_articles(each)]

    def page_label(self, file: str) -> str:
        """The number of the page that a file holds; empty when the structure does not say."""
        return self._labels.get(file, "")

    def _text_files(self, root: Element) -> set[str]:
        """The ids of the files that hold pages' text: told by group or name, or areas point into them."""
        pointed = {area.get("FILEID") or "" for area in below(root, "area") if area.get("BEGIN")}
        found = set()
        for part in below(root, "file"):
            place = first(part, "flocat")
            href = (place.get(f"{_XLINK}href") or "") if place is not None else ""
            group = part.getparent()
            names = [part.get("USE"), part.get("ID"), group.get("USE") if group is not None else ""]
            use = " ".join(name or "" for name in names)
            xml = href.lower().endswith(".xml") or "xml" in (part.get("MIMETYPE") or "")
            if xml and (
                part.get("ID") in pointed or re.search("alto|text|ocr|fulltext", f"{use} {href}", re.IGNORECASE)
            ):
                found.add(part.get("ID") or "")
        return found

    def _page_labels(self, root: Element) -> dict[str, str]:
        labels: dict[str, str] = {}
        for div in below(root, "div"):
            if (div.get("TYPE") or "").lower() == "page":
                label = div.get("ORDERLABEL") or div.get("ORDER") or div.get("LABEL") or ""
                for part in below(div, "area", "fptr"):
                    if file := part.get("FILEID"):
                        labels.setdefault(file, label)
        return labels

    def _linked(self, root: Element) -> dict[str, list[str]]:
        """What each id is linked to: the physical areas of a logical part."""
        links: dict[str, list[str]] = {}
        for group in below(root, "smlinkgrp"):
            places = [(part.get(f"{_XLINK}href") or "").lstrip("#") for part in below(group, "smlocatorlink")]
            for place in places:
                links.setdefault(place, []).extend(other for other in places if other != place)
        for link in below(root, "smlink"):
            start, end = (link.get(f"{_XLINK}{name}") or "" for name in ("from", "to"))
            links.setdefault(start.lstrip("#"), []).append(end.lstrip("#"))
        return links

    def _article(self, div: Element) -> LogicalArticle:
        article = LogicalArticle(
            div.get("ID") or "",
            " ".join((div.get("LABEL") or "").split()),
            _section(div),
            tuple((div.get("DMDID") or "").split()),
        )
        seen: set[tuple[str, str]] = set()
        for area in self._areas(div):
            if area.file in self.text_files and (area.file, area.begin) not in seen:
                seen.add((area.file, area.begin))
                article.areas.append(area)
        return article

    def _areas(self, div: Element) -> Iterator[Area]:
        """The areas in `div` in their order, and those its parts are linked to."""
        for node in div.iter():
            name = name_of(node)
            if name == "area" or (name == "fptr" and node.get("FILEID") and first(node, "area") is None):
                yield Area(node.get("FILEID") or "", node.get("BEGIN") or "", _zone(node, div))
            elif name == "div":
                yield from self._linked_areas(node, div)

    def _linked_areas(self, node: Element, top: Element) -> Iterator[Area]:
        for key in self._links.get(node.get("ID") or "", ()):
            target = self._by_id.get(key)
            if target is None or name_of(target) not in ("area", "fptr", "div"):
                continue
            for area in below(target, "area"):
                if area.get("BEGIN") or name_of(target) != "div" or (target.get("TYPE") or "").lower() != "page":
                    yield Area(area.get("FILEID") or "", area.get("BEGIN") or "", _zone(node, top))


def _outermost_articles(structure: Element) -> Iterator[Element]:
    for div in below(structure, "div"):
        if _ARTICLE.match(div.get("TYPE") or "") and not any(
            _ARTICLE.match(above.get("TYPE") or "") for above in div.iterancestors()
        ):
            yield div


def _zone(node: Element, top: Element) -> str:
    """What an area is: the nearest part above it that says so, within the article."""
    while node is not None:
        kind = (node.get("TYPE") or "").lower().replace("-", "_")
        if name_of(node) == "div" and kind in _ZONES:
            return _ZONES[kind]
        if node is top:
            break
        node = node.getparent()
    return "BODY"


def _section(div: Element) -> str:
    above = div.getparent()
    while above is not None:
        if (above.get("TYPE") or "").lower() in _SECTIONS and above.get("LABEL"):
            return " ".join((above.get("LABEL") or "").split())
        above = above.getparent()
    return ""
