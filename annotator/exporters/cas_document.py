"""An article as a CAS of UIMA has it: annotations with features, however they are written then."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue
from annotator.core.sentences import sentences
from annotator.core.tokens import tokens
from annotator.exporters.carrying import Ledger
from annotator.exporters.cas_types import CUSTOM, LINK, MARK, METADATA, SEGMENTS, STRING, ZONE, TypedFeatures
from annotator.exporters.value_texts import value_text

SOFA = 1  # the id of the text
Clean = Callable[[str, Iterable[str]], str]  # makes a text fit for the format, told of the marks that it is of


class CasItem(NamedTuple):
    """An annotation of UIMA. Its place is in code points."""

    key: int
    type: str
    start: int
    end: int
    features: dict[str, AttributeValue]
    references: dict[str, int]  # to other items, by their keys


class CasDocument:
    """One article: its text, its items, and in `held` what reading them must give."""

    def __init__(
        self, document: AnnotatedDocument, features: TypedFeatures, people: dict[str, str], clean: Clean, ledger: Ledger
    ) -> None:
        self._features, self._people, self._clean, self._ledger = features, people, clean, ledger
        self.text = clean(document.text, ())
        self.items: list[CasItem] = []
        self._add(f"{METADATA}.DocumentMetaData", 0, len(self.text), self._named(document))
        self._segments({place for mark in document.annotations for s in mark.fragments for place in (s.start, s.end)})
        for zone in document.zones:
            self._add(f"{CUSTOM}.{ZONE}", zone.span.start, zone.span.end, {"label": clean(zone.label, ())})
        zones = tuple((item.start, item.end, item.features["label"]) for item in self.items if self._is_zone(item))
        self.held: Hashable = (self.text, *self._marks(document), zones)

    def _named(self, document: AnnotatedDocument) -> dict[str, AttributeValue]:
        title, key = self._clean(document.title, ()), self._clean(document.id, ())
        return {"language": document.language or "x-unspecified", "documentTitle": title, "documentId": key}

    def _is_zone(self, item: CasItem) -> bool:
        return item.type == f"{CUSTOM}.{ZONE}"

    def _add(
        self,
        kind: str,
        start: int,
        end: int,
        features: dict[str, AttributeValue],
        references: dict[str, int] | None = None,
    ) -> int:
        key = SOFA + 1 + len(self.items)
        self.items.append(CasItem(key, kind, start, end, features, references or {}))
        return key

    def _segments(self, cuts: set[int]) -> None:
        for sentence in sentences(self.text):
            self._add(f"{SEGMENTS}.Sentence", sentence.start, sentence.end, {})
        for token in tokens(self.text, cuts):
            self._add(f"{SEGMENTS}.Token", token.start, token.end, {})

    def _marks(self, document: AnnotatedDocument) -> tuple[Hashable, Hashable]:
        """Add marks and links; returns what reading those must give."""
        first: dict[str, int] = {}
        held = []
        for mark in document.annotations:
            features = self._said(mark)
            for span in mark.fragments:
                key = self._add(f"{CUSTOM}.{MARK}", span.start, span.end, features)
                first.setdefault(mark.id, key)
            spans = tuple((span.start, span.end) for span in mark.fragments)
            held.append((spans, hashable(features)))
        starts = {mark.id: mark.fragments[0] for mark in document.annotations}
        links = []
        for link in document.relations:
            span, name = starts[link.target], self._clean(link.type.name, ())
            ends = {"Governor": first[link.source], "Dependent": first[link.target]}
            self._add(f"{CUSTOM}.{LINK}", span.start, span.end, {"label": name}, ends)
            links.append((self._clean(link.source, ()), self._clean(link.target, ()), name))
        return tuple(sorted(held, key=repr)), tuple(sorted(links))

    def _said(self, mark: Annotation) -> dict[str, AttributeValue]:
        fixed = {
            "layer": mark.label.layer,
            "label": mark.label.name,
            "mark": mark.id,
            "note": mark.note,
            "annotator": self._people.get(mark.annotator, mark.annotator),
        }
        said: dict[str, AttributeValue] = {name: self._clean(text, [mark.id]) for name, text in fixed.items() if text}
        for name, value in sorted(mark.attributes.items()):
            if value in ("", []):
                self._ledger.lose("empty answers", [mark.id])
                continue
            feature = self._features.of(name, value)
            said[feature.name] = self._fitting(value, feature.range, mark.id)
        return said

    def _fitting(self, value: AttributeValue, range_: str, mark: str) -> AttributeValue:
        if isinstance(value, list):
            return [self._clean(text, [mark]) for text in value]
        return self._clean(value_text(value), [mark]) if range_ == STRING else value


def hashable(features: dict[str, AttributeValue]) -> tuple[tuple[str, Hashable], ...]:
    """Features as a value to compare."""
    return tuple(sorted((name, tuple(each) if isinstance(each, list) else each) for name, each in features.items()))
