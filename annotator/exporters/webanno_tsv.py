"""WebAnno TSV 3.3, as INCEpTION reads and writes it: for each article a file of tokens. Positions are UTF-16 units."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterator
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.imports import Progress
from annotator.core.offsets import Utf16Map
from annotator.core.scheme import Scheme
from annotator.core.sentences import sentences
from annotator.core.span import Span
from annotator.core.tokens import tokens
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.cas_types import CUSTOM, LINK, MARK, CasFeatures, other_attributes
from annotator.exporters.proving import Files, export_folder
from annotator.exporters.value_texts import answer_texts
from annotator.exporters.worded import with_words

_IN_VALUES = {"\\": "\\\\", "[": "\\[", "]": "\\]", "|": "\\|", "_": "\\_", ";": "\\;", "*": "\\*", "->": "\\->",
              "\t": "\\t", "\n": "\\n", "\r": "\\r"}  # fmt: skip
_IN_TEXT = {sign: _IN_VALUES[sign] for sign in "\\\t\n\r"}
_VALUE, _TEXT = (re.compile("|".join(map(re.escape, signs))) for signs in (_IN_VALUES, _IN_TEXT))
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_NUMBERED = re.compile(r"(.*)\[(\d+)\]", re.DOTALL)
_END = re.compile(r"\d+-(\d+)\[(\d+)_(\d+)\]")


class WebAnnoTsvExporter(PlainExporter):
    """A layer of marks, numbered so that they may overlap, and one of links. Words are cut where a mark begins."""

    name = "webanno-tsv"
    title = "WebAnno TSV 3.3 (INCEpTION)"
    suffix = ""
    carries = Carries(nested=True, crossing=True, links=True, attributes=True, notes=True, people=True)
    unit = "UTF-16 units"
    loses = loses(carries, "Which white space stands between sentences.")

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the folder `out`, whole or not at all. Raises KnownError where that cannot be."""
        others = (name for document in contents.documents() for name in other_attributes(document.annotations))
        features = CasFeatures(Scheme(), sorted(set(others)))  # a column for what is answered somewhere
        people = {person.id: person.name for person in contents.annotators}

        def make(document: AnnotatedDocument, stem: str, ledger: Ledger) -> Files:
            table = _Table(with_words(document, ledger), features, people, ledger)
            marks, links = len(table.document.annotations), len(table.document.relations)
            return Files({f"{stem}.tsv": table.lines().encode()}, table.held(), marks, links)

        return export_folder(
            contents, out, self.carries, make, lambda folder: _read(folder, features.names()), progress
        )


class _Table:
    """One article. A mark is its number, from 1."""

    def __init__(
        self, document: AnnotatedDocument, features: CasFeatures, people: dict[str, str], ledger: Ledger
    ) -> None:
        self.document, self._features, self._people = document, features, people
        self._numbers = {mark.id: number for number, mark in enumerate(document.annotations, 1)}
        self._places = Utf16Map(document.text)
        self._said = [self._features_of(mark, ledger) for mark in document.annotations]
        borders = {place for mark in document.annotations for place in (mark.start, mark.end)}
        self._tokens = list(tokens(document.text, borders))
        self._sentences = list(sentences(document.text))
        self._at = {token.start: f"{row}-{column}" for row, column, token in self._numbered()}
        self._covering: dict[int, list[Annotation]] = {token.start: [] for token in self._tokens}
        starts = [token.start for token in self._tokens]
        for mark in document.annotations:
            for start in starts[bisect_left(starts, mark.start) :]:
                if start >= mark.end:
                    break
                self._covering[start].append(mark)

    def _features_of(self, mark: Annotation, ledger: Ledger) -> dict[str, str]:
        fixed = (mark.label.layer, mark.label.name, mark.id, mark.note, self._people.get(mark.annotator, ""))
        coded = {self._features.attributes[name]: text for name, text in answer_texts(mark.attributes).items()}
        ledger.lose("empty answers", [mark.id] * sum(not text for text in coded.values()))
        said = dict(zip(self._features.names(), fixed, strict=False)) | coded
        return {name: text for name, text in said.items() if text}

    def _numbered(self) -> Iterator[tuple[int, int, Span]]:
        """Every token, with the number of its sentence and its own in it."""
        waiting = iter(self._tokens)
        token = next(waiting, None)
        for row, sentence in enumerate(self._sentences, 1):
            column = 0
            while token is not None and token.start < sentence.end:
                column += 1
                yield row, column, token
                token = next(waiting, None)

    def lines(self) -> str:
        """The whole file."""
        names, text, to_utf16 = self._features.names(), self.document.text, self._places.to_utf16
        head = ["#FORMAT=WebAnno TSV 3.3", f"#T_SP={CUSTOM}.{MARK}|{'|'.join(names)}"]
        head += [f"#T_RL={CUSTOM}.{LINK}|label|BT_{CUSTOM}.{MARK}", ""]
        links, nothing = self._links(), "\t".join("_" * len(names))
        columns = {mark.id: self._cells(mark, names) for mark in self.document.annotations}
        row_before, found = 0, head
        for row, column, token in self._numbered():
            if row != row_before:
                found += ["", f"#Text={_escaped(self._sentences[row - 1].covered(text), _TEXT)}"]
                row_before = row
            covering = [columns[mark.id] for mark in self._covering[token.start]]
            said = "\t".join(map("|".join, zip(*covering, strict=True))) if covering else nothing
            label, ends = links.get(token.start, ("_", "_"))
            place = f"{to_utf16(token.start)}-{to_utf16(token.end)}"
            word = _escaped(text[token.start : token.end], _TEXT)
            found.append(f"{row}-{column}\t{place}\t{word}\t{said}\t{label}\t{ends}\t")
        return "".join(f"{line}\n" for line in found)

    def _cells(self, mark: Annotation, names: list[str]) -> list[str]:
        """What stands in the columns of every token of a mark."""
        number = self._numbers[mark.id]
        said = self._said[number - 1]
        return [f"{_escaped(said[name], _VALUE) if name in said else '*'}[{number}]" for name in names]

    def _links(self) -> dict[int, tuple[str, str]]:
        """The two cells about links, by where the mark begins that they lead to."""
        marks = {mark.id: mark for mark in self.document.annotations}
        found: dict[int, tuple[list[str], list[str]]] = {}
        for link in self.document.relations:
            names, ends = found.setdefault(marks[link.target].start, ([], []))
            names.append(_escaped(link.type.name, _VALUE) or "*")
            numbers = f"[{self._numbers[link.source]}_{self._numbers[link.target]}]"
            ends.append(f"{self._at[marks[link.source].start]}{numbers}")
        return {start: ("|".join(names), "|".join(ends)) for start, (names, ends) in found.items()}

    def held(self) -> Hashable:
        """What reading it must give."""
        document, to_utf16, numbers = self.document, self._places.to_utf16, self._numbers
        marks = [
            (to_utf16(mark.start), to_utf16(mark.end), tuple(sorted(said.items())))
            for mark, said in zip(document.annotations, self._said, strict=True)
        ]
        links = [(numbers[link.source], numbers[link.target], link.type.name) for link in document.relations]
        words = [(to_utf16(token.start), token.covered(document.text)) for token in self._tokens]
        texts = [sentence.covered(document.text) for sentence in self._sentences]
        return tuple(texts), tuple(words), tuple(marks), tuple(sorted(links))


def _escaped(text: str, signs: re.Pattern[str]) -> str:
    return signs.sub(lambda match: _IN_VALUES[match[0]], text)


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    back = {"t": "\t", "n": "\n", "r": "\r"}
    return _ESCAPED.sub(lambda match: back.get(match[1], match[1]), text)


def _read(folder: Path, names: list[str]) -> Iterator[Hashable]:
    for place in sorted(folder.glob("*.tsv")):
        yield _Reading(place.read_bytes().decode(), names).held()


class _Reading:
    """One file being read."""

    def __init__(self, text: str, names: list[str]) -> None:
        self._names = names
        self._texts: list[str] = []
        self._words: list[tuple[int, str]] = []
        self._places: dict[int, tuple[int, int]] = {}
        self._said: dict[int, dict[str, str]] = {}
        self._links: list[tuple[int, int, str]] = []
        for line in text.split("\n"):
            if line.startswith("#Text="):
                self._texts.append(_plain(line.removeprefix("#Text=")))
            elif line and not (line.startswith("#") and not self._texts):
                self._row(line.split("\t"))

    def _row(self, cells: list[str]) -> None:
        _, place, word, *rest = cells
        start, end = map(int, place.split("-"))
        plain = _plain(word)
        if len(plain.encode("utf-16-le")) != 2 * (end - start):
            raise ValueError(f"{word} is not as long as {place}")
        self._words.append((start, plain))
        for name, cell in zip(self._names, rest, strict=False):
            if cell != "_":
                for value in _parts(cell):
                    self._value(name, value, start, end)
        label, target = rest[len(self._names) :][:2]
        if target == "_":
            return
        for name, ends in zip(_parts(label), _parts(target), strict=True):
            found = _END.fullmatch(ends)
            if found is None:
                raise ValueError(ends)
            self._links.append((int(found[2]), int(found[3]), "" if name == "*" else _plain(name)))

    def _value(self, name: str, cell: str, start: int, end: int) -> None:
        found = _NUMBERED.fullmatch(cell)
        if found is None:
            raise ValueError(cell)
        number = int(found[2])
        first, _ = self._places.get(number, (start, end))
        self._places[number] = (first, end)
        if found[1] != "*":
            self._said.setdefault(number, {})[name] = _plain(found[1])

    def held(self) -> Hashable:
        marks = [(*self._places[n], tuple(sorted(self._said.get(n, {}).items()))) for n in sorted(self._places)]
        return tuple(self._texts), tuple(self._words), tuple(marks), tuple(sorted(self._links))


def _parts(cell: str) -> list[str]:
    """What stands between the | of a cell that no backslash escapes."""
    return [] if cell == "_" else re.findall(r"(?:\\.|[^|\\])+", cell, re.DOTALL)
