"""UIMA CAS in XMI, with its type system, as INCEpTION and dkpro-cassis read it. Positions are UTF-16 units."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from annotator.core.annotation import AnnotatedDocument, AttributeValue
from annotator.core.imports import Progress
from annotator.core.offsets import Utf16Map
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.cas_document import SOFA, CasDocument, CasItem
from annotator.exporters.cas_types import (
    CUSTOM,
    FIXED,
    METADATA,
    NUMBER,
    SEGMENTS,
    STRINGS,
    TRUTH,
    WHOLE,
    TypedFeature,
    TypedFeatures,
    cas_types,
    ranges_in,
)
from annotator.exporters.proving import Files, export_folder
from annotator.exporters.xml_text import Element, child, parsed, xml_bytes, xml_text

TYPE_SYSTEM = "TypeSystem.xml"
_NAMESPACE = "http://uima.apache.org/resourceSpecifier"
_XMI, _CAS = "http://www.omg.org/XMI", "http:///uima/cas.ecore"
_NAMES = {"xmi": _XMI, "cas": _CAS} | {
    prefix: f"http:///{package.replace('.', '/')}.ecore"
    for prefix, package in (("custom", CUSTOM), ("type", SEGMENTS), ("meta", METADATA))
}
_OURS = _NAMES["custom"]
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
        features = TypedFeatures(contents.scheme, ranges_in(contents.documents()))
        people = {person.id: person.name for person in contents.annotators}

        def make(document: AnnotatedDocument, stem: str, ledger: Ledger) -> Files:
            cas = CasDocument(document, features, people, lambda text, marks: xml_text(text, ledger, marks), ledger)
            data = xml_bytes(_root(cas))
            return Files({f"{stem}.xmi": data}, cas.held, len(document.annotations), len(document.relations))

        def beside() -> dict[str, bytes]:
            return {TYPE_SYSTEM: _type_system(features)}

        def read(folder: Path) -> Iterator[Hashable]:
            for place in sorted(folder.glob("*.xmi")):
                yield _found(parsed(place.read_bytes()), features.every())

        return export_folder(contents, out, self.carries, make, read, progress, beside)


def _root(cas: CasDocument) -> Element:
    places = Utf16Map(cas.text)
    root = etree.Element(f"{{{_XMI}}}XMI", {f"{{{_XMI}}}version": "2.0"}, nsmap=_NAMES)
    etree.SubElement(root, f"{{{_CAS}}}NULL", {_ID: "0"})
    for item in cas.items:
        _add(root, item, places)
    sofa = {_ID: str(SOFA), "sofaNum": "1", "sofaID": "_InitialView", "mimeType": "text", "sofaString": cas.text}
    etree.SubElement(root, f"{{{_CAS}}}Sofa", sofa)
    members = " ".join(str(item.key) for item in cas.items)
    etree.SubElement(root, f"{{{_CAS}}}View", {"sofa": str(SOFA), "members": members})
    return root


def _add(root: Element, item: CasItem, places: Utf16Map) -> None:
    package, _, name = item.type.rpartition(".")
    place = {"begin": str(places.to_utf16(item.start)), "end": str(places.to_utf16(item.end))}
    ends = {name: str(key) for name, key in item.references.items()}
    said = {name: _text(value) for name, value in item.features.items() if not isinstance(value, list)}
    tag = f"{{http:///{package.replace('.', '/')}.ecore}}{name}"
    element = etree.SubElement(root, tag, {_ID: str(item.key), "sofa": str(SOFA)} | place | ends | said)
    for name, value in item.features.items():
        for text in value if isinstance(value, list) else ():
            child(element, name, text=text)


def _text(value: AttributeValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _type_system(features: TypedFeatures) -> bytes:
    """The file that says which types there are, as dkpro-cassis and INCEpTION read it."""
    root = etree.Element("typeSystemDescription", {"xmlns": _NAMESPACE})
    types = child(root, "types")
    for each in cas_types(features):
        described = child(types, "typeDescription")
        child(described, "name", text=each.name)
        child(described, "description")
        child(described, "supertypeName", text=each.above)
        listed = child(described, "features") if each.features else None
        for feature in each.features:
            one = child(listed, "featureDescription")
            child(one, "name", text=feature.name)
            child(one, "description", text=xml_text(feature.about, Ledger()) or None)
            child(one, "rangeTypeName", text=feature.range)
    etree.indent(root)
    return xml_bytes(root)


def _found(root: Element, known: Mapping[str, TypedFeature]) -> Hashable:
    sofa = root.find(f"{{{_CAS}}}Sofa")
    text: str = sofa.get("sofaString")
    places = Utf16Map(text)

    def span(item: Any) -> tuple[int, int]:
        return places.to_code_points(int(item.get("begin"))), places.to_code_points(int(item.get("end")))

    marks: dict[str, list[tuple[int, int]]] = {}
    said: dict[str, tuple[tuple[str, Hashable], ...]] = {}
    names = {}
    for item in root.iter(f"{{{_OURS}}}Mark"):
        key = item.get("mark")
        names[item.get(_ID)] = key
        marks.setdefault(key, []).append(span(item))
        said[key] = tuple(sorted(_features(item, known).items()))
    links = [
        (names[item.get("Governor")], names[item.get("Dependent")], item.get("label"))
        for item in root.iter(f"{{{_OURS}}}Link")
    ]
    zones = tuple((*span(item), item.get("label")) for item in root.iter(f"{{{_OURS}}}Zone"))
    held = [(tuple(spans), said[key]) for key, spans in marks.items()]
    return text, tuple(sorted(held, key=repr)), tuple(sorted(links)), zones


def _features(item: Element, known: Mapping[str, TypedFeature]) -> dict[str, Hashable]:
    found: dict[str, Hashable] = {name: item.get(name) for name in FIXED if item.get(name) is not None}
    for name, feature in known.items():
        if feature.range == STRINGS and (inner := item.findall(name)):
            found[name] = tuple(each.text or "" for each in inner)
        elif (text := item.get(name)) is not None:
            found[name] = _READ.get(feature.range, str)(text)
    return found


_READ: dict[str, Callable[[str], Hashable]] = {TRUTH: lambda text: text == "true", WHOLE: int, NUMBER: float}
