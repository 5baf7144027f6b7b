"""Reading a page again, as any program that knows HTML would: texts, marks and what is said of them."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

Element = Any  # of lxml, which comes without types
_BEGIN, _END = b"<article ", b"</article>"


def read_page(path: Path) -> Iterator[Hashable]:
    """What each article of a page holds. Raises ValueError or LookupError where it is none."""
    with path.open("rb") as file:
        lines: list[bytes] = []
        for line in file:
            if line.startswith(_BEGIN):
                lines = []
            lines.append(line)
            if line.startswith(_END):
                yield _article(b"".join(lines))


def _article(data: bytes) -> Hashable:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    page = b'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>' + data + b"</body></html>"
    (article,) = etree.fromstring(page, parser).iter("article")
    (text,) = _of_class(article, "text")
    (heading,) = article.iter("h2")
    words, places = _words(text)
    return (
        heading.get("data-title"),
        words,
        tuple((name, start, end) for name, start, end in json.loads(text.get("data-zones"))),
        tuple(_facts(article)),
        tuple(_mark(mark, places) for mark in article.iterfind(".//section[@class='told']/ol/li")),
    )


def _words(text: Element) -> tuple[str, dict[str, tuple[tuple[int, int], ...]]]:
    """The text, and where each mark runs, by its number."""
    parts: list[str] = []
    covered: dict[str, list[tuple[int, int]]] = {}
    place = 0

    def take(piece: str | None, marks: tuple[str, ...]) -> None:
        nonlocal place
        if piece:
            parts.append(piece)
            for mark in marks:
                runs = covered.setdefault(mark, [])
                begin = runs.pop()[0] if runs and runs[-1][1] == place else place
                runs.append((begin, place + len(piece)))
            place += len(piece)

    def walk(element: Element, marks: tuple[str, ...]) -> None:
        inner = marks if element.get("data-mark") is None else (*marks, element.get("data-mark"))
        if element.tag != "a":  # the name of a label is no part of the text
            take(element.text, inner)
            for child in element:
                walk(child, inner)
        if element is not text:
            take(element.tail, marks)

    walk(text, ())
    return "".join(parts), {mark: tuple(runs) for mark, runs in covered.items()}


def _facts(article: Element) -> Iterator[Hashable]:
    for row in article.iterfind(".//dl[@class='facts']/div"):
        who = "".join(_text(each) for each in _of_class(row, "by who"))
        yield row.get("class"), _text(row.find("dt")), _text(row.find("dd")), who


def _mark(row: Element, places: dict[str, tuple[tuple[int, int], ...]]) -> Hashable:
    (label,) = _of_class(row, "label")
    number = _text(row.find("span"))
    note = row.find("p")
    links = tuple(_link(each) for each in row.iterfind("ul/li") if each.get("class") == "to")
    who = row.find("div")
    return (
        label.get("data-layer"), label.get("data-label"), _text(label), places.get(number, ()), _text(row.find("q")),
        tuple(_said(row)), "" if note is None else _text(note), "" if who is None else _text(who), links,
    )  # fmt: skip


def _link(row: Element) -> Hashable:
    (number,) = _of_class(row, "at")
    who = row.findall("span")[1:]
    return _text(row.find("span/bdi")), _text(number), tuple(_said(row)), "".join(map(_text, who))


def _said(row: Element) -> Iterator[tuple[str, str]]:
    found = row.find("dl")
    if found is not None:
        yield from zip(map(_text, found.iterfind("dt")), map(_text, found.iterfind("dd")), strict=True)


def _of_class(element: Element, name: str) -> list[Element]:
    return [each for each in element.iter() if each.get("class") == name]


def _text(element: Element) -> str:
    return "".join(element.itertext())
