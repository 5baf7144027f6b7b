"""The marks of a document in the program's JSON: read fast where all is as it should be, with care where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from annotator.core.annotation import Annotation, AttributeValue, Relation
from annotator.core.ids import named_id
from annotator.core.span import Span
from annotator.core.standing_off import Expected
from annotator.core.text import normalised
from annotator.importers.label_names import LabelNames
from annotator.importers.positions import readings

ID_LENGTH = 36  # of a UUID as it is written

_MARK = itemgetter(
    *("id", "layer", "label", "start", "end", "fragments", "text", "attributes", "note", "annotator"),
    *("origin", "created", "updated"),
)
_LINK = itemgetter("id", "label", "from", "to", "attributes", "annotator", "created", "updated")
_NUMBERS = (int, float)


class MarkRefusedError(Exception):
    """A mark that cannot be taken in; the text says why."""


@dataclass(slots=True)
class MarkFindings:
    """What was found wrong with the marks of one document."""

    converted: int = 0  # positions were UTF-16 units
    found: int = 0  # positions were wrong, and the quoted words stand only once in the text
    left_out: list[str] = field(default_factory=list)  # a description of each


@dataclass(slots=True)
class MarkReader:
    """Reads the marks of one document.

    `place` names the document for ids that are made; `keep_ids` is whether the file's ids are this program's own.
    """

    names: LabelNames
    raw: str  # the text as the file has it
    text: str  # the text as it is stored
    place: str
    keep_ids: bool
    findings: MarkFindings = field(default_factory=MarkFindings)

    def annotations(self, marks: Sequence[Any]) -> Iterator[Annotation]:
        """The marks, in order; those that cannot be taken in are noted in `findings`."""
        text, labels, same_text = self.text, self.names.labels, self.raw == self.text
        new = tuple.__new__  # what Annotation(…) does, in half the time
        for mark in marks:
            try:
                (
                    key,
                    layer,
                    name,
                    start,
                    end,
                    fragments,
                    quote,
                    attributes,
                    note,
                    annotator,
                    origin,
                    created,
                    updated,
                ) = _MARK(mark)
                if not (
                    same_text
                    and len(fragments) == 1
                    and fragments[0] == [start, end]
                    and text[start:end] == quote
                    and type(note) is type(annotator) is type(origin) is type(created) is type(updated) is str
                    and type(key) is type(layer) is str
                    and type(start) is int
                    and len(key) == ID_LENGTH
                ):
                    raise ValueError
                coded = values(attributes) if attributes else {}
                sure = _confidence(mark) if "confidence" in mark else None
                place = (Span(start, end),)
                made = new(
                    Annotation,
                    (key, labels[layer, name], place, coded, note, annotator, origin, sure, created, updated, 0),
                )
            except (KeyError, TypeError, ValueError, MarkRefusedError):
                careful = self._carefully(mark)
                if careful is not None:
                    yield careful
            else:
                yield made

    def awaited(self, marks: Sequence[Any]) -> Iterator[tuple[Annotation, Expected]]:
        """The marks of a text that is not in the file, each with what must stand at its place."""
        for mark in marks:
            try:
                spans = _spans(_pairs(mark)) if isinstance(mark, dict) else ()
                if isinstance(mark, dict) and not spans:
                    raise MarkRefusedError("it is empty")
                yield self._annotation(mark, spans), Expected(_string(mark, "text") or None, _string(mark, "hash"))
            except MarkRefusedError as error:
                self.findings.left_out.append(f"{_described(mark)} ({error})")

    def _carefully(self, mark: Any) -> Annotation | None:
        try:
            return self._annotation(mark, None)
        except MarkRefusedError as error:
            self.findings.left_out.append(f"{_described(mark)} ({error})")
            return None

    def _annotation(self, mark: Any, spans: tuple[Span, ...] | None) -> Annotation:
        if not isinstance(mark, dict):
            raise MarkRefusedError("it is no object")
        name = _string(mark, "label")
        if not name:
            raise MarkRefusedError("it has no label")
        created = _string(mark, "created")
        return Annotation(
            id=own_id(_string(mark, "id"), self.place, self.keep_ids),
            label=self.names.label(_string(mark, "layer"), name),
            fragments=self._fragments(mark) if spans is None else spans,
            attributes=values(mark.get("attributes") or {}),
            note=_string(mark, "note"),
            annotator=_string(mark, "annotator"),
            origin=_string(mark, "origin"),
            confidence=_confidence(mark),
            created=created,
            updated=_string(mark, "updated") or created,
        )

    def _fragments(self, mark: Mapping[str, Any]) -> tuple[Span, ...]:
        pairs = _pairs(mark)
        quote = mark.get("text")
        wanted = normalised(quote).text if isinstance(quote, str) else None
        for unit, stored in readings(self.raw, self.text):
            spans = _spans([(stored(start), stored(end)) for start, end in pairs])
            if spans and spans[-1].end <= len(self.text) and wanted in (None, _covered(self.text, spans)):
                self.findings.converted += unit != "code points"
                return spans
            if wanted is None:  # without its words nothing says that the numbers mean something else
                break
        if wanted is None:
            raise MarkRefusedError(f"it is empty or ends past the text, which has {len(self.text)} characters")
        return self._only_place(wanted, len(pairs))

    def _only_place(self, words: str, fragments: int) -> tuple[Span, ...]:
        """Where `words` stand, if that is one place. Words of a mark in pieces are not looked for."""
        start = self.text.find(words) if words.strip() and fragments == 1 else -1
        if start < 0 or self.text.find(words, start + 1) >= 0:
            raise MarkRefusedError("its words do not stand at its place")
        self.findings.found += 1
        return (Span(start, start + len(words)),)

    def relations(self, links: Sequence[Any]) -> Iterator[Relation]:
        """The links between marks, in order; those that cannot be taken in are noted in `findings`."""
        types = self.names.relations
        for link in links:
            try:
                key, name, source, target, attributes, annotator, created, updated = _LINK(link)
                if not (
                    type(key)
                    is type(source)
                    is type(target)
                    is type(annotator)
                    is type(created)
                    is type(updated)
                    is str
                    and len(key) == len(source) == len(target) == ID_LENGTH
                ):
                    raise ValueError
                coded = values(attributes) if attributes else {}
                made = Relation(key, types[name], source, target, coded, annotator, created, updated)
            except (KeyError, TypeError, ValueError, MarkRefusedError):
                careful = self._relation_carefully(link)
                if careful is not None:
                    yield careful
            else:
                yield made

    def _relation_carefully(self, link: Any) -> Relation | None:
        try:
            return self._relation(link)
        except MarkRefusedError as error:
            self.findings.left_out.append(f"the link {_described(link)} ({error})")
            return None

    def _relation(self, link: Any) -> Relation:
        if not isinstance(link, dict):
            raise MarkRefusedError("it is no object")
        name, created = _string(link, "label"), _string(link, "created")
        if not name:
            raise MarkRefusedError("it has no label")
        return Relation(
            id=own_id(_string(link, "id"), f"{self.place}/relations", self.keep_ids),
            type=self.names.relation(name),
            source=own_id(_string(link, "from"), self.place, self.keep_ids),
            target=own_id(_string(link, "to"), self.place, self.keep_ids),
            attributes=values(link.get("attributes") or {}),
            annotator=_string(link, "annotator"),
            created=created,
            updated=_string(link, "updated") or created,
        )


def own_id(key: str, place: str, keep: bool) -> str:
    """`key`, if it can be an id in every project; else one made of it, the same at every import."""
    return key if keep or not key or len(key) == ID_LENGTH else named_id(f"{place}/{key}")


def values(attributes: Any) -> dict[str, AttributeValue]:
    """Attributes by name; what is null is not coded. Raises MarkRefusedError for what is no value."""
    if not isinstance(attributes, dict):
        raise MarkRefusedError("its attributes are no object")
    return {name: value(name, held) for name, held in attributes.items() if held is not None}


def value(name: str, held: Any) -> AttributeValue:
    """The value `held` of attribute `name`. Raises MarkRefusedError when it is none."""
    kind = type(held)
    if kind is str or kind is bool or kind is int or kind is float:
        found: AttributeValue = held
        return found
    if kind is list and all(type(item) is str for item in held):
        return list(held)
    raise MarkRefusedError(f"its attribute “{name}” is neither text, number, yes or no, nor a list of texts")


def _confidence(mark: Mapping[str, Any]) -> float | None:
    confidence = mark.get("confidence")
    if confidence is not None and type(confidence) not in _NUMBERS:
        raise MarkRefusedError("its confidence is no number")
    return None if confidence is None else float(confidence)


def _string(item: Mapping[str, Any], name: str) -> str:
    found = item.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise MarkRefusedError(f"its “{name}” is no text")
    return found


def _pairs(mark: Mapping[str, Any]) -> list[tuple[int, int]]:
    fragments = mark.get("fragments") or [[mark.get("start"), mark.get("end")]]
    try:
        pairs = [(start, end) for start, end in fragments]
    except (TypeError, ValueError):
        raise MarkRefusedError("its fragments are no pairs of numbers") from None
    if not all(type(position) is int for pair in pairs for position in pair):
        raise MarkRefusedError("its start or end is no whole number")
    return sorted(pairs)


def _spans(pairs: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """The pairs as spans, what overlaps joined; none when one is empty or backwards."""
    joined: list[tuple[int, int]] = []
    for start, end in pairs:
        if not 0 <= start < end:
            return ()
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(Span(start, end) for start, end in joined)


def _covered(text: str, spans: Sequence[Span]) -> str:
    return " ".join([text[span.start : span.end] for span in spans])


def _described(mark: Any) -> str:
    """A mark or link as a sentence names it."""
    if not isinstance(mark, dict):
        return "that is no object"
    words = mark.get("text")
    quoted = f" “{words[:40]}”" if isinstance(words, str) else ""
    label, start, end = (str(mark.get(name, "?"))[:40] for name in ("label", "start", "end"))
    return f"{label}{quoted}" + (f" at {start} to {end}" if "start" in mark else "")
