"""CoNLL-U: sentences with their words, the white space between them, and marks as entities in brackets."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Progress
from annotator.core.sentences import sentences
from annotator.core.span import Span
from annotator.core.tokens import Kind, tokens
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.conllu_entities import FIELDS, Entities, EntityReading
from annotator.exporters.options import Option
from annotator.exporters.proving import Frame, Part, export_file
from annotator.exporters.tagging import sentence_starts
from annotator.exporters.worded import with_words

_SPACES = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_BACK = {"s": " ", "t": "\t", "n": "\n", "r": "\r"}
_HEAD = f"# generator = Annotator\n# global.Entity = {'-'.join(FIELDS)}\n"
_KINDS: dict[str, Kind] = {"words": "words", "characters": "characters"}


class ConllUExporter(PlainExporter):
    """Words are cut where a mark begins or ends; no sentence ends within a mark. The text can be had back exactly."""

    name = "conllu"
    title = "CoNLL-U, with entities"
    suffix = ".conllu"
    carries = Carries(nested=True, crossing=True, discontinuous=True, links=True, attributes=True, notes=True,
                      people=True, facts=True)  # fmt: skip
    unit = "tokens"
    loses = loses(carries, "There are no lemmas, parts of speech and syntax.")
    options = (
        Option("tokeniser", "Words", "words", (("words", "Words and signs"), ("characters", "Characters")),
               explanation="Characters suit models of Chinese, Japanese or Thai."),
    )  # fmt: skip

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        people = {person.id: person.name for person in contents.annotators}
        kind = _KINDS[contents.options.get("tokeniser", "words")]

        def make(document: AnnotatedDocument, ledger: Ledger) -> Part:
            return _Document(with_words(document, ledger), people, kind, ledger).part()

        return export_file(contents, out, self.carries, make, _read, progress, Frame(_HEAD.encode()))


class _Document:
    """One article being written."""

    def __init__(self, document: AnnotatedDocument, people: dict[str, str], kind: Kind, ledger: Ledger) -> None:
        self._document, self._ledger = document, ledger
        cuts = {place for mark in document.annotations for s in mark.fragments for place in (s.start, s.end)}
        self._words = list(tokens(document.text, cuts, kind))
        self._entities = Entities(document, people, self._words)

    def part(self) -> Part:
        """The article, and what reading it must give."""
        document = self._document
        if not self._words:
            self._ledger.lose("articles without words", count=1)
            return Part(b"", None, 0)
        lines = [f"# newdoc id = {_line(document.id) or 'article'}"]
        facts = self._facts()
        lines += [f"# meta::{name} = {value}" for name, value in facts]
        ends = (sentence.end for sentence in sentences(document.text))
        starts = sorted(sentence_starts(self._words, ends, document.annotations))
        for number, (first, last) in enumerate(zip(starts, [*starts[1:], len(self._words)], strict=True), 1):
            lines += [*self._sentence(number, first, last), ""]
        data = "".join(f"{line}\n" for line in lines).encode()
        held = (document.text, *self._entities.held, tuple(facts))
        return Part(data, held, len(document.annotations), len(document.relations))

    def _facts(self) -> list[tuple[str, str]]:
        """What is known of the article, as far as a line can hold it."""
        document = self._document
        named = {"title": document.title, "language": document.language} | dict(document.metadata)
        facts = [(_line(name).replace("=", "_"), _line(value)) for name, value in named.items() if value.strip()]
        changed = sum(value != _line(value) or name != _line(name).replace("=", "_") for name, value in named.items())
        self._ledger.lose("line ends and signs in facts about articles (written as spaces)", count=changed)
        return list(dict(facts).items())

    def _sentence(self, number: int, first: int, last: int) -> Iterator[str]:
        text, words = self._document.text, self._words[first:last]
        gaps = [self._gap(place) for place in range(first, last)]
        if first and "\n" in self._gap(first - 1):
            yield "# newpar"
        yield f"# sent_id = {_line(self._document.id).replace(' ', '_') or 'article'}-{number}"
        shown = "".join(f"{word.covered(text)}{' ' if gap else ''}" for word, gap in zip(words, gaps, strict=True))
        yield f"# text = {shown.rstrip()}"
        for place, word in enumerate(words):
            misc = self._misc(first + place, gaps[place])
            yield "\t".join([str(place + 1), word.covered(text), *["_"] * 7, "|".join(misc) or "_"])

    def _gap(self, place: int) -> str:
        """The white space behind a word."""
        text = self._document.text
        following = self._words[place + 1].start if place + 1 < len(self._words) else len(text)
        return text[self._words[place].end : following]

    def _misc(self, place: int, gap: str) -> Iterator[str]:
        brackets = self._entities.at(place)
        if brackets:
            yield f"Entity={brackets}"
        if not gap:
            yield "SpaceAfter=No"
        elif gap != " " or place + 1 == len(self._words):
            yield f"SpacesAfter={_escaped(gap)}"
        if not place and (before := self._document.text[: self._words[0].start]):
            yield f"SpacesBefore={_escaped(before)}"


def _line(text: str) -> str:
    """A text as one line, with single spaces."""
    return " ".join(text.split())


def _escaped(gap: str) -> str:
    return "".join(_SPACES.get(sign, sign) for sign in gap)


def _read(path: Path) -> Iterator[Hashable]:
    found: _Reading | None = None
    with path.open("rb") as stream:
        for raw in stream:
            line = raw.decode().removesuffix("\n")
            if line.startswith("# newdoc id = "):
                if found is not None:
                    yield found.held()
                found = _Reading()
            elif found is not None and line:
                found.add(line)
    if found is not None:
        yield found.held()


class _Reading:
    """One article being read."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._words: list[Span] = []
        self._length, self._shown, self._forms = 0, "", ""
        self._facts: list[tuple[str, str]] = []
        self._entities = EntityReading()

    def add(self, line: str) -> None:
        """Take a line in."""
        if line.startswith("# meta::"):
            name, _, value = line.removeprefix("# meta::").partition(" = ")
            self._facts.append((name, value))
        elif line.startswith("# text = "):
            self._see_sentence()
            self._shown, self._forms = line.removeprefix("# text = "), ""
        elif not line.startswith("#"):
            self._word(line.split("\t"))

    def _word(self, cells: Sequence[str]) -> None:
        form, misc = cells[1], dict(part.split("=", 1) for part in cells[9].split("|") if part != "_")
        before, behind = _plain(misc.get("SpacesBefore", "")), _plain(misc.get("SpacesAfter", " "))
        behind = "" if misc.get("SpaceAfter") == "No" else behind
        self._words.append(Span(self._length + len(before), self._length + len(before) + len(form)))
        self._entities.add(len(self._words) - 1, misc.get("Entity", ""))
        self._parts += [before, form, behind]
        self._length += len(before) + len(form) + len(behind)
        self._forms += form + (" " if behind else "")

    def _see_sentence(self) -> None:
        if self._forms.rstrip() != self._shown:
            raise ValueError(f"the words are not {self._shown}")

    def held(self) -> Hashable:
        """What the article holds."""
        self._see_sentence()
        return "".join(self._parts), *self._entities.held(self._words), tuple(self._facts)


def _plain(written: str) -> str:
    parts = written.split("\\")
    return parts[0] + "".join(_BACK[part[0]] + part[1:] for part in parts[1:])
