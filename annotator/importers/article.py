"""One article out of the parts that a database, a feed or a table gives: one text with zones, and what is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from annotator.core.annotation import AnnotatedDocument, Zone
from annotator.core.errors import KnownError
from annotator.core.span import Span
from annotator.core.text import language_of, normalised, prevailing_direction
from annotator.importers.base import Source
from annotator.importers.dates import iso_date
from annotator.importers.languages import language_code

BETWEEN = "\n\n"  # paragraphs, as every text of an article has them
_TITLE = 300  # characters of a title
_FIELD = 20_000  # characters of one fact: more than that is no fact but a text in the wrong place
_SOURCE_LINE = ("publication", "date", "edition", "section", "page")
_LISTED = ("BODY", "CAPTION", "DEK", "RELATED", "HEADLINE", "DATELINE")


class Article:
    """Gathers an article's parts in the order in which they are read."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, str]] = []
        self.facts: dict[str, str] = {}
        self.title = ""  # where it is not the headline
        self.day_first = True  # how 3/5/2024 is read

    def add(self, zone: str, *paragraphs: str) -> None:
        """Paragraphs that are a `zone`, behind all that was added before; blank ones are passed over."""
        for paragraph in paragraphs:
            if text := tidy(paragraph):
                self._parts.append((zone, text))

    def say(self, name: str, value: str) -> None:
        """A fact about the article. Said twice, both are kept, parted by a semicolon."""
        value = " ".join(value.split())[:_FIELD]
        if not value:
            return
        held = self.facts.get(name)
        if held is None:
            self.facts[name] = value
        elif value not in held.split("; "):
            self.facts[name] = f"{held}; {value}"

    def part(self, zone: str) -> str:
        """What was added as `zone`, paragraphs parted by blank lines."""
        return BETWEEN.join(text for name, text in self._parts if name == zone)

    def put_before(self, other: Article) -> None:
        """Put the parts of `other` before one's own, and its facts beside."""
        self._parts = other._parts + self._parts
        for name, value in other.facts.items():
            self.say(name, value)

    def drop(self, zone: str) -> None:
        """Forget what was added as `zone`."""
        self._parts = [part for part in self._parts if part[0] != zone]

    def take_over(self, other: Article) -> None:
        """Become what `other` is."""
        self._parts, self.facts, self.title = list(other._parts), dict(other.facts), other.title or self.title

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added that a person could read."""
        return not any(zone in _LISTED for zone, _ in self._parts)

    def document(self, source: Source) -> AnnotatedDocument:
        """The article as a document. Raises KnownError when there is no text in it."""
        if self.is_empty:
            raise KnownError("There is no text in it.")
        if line := self._source_line():
            self._parts.append(("BOILERPLATE", line))
        text, zones = self._laid_out()
        body = self.part("BODY") or text
        written = self.facts.get("language", "")
        return AnnotatedDocument(
            text=text,
            title=(self.title or self._headline() or first_words(body))[:_TITLE],
            language=language_code(written) or language_of(body),
            direction=prevailing_direction(body),
            metadata=self._metadata(source),
            zones=tuple(zones),
        )

    def _headline(self) -> str:
        return " ".join(" ".join(text.split()) for zone, text in self._parts if zone == "HEADLINE")

    def _source_line(self) -> str:
        """Where it is from, as a line of the text: two papers that print the same agency's text are two articles."""
        parts: list[str] = []
        for name in _SOURCE_LINE:
            value = self._dated() if name == "date" else self.facts.get(name, "")
            if value and not any(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", part) for part in parts):
                parts.append(value)
        return " · ".join(parts)

    def _dated(self) -> str:
        """The date as it was printed; where a machine wrote it, as a person can read it."""
        written = self.facts.get("date", "")
        if re.search(r"[^\W\d_]{3}", written):
            return written
        return self.facts.get("published", "") or iso_date(written, self.day_first) or written

    def _laid_out(self) -> tuple[str, list[Zone]]:
        pieces: list[str] = []
        zones: list[Zone] = []
        at = 0
        for zone, part in self._parts:
            text = normalised(part).text
            if not text:  # a byte-order mark alone
                continue
            if pieces:
                pieces.append(BETWEEN)
                at += len(BETWEEN)
            pieces.append(text)
            span = Span(at, at + len(text))
            at = span.end
            if zones and zones[-1].label == zone and zones[-1].span.end + len(BETWEEN) == span.start:
                span = Span(zones.pop().span.start, span.end)
            if zone:
                zones.append(Zone("", zone, span))
        return "".join(pieces), zones

    def _metadata(self, source: Source) -> dict[str, str]:
        facts = dict(self.facts)
        written = facts.get("date", "")
        facts["published"] = facts.get("published") or iso_date(written, self.day_first)
        if facts["published"] == written:
            facts.pop("date", "")
        if language_code(facts.get("language", "")):
            facts.pop("language")
        facts["path"] = source.path
        return {name: normalised(value).text for name, value in facts.items() if value}


def tidy(paragraph: str) -> str:
    """A paragraph without spaces at its lines' ends and blank lines around it."""
    return "\n".join(line.strip() for line in paragraph.strip().splitlines())


def joined_lines(lines: list[str]) -> Iterator[str]:
    """The paragraphs of hard-wrapped `lines`: lines become one, blank lines part them.

    A line that stays well short of the others ends its paragraph, as in lists and verse.
    """
    held: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            held.append(line.strip())
        elif held:
            yield from _unwrapped(held)
            held = []


def _unwrapped(lines: list[str]) -> Iterator[str]:
    width = max(map(len, lines))
    if width < 50:  # not wrapped at all: each line was meant to be one
        yield "\n".join(lines)
        return
    text = lines[0]
    for before, line in pairwise(lines):
        word = re.match(r"\S+", line)
        had_room = word is not None and len(before) + 1 + len(word.group()) < width - 12
        text += ("\n" if had_room else " ") + line
    yield text


def first_words(text: str) -> str:
    """The first line of `text`, for a title where there is none."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= 100 else line[:100].rsplit(" ", 1)[0] + " …"
