"""Marks as rows: places in three units, words, answers and links."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.offsets import Utf16Map
from annotator.core.standing_off import FACTS_THAT_STAY, words_hash
from annotator.exporters.answer_columns import ODD, AnswerColumns
from annotator.exporters.base import Contents
from annotator.exporters.separated import Row
from annotator.exporters.spelling import Spelling
from annotator.exporters.value_texts import joined

_WHAT = ("mark", "layer", "label", "annotator")
_WHERE = (
    *("start_code_point", "end_code_point", "start_utf16", "end_utf16", "start_utf8_byte", "end_utf8_byte"),
    *("pieces_code_points", "zone"),
)
_MORE = ("note", "origin", "confidence", "created", "updated")
FIXED = ("document", "title", *_WHAT, *_WHERE, "quote", *_MORE)
WORDLESS = ("document", "sha256", "characters", *_WHAT, *_WHERE, "quote_hash", *_MORE)  # without the texts
NUMBERS = frozenset((*_WHERE[:6], "characters", "confidence"))  # columns that hold numbers


class MarkRows:
    """The table of all marks: an end is the first position that does not belong to the mark."""

    def __init__(self, contents: Contents) -> None:
        self._with_text = contents.with_text
        fixed = FIXED if contents.with_text else WORDLESS
        spelling = Spelling(ODD, "column")
        for name in fixed:
            spelling.of(("fixed", name), name)
        names: set[str] = set()
        facts: set[str] = set()
        for document in contents.documents():
            facts.update(document.metadata if document.annotations else ())
            for mark in document.annotations:
                names.update(mark.attributes)
        asked = {each.id: each for label in contents.scheme.labels for each in label.attributes}
        known = {each.name for each in asked.values()}
        other = sorted(names - known)
        self.answers = AnswerColumns(asked.values(), other, contents.registry, spelling, "attr")
        self._kinds = [kind.name for kind in contents.scheme.relations]
        ends = ("", "_mark") if contents.with_text else ("_mark",)
        links = [spelling.of(("link", name, what), f"link_{name}{what}") for name in self._kinds for what in ends]
        self._facts = sorted(facts if contents.with_text else facts & set(FACTS_THAT_STAY))
        columns = [spelling.of(("fact", name), f"meta_{name}") for name in self._facts]
        self.head: Row = (*fixed, *self.answers.head(), *links, *columns)
        self._people = {person.id: person.name for person in contents.annotators}

    def rows(self, document: AnnotatedDocument) -> Iterator[Row]:
        """A row for each mark, in order: what its cells hold, however a file must write that."""
        places = Places(document)
        marks = {mark.id: mark for mark in document.annotations}
        targets: dict[tuple[str, str], list[Annotation]] = {}
        for link in document.relations:
            targets.setdefault((link.source, link.type.name), []).append(marks[link.target])
        for mark in document.annotations:
            linked = [targets.get((mark.id, name), []) for name in self._kinds]
            cells = [*self._fixed(document, mark, places), *self.answers.cells(mark.attributes)]
            for ends in linked:
                if self._with_text:
                    cells.append(joined([end.covered(document.text) for end in ends]))
                cells.append(joined([end.id for end in ends]))
            yield (*cells, *(document.metadata.get(name, "") for name in self._facts))

    def _fixed(self, document: AnnotatedDocument, mark: Annotation, places: Places) -> Iterator[str]:
        words = mark.covered(document.text)
        if self._with_text:
            yield from (document.id, document.title)
        else:
            yield from (document.id, document.sha256, str(len(document.text)))
        yield from (mark.id, mark.label.layer, mark.label.name)
        yield self._people.get(mark.annotator, mark.annotator)
        yield from map(str, places.checked(mark))
        yield ";".join(f"{span.start}-{span.end}" for span in mark.fragments)
        yield next((zone.label for zone in document.zones if zone.span.start <= mark.start < zone.span.end), "")
        yield words if self._with_text else words_hash(document.sha256, words)
        yield from (mark.note, mark.origin)
        yield "" if mark.confidence is None else str(mark.confidence)
        yield from (mark.created, mark.updated)


class Places:
    """Where the marks of a document are in code points, UTF-16 units and bytes of UTF-8."""

    def __init__(self, document: AnnotatedDocument) -> None:
        text = document.text
        self._text = text
        self._utf16_map = Utf16Map(text)
        self._utf16, self._utf8 = text.encode("utf-16-le"), text.encode()
        self._bytes: dict[int, int] = {}
        before = count = 0
        for place in sorted({place for mark in document.annotations for place in (mark.start, mark.end)}):
            count += len(text[before:place].encode())
            self._bytes[place] = count
            before = place

    def checked(self, mark: Annotation) -> tuple[int, int, int, int, int, int]:
        """Where a mark begins and ends in each. Raises ValueError where these are not the same words in each."""
        start, end = mark.start, mark.end
        first, last = self._utf16_map.to_utf16(start), self._utf16_map.to_utf16(end)
        head, tail = self._bytes[start], self._bytes[end]
        words = self._text[start:end]
        if words != self._utf16[2 * first : 2 * last].decode("utf-16-le") or words != self._utf8[head:tail].decode():
            raise ValueError(f"the mark {mark.id} is not at the same place in every unit")
        return start, end, first, last, head, tail
