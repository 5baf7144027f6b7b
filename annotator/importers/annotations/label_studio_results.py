"""Label Studio's results of one annotator: regions with labels, what is said of them, answers and relations."""

from __future__ import annotations

from typing import Any

from annotator.core.annotation import AttributeValue
from annotator.importers.annotations.json_records import Json, whole_number
from annotator.importers.annotations.marked_text import DraftMark, MarkedText

_SAID = ("choices", "rating", "number", "text", "datetime", "taxonomy", "pairwise", "ranker")
_KINDS = {"textarea": "text"}  # types of results whose value stands under another name
_ANY = "label"  # the control of configurations with one alone: it says nothing of layers
_LABELS = ("labels", "hypertextlabels", "paragraphlabels")


class Results:
    """Puts the results of one annotation onto the text."""

    def __init__(self, document: MarkedText, annotator: str, created: str, prediction: Json | None = None) -> None:
        """`prediction` is what the results are of, where a model made them: `annotator` is then the model."""
        self._document = document
        self._annotator = annotator
        self._created = created
        self._prediction = prediction
        self._marks: dict[str, list[DraftMark]] = {}

    def put(self, results: list[Json]) -> None:
        """Regions first, so that what is said of them and joins them finds them."""
        for result in results:
            if self._labels(result):
                self._region(result)
        for result in results:
            if result.get("type") == "relation":
                self._relation(result)
            elif not self._labels(result):
                self._answer(result)

    def _key(self, result: Json) -> str:
        return f"{self._annotator}/{result.get('id', id(result))}"

    def _labels(self, result: Json) -> list[str]:
        value = result.get("value")
        held = value if isinstance(value, dict) else {}
        found: list[Any] = next((held[name] for name in _LABELS if isinstance(held.get(name), list)), [])
        return [label for label in found if isinstance(label, str) and label]

    def _region(self, result: Json) -> None:
        value = result["value"]
        pairs = _pairs(value)
        quote = value.get("text") if isinstance(value.get("text"), str) else None
        name = result.get("from_name")
        layer = name if isinstance(name, str) and name != _ANY else ""  # as its configuration becomes a scheme
        for label in self._labels(result):
            if pairs is None:
                self._document.leave_out(f"the region {label}", "it has no start and end in a text")
                continue
            place = f"region {result.get('id', '')}".strip()
            key = f"{self._key(result)}/{label}" if self._key(result) in self._marks else self._key(result)
            mark = self._document.mark(key, label, [pairs], quote, layer=layer, place=place, annotator=self._annotator)
            mark.created = self._created
            if self._prediction is not None:
                mark.propose(result.get("score", self._prediction.get("score")))
            for text in _notes(result):
                mark.add_note(text)
            self._marks.setdefault(self._key(result), []).append(mark)

    def _answer(self, result: Json) -> None:
        name, kind = result.get("from_name"), str(result.get("type", ""))
        value = result.get("value")
        held = value if isinstance(value, dict) else {}
        under = _KINDS.get(kind, kind)
        said = _said(held.get(under)) if under in _SAID else None
        if not isinstance(name, str) or not name or said is None:
            self._document.leave_out(f"a result of the kind {kind[:40] or '“”'}", "this program has nothing like it")
            return
        marks = self._marks.get(self._key(result), [])
        for mark in marks:
            mark.say(name, said)
        if not marks and ("start" in held or "globalOffsets" in held):
            self._document.leave_out(f"the answer {name}", "the region that it speaks of has no label")
        elif not marks:
            self._document.answer(name, said, self._annotator)

    def _relation(self, result: Json) -> None:
        source, target = (f"{self._annotator}/{result.get(end)}" for end in ("from_id", "to_id"))
        if result.get("direction") == "left":
            source, target = target, source
        labels = result.get("labels")
        names = [name for name in labels if isinstance(name, str) and name] if isinstance(labels, list) else []
        for name in names or ["relation"]:
            self._document.link(name, source, target, place="a relation", annotator=self._annotator)


def _pairs(value: Json) -> tuple[int, int] | None:
    """Where a region of a text, or of a page’s text, begins and ends."""
    held = value.get("globalOffsets")
    place = held if isinstance(held, dict) else value
    start, end = whole_number(place.get("start")), whole_number(place.get("end"))
    return (start, end) if start is not None and end is not None else None


def _notes(result: Json) -> list[str]:
    meta = result.get("meta")
    held = meta.get("text") if isinstance(meta, dict) else None
    texts = held if isinstance(held, list) else [held]
    return [text for text in texts if isinstance(text, str) and text]


def _said(held: Any) -> AttributeValue | None:
    """The value of an answer: one as it is, several as a list; of a path in a tree, its last name."""
    if isinstance(held, bool | int | float | str):
        return held if held != "" else None
    if not isinstance(held, list):
        return None
    last = [each[-1] if isinstance(each, list) and each else each for each in held]
    words = [each if isinstance(each, str) else str(each) for each in last if isinstance(each, str | int | float)]
    if not words:
        return None
    return words[0] if len(words) == 1 else words
