"""Rows of marks and rows of answers, made what stands off the texts that they are about: one for each article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue, DocumentLabel, Relation, Zone
from annotator.core.ids import is_made, named_id
from annotator.core.imports import Failure, Header, ImportItem, Notice
from annotator.core.registry_csv import plain_cell
from annotator.core.scheme import STATUSES, Label, RelationType, Scheme
from annotator.core.span import Span
from annotator.core.standing_off import Expected, StandOff
from annotator.core.text import language_of, normalised, prevailing_direction
from annotator.core.untyped import Named, parts
from annotator.importers.marks_json import own_id
from annotator.importers.tables.codebook_rows import Codebook
from annotator.importers.tables.mark_columns import FORM, KEYS, MARK, Columns, whole_number
from annotator.importers.tables.rows import Row
from annotator.importers.text import first_line

CUT = 32_767  # characters that a cell of Excel holds: a quotation of so many was cut
_SHA256 = re.compile("[0-9a-f]{64}")
_PIECE = re.compile(r"(\d{1,12})-(\d{1,12})")
_SHOWN = 10  # rows of one table that are named when they are left out


@dataclass(slots=True)
class MarkTable:
    """One table: its columns, and a way to go through the rows behind its head."""

    name: str  # as sentences name it
    path: str  # as articles that are made of it keep it
    columns: Columns
    rows: Callable[[], Iterator[Row]]  # each call goes through them anew
    book: Codebook = field(default_factory=Codebook)
    safe: bool = False  # whether an apostrophe stands before what a spreadsheet would work out
    _labels: dict[tuple[str, str], Label] = field(default_factory=dict)
    _kinds: dict[str, RelationType] = field(default_factory=dict)
    _left_out: list[str] = field(default_factory=list)

    def items(self) -> Iterator[ImportItem]:
        """What the table says, article by article; rows that cannot be read are told."""
        if self.book.scheme != Scheme():
            yield Header(self.book.scheme)
        make = self._marks if self.columns.kind == "marks" else self._forms
        for key, rows in self._by_article():
            found = make(key, rows)
            if found is not None:
                yield found
        for sentence in self._left_out[:_SHOWN]:
            yield Failure(self.name, sentence)
        if len(self._left_out) > _SHOWN:
            yield Failure(self.name, f"{len(self._left_out) - _SHOWN} more rows were left out.")

    # Rows that belong together

    def _by_article(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows of each article. Links need all of them together: a table that was sorted otherwise is gathered."""
        if self.columns.links and self._is_scattered():
            gathered: dict[str, list[Row]] = {}
            for row in self._readable():
                gathered.setdefault(self._key(row), []).append(row)
            yield from gathered.items()
        else:
            for key, rows in groupby(self._readable(), key=self._key):
                yield key, list(rows)

    def _is_scattered(self) -> bool:
        """Whether rows of an article stand apart."""
        seen: set[int] = set()
        for key, _ in groupby(map(self._key, self._whole_rows())):
            if hash(key) in seen:
                return True
            seen.add(hash(key))
        return False

    def _whole_rows(self) -> Iterator[Row]:
        return (self._plain(row) for row in self.rows() if not row.fault and any(map(str.strip, row.cells)))

    def _readable(self) -> Iterator[Row]:
        for row in self.rows():
            if row.fault:
                self._left_out.append(f"{row.place.capitalize()} was left out: {row.fault}")
            elif any(cell.strip() for cell in row.cells):
                yield self._plain(row)

    def _plain(self, row: Row) -> Row:
        return Row([plain_cell(cell) for cell in row.cells], row.place) if self.safe else row

    def _key(self, row: Row) -> str:
        """What says which article a row is about."""
        return next((cell for key in (*KEYS, "text") if (cell := self.columns.cell(row.cells, key))), "")

    # Articles

    def _about(self, key: str, row: Row) -> tuple[AnnotatedDocument, dict[str, str], int | None]:
        """What is known of the article, the other keys it may be found by, and how long it is."""
        cell = self.columns.cell
        also = {name: said for name in ("uri", "path", "title") if (said := cell(row.cells, name))}
        document, sha256 = cell(row.cells, "document"), cell(row.cells, "sha256").lower()
        if document and not self.columns.own:  # people call a document by all sorts of names
            kind = "uri" if "://" in document else "path"
            also = {kind: document, "title": document, **also}
        if _SHA256.fullmatch(document):
            sha256 = sha256 or document
        about = AnnotatedDocument(text="", id=document, sha256=sha256)
        length = cell(row.cells, "characters")
        return about, also, whole_number(length)

    def _text(self, rows: Iterable[Row]) -> str:
        """The text of an article, where the table has it."""
        return next(
            (normalised(self._whole(row, "text")).text for row in rows if self.columns.cell(row.cells, "text")), ""
        )

    def _article(self, about: AnnotatedDocument, also: Mapping[str, str], text: str) -> AnnotatedDocument:
        """An article that the table holds itself."""
        named = also.get("title", "")
        own = is_made(about.id)
        told = {key: said for key, said in also.items() if key != "title" and said != about.id}
        facts = {"path": self.path, **told}
        return replace(
            about,
            text=text,
            id=about.id if own else "",
            sha256="",
            title=named if named and named != about.id else first_line(text),
            language=language_of(text),
            direction=prevailing_direction(text),
            metadata=facts if own or not about.id else {"id": about.id, **facts},
            zones=(Zone("", "BODY", Span(0, len(text))),),
        )

    def _stand_off(
        self, key: str, rows: Sequence[Row], expected: Iterable[Expected] = (), **said: object
    ) -> StandOff | None:
        about, also, length = self._about(key, rows[0])
        if text := self._text(rows):
            about = self._article(about, also, text)
        if not (about.text or about.id or about.sha256 or also):
            self._left_out.append(
                f"{rows[0].place.capitalize()} was left out: it does not say which article it is about."
            )
            return None
        place = rows[0].place if len(rows) == 1 else f"{rows[0].place} and those after it"
        about = replace(about, **said)  # type: ignore[arg-type]
        return StandOff(about, self.name, place, tuple(expected), length, also, typed=False)

    # Marks

    def _marks(self, key: str, rows: Sequence[Row]) -> StandOff | None:
        marks: list[Annotation] = []
        links: list[Relation] = []
        expected: list[Expected] = []
        for row in rows:
            mark = self._mark(key, row)
            if mark is None:
                continue
            marks.append(mark)
            expected.append(self._expected(row))
            links += self._links(key, row, mark)
        if not marks:
            return None
        return self._stand_off(key, rows, expected, annotations=tuple(marks), relations=tuple(links))

    def _mark(self, key: str, row: Row) -> Annotation | None:
        cell = self.columns.cell
        name = cell(row.cells, "label")
        spans = self._spans(row)
        if not name or (not spans and not cell(row.cells, "quote")):
            why = "it has no place and no words" if name else "it has no label"
            self._left_out.append(f"{row.place.capitalize()} was left out: {why}.")
            return None
        said = self._answers(row, MARK)
        label = self._label(cell(row.cells, "layer"), name, said)
        sure = _sureness(cell(row.cells, "confidence"))
        created = cell(row.cells, "created")
        more = (self._whole(row, "note"), cell(row.cells, "annotator"), cell(row.cells, "origin"), sure)
        times = (created, cell(row.cells, "updated") or created)
        return Annotation(self._id(key, cell(row.cells, "mark")), label, spans, said, *more, *times)

    def _id(self, key: str, mark: str) -> str:
        return own_id(mark, f"{key or self.name}/marks", False)

    def _whole(self, row: Row, what: str) -> str:
        """A cell as it is, with the white space at its ends."""
        place = self.columns.at.get(what)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def _spans(self, row: Row) -> tuple[Span, ...]:
        """The pieces of a mark; none where the row has no place that can be one."""
        held = self.columns.cell(row.cells, "pieces")
        pairs = _PIECE.findall(held) or [(self.columns.cell(row.cells, end) for end in ("start", "end"))]
        try:
            spans = tuple(Span(int(start), int(end)) for start, end in pairs)
        except ValueError:
            return ()
        return spans if all(one.end <= other.start for one, other in pairwise(spans)) else ()

    def _expected(self, row: Row) -> Expected:
        words = self._whole(row, "quote")
        cut = len(words.encode("utf-16-le", "surrogatepass")) >= 2 * CUT - 2
        return Expected(words if words.strip() and not cut else None, self.columns.cell(row.cells, "hash"))

    def _label(self, layer: str, name: str, said: dict[str, AttributeValue]) -> Label:
        """The label, with what the code book knows of the questions that were answered with it so far."""
        label = self._labels.get((layer, name)) or Label(named_id(f"/{layer}/{name}"), layer, name)
        asked = {each.name for each in label.attributes}
        known = {each.name: each for (begins, _), each in self.book.questions.items() if begins == MARK}
        new = [known[each] for each in said if each in known and each not in asked]
        if new:
            label = replace(label, attributes=(*label.attributes, *new))
        self._labels[layer, name] = label
        return label

    def _answers(self, row: Row, begins: str) -> dict[str, AttributeValue]:
        """What a row answers, by questions or by the names of columns; a code number for one that is empty."""
        columns = self.columns
        found: dict[str, AttributeValue] = {}
        for name, place in columns.answers.items():
            value = row.cells[place] if place < len(row.cells) else ""
            code, key = (
                row.cells[held[name]] if name in held and held[name] < len(row.cells) else ""
                for held in (columns.codes, columns.ids)
            )
            if value or code or key:
                question = self.book.questions.get((begins, name))
                found[question.name if question else name] = Named(value, key) if key else value or code
        return found

    def _links(self, key: str, row: Row, mark: Annotation) -> Iterator[Relation]:
        for name, place in self.columns.links.items():
            for target in parts(row.cells[place]) if place < len(row.cells) and row.cells[place] else ():
                kind = self._kinds.setdefault(name, RelationType(named_id(f"/relations/{name}"), name))
                yield Relation("", kind, mark.id, self._id(key, target), {}, mark.annotator, "", "")

    # Answers in the article's form

    def _forms(self, key: str, rows: Sequence[Row]) -> StandOff | None:
        answers: list[DocumentLabel] = []
        statuses: dict[str, str] = {}
        for row in rows:
            person = self.columns.cell(row.cells, "annotator")
            answers += [DocumentLabel("", name, said, person) for name, said in self._answers(row, FORM).items()]
            if (status := self.columns.cell(row.cells, "status")) in STATUSES:
                statuses[person] = status
            elif status:
                self._left_out.append(f"{row.place.capitalize()}: “{status[:40]}” is none of {', '.join(STATUSES)}.")
        if not answers and not statuses and not self._text(rows):
            return None
        return self._stand_off(key, rows, labels=tuple(answers), statuses=statuses)


def book_notice(name: str) -> Notice:
    """What is said of a code book that stands alone."""
    return Notice(f"{name} is a code book: its labels and questions came in, and it holds no article.")


def _sureness(cell: str) -> float | None:
    try:
        found = float(cell)
    except ValueError:
        return None
    return found if 0 <= found <= 1 else None
