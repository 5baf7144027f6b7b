"""TEI P5: for each article a file with marks as elements where they nest, and in the standOff where they cross."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue
from annotator.core.imports import Progress
from annotator.core.span import Span
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.proving import Files, export_folder
from annotator.exporters.tei_features import add_features, features
from annotator.exporters.tei_head import TeiNames, add_head, facts, labels, language
from annotator.exporters.tei_text import TEI, XML_ID, anchor, fill, nesting, read
from annotator.exporters.xml_text import Element, child, parsed, xml_bytes, xml_text

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class TeiExporter(PlainExporter):
    """The text is one block, white space and all. Answers are feature structures, links a list of relations."""

    name = "tei"
    title = "TEI P5, inline and standOff"
    suffix = ""
    carries = Carries(*[True] * len(Carries._fields))
    unit = "elements and anchors in the text"
    loses = loses(carries, "The registry, colours, and when and how a mark was made.")

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the folder `out`, whole or not at all. Raises KnownError where that cannot be."""
        names = TeiNames(contents.scheme.labels, contents.annotators)

        def make(document: AnnotatedDocument, stem: str, ledger: Ledger) -> Files:
            made = _Tei(document, names, ledger)
            data = xml_bytes(made.root)
            return Files({f"{stem}.xml": data}, made.held(), len(document.annotations), len(document.relations))

        return export_folder(contents, out, self.carries, make, _read, progress)


class _Tei:
    """One article."""

    def __init__(self, document: AnnotatedDocument, names: TeiNames, ledger: Ledger) -> None:
        self._document, self._names, self._ledger = document, names, ledger
        self._text = xml_text(document.text, ledger)
        self._ids = {mark.id: f"mark.{number}" for number, mark in enumerate(document.annotations, 1)}
        for mark in document.annotations:
            names.label(mark.label)
        self.root = etree.Element(f"{TEI}TEI", nsmap={None: TEI[1:-1]})
        add_head(self.root, document, names, ledger)
        inline = nesting(document.annotations)
        within = {each.mark.id for each in inline}
        beside = [mark for mark in document.annotations if mark.id not in within]
        self._stand_off(beside)
        etree.indent(self.root)
        spans = [span for mark in beside for span in mark.fragments] + [zone.span for zone in document.zones]
        anchors = {place for span in spans for place in (span.start, span.end)}
        body = child(child(self.root, f"{TEI}text", language(document)), f"{TEI}body")
        fill(child(body, f"{TEI}ab", {_SPACE: "preserve"}), self._text, inline, anchors, self._named)

    def _named(self, mark: Annotation) -> dict[str, str]:
        known = {XML_ID: self._ids[mark.id], "n": xml_text(mark.id, self._ledger), "ana": self._names.label(mark.label)}
        return known | self._names.person(mark.annotator)

    def _stand_off(self, beside: list[Annotation]) -> None:
        stand_off = child(self.root, f"{TEI}standOff")
        marks = child(stand_off, f"{TEI}spanGrp", {"type": "marks"})
        for mark in beside:
            for number, span in enumerate(mark.fragments):
                about = {"prev": f"#{self._ids[mark.id]}"} if number else self._named(mark)
                child(marks, f"{TEI}span", about | _ends(span))
        zones = child(stand_off, f"{TEI}spanGrp", {"type": "zones"})
        for zone in self._document.zones:
            child(zones, f"{TEI}span", {"n": xml_text(zone.label, self._ledger)} | _ends(zone.span))
        links = child(stand_off, f"{TEI}listRelation")
        for number, link in enumerate(self._document.relations, 1):
            ends = {"active": f"#{self._ids[link.source]}", "passive": f"#{self._ids[link.target]}"}
            about = {XML_ID: f"link.{number}", "n": xml_text(link.type.name, self._ledger), "name": "link"}
            child(links, f"{TEI}relation", about | ends | self._names.person(link.annotator))
        self._answers(stand_off)

    def _answers(self, stand_off: Element) -> None:
        document = self._document
        for mark in document.annotations:
            about = {"corresp": f"#{self._ids[mark.id]}"}
            add_features(stand_off, {"type": "answers"} | about, mark.attributes, self._ledger)
            note = {"note": mark.note} if mark.note else {}
            add_features(stand_off, {"type": "note"} | about, note, self._ledger)
        for number, link in enumerate(document.relations, 1):
            about = {"type": "answers", "corresp": f"#link.{number}"}
            add_features(stand_off, about, link.attributes, self._ledger)
        for answer in document.labels:
            about = {"type": "article"} | self._names.person(answer.annotator)
            add_features(stand_off, about, {answer.name: answer.value}, self._ledger)
        for person, status in document.statuses.items():
            about = {"type": "status"} | self._names.person(person)
            add_features(stand_off, about, {"status": status}, self._ledger)

    def held(self) -> Hashable:
        """What reading it must give."""
        document, told = self._document, Ledger()
        marks = [
            (
                self._ids[mark.id],
                xml_text(mark.id, told),
                (xml_text(mark.label.layer, told), xml_text(mark.label.name, told)),
                tuple((span.start, span.end) for span in mark.fragments),
                self._names.person(mark.annotator).get("resp"),
            )
            for mark in document.annotations
        ]
        links = [
            (xml_text(k.type.name, told), f"#{self._ids[k.source]}", f"#{self._ids[k.target]}")
            for k in document.relations
        ]
        zones = [(xml_text(zone.label, told), (zone.span.start, zone.span.end)) for zone in document.zones]
        known = tuple((xml_text(name, told), xml_text(value, told)) for name, value in document.metadata.items())
        return self._text, tuple(sorted(marks)), tuple(links), tuple(zones), tuple(self._promised()), known

    def _promised(self) -> Iterator[Hashable]:
        """Every answer that must be found, in order."""
        document, person = self._document, self._names.person
        for mark in document.annotations:
            about = f"#{self._ids[mark.id]}"
            if mark.attributes:
                yield "answers", about, None, _clean(mark.attributes)
            if mark.note:
                yield "note", about, None, _clean({"note": mark.note})
        for number, link in enumerate(document.relations, 1):
            if link.attributes:
                yield "answers", f"#link.{number}", None, _clean(link.attributes)
        for answer in document.labels:
            yield "article", None, person(answer.annotator).get("resp"), _clean({answer.name: answer.value})
        for key, status in document.statuses.items():
            yield "status", None, person(key).get("resp"), _clean({"status": status})


def _clean(answers: Mapping[str, AttributeValue]) -> str:
    """Answers with what XML forbids replaced, so that they can be compared."""
    told = Ledger()
    found: dict[str, AttributeValue] = {}
    for name, value in answers.items():
        texts = [xml_text(each, told) for each in value] if isinstance(value, list) else value
        found[xml_text(name, told)] = xml_text(texts, told) if isinstance(texts, str) else texts
    return repr(found)


def _ends(span: Span) -> dict[str, str]:
    return {"from": f"#{anchor(span.start)}", "to": f"#{anchor(span.end)}"}


def _structures(parent: Element) -> Hashable:
    """Every answer, with what it is about."""
    return tuple(
        (fs.get("type"), fs.get("corresp"), fs.get("resp"), repr(features(fs))) for fs in parent.iter(f"{TEI}fs")
    )


def _read(folder: Path) -> Iterator[Hashable]:
    for place in sorted(folder.glob("*.xml")):
        yield _found(parsed(place.read_bytes()))


def _found(root: Element) -> Hashable:
    block = read(root.find(f".//{TEI}ab"))
    stand_off, known = root.find(f"{TEI}standOff"), labels(root)
    spans: dict[str, list[tuple[int, int]]] = {key: [place] for key, place in block.places.items()}
    zones = []

    def place(span: Element) -> tuple[int, int]:
        return block.anchors[span.get("from")[1:]], block.anchors[span.get("to")[1:]]

    groups = {group.get("type"): group for group in stand_off.iter(f"{TEI}spanGrp")}
    elements = [each for each in root.find(f".//{TEI}ab").iter() if each.get(XML_ID) in block.places]
    for span in groups["marks"]:
        key = span.get(XML_ID) or span.get("prev")[1:]
        spans.setdefault(key, []).append(place(span))
        elements += [span] if span.get(XML_ID) else []
    zones = [(span.get("n"), place(span)) for span in groups["zones"]]
    marks = [
        (key, each.get("n"), known[each.get("ana")], tuple(spans[key]), each.get("resp"))
        for each in elements
        for key in [each.get(XML_ID)]
    ]
    links = [(r.get("n"), r.get("active"), r.get("passive")) for r in stand_off.iter(f"{TEI}relation")]
    return block.text, tuple(sorted(marks)), tuple(links), tuple(zones), _structures(stand_off), facts(root)
