"""brat's standoff: for each article a .txt and an .ann, and the configuration beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue, Relation
from annotator.core.imports import Progress
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.brat_names import BratNames, escaped, numbered
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.proving import Files, export_folder
from annotator.exporters.value_texts import value_text

ATTRIBUTE = "Attribute"  # the type of notes that hold an answer which no attribute of brat can


class BratExporter(PlainExporter):
    """A folder. Quotes and whatever else is made whole by its links are events; other links are relations."""

    name = "brat"
    title = "brat standoff"
    suffix = ""
    carries = Carries(nested=True, crossing=True, discontinuous=True, links=True, attributes=True, notes=True)
    unit = "code points"
    loses = loses(carries, "Answers that are neither from a list nor yes are written as notes.")

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the folder `out`, whole or not at all. Raises KnownError where that cannot be."""
        names = BratNames(contents.scheme)

        def beside() -> Mapping[str, bytes]:
            texts = contents.scheme_texts("brat", names.scheme) if contents.scheme_texts else {}
            return {name: text.encode() for name, text in texts.items()}

        def make(document: AnnotatedDocument, stem: str, ledger: Ledger) -> Files:
            standoff = _Standoff(document, names, ledger)
            files = {f"{stem}.txt": document.text.encode(), f"{stem}.ann": standoff.lines().encode()}
            return Files(files, standoff.held(), len(document.annotations), len(document.relations))

        report = export_folder(contents, out, self.carries, make, _read, progress, beside)
        told = Ledger()
        names.spelling.tell(told)
        report.lost += told.losses()
        return report


class _Standoff:
    """The lines of one .ann. A mark is its number, from 1."""

    def __init__(self, document: AnnotatedDocument, names: BratNames, ledger: Ledger) -> None:
        self._document, self._names = document, names
        self._numbers = {mark.id: number for number, mark in enumerate(document.annotations, 1)}
        self._events = {mark.id for mark in document.annotations if names.is_event(mark.label)}
        self._attributes: list[tuple[int, str, str]] = []
        self._notes: list[tuple[int, str, str]] = []
        for mark in document.annotations:
            self._take(mark, ledger)

    def _take(self, mark: Annotation, ledger: Ledger) -> None:
        number = self._numbers[mark.id]
        for name, value in mark.attributes.items():
            self._answer(number, name, value)
        if mark.note:
            self._notes.append((number, "AnnotatorNotes", escaped(mark.note)))
            if "\n" in mark.note or "\r" in mark.note:
                ledger.lose("line ends in notes (written as \\n)", [mark.id])

    def _answer(self, number: int, name: str, value: AttributeValue) -> None:
        held = self._names.value(name, value)
        if held is None:
            self._notes.append((number, ATTRIBUTE, escaped(f"{name}={value_text(value)}")))
        else:
            self._attributes.append((number, self._names.attribute(name), held))

    def _id(self, number: int) -> str:
        mark = self._document.annotations[number - 1]
        return f"E{number}" if mark.id in self._events else f"T{number}"

    def lines(self) -> str:
        """The whole file."""
        marks = self._document.annotations
        links = [link for link in self._document.relations if link.source not in self._events]
        found = [self._mark(mark) for mark in marks]
        found += [self._event(mark) for mark in marks if mark.id in self._events]
        found += [self._relation(number, link) for number, link in enumerate(links, 1)]
        for number, (mark, name, value) in enumerate(self._attributes, 1):
            found.append(f"A{number}\t{name} {self._id(mark)}{' ' * bool(value)}{value}")
        for number, (mark, kind, note) in enumerate(self._notes, 1):
            found.append(f"#{number}\t{kind} {self._id(mark)}\t{note}")
        return "".join(f"{line}\n" for line in found)

    def _mark(self, mark: Annotation) -> str:
        places = ";".join(f"{span.start} {span.end}" for span in mark.fragments)
        words = mark.covered(self._document.text).replace("\n", " ")
        return f"T{self._numbers[mark.id]}\t{self._names.label(mark.label)} {places}\t{words}"

    def _event(self, mark: Annotation) -> str:
        number = self._numbers[mark.id]
        parts = [f"{self._names.label(mark.label)}:T{number}"]
        roles: Counter[str] = Counter()
        for link in self._document.relations:
            if link.source == mark.id:
                role = self._names.link(link.type)
                roles[role] += 1
                parts.append(f"{numbered(roles, role)}:{self._id(self._numbers[link.target])}")
        return f"E{number}\t{' '.join(parts)}"

    def _relation(self, number: int, link: Relation) -> str:
        source, target = (self._id(self._numbers[key]) for key in (link.source, link.target))
        return f"R{number}\t{self._names.link(link.type)} Arg1:{source} Arg2:{target}"

    def held(self) -> Hashable:
        """What reading both files must give."""
        document, numbers = self._document, self._numbers
        marks = ((self._names.label(mark.label), mark.fragments) for mark in document.annotations)
        links = ((self._names.link(k.type), numbers[k.source], numbers[k.target]) for k in document.relations)
        spans = tuple((label, tuple((span.start, span.end) for span in spans)) for label, spans in marks)
        return document.text, spans, tuple(sorted(links)), tuple(self._attributes), tuple(self._notes)


def _read(folder: Path) -> Iterator[Hashable]:
    for place in sorted(folder.glob("*.ann")):
        text = place.with_suffix(".txt").read_bytes().decode()
        yield text, *_Reading(text, place.read_bytes().decode()).held()


class _Reading:
    """One .ann being read."""

    def __init__(self, text: str, lines: str) -> None:
        self._text = text
        self._marks: list[tuple[str, tuple[tuple[int, int], ...]]] = []
        self._links: list[tuple[str, int, int]] = []
        self._attributes: list[tuple[int, str, str]] = []
        self._notes: list[tuple[int, str, str]] = []
        take: dict[str, Callable[..., None]] = {
            "T": self._mark,
            "E": self._event,
            "R": self._relation,
            "A": self._attribute,
            "#": self._note,
        }
        for line in lines.split("\n")[:-1]:
            take[line[0]](*line.split("\t"))

    def held(self) -> tuple[Hashable, ...]:
        links = tuple(sorted(self._links))
        return tuple(self._marks), links, tuple(self._attributes), tuple(self._notes)

    def _mark(self, _: str, place: str, *words: str) -> None:
        label, rest = place.split(" ", 1)
        spans = tuple((int(start), int(end)) for start, end in (piece.split(" ") for piece in rest.split(";")))
        found = " ".join(self._text[start:end] for start, end in spans).replace("\n", " ")
        if found != "\t".join(words):
            raise ValueError(f"{place} is not {words}")
        self._marks.append((label, spans))

    def _event(self, key: str, parts: str) -> None:
        trigger, *roles = parts.split(" ")
        if self._marks[int(key[1:]) - 1][0] != trigger.split(":")[0]:
            raise ValueError(f"{key} has another trigger")
        for part in roles:
            role, target = part.split(":")
            self._links.append((role.rstrip("0123456789"), int(key[1:]), int(target[1:])))

    def _relation(self, _: str, parts: str) -> None:
        name, first, second = parts.split(" ")
        source, target = first.removeprefix("Arg1:"), second.removeprefix("Arg2:")
        self._links.append((name, int(source[1:]), int(target[1:])))

    def _attribute(self, _: str, parts: str) -> None:
        name, target, *value = parts.split(" ")
        self._attributes.append((int(target[1:]), name, "".join(value)))

    def _note(self, _: str, parts: str, *note: str) -> None:
        kind, target = parts.split(" ")
        self._notes.append((int(target[1:]), kind, "\t".join(note)))
