"""Joining marks that stand off their text with that text: each is put where its words are, or refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.imports import Failure, Notice
from annotator.core.offsets import Utf16Map
from annotator.core.span import Span
from annotator.core.standing_off import Expected, StandOff, words_hash
from annotator.core.text import normalised

NEAR = 60  # characters around its place in which a mark's words are looked for when they stand there more than once
_SHOWN = 10  # marks of one text that are named when they are refused
_NOTHING = Expected()
_UNITS = "in UTF-16 units: the places were converted"
_FOUND = "at wrong places: the words that they quote were found nearby or once"


class Text(NamedTuple):
    """A text that marks are joined to, and what it is known by."""

    text: str
    sha256: str
    id: str = ""
    title: str = ""


class _Refused(NamedTuple):
    mark: Annotation
    why: str


def joined(found: StandOff, known: Text) -> tuple[AnnotatedDocument, list[Failure | Notice]]:
    """The marks of `found` on the text `known`, and what is to be said: which marks do not fit, which were moved."""
    joining = _Joining(found, known)
    marks = tuple(joining.marks())
    gone = {each.mark.id for each in joining.refused}
    links = found.about.relations
    links = tuple(link for link in links if not gone & {link.source, link.target}) if gone else links
    zones = tuple(zone for zone in found.about.zones if zone.span.end <= len(known.text))
    document = replace(
        found.about,
        text=known.text,
        title=known.title,
        id=known.id,
        sha256=known.sha256,
        zones=zones,
        annotations=marks,
        relations=links,
        metadata=found.about.metadata if found.about.text else {},
        occurrences=(),
        note="",
    )
    return document, list(joining.told(len(found.about.relations) - len(links)))


class _Joining:
    """One text and its marks: finds the places, and gathers what is to be said."""

    def __init__(self, found: StandOff, known: Text) -> None:
        self._found, self._known = found, known
        self._same = found.about.sha256 in ("", known.sha256) and found.length in (None, len(known.text))
        self._salt = found.about.sha256 or known.sha256
        self._utf16: Utf16Map | None = None
        self._ways: Counter[str] = Counter()
        self.refused: list[_Refused] = []

    def marks(self) -> Iterator[Annotation]:
        """The marks at their places; those without one are put into `refused`."""
        expected = self._found.expected or (_NOTHING,) * len(self._found.about.annotations)
        for mark, wanted in zip(self._found.about.annotations, expected, strict=True):
            spans = self._place(mark, wanted)
            if spans is None:
                self.refused.append(_Refused(mark, self._why(mark, wanted)))
            else:
                yield mark if spans is mark.fragments else mark._replace(fragments=spans)

    def _place(self, mark: Annotation, wanted: Expected) -> tuple[Span, ...] | None:
        pieces = mark.fragments
        if wanted.words is None and not wanted.hashed:
            return pieces if pieces and self._same and pieces[-1].end <= len(self._known.text) else None
        fits = self._fitting(wanted)
        if pieces and fits(pieces):
            return pieces
        if pieces and (units := self._from_utf16(pieces)) != pieces and units and fits(units):
            self._ways[_UNITS] += 1
            return units
        sought = self._sought(pieces, wanted.words) if wanted.words and len(pieces) < 2 else None
        self._ways[_FOUND] += sought is not None and bool(pieces)
        return sought

    def _fitting(self, wanted: Expected) -> Callable[[Sequence[Span]], bool]:
        text, salt = self._known.text, self._salt
        words = None if wanted.words is None else normalised(wanted.words).text.split()

        def fits(pieces: Sequence[Span]) -> bool:
            if pieces[-1].end > len(text):
                return False
            there = " ".join([text[piece.start : piece.end] for piece in pieces])
            return words_hash(salt, there) == wanted.hashed if words is None else there.split() == words

        return fits

    def _from_utf16(self, pieces: Sequence[Span]) -> tuple[Span, ...]:
        self._utf16 = self._utf16 or Utf16Map(self._known.text)
        place = self._utf16.to_code_points
        pairs = [(place(piece.start), place(piece.end)) for piece in pieces]
        return tuple(Span(start, end) for start, end in pairs) if all(start < end for start, end in pairs) else ()

    def _sought(self, pieces: Sequence[Span], words: str) -> tuple[Span, ...] | None:
        """Where the words stand: the only such place, or the only one near by; however they are spaced."""
        parts = normalised(words).text.split()
        if not parts:
            return None
        pattern = re.compile(r"\s+".join(map(re.escape, parts)))
        places = [Span(*match.span()) for match in pattern.finditer(self._known.text)]
        if pieces and len(places) > 1:
            ways = sorted((abs(place.start - pieces[0].start), place) for place in places)
            nearest = [place for distance, place in ways if distance == ways[0][0] <= NEAR]
            places = nearest
        return (places[0],) if len(places) == 1 else None

    def _why(self, mark: Annotation, wanted: Expected) -> str:
        length = len(self._known.text)
        if mark.fragments and mark.fragments[-1].end > length:
            return f"it ends past the text, which has {length} characters"
        if wanted.words is None and not wanted.hashed:
            return "the text is another, and nothing says which words it is on" if mark.fragments else "it has no place"
        if not mark.fragments or wanted.words is not None:
            return "its words do not stand there, or stand in several places"
        return "other words stand at its place"

    def told(self, links: int) -> Iterator[Failure | Notice]:
        """What a person should know; `links` is how many hung on marks that were refused."""
        name = f"{self._found.source}, {self._found.place}"
        for way, number in (+self._ways).items():
            yield Notice(f"In {name}, {'one mark was' if number == 1 else f'{number} marks were'} {way}.")
        if not self.refused:
            return
        listed = "; ".join(f"{_described(each.mark)} ({each.why})" for each in self.refused[:_SHOWN])
        more = f"; and {len(self.refused) - _SHOWN} more" if len(self.refused) > _SHOWN else ""
        hanging = f" {links} links of these marks were left out with them." if links else ""
        another = "" if self._same else f" The marks were made on another text{self._lengths()}."
        count = "One mark was" if len(self.refused) == 1 else f"{len(self.refused)} marks were"
        yield Failure(name, f"{count} left out: {listed}{more}.{hanging}{another} The rest came in.")

    def _lengths(self) -> str:
        there, here = self._found.length, len(self._known.text)
        return "" if there is None else f": it has {there} characters, the one in the project {here}"


def _described(mark: Annotation) -> str:
    where = ", ".join(f"{piece.start} to {piece.end}" for piece in mark.fragments[:3])
    return f"{mark.label.name} at {where}" if where else mark.label.name
