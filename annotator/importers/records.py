"""Documents as objects of the program's JSON, and simpler ones that hold little more than a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from annotator.core.annotation import AnnotatedDocument, Annotation, DocumentLabel, Occurrence, Zone
from annotator.core.errors import KnownError
from annotator.core.ids import text_hash
from annotator.core.imports import Notice
from annotator.core.scheme import STATUSES
from annotator.core.span import Span
from annotator.core.standing_off import StandOff
from annotator.core.text import language_of, normalised, prevailing_direction
from annotator.importers.label_names import LabelNames
from annotator.importers.marks_json import MarkFindings, MarkReader, MarkRefusedError, own_id, value
from annotator.importers.positions import StoredPositions
from annotator.importers.text import first_line

_OWN_KEYS = frozenset(
    (
        *("id", "title", "headline", "text", "sha256", "language", "direction", "metadata", "meta", "zones"),
        *("labels", "status", "annotations", "relations", "occurrences", "note", "annotators"),
    )
)
_OTHER_NAMES = {"url": "uri", "link": "uri", "date": "published", "source": "publication"}  # as others call them
_SHOWN = 10  # marks of one document that are named when they are left out


class RecordReader:
    """Makes documents of a file's records, and gathers what a person should know about them in `notices`."""

    def __init__(self, names: LabelNames) -> None:
        self._names = names
        self.notices: list[Notice] = []

    def document(self, data: Any, place: str) -> AnnotatedDocument:
        """The document that `data` describes; `place` names it in sentences, as `line 12 of notes.jsonl`.

        Raises KnownError when it is none.
        """
        if not isinstance(data, dict):
            raise KnownError("it is no object with a “text”")
        raw = _text(data)
        text = self._stored(raw, place)
        sha256 = text_hash(text)
        own = "sha256" in data
        if own and data["sha256"] != sha256:
            self._note(f"The text of {place} is not the one that its sha256 was made of; it was taken as it stands.")
        marks = MarkReader(self._names, raw, text, sha256, own)
        annotations = self._each_id_once(tuple(marks.annotations(_list(data, "annotations"))), place)
        relations = tuple(marks.relations(_list(data, "relations")))
        self._tell(marks.findings, place)
        key = _string(data, "id")
        foreign = {} if own or len(own_id(key, "", False)) == len(key) else {"id": key}
        return AnnotatedDocument(
            text=text,
            title=_title(data, text),
            id="" if foreign else key,
            sha256=sha256,
            language=_string(data, "language") if "language" in data else language_of(text),
            direction=_direction(data, text),
            metadata=_metadata(data) | foreign,
            zones=self._zones(data, raw, text, place),
            annotations=annotations,
            relations=relations,
            labels=tuple(self._labels(data, place)),
            statuses=self._statuses(data, place),
            occurrences=tuple(_occurrence(item) for item in _list(data, "occurrences")),
            note=_string(data, "note"),
        )

    def _each_id_once(self, annotations: tuple[Annotation, ...], place: str) -> tuple[Annotation, ...]:
        """The marks without those whose id an earlier one has; an empty id is none, and the project gives one."""
        named = {mark.id: mark for mark in reversed(annotations) if mark.id}
        kept = tuple(mark for mark in annotations if not mark.id or named[mark.id] is mark)
        if len(kept) < len(annotations):
            self._note(f"In {place}, {_marks(len(annotations) - len(kept))} left out: another has the same id.")
        return kept

    def stand_off(self, data: Mapping[str, Any], place: str, source: str) -> StandOff:
        """What `data` says of a text that it names by its hash and does not hold; `place` is that in the file `source`.

        Raises KnownError when it cannot be read.
        """
        name, sha256 = f"{place} of {source}", _string(data, "sha256")
        marks = MarkReader(self._names, "", "", sha256, True)
        awaited = list(marks.awaited(_list(data, "annotations")))
        relations = tuple(marks.relations(_list(data, "relations")))
        self._tell(marks.findings, name)
        about = AnnotatedDocument(
            text="",
            id=_string(data, "id"),
            sha256=sha256,
            language=_string(data, "language"),
            direction=_direction(data, ""),
            metadata=_metadata(data),
            zones=self._zones(data, "", None, name),
            annotations=tuple(mark for mark, _ in awaited),
            relations=relations,
            labels=tuple(self._labels(data, name)),
            statuses=self._statuses(data, name),
            occurrences=tuple(_occurrence(item) for item in _list(data, "occurrences")),
            note=_string(data, "note"),
        )
        length = data.get("length")
        expected = tuple(each for _, each in awaited)
        return StandOff(about, source, place, expected, length if type(length) is int else None)

    def _stored(self, raw: str, place: str) -> str:
        """The text as it is stored. JSON that was parsed holds no lone surrogates any more."""
        if "\r" not in raw and "\0" not in raw and not raw.startswith("\ufeff"):
            return raw
        text, _, replaced = normalised(raw)
        if replaced:
            self._note(f"In {place}, {replaced} NUL or broken characters became U+FFFD.")
        return text

    def take_notices(self) -> Iterator[Notice]:
        """The notices that were not yet taken."""
        taken, self.notices = self.notices, []
        return iter(taken)

    def _note(self, text: str) -> None:
        self.notices.append(Notice(text))

    def _tell(self, findings: MarkFindings, place: str) -> None:
        if findings.converted:
            self._note(f"In {place}, {_marks(findings.converted)} counted in UTF-16 units: the places were converted.")
        if findings.found:
            self._note(
                f"In {place}, {_marks(findings.found)} at wrong places: their words, which stand once, were found."
            )
        for description in findings.left_out[:_SHOWN]:
            self._note(f"In {place}, a mark was left out: {description}.")
        if len(findings.left_out) > _SHOWN:
            self._note(f"In {place}, {len(findings.left_out) - _SHOWN} more marks were left out.")

    def _zones(self, data: Mapping[str, Any], raw: str, text: str | None, place: str) -> tuple[Zone, ...]:
        """The zones within the text, or those that are said of one that is not there."""
        if "zones" not in data:
            return (Zone("", "BODY", Span(0, len(text))),) if text is not None else ()
        stored = StoredPositions(raw, text or "").stored
        zones = []
        for item in _list(data, "zones"):
            try:
                span = Span(stored(item["start"]), stored(item["end"]))
                zones.append(Zone(item.get("id") or "", str(item["label"]), span))
                if text is not None and span.end > len(text):
                    zones.pop()
                    raise ValueError
            except (TypeError, ValueError, KeyError, AttributeError):
                self._note(f"In {place}, a zone was left out: it has no label or no place within the text.")
        return tuple(zones)

    def _labels(self, data: Mapping[str, Any], place: str) -> Iterator[DocumentLabel]:
        for item in _list(data, "labels"):
            try:
                name = _string(item, "name")
                answer = value(name, item.get("value"))
                yield DocumentLabel(_string(item, "id"), name, answer, _string(item, "annotator"))
            except (KnownError, AttributeError, MarkRefusedError):
                self._note(f"In {place}, a label of the document was left out: it has no name or no value.")

    def _statuses(self, data: Mapping[str, Any], place: str) -> dict[str, str]:
        found = data.get("status") or {}
        if not isinstance(found, dict):
            raise KnownError("its “status” is no object")
        known = {annotator: status for annotator, status in found.items() if status in STATUSES}
        if len(known) < len(found):
            self._note(f"In {place}, a status was left out: it is none of {', '.join(STATUSES)}.")
        return known


def stands_off(data: Any) -> bool:
    """Whether a record is about a text that it does not hold, and names by its hash."""
    return isinstance(data, dict) and "text" not in data and isinstance(data.get("sha256"), str)


def _marks(count: int) -> str:
    return "one mark was" if count == 1 else f"{count} marks were"


def _text(data: Mapping[str, Any]) -> str:
    text = data.get("text")
    if not isinstance(text, str):
        raise KnownError("it has no “text”" if text is None else "its “text” is no text")
    if not text:
        raise KnownError("its “text” is empty")
    return text


def _title(data: Mapping[str, Any], text: str) -> str:
    if "title" in data:
        return _string(data, "title")
    return _string(data, "headline") or first_line(text)


def _direction(data: Mapping[str, Any], text: str) -> str:
    direction = data.get("direction")
    return direction if direction in ("ltr", "rtl") else prevailing_direction(text)


def _metadata(data: Mapping[str, Any]) -> dict[str, str]:
    """What is said about the document; texts and numbers that stand beside a foreign record's text are, too."""
    inner = data.get("metadata", data.get("meta")) or {}
    if not isinstance(inner, dict):
        raise KnownError("its “metadata” is no object")
    beside = {name: held for name, held in data.items() if name not in _OWN_KEYS and "sha256" not in data}
    found = {_OTHER_NAMES.get(name, name): _shown(held) for name, held in beside.items()}
    return {name: text for name, text in found.items() if text} | {name: _shown(held) for name, held in inner.items()}


def _shown(held: Any) -> str:
    if isinstance(held, str):
        return held
    return "" if held is None else orjson.dumps(held).decode()


def _occurrence(item: Any) -> Occurrence:
    if not isinstance(item, dict):
        raise KnownError("its “occurrences” are no objects")
    return Occurrence(_string(item, "uri"), _string(item, "path"), _string(item, "title"))


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    found = data.get(name)
    if found is not None and not isinstance(found, list):
        raise KnownError(f"its “{name}” is no list")
    return found or []


def _string(item: Mapping[str, Any], name: str) -> str:
    found = item.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise KnownError(f"its “{name}” is no text")
    return found
