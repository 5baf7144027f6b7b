"""UIMA CAS in XMI, with its type system, as INCEpTION and dkpro-cassis read it. Positions are UTF-16 units."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.imports import Progress
from annotator.core.offsets import Utf16Map
from annotator.core.sentences import sentences
from annotator.core.tokens import tokens
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.cas_types import CUSTOM, METADATA, SEGMENTS, CasFeatures, other_attributes, type_system
from annotator.exporters.proving import Files, export_folder
from annotator.exporters.value_texts import answer_texts
from annotator.exporters.xml_text import Element, parsed, xml_bytes, xml_text

TYPE_SYSTEM = "TypeSystem.xml"
_XMI, _CAS = "http://www.omg.org/XMI", "http:///uima/cas.ecore"
_OURS = f"http:///{CUSTOM.replace('.', '/')}.ecore"
_SEGMENTS = f"http:///{SEGMENTS.replace('.', '/')}.ecore"
_METADATA = f"http:///{METADATA.replace('.', '/')}.ecore"
_NAMES = {"xmi": _XMI, "cas": _CAS, "custom": _OURS, "type": _SEGMENTS, "meta": _METADATA}
_ID = f"{{{_XMI}}}id"


class XmiExporter(PlainExporter):
    """A file an article. Pieces of a mark are annotations with the same `mark`; links are those of its first."""

    name = "xmi"
    title = "UIMA CAS, XMI"
    suffix = ""
    carries = Carries(nested=True, crossing=True, discontinuous=True, links=True, attributes=True, notes=True,
                      people=True, zones=True)  # fmt: skip
    unit = "UTF-16 units"
    loses = loses(carries)

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the folder `out`, whole or not at all. Raises KnownError where that cannot be."""
        others = (name for document in contents.documents() for name in other_attributes(document.annotations))
        features = CasFeatures(contents.scheme, sorted(set(others)))
        people = {person.id: person.name for person in contents.annotators}

        def make(document: AnnotatedDocument, stem: str, ledger: Ledger) -> Files:
            cas = _Cas(document, features, people, ledger)
            data = xml_bytes(cas.root)
            return Files({f"{stem}.xmi": data}, cas.held, len(document.annotations), len(document.relations))

        def beside() -> dict[str, bytes]:
            return {TYPE_SYSTEM: type_system(features)}

        return export_folder(
            contents, out, self.carries, make, lambda folder: _read(folder, features), progress, beside
        )


class _Cas:
    """One article."""

    def __init__(
        self, document: AnnotatedDocument, features: CasFeatures, people: dict[str, str], ledger: Ledger
    ) -> None:
        self._features, self._people, self._ledger = features, people, ledger
        self._text = xml_text(document.text, ledger)
        self._places = Utf16Map(self._text)
        self.root = etree.Element(f"{{{_XMI}}}XMI", {f"{{{_XMI}}}version": "2.0"}, nsmap=_NAMES)
        etree.SubElement(self.root, f"{{{_CAS}}}NULL", {_ID: "0"})
        self._members: list[str] = []
        self._count = 1  # of the ids; 1 is the text
        named = {
            "language": document.language or "x-unspecified",
            "documentTitle": xml_text(document.title, ledger),
            "documentId": xml_text(document.id, ledger),
        }
        self._add(f"{{{_METADATA}}}DocumentMetaData", 0, len(self._text), named)
        self._segments({place for mark in document.annotations for s in mark.fragments for place in (s.start, s.end)})
        for zone in document.zones:
            self._add(f"{{{_OURS}}}Zone", zone.span.start, zone.span.end, {"label": xml_text(zone.label, ledger)})
        self.held = self._marks(document)
        sofa = {_ID: "1", "sofaNum": "1", "sofaID": "_InitialView", "mimeType": "text", "sofaString": self._text}
        etree.SubElement(self.root, f"{{{_CAS}}}Sofa", sofa)
        etree.SubElement(self.root, f"{{{_CAS}}}View", {"sofa": "1", "members": " ".join(self._members)})

    def _add(self, tag: str, start: int, end: int, features: dict[str, str]) -> str:
        self._count += 1
        key = str(self._count)
        to_utf16 = self._places.to_utf16
        place = {_ID: key, "sofa": "1", "begin": str(to_utf16(start)), "end": str(to_utf16(end))}
        etree.SubElement(self.root, tag, place | features)
        self._members.append(key)
        return key

    def _segments(self, cuts: set[int]) -> None:
        for sentence in sentences(self._text):
            self._add(f"{{{_SEGMENTS}}}Sentence", sentence.start, sentence.end, {})
        for token in tokens(self._text, cuts):
            self._add(f"{{{_SEGMENTS}}}Token", token.start, token.end, {})

    def _marks(self, document: AnnotatedDocument) -> Hashable:
        """Add marks and links; returns what reading them must give."""
        first: dict[str, str] = {}
        held = []
        for mark in document.annotations:
            features = self._said(mark)
            for span in mark.fragments:
                key = self._add(f"{{{_OURS}}}Mark", span.start, span.end, features)
                first.setdefault(mark.id, key)
            spans = tuple((span.start, span.end) for span in mark.fragments)
            held.append((spans, tuple(sorted(features.items()))))
        starts = {mark.id: mark.fragments[0] for mark in document.annotations}
        links = []
        for link in document.relations:
            span, name = starts[link.target], xml_text(link.type.name, self._ledger)
            ends = {"Governor": first[link.source], "Dependent": first[link.target], "label": name}
            self._add(f"{{{_OURS}}}Link", span.start, span.end, ends)
            links.append((xml_text(link.source, self._ledger), xml_text(link.target, self._ledger), name))
        zones = tuple((z.span.start, z.span.end, xml_text(z.label, Ledger())) for z in document.zones)
        return self._text, tuple(sorted(held)), tuple(sorted(links)), zones

    def _said(self, mark: Annotation) -> dict[str, str]:
        fixed = {
            "layer": mark.label.layer,
            "label": mark.label.name,
            "mark": mark.id,
            "note": mark.note,
            "annotator": self._people.get(mark.annotator, mark.annotator),
        }
        coded = {self._features.attributes[name]: text for name, text in answer_texts(mark.attributes).items()}
        said = {name: text for name, text in fixed.items() if text} | coded
        return {name: xml_text(text, self._ledger, [mark.id]) for name, text in said.items()}


def _read(folder: Path, features: CasFeatures) -> Iterator[Hashable]:
    known = set(features.names())
    for place in sorted(folder.glob("*.xmi")):
        yield _found(parsed(place.read_bytes()), known)


def _found(root: Element, known: set[str]) -> Hashable:
    sofa = root.find(f"{{{_CAS}}}Sofa")
    text: str = sofa.get("sofaString")
    places = Utf16Map(text)

    def span(item: Any) -> tuple[int, int]:
        return places.to_code_points(int(item.get("begin"))), places.to_code_points(int(item.get("end")))

    marks: dict[str, list[tuple[int, int]]] = {}
    said: dict[str, tuple[tuple[str, str], ...]] = {}
    names = {}
    for item in root.iter(f"{{{_OURS}}}Mark"):
        key = item.get("mark")
        names[item.get(_ID)] = key
        marks.setdefault(key, []).append(span(item))
        said[key] = tuple(sorted((name, value) for name, value in item.items() if name in known))
    links = [
        (names[item.get("Governor")], names[item.get("Dependent")], item.get("label"))
        for item in root.iter(f"{{{_OURS}}}Link")
    ]
    zones = tuple((*span(item), item.get("label")) for item in root.iter(f"{{{_OURS}}}Zone"))
    held = [(tuple(spans), said[key]) for key, spans in marks.items()]
    return text, tuple(sorted(held)), tuple(sorted(links)), zones
