"""One document taking the place of another whose page was read differently: what of it moves there, and what stays.

A mark keeps its id where it moves. Marks that are linked move together or not at all, so that no link is lost.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from annotator.core import anchoring
from annotator.core.annotation import AnnotatedDocument, Zone
from annotator.core.changes import BulkChange, ChangeSet, Row, RowChange
from annotator.core.ids import new_id, text_hash
from annotator.core.rows import COLUMNS, fragments_from_row, fragments_to_row, row, written, zone_values
from annotator.core.span import Span
from annotator.core.zones import with_zone
from annotator.store.many_rows import AT, LINK, Rows, deleted, inserted
from annotator.store.reading import Reader
from annotator.store.writing import selection

NAME = "Read kept pages again"
SUPERSEDES, SUPERSEDED_BY = "supersedes", "superseded_by"  # in the metadata: ids of documents

Why = Literal["gone", "ambiguous", "torn", "linked", "answered", "zone"]
_DOCUMENT = 1  # the column of the tables below that names the document
_TABLES = ("annotations", "relations", "document_labels", "statuses", "occurrences", "zones", "pages")
_ANSWER = {name: place for place, name in enumerate(COLUMNS["document_labels"])}
_STATUS = {name: place for place, name in enumerate(COLUMNS["statuses"])}
_PLACE = {name: place for place, name in enumerate(COLUMNS["occurrences"])}


class Left(NamedTuple):
    """What could not be moved, and why.

    “gone”, “ambiguous” and “torn” are as `annotator.core.anchoring` says them; “linked”: it is linked to a mark that
    stays; “answered”: the other article's form says otherwise; “zone”: the zone was set by hand, and is gone.
    """

    document: str  # the old one, in which it stays, unless it is a zone
    annotation: str  # empty for an answer and a zone
    title: str
    label: str
    words: str
    span: Span | None
    why: Why


class Changed(NamedTuple):
    """A mark that was moved to words that are not quite what they were."""

    document: str  # the old one
    annotation: str
    title: str
    label: str
    before: str
    after: str
    span: Span  # in the old text
    target: str  # the new document
    moved: Span  # where it is there


@dataclass(slots=True)
class Target:
    """The document that takes over: a new one, or one that the project has."""

    id: str
    text: str
    held: Row | None  # its row as it will be by then; None as long as it is to be made
    answers: dict[tuple[str, str], str] = field(default_factory=dict)  # by attribute and annotator
    people: set[str] = field(default_factory=set)  # who have a status there
    places: set[tuple[str, str]] = field(default_factory=set)
    page: bool = False


@dataclass(slots=True)
class Outcome:
    """What becomes of one document."""

    parts: list[ChangeSet] = field(default_factory=list)
    place: int = 0  # marks moved to the same place
    context: int = 0  # by what stands around them
    changed: list[Changed] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    stays: bool = False


def rows_of(reader: Reader, table: str, document: str) -> Rows:
    """The rows of a table that belong to a document, in the order in which they came."""
    number = "(SELECT number FROM documents WHERE id = ?)"
    return reader.rows(f"{selection(table)} WHERE document = {number} ORDER BY rowid", (document,))


def target_of(reader: Reader, key: str, text: str) -> Target:
    """The document with that id, which the project has, as one that takes over."""
    (held,) = reader.rows(f"{selection('documents')} WHERE documents.id = ?", (key,))
    return Target(
        key,
        text,
        row("documents", held),
        {(each[_ANSWER["attribute"]], each[_ANSWER["annotator"]]): each[_ANSWER["value"]]
         for each in rows_of(reader, "document_labels", key)},
        {each[_STATUS["annotator"]] for each in rows_of(reader, "statuses", key)},
        {(each[_PLACE["uri"]], each[_PLACE["path"]]) for each in rows_of(reader, "occurrences", key)},
        bool(rows_of(reader, "pages", key)),
    )  # fmt: skip


class Replacing:
    """Works out how `target` takes the place of `old`, which the project has, as `reading` was read from its page."""

    def __init__(
        self, reader: Reader, old: AnnotatedDocument, reading: AnnotatedDocument, target: Target, by_hand: set[str]
    ) -> None:
        self._old, self._reading, self._target, self._by_hand = old, reading, target, by_hand
        self._labels = {label.id: label.shown for label in reader.scheme.labels}
        self._asked = {attribute.id: attribute.title or attribute.name for attribute in reader.scheme.form}
        (held,) = reader.rows(f"{selection('documents')} WHERE documents.id = ?", (old.id,))
        self._row = row("documents", held)
        self._rows = {table: rows_of(reader, table, old.id) for table in _TABLES}
        self._anchoring = anchoring.Anchoring(old.text, reading.text)
        self._gone: dict[str, Rows] = defaultdict(list)
        self._new: dict[str, Rows] = defaultdict(list)
        self._outcome = Outcome()

    def outcome(self) -> Outcome:
        """What becomes of the document. The target is from then on as it will be by then."""
        staying = self._move_marks()
        self._move_answers()
        out = self._outcome
        out.stays = any(each.why != "zone" for each in out.left)
        self._move_statuses({mark[AT["annotator"]] for mark in staying})
        self._move_places()
        self._move_page()
        self._make_zones()
        last = self._last()  # before the target's row changes: it says what is there now
        out.parts = [self._first(), self._moves(), last]
        return out

    # Marks and links

    def _move_marks(self) -> Rows:
        """Move what can be moved. Returns the marks that stay."""
        marks, links = self._rows["annotations"], self._rows["relations"]
        found = {mark[0]: self._anchoring.moved(_fragments(mark)) for mark in marks}
        stay: dict[str, Why] = {key: each for key, each in found.items() if isinstance(each, str)}
        for key in _connected(stay, links):
            stay.setdefault(key, "linked")
        for mark in marks:
            moved = found[mark[0]]
            if mark[0] in stay or isinstance(moved, str):
                self._leave(mark, stay[mark[0]])
            else:
                self._move(mark, moved)
        for link in links:
            if link[LINK["source"]] not in stay:
                self._carry("relations", link)
        return [mark for mark in marks if mark[0] in stay]

    def _leave(self, mark: tuple[Any, ...], why: Why) -> None:
        fragments = _fragments(mark)
        whole = Span(fragments[0].start, fragments[-1].end)
        label = self._labels.get(mark[AT["label"]], "")
        self._outcome.left.append(
            Left(self._old.id, mark[0], self._old.title, label, _words(self._old.text, fragments), whole, why)
        )

    def _move(self, mark: tuple[Any, ...], moved: anchoring.Moved) -> None:
        pieces, out, place = moved.fragments, self._outcome, list(mark)
        whole = Span(pieces[0].start, pieces[-1].end)
        place[AT["start"]], place[AT["end"]], place[AT["fragments"]] = whole.start, whole.end, fragments_to_row(pieces)
        self._gone["annotations"].append(mark)
        self._new["annotations"].append(self._placed(place))
        if moved.how == "changed":
            words = (_words(self._old.text, _fragments(mark)), _words(self._reading.text, pieces))
            label, was = self._labels.get(mark[AT["label"]], ""), Span(mark[AT["start"]], mark[AT["end"]])
            head = (self._old.id, mark[0], self._old.title, label)
            out.changed.append(Changed(*head, *words, was, self._target.id, whole))
        else:
            setattr(out, moved.how, getattr(out, moved.how) + 1)

    def _placed(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """A row as one of the target's."""
        return (*values[:_DOCUMENT], self._target.id, *values[_DOCUMENT + 1 :])

    def _carry(self, table: str, values: tuple[Any, ...]) -> None:
        self._gone[table].append(values)
        self._new[table].append(self._placed(values))

    # Answers, statuses, addresses, the page

    def _move_answers(self) -> None:
        there = dict(self._target.answers)
        for answer in self._rows["document_labels"]:
            key = (answer[_ANSWER["attribute"]], answer[_ANSWER["annotator"]])
            value = answer[_ANSWER["value"]]
            if key not in there:
                self._carry("document_labels", answer)
                self._target.answers[key] = value
            elif there[key] == value:
                self._gone["document_labels"].append(answer)
            else:
                asked = self._asked.get(key[0], key[0])
                words = str(json.loads(value))
                self._outcome.left.append(Left(self._old.id, "", self._old.title, asked, words, None, "answered"))

    def _move_statuses(self, unfinished: set[str]) -> None:
        """How far people are; who has marks left behind has not finished the new document."""
        for status in self._rows["statuses"]:
            person, said = status[_STATUS["annotator"]], status[_STATUS["status"]]
            if person not in self._target.people:
                self._target.people.add(person)
                now = "in_progress" if person in unfinished and said == "finished" else said
                self._new["statuses"].append((f"{self._target.id}/{person}", self._target.id, person, now))
            if not self._outcome.stays:
                self._gone["statuses"].append(status)

    def _move_places(self) -> None:
        for place in self._rows["occurrences"]:
            where = (place[_PLACE["uri"]], place[_PLACE["path"]])
            stays = self._outcome.stays
            if not stays:
                self._gone["occurrences"].append(place)
            if where not in self._target.places:
                self._target.places.add(where)
                self._new["occurrences"].append(self._placed((new_id() if stays else place[0], *place[1:])))

    def _move_page(self) -> None:
        """The page goes to the target, so that it is not read for the old document again."""
        for page in self._rows["pages"]:
            self._gone["pages"].append(page)
            if not self._target.page:
                self._target.page = True
                self._new["pages"].append(self._placed(page))

    # Zones

    def _make_zones(self) -> None:
        if not self._outcome.stays:
            self._gone["zones"] += self._rows["zones"]
        if self._target.held is None:
            mine = [zone for zone in self._old.zones if zone.id in self._by_hand]
            zones = list(self._reading.zones)
            for zone in mine:
                found = self._anchoring.moved([zone.span])
                if isinstance(found, str):
                    words = " ".join(zone.span.covered(self._old.text).split())
                    lost = Left(self._old.id, "", self._old.title, zone.label, words, zone.span, "zone")
                    self._outcome.left.append(lost)
                else:
                    zones = with_zone(zones, zone.label, found.fragments[0])
            self._new["zones"] += [zone_values(self._target.id, zone._replace(id=new_id())) for zone in zones]

    # The steps

    def _first(self) -> ChangeSet:
        """The target comes to be, or learns what the old document knew."""
        target, old = self._target, self._row
        after = dict(target.held) if target.held is not None else self._made()
        if target.held is not None:
            notes = [note for note in (after["note"], old["note"]) if note]
            after["note"] = "\n\n".join(dict.fromkeys(notes))
        said = json.loads(after["metadata"])
        if said.get(SUPERSEDED_BY) == old["id"]:
            del said[SUPERSEDED_BY]
        if self._outcome.stays:
            said[SUPERSEDES] = " ".join(dict.fromkeys([*said.get(SUPERSEDES, "").split(), old["id"]]))
        after["metadata"] = written(said)
        change = RowChange("documents", target.id, target.held, after)
        target.held = after
        return ChangeSet(NAME, (change,) if change.before != after else (), target.id)

    def _made(self) -> dict[str, Any]:
        return document_row(self._target.id, self._old, self._reading, self._row)

    def _moves(self) -> ChangeSet:
        gone = (change for table in _TABLES for change in deleted(table, self._gone[table]))
        new = (change for table in _TABLES for change in inserted(table, self._new[table]))
        changes: tuple[BulkChange, ...] = (*gone, *new)
        return ChangeSet(NAME, (), self._target.id, changes)

    def _last(self) -> ChangeSet:
        """The old document goes; or says, where something of it stays, what took its place."""
        after: dict[str, Any] | None = None
        if self._outcome.stays:
            said = {**json.loads(self._row["metadata"]), SUPERSEDED_BY: self._target.id}
            after = {**self._row, "metadata": written(said)}
        return ChangeSet(NAME, (RowChange("documents", self._old.id, self._row, after),), self._old.id)


def document_row(key: str, old: AnnotatedDocument, reading: AnnotatedDocument, held: Row) -> dict[str, Any]:
    """The row of a document as it was read now; note and day of import are those of the row that it had."""
    said = {name: value for name, value in reading.metadata.items() if value}
    publication, published = said.pop("publication", ""), said.pop("published", "")
    values = (key, text_hash(reading.text), reading.title or old.title, publication, published)
    return row(
        "documents", (*values, reading.language, reading.direction, written(said), held["note"], held["created"])
    )


def _fragments(mark: tuple[Any, ...]) -> tuple[Span, ...]:
    return fragments_from_row(mark[AT["start"]], mark[AT["end"]], mark[AT["fragments"]])


def _words(text: str, fragments: Iterable[Span]) -> str:
    return " […] ".join(" ".join(piece.covered(text).split()) for piece in fragments)


def _connected(start: Mapping[str, Any], links: Rows) -> Iterator[str]:
    """The marks that lead to one of `start` over any number of links."""
    beside: dict[str, list[str]] = defaultdict(list)
    for link in links:
        source, target = link[LINK["source"]], link[LINK["target"]]
        beside[source].append(target)
        beside[target].append(source)
    seen, waiting = set(start), list(start)
    while waiting:
        for key in beside[waiting.pop()]:
            if key not in seen:
                seen.add(key)
                waiting.append(key)
                yield key


def zones_said(zones: Iterable[Zone]) -> list[tuple[str, Span]]:
    """What zones say, whatever their ids are."""
    return sorted((zone.label, zone.span) for zone in zones)
