"""W3C Web Annotation: for each article its text, and a page of annotations on it in JSON-LD.

Without the texts, a page names the text by its hash, and each annotation has the hash of the words that it marks.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, unquote

import orjson

from annotator.core.annotation import AnnotatedDocument, Annotation, DocumentLabel, Relation
from annotator.core.imports import Progress
from annotator.core.span import Span
from annotator.core.standing_off import words_hash
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.json_lines import Json, see_quote
from annotator.exporters.proving import Files, export_folder

AROUND = 32  # characters before and behind a quotation, by which it can be found in a text that was changed
OWN = "urn:x-annotator:"
CONTEXT: list[str | Json] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "layer": f"{OWN}layer",
        "attributes": {"@id": f"{OWN}attributes", "@type": "@json"},
        "article": {"@id": f"{OWN}article", "@type": "@json"},
        "hash": f"{OWN}hash",
    },
]  # ours beside those of the standard: a label's layer, answers as plain JSON, the hash of words that are not there
_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class WebAnnotationExporter(PlainExporter):
    """A mark is an annotation that tags a place, given by position and by quotation; a link one that links two."""

    name = "w3c"
    title = "W3C Web Annotation, JSON-LD"
    suffix = ""
    carries = Carries(nested=True, crossing=True, discontinuous=True, links=True, attributes=True,
                      link_attributes=True, notes=True, answers=True, people=True, facts=True)  # fmt: skip
    unit = "code points"
    loses = loses(carries)
    stands_off = True

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the folder `out`, whole or not at all. Raises KnownError where that cannot be."""
        people = {
            person.id: {"id": iri(person.id), "type": "Person", "name": person.name} for person in contents.annotators
        }

        def make(document: AnnotatedDocument, stem: str, _: Ledger) -> Files:
            page = _page(document, f"{stem}.txt" if contents.with_text else "", people)
            files = {f"{stem}.jsonld": orjson.dumps(page, option=orjson.OPT_INDENT_2) + b"\n"}
            if contents.with_text:
                files[f"{stem}.txt"] = document.text.encode()
            held = _held(document, with_text=contents.with_text)
            return Files(files, held, len(document.annotations), len(document.relations))

        return export_folder(contents, out, self.carries, make, _read, progress)


def iri(key: str) -> str:
    """An address for the thing with that id."""
    return f"urn:uuid:{key}" if _UUID.fullmatch(key) else f"{OWN}{quote(key, safe='')}"


def _key(address: str) -> str:
    return unquote(address.removeprefix("urn:uuid:").removeprefix(OWN))


def _page(document: AnnotatedDocument, source: str, people: dict[str, Json]) -> Json:
    """The page about `document`, whose text is in the file `source`, or is left out where that is empty."""
    source, wordless = source or named_by_hash(document.sha256), not source
    items = [
        *(_mark(mark, document, source, wordless) | _by(mark.annotator, people) for mark in document.annotations),
        *(_link(link) | _by(link.annotator, people) for link in document.relations),
        *(_answer(answer, source) | _by(answer.annotator, people) for answer in document.labels),
    ]
    known: Json = {"length": len(document.text)} if wordless else {"title": document.title}
    known |= {"sha256": document.sha256, "language": document.language}
    article = {"id": document.id, "source": source, **known, "metadata": dict(document.metadata)}
    return {"@context": CONTEXT, "type": "AnnotationPage", "article": article, "items": items}


def named_by_hash(sha256: str) -> str:
    """The address of a text that is known by its hash, wherever it may be (RFC 6920)."""
    return f"ni:///sha-256;{urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip('=')}"


def _by(person: str, people: dict[str, Json]) -> Json:
    return {"creator": people[person]} if person in people else {}


def _mark(mark: Annotation, document: AnnotatedDocument, source: str, wordless: bool) -> Json:
    text = document.text
    bodies: list[Json] = [
        {"type": "TextualBody", "purpose": "tagging", "value": mark.label.name, "layer": mark.label.layer}
    ]
    if mark.note:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": mark.note})
    targets = [_target(span, "" if wordless else text, source) for span in mark.fragments]
    target = targets[0] if len(targets) == 1 else {"type": "Composite", "items": targets}
    written: Json = {"id": iri(mark.id), "type": "Annotation", "motivation": "tagging", "body": bodies}
    times = {"created": mark.created, "modified": mark.updated}
    written |= {name: time for name, time in times.items() if time}
    written |= {"hash": words_hash(document.sha256, mark.covered(text))} if wordless else {}
    return written | {"target": target} | _coded(mark.attributes)


def _coded(attributes: object) -> Json:
    return {"attributes": attributes} if attributes else {}


def _target(span: Span, text: str, source: str) -> Json:
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    if not text:
        return {"type": "SpecificResource", "source": source, "selector": place}
    before, behind = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    quoted = {"type": "TextQuoteSelector", "exact": span.covered(text), "prefix": before, "suffix": behind}
    return {"type": "SpecificResource", "source": source, "selector": [place, quoted]}


def _link(link: Relation) -> Json:
    bodies = [
        {"type": "SpecificResource", "source": iri(link.target), "purpose": "linking"},
        {"type": "TextualBody", "purpose": "tagging", "value": link.type.name},
    ]
    written: Json = {"id": iri(link.id), "type": "Annotation", "motivation": "linking", "body": bodies}
    return written | {"target": iri(link.source)} | _coded(link.attributes)


def _answer(answer: DocumentLabel, source: str) -> Json:
    written: Json = {"id": iri(answer.id), "type": "Annotation", "motivation": "classifying"}
    return written | {"target": source, "attributes": {answer.name: answer.value}}


def _held(document: AnnotatedDocument, *, with_text: bool) -> Hashable:
    marks = (
        (m.id, m.label.layer, m.label.name, tuple((s.start, s.end) for s in m.fragments), m.note, _json(m.attributes),
         "" if with_text else words_hash(document.sha256, m.covered(document.text)))
        for m in document.annotations
    )  # fmt: skip
    links = ((link.id, link.type.name, link.source, link.target, _json(link.attributes)) for link in document.relations)
    answers = ((answer.id, _json({answer.name: answer.value})) for answer in document.labels)
    people = [each.annotator for group in (document.annotations, document.relations, document.labels) for each in group]
    text = document.text if with_text else (document.sha256, len(document.text))
    return text, tuple(marks), tuple(links), tuple(answers), tuple(people), _json(dict(document.metadata))


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _read(folder: Path) -> Iterator[Hashable]:
    for place in sorted(folder.glob("*.jsonld")):
        page = orjson.loads(place.read_bytes())
        about = page["article"]
        text = None if "length" in about else (folder / about["source"]).read_bytes().decode()
        by = {name: [item for item in page["items"] if item["motivation"] == name] for name in _MOTIVATIONS}
        marks = (_found_mark(item, text) for item in by["tagging"])
        links = (_found_link(item) for item in by["linking"])
        answers = ((_key(item["id"]), _json(item["attributes"])) for item in by["classifying"])
        people = [_key(item["creator"]["id"]) for item in page["items"]]
        facts = _json(about["metadata"])
        held = (about["sha256"], about["length"]) if text is None else text
        yield held, tuple(marks), tuple(links), tuple(answers), tuple(people), facts


_MOTIVATIONS = ("tagging", "linking", "classifying")


def _found_mark(item: Json, text: str | None) -> Hashable:
    tag, *rest = item["body"]
    note = rest[0]["value"] if rest else ""
    targets: Sequence[Json] = item["target"].get("items") or [item["target"]]
    places = tuple(_found_places(targets, text))
    coded = _json(item.get("attributes", {}))
    return _key(item["id"]), tag["layer"], tag["value"], places, note, coded, item.get("hash", "")


def _found_places(targets: Iterable[Json], text: str | None) -> Iterator[tuple[int, int]]:
    for target in targets:
        if text is None:
            place = target["selector"]
        else:
            place, quoted = target["selector"]
            see_quote(text, place["start"], place["end"], quoted["exact"])
        yield place["start"], place["end"]


def _found_link(item: Json) -> Hashable:
    end, tag = item["body"]
    ends = _key(item["target"]), _key(end["source"])
    return _key(item["id"]), tag["value"], *ends, _json(item.get("attributes", {}))
