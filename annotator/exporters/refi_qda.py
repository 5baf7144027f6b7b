"""REFI-QDA projects (.qdpx), which most programs for qualitative analysis read: NVivo, ATLAS.ti, MAXQDA, QualCoder."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Hashable, Iterator
from pathlib import Path

from lxml import etree

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.collecting import seldom_collected
from annotator.core.ids import named_id
from annotator.core.imports import Progress
from annotator.core.span import Span
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.proving import Part, Proof
from annotator.exporters.refi_codes import QDA, RefiCodes, code_paths
from annotator.exporters.value_texts import typed_text
from annotator.exporters.whole_file import whole_file
from annotator.exporters.xml_text import Element, child, parsed, xml_bytes, xml_text

CONTINUES = "continues"  # the link from a piece of a mark to the next
_GUID = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ANSWER = "answer about the article"  # how a variable says that it is no fact
_QUOTED = 80  # characters of a selection's name


class RefiQdaExporter(PlainExporter):
    """Articles are sources, marks coded selections, labels and their values codes; answers on articles variables."""

    name = "refi-qda"
    title = "REFI-QDA project"
    suffix = ".qdpx"
    carries = Carries(nested=True, crossing=True, discontinuous=True, links=True, attributes=True, notes=True,
                      answers=True, people=True, facts=True)  # fmt: skip
    unit = "code points"
    loses = loses(carries, "Registry entries: their names stand for them.")

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        proof = Proof(contents, self.carries, progress)
        with seldom_collected(), whole_file(out) as file:
            project = _Project(contents, proof.ledger)
            with zipfile.ZipFile(file.stream, "w", zipfile.ZIP_DEFLATED) as archive:
                for document in proof.documents():
                    archive.writestr(f"sources/{guid(document.id)}.txt", document.text.encode())
                    held = project.add(document)
                    proof.count(Part(b"", held, len(document.annotations), len(document.relations)))
                archive.writestr("project.qde", xml_bytes(project.whole()))
            file.finish()
            proof.compare(lambda: _read(file.path))
        proof.report.files.append(str(out))
        return proof.report


def guid(key: str) -> str:
    """The id as a GUID: itself where it is one."""
    return key if _GUID.fullmatch(key) else named_id(f"refi\0{key}")


class _Project:
    """The file project.qde, article by article."""

    def __init__(self, contents: Contents, ledger: Ledger) -> None:
        self._contents, self._ledger = contents, ledger
        self._codes = RefiCodes(contents.scheme, contents.registry)
        self._people = {person.id: person.name for person in contents.annotators}
        parts = ("Variables", "Sources", "Notes", "Links")
        self._parts = {name: etree.Element(f"{QDA}{name}") for name in parts}
        self._variables: dict[tuple[str, str], str] = {}  # by what they are and their names

    def whole(self) -> Element:
        """The project, when all articles are in it."""
        about = {"name": self._text(self._contents.project_name) or "project", "origin": "Annotator"}
        root = etree.Element(f"{QDA}Project", about, nsmap={None: QDA[1:-1]})
        if self._people:
            users = child(root, f"{QDA}Users")
            for key, name in self._people.items():
                child(users, f"{QDA}User", {"guid": guid(key), "name": self._text(name)})
        self._codes.add(root, self._ledger)
        root.extend(part for part in self._parts.values() if len(part))
        etree.indent(root)
        return root

    def add(self, document: AnnotatedDocument) -> Hashable:
        """Take an article in; returns what reading the project must give for it."""
        key = guid(document.id)
        named = {"guid": key, "name": self._text(document.title) or key, "plainTextPath": f"internal://{key}.txt"}
        source = child(self._parts["Sources"], f"{QDA}TextSource", named)
        marks = [self._mark(source, mark, document) for mark in document.annotations]
        links = [(link.type.name, guid(link.source), guid(link.target)) for link in document.relations]
        for link, (name, origin, target) in zip(document.relations, links, strict=True):
            self._link(guid(link.id), self._text(name), origin, target)
        answers = [(self._question(a.name, a.annotator), typed_text(a.value)) for a in document.labels]
        for name, value in answers:
            self._value(source, name, self._text(value), _ANSWER)
        for name, value in document.metadata.items():
            self._value(source, name, self._text(value))
        values = [*answers, *document.metadata.items()]
        said = tuple((self._clean(name), self._clean(value)) for name, value in values)
        told = tuple((self._clean(name), origin, target) for name, origin, target in links)
        return document.text, tuple(sorted(marks)), tuple(sorted(told)), said

    def _mark(self, source: Element, mark: Annotation, document: AnnotatedDocument) -> tuple[Hashable, ...]:
        codes = [self._codes.label(mark.label), *self._codes.answers(mark)]
        notes = [("note", mark.note)] if mark.note else []
        notes += [*self._codes.free(mark)]
        keys = [guid(mark.id), *(named_id(f"refi\0{mark.id}\0{number}") for number in range(1, len(mark.fragments)))]
        by = {"creatingUser": guid(mark.annotator)} if mark.annotator in self._people else {}
        for number, (key, span) in enumerate(zip(keys, mark.fragments, strict=True)):
            self._selection(source, key, span, document.text, codes, notes if not number else [], by)
            if number:
                self._link(named_id(f"refi\0{key}"), CONTINUES, keys[number - 1], key)
        spans = tuple((span.start, span.end) for span in mark.fragments)
        told = tuple((self._clean(name), self._clean(text)) for name, text in notes)
        return guid(mark.id), spans, tuple(codes), told, by.get("creatingUser", "")

    def _selection(
        self, source: Element, key: str, span: Span, text: str, codes: list[str], notes: list[tuple[str, str]],
        by: dict[str, str],
    ) -> None:  # fmt: skip
        place = {"startPosition": str(span.start), "endPosition": str(span.end)}
        named = {"guid": key, "name": self._text(span.covered(text)[:_QUOTED])}
        selection = child(source, f"{QDA}PlainTextSelection", named | place | by)
        for number, code in enumerate(codes):
            coding = child(selection, f"{QDA}Coding", {"guid": named_id(f"refi\0{key}\0coding\0{number}")} | by)
            child(coding, f"{QDA}CodeRef", {"targetGUID": code})
        for number, (name, words) in enumerate(notes):
            note = named_id(f"refi\0{key}\0note\0{number}")
            written = child(self._parts["Notes"], f"{QDA}Note", {"guid": note, "name": self._text(name)} | by)
            child(written, f"{QDA}PlainTextContent", text=self._text(words))
            child(selection, f"{QDA}NoteRef", {"targetGUID": note})

    def _link(self, key: str, name: str, origin: str, target: str) -> None:
        ends = {"originGUID": origin, "targetGUID": target}
        child(self._parts["Links"], f"{QDA}Link", {"guid": key, "name": name, "direction": "OneWay"} | ends)

    def _question(self, name: str, annotator: str) -> str:
        """What the variable is called that holds an answer of somebody."""
        return f"{name} ({self._people.get(annotator, annotator)})" if len(self._people) > 1 else name

    def _value(self, source: Element, name: str, value: str, kind: str = "variable") -> None:
        if (kind, name) not in self._variables:
            self._variables[kind, name] = named_id(f"refi\0{kind}\0{name}")
            about = {"guid": self._variables[kind, name], "name": self._text(name), "typeOfVariable": "Text"}
            made = child(self._parts["Variables"], f"{QDA}Variable", about)
            if kind == _ANSWER:
                child(made, f"{QDA}Description", text=kind)
        held = child(source, f"{QDA}VariableValue")
        child(held, f"{QDA}VariableRef", {"targetGUID": self._variables[kind, name]})
        child(held, f"{QDA}TextValue", text=value)

    def _text(self, text: str) -> str:
        return xml_text(text, self._ledger)

    def _clean(self, text: str) -> str:
        return xml_text(text, Ledger())


def _read(path: Path) -> Iterator[Hashable]:
    with zipfile.ZipFile(path) as archive:
        root = parsed(archive.read("project.qde"))
        found = _Reading(root)
        for source in root.iterfind(f"{QDA}Sources/{QDA}TextSource"):
            name = source.get("plainTextPath").replace("internal://", "sources/")
            yield found.source(source, archive.read(name).decode())


class _Reading:
    """A project being read."""

    def __init__(self, root: Element) -> None:
        self._codes = code_paths(root.find(f"{QDA}CodeBook"))
        self._notes = {
            note.get("guid"): (note.get("name"), note.findtext(f"{QDA}PlainTextContent") or "")
            for note in root.iterfind(f"{QDA}Notes/{QDA}Note")
        }
        self._names = {each.get("guid"): each.get("name") for each in root.iterfind(f"{QDA}Variables/{QDA}Variable")}
        self._from: dict[str, list[tuple[str, str]]] = {}
        self._before: dict[str, str] = {}
        for link in root.iterfind(f"{QDA}Links/{QDA}Link"):
            ends = link.get("originGUID"), link.get("targetGUID")
            if link.get("name") == CONTINUES and link.get("guid") == named_id(f"refi\0{ends[1]}"):
                self._before[ends[1]] = ends[0]
            else:
                self._from.setdefault(ends[0], []).append((link.get("name"), ends[1]))

    def source(self, source: Element, text: str) -> Hashable:
        """What an article holds."""
        marks: dict[str, tuple[list[tuple[int, int]], tuple[Hashable, ...]]] = {}
        first: dict[str, str] = {}
        for item in source.iterfind(f"{QDA}PlainTextSelection"):
            start, end, key = int(item.get("startPosition")), int(item.get("endPosition")), item.get("guid")
            if xml_text(text[start:end][:_QUOTED], Ledger()) != item.get("name"):
                raise ValueError(f"{key} is at another place")
            first[key] = first.get(self._before.get(key, ""), key)
            codes = tuple(coding[0].get("targetGUID") for coding in item.iterfind(f"{QDA}Coding"))
            if any(code not in self._codes for code in codes):
                raise ValueError(f"{key} has a code that is not in the code book")
            notes = tuple(self._notes[note.get("targetGUID")] for note in item.iterfind(f"{QDA}NoteRef"))
            spans, _ = marks.setdefault(first[key], ([], (codes, notes, item.get("creatingUser", ""))))
            spans.append((start, end))
        held = [(key, tuple(spans), *said) for key, (spans, said) in marks.items()]
        links = [(name, key, target) for key in marks for name, target in self._from.get(key, ())]
        values = [
            (self._names[value[0].get("targetGUID")], value.findtext(f"{QDA}TextValue") or "")
            for value in source.iterfind(f"{QDA}VariableValue")
        ]
        return text, tuple(sorted(held)), tuple(sorted(links)), tuple(values)
