"""The passages of a registry entry: where it is an answer, and what it said."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from annotator.core.annotation import RegistryEntry
from annotator.core.concordance import Line, line
from annotator.core.registry_names import name_key
from annotator.core.rows import fragments_from_row, written
from annotator.core.span import Span
from annotator.store.reading import Reader
from annotator.store.registry_uses import entity_attributes

SPEAKS = ("source", "claimed_by")  # the links that lead from what was said to who said it
MENTION = "entity"  # the attribute by which a mark says whom its words mean, and nothing more
FORM = ""  # stands for the label where the document's form is the passage

Stop = Callable[[], bool]


class Passage(NamedTuple):
    """A place where an entry is an answer, or what it said.

    `how`: for an answer, the attribute's name. For what was said: "entry" where the speaker's mark names the entry,
    "within" where a mark in the speaker's words does, "words" where these are its name or an alias and nobody says
    whom they mean, else the name of the statement's own attribute. `beside` are the speaker's words, where a link
    leads to them, and `link` that link's name.
    """

    line: Line  # without words where it is the form of a document
    date: str  # of the document, as it is known
    label: str  # the label's name; FORM for the document's form
    how: str
    link: str = ""
    beside: str = ""


class _Mark(NamedTuple):
    document: int
    id: str
    label: str
    start: int
    end: int
    fragments: str | None
    attributes: str

    @property
    def spans(self) -> tuple[Span, ...]:
        return fragments_from_row(self.start, self.end, self.fragments)


def passages(reader: Reader, entry: str, stop: Stop | None = None) -> list[Passage]:
    """Every place where the entry with that id is an answer, by the documents' dates, then in order of the text."""
    asked = {key: reader.names.name_of(key) for key in entity_attributes(reader)}
    found: list[tuple[_Mark, str, str, str]] = []
    for mark in _answering(reader, entry):
        for key, value in json.loads(mark.attributes).items():
            if key in asked and _holds(value, entry):
                found.append((mark, asked[key], "", ""))
    return _shown(reader, [*found, *_in_forms(reader, entry, asked)], stop)


def said(reader: Reader, entry: RegistryEntry, stop: Stop | None = None) -> list[Passage]:
    """Everything that an entry said: quotes and claims that a link leads from to it, and statements that name it.

    By the documents' dates, then in order of the text; documents without a date come last.
    """
    asked = {key: reader.names.name_of(key) for key in entity_attributes(reader)}
    found: dict[str, tuple[_Mark, str, str, str]] = {}
    mine = _answering(reader, entry.id)
    for statement, speaker, kind, words in _spoken(reader, stop):
        how = _means(speaker, words, entry, mine, asked)
        if how and statement.id not in found:
            found[statement.id] = (statement, how, kind, words)
    for mark in mine:
        for key, value in json.loads(mark.attributes).items():
            stated = key in asked and asked[key] != MENTION and _holds(value, entry.id)
            if stated and mark.id not in found:
                found[mark.id] = (mark, asked[key], "", "")
    return _shown(reader, list(found.values()), stop)


def _means(speaker: _Mark, words: str, entry: RegistryEntry, mine: Iterable[_Mark], asked: Mapping[str, str]) -> str:
    """How a speaker's mark means the entry; empty where it does not, or means another."""
    named = {key: value for key, value in json.loads(speaker.attributes).items() if key in asked}
    if any(_holds(value, entry.id) for value in named.values()):
        return "entry"
    within = (mark for mark in mine if mark.document == speaker.document)
    if any(speaker.start <= mark.start and mark.end <= speaker.end for mark in within):
        return "within"
    if named:
        return ""
    key = name_key(words)
    return "words" if key in {name_key(name) for name in (entry.name, *entry.aliases)} else ""


def _holds(value: object, entry: str) -> bool:
    return entry in value if isinstance(value, list) else value == entry


# Reading

_COLUMNS = 'a.document, a.id, a.label, a.start, a."end", a.fragments, a.attributes'


def _answering(reader: Reader, entry: str) -> list[_Mark]:
    """The marks whose answers hold the entry."""
    sql = f"SELECT {_COLUMNS} FROM annotations a WHERE instr(a.attributes, ?)"
    return [_Mark(*row) for row in reader.rows(sql, (json.dumps(entry),))]


def _in_forms(reader: Reader, entry: str, asked: Mapping[str, str]) -> Iterator[tuple[_Mark, str, str, str]]:
    sql = """
        SELECT document, attribute, value FROM document_labels
        WHERE instr(value, ?1) AND attribute IN (SELECT value FROM json_each(?2))"""
    for document, attribute, value in reader.rows(sql, (json.dumps(entry), written([*asked]))):
        if _holds(json.loads(value), entry):
            yield _Mark(document, "", FORM, 0, 0, None, "{}"), asked[attribute], "", ""


def _spoken(reader: Reader, stop: Stop | None) -> Iterator[tuple[_Mark, _Mark, str, str]]:
    """What was said, the mark of who said it, the link's name, and the words of the latter."""
    kinds = {kind.id: kind.shown for kind in reader.scheme.relations if kind.name in SPEAKS}
    second = _COLUMNS.replace("a.", "b.")
    sql = f"""
        SELECT r.type, {_COLUMNS}, {second}, substr(t.text, b.start + 1, b."end" - b.start)
        FROM relations r JOIN annotations a ON a.id = r.source JOIN annotations b ON b.id = r.target
        JOIN texts t ON t.number = b.document
        WHERE r.type IN (SELECT value FROM json_each(?)) ORDER BY r.rowid"""
    width = len(_Mark._fields)
    for row in reader.rows(sql, (written([*kinds]),)):
        if stop is not None and stop():
            return
        yield _Mark(*row[1 : 1 + width]), _Mark(*row[1 + width : 1 + 2 * width]), kinds[row[0]], row[-1]


def _shown(reader: Reader, found: list[tuple[_Mark, str, str, str]], stop: Stop | None) -> list[Passage]:
    """The passages with their words, in order."""
    labels = {label.id: label.name for label in reader.scheme.labels}
    by_document: dict[int, list[tuple[_Mark, str, str, str]]] = defaultdict(list)
    for each in found:
        by_document[each[0].document].append(each)
    shown: list[Passage] = []
    sql = """
        SELECT d.number, d.id, d.title, d.published, t.text FROM documents d JOIN texts t ON t.number = d.number
        WHERE d.number IN (SELECT value FROM json_each(?))"""
    numbers = sorted(by_document)
    for first in range(0, len(numbers), 100):
        if stop is not None and stop():
            break
        for row in reader.rows(sql, (written(numbers[first : first + 100]),)):
            shown += [_passage(row, each, labels) for each in by_document[row[0]]]
    return sorted(shown, key=_order)


def _passage(document: tuple[Any, ...], found: tuple[_Mark, str, str, str], labels: Mapping[str, str]) -> Passage:
    number, key, title, published, text = document
    mark, how, link, beside = found
    if mark.label == FORM:
        return Passage(Line(key, number, title, Span(0, 1), "", "", "", False), published, FORM, how)
    spans = mark.spans
    whole = line(key, number, title, text, Span(spans[0].start, spans[-1].end))
    words = " … ".join(" ".join(span.covered(text).split()) for span in spans)
    whole = whole._replace(hit=words, mark=mark.id, label=mark.label)
    return Passage(whole, published, labels.get(mark.label, ""), how, link, " ".join(beside.split()))


def _order(found: Passage) -> tuple[Any, ...]:
    return not found.date, found.date, found.line.number, found.line.span, found.how
