"""A number for all that a document holds, the same for equal documents within one run: to compare what was written."""

from __future__ import annotations

import orjson

from annotator.core.annotation import AnnotatedDocument
from annotator.core.standing_off import StandOff


def digest(document: AnnotatedDocument) -> int:
    """The number of `document`. Marks, links, zones and answers count in any order; ids count, too."""
    return hash(
        (
            document.text,
            document.title,
            document.id,
            document.sha256,
            document.language,
            document.direction,
            document.note,
            frozenset(document.metadata.items()),
            frozenset(document.statuses.items()),
            tuple((place.uri, place.path, place.title) for place in document.occurrences),
            frozenset((key, label, span.start, span.end) for key, label, span in document.zones),
            frozenset((key, name, orjson.dumps(value), annotator) for key, name, value, annotator in document.labels),
            _annotations(document),
            _relations(document),
        )
    )


def stand_off_digest(found: StandOff) -> int:
    """The same of what stands off its text, with the hashes of the marks’ words."""
    marks = zip((mark.id for mark in found.about.annotations), found.expected, strict=True)
    return hash((digest(found.about), frozenset(marks), found.length))


def _annotations(document: AnnotatedDocument) -> int:
    total = 0
    for (
        key,
        label,
        fragments,
        attributes,
        note,
        annotator,
        origin,
        confidence,
        created,
        updated,
        _,
    ) in document.annotations:
        first = fragments[0]
        more = tuple([(piece.start, piece.end) for piece in fragments]) if len(fragments) > 1 else None
        coded = orjson.dumps(attributes, option=orjson.OPT_SORT_KEYS) if attributes else None
        said = (note, annotator, origin, confidence, created, updated)
        total += hash((key, label.layer, label.name, first.start, first.end, more, coded, said))
    return total


def _relations(document: AnnotatedDocument) -> int:
    total = 0
    for key, kind, source, target, attributes, *rest in document.relations:
        coded = orjson.dumps(attributes, option=orjson.OPT_SORT_KEYS) if attributes else b""
        total += hash((key, kind.name, source, target, coded, *rest))
    return total
