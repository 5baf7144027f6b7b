"""What a format carries of a document, and the list of what it does not: exact, and by the ids of the marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument, Annotation, Relation
from annotator.exporters.base import Carries, Loss

FEATURES = {
    "nested": "marks within marks",
    "crossing": "crossing marks",
    "discontinuous": "marks of several pieces",
    "links": "links",
    "attributes": "attributes of marks",
    "link_attributes": "attributes of links",
    "notes": "notes",
    "answers": "answers about the article",
    "people": "whose work it is",
    "zones": "zones",
    "statuses": "how far each annotator is",
    "facts": "what is known about the article",
}  # the fields of Carries, as people read them


def loses(carries: Carries, more: str = "") -> str:
    """The sentence about what a format that carries so much leaves out, with `more` at its end."""
    names = [name for feature, name in FEATURES.items() if not getattr(carries, feature)]
    listed = f"Not carried: {', '.join(names)}." if names else ""
    return " ".join(filter(None, (listed, more)))


@dataclass(slots=True)
class Ledger:
    """What was left out so far, by what it is."""

    _lost: dict[str, list[str]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _people: dict[str, list[str]] = field(default_factory=dict)  # the marks of each annotator, where nobody is named

    def lose(self, what: str, marks: Iterable[str] = (), count: int | None = None) -> None:
        """Note that something of `marks` was left out; `count` times, where that is another number."""
        keys = list(marks)
        number = len(keys) if count is None else count
        if number:
            self._counts[what] = self._counts.get(what, 0) + number
            self._lost.setdefault(what, []).extend(keys)

    def forget_annotators(self, marks: Iterable[Annotation]) -> None:
        """Note that the file does not say whose these marks are: a loss once there are two annotators."""
        for mark in marks:
            self._people.setdefault(mark.annotator, []).append(mark.id)

    def losses(self) -> list[Loss]:
        """Everything that was noted."""
        found = [Loss(what, count, tuple(dict.fromkeys(self._lost[what]))) for what, count in self._counts.items()]
        if len(self._people) > 1:
            nameless = tuple(key for keys in self._people.values() for key in keys)
            found.append(Loss("names of annotators", len(nameless), nameless))
        return found


class _Kept(NamedTuple):
    marks: tuple[Annotation, ...]
    links: tuple[Relation, ...]


def carried_part(document: AnnotatedDocument, carries: Carries, ledger: Ledger) -> AnnotatedDocument:
    """`document` with no mark, link or answer but what a format can carry; all else is put into `ledger`.

    Zones and facts stay to be looked at, but are put there, too.
    """
    marks, links = _fitting(document, carries, ledger)
    if not carries.people:
        ledger.forget_annotators(marks)
    links = links if carries.links else _without_links(links, ledger)
    for what, kept, there in (
        ("answers about articles", carries.answers, document.labels),
        ("zones", carries.zones, document.zones),
        ("statuses", carries.statuses, document.statuses),
        ("facts about articles", carries.facts, document.metadata),
    ):
        if not kept:
            ledger.lose(what, count=len(there))
    return replace(
        document,
        annotations=tuple(_bare(mark, carries) for mark in _told(marks, carries, ledger)),
        relations=tuple(_bare_links(links, carries, ledger)),
        labels=document.labels if carries.answers else (),
        statuses=document.statuses if carries.statuses else {},
    )


def without(document: AnnotatedDocument, what: str, gone: Sequence[str], ledger: Ledger) -> AnnotatedDocument:
    """`document` without the marks of those ids and what hangs on them; told in `ledger` as `what`."""
    if not gone:
        return document
    ledger.lose(what, gone)
    marks = tuple(mark for mark in document.annotations if mark.id not in set(gone))
    return replace(document, annotations=marks, relations=_linked(marks, document.relations, ledger))


def _fitting(document: AnnotatedDocument, carries: Carries, ledger: Ledger) -> _Kept:
    """The marks whose places the format can hold, and the links between them."""
    marks: Sequence[Annotation] = document.annotations
    marks = _sorted_out(marks, lambda mark: mark.end <= len(document.text), "marks outside their text", ledger)
    if not carries.discontinuous:
        marks = _sorted_out(marks, lambda mark: len(mark.fragments) == 1, "marks of several pieces", ledger)
    if not carries.nested:
        marks = side_by_side(marks, ledger)
    kept = tuple(marks)
    return _Kept(kept, _linked(kept, document.relations, ledger))


def _sorted_out(
    marks: Sequence[Annotation], fits: Callable[[Annotation], bool], what: str, ledger: Ledger
) -> list[Annotation]:
    kept = [mark for mark in marks if fits(mark)]
    if len(kept) < len(marks):
        ledger.lose(what, [mark.id for mark in marks if not fits(mark)])
    return kept


def side_by_side(marks: Sequence[Annotation], ledger: Ledger) -> list[Annotation]:
    """The marks without those that overlap a longer one; of two that are as long, the first stays."""
    starts: list[int] = []
    ends: list[int] = []
    kept = set()
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, mark.start)):
        place = bisect_left(starts, mark.end)  # the marks before it begin before this one ends
        if place and ends[place - 1] > mark.start:
            inside = starts[place - 1] <= mark.start and mark.end <= ends[place - 1]
            ledger.lose("marks within longer ones" if inside else "crossing marks", [mark.id])
            continue
        starts.insert(place, mark.start)
        ends.insert(place, mark.end)
        kept.add(mark.id)
    return [mark for mark in marks if mark.id in kept]


def _linked(marks: Iterable[Annotation], links: Sequence[Relation], ledger: Ledger) -> tuple[Relation, ...]:
    if not links:
        return ()
    there = {mark.id for mark in marks}
    kept = tuple(link for link in links if link.source in there and link.target in there)
    hanging = [link.source for link in links if link.source not in there or link.target not in there]
    ledger.lose("links of marks that were left out", hanging)
    return kept


def _without_links(links: Sequence[Relation], ledger: Ledger) -> tuple[Relation, ...]:
    ledger.lose("links", [link.source for link in links])
    return ()


def _told(marks: Sequence[Annotation], carries: Carries, ledger: Ledger) -> Sequence[Annotation]:
    if not carries.attributes:
        answered = [mark for mark in marks if mark.attributes]
        ledger.lose("answers about marks", [mark.id for mark in answered], sum(len(m.attributes) for m in answered))
    if not carries.notes:
        ledger.lose("notes on marks", [mark.id for mark in marks if mark.note])
    return marks


def _bare(mark: Annotation, carries: Carries) -> Annotation:
    if (carries.attributes or not mark.attributes) and (carries.notes or not mark.note):
        return mark
    kept = mark if carries.notes else mark._replace(note="")
    return kept if carries.attributes else kept._replace(attributes={})


def _bare_links(links: Sequence[Relation], carries: Carries, ledger: Ledger) -> Iterable[Relation]:
    if carries.link_attributes:
        return links
    answered = [link for link in links if link.attributes]
    ledger.lose("answers about links", [link.source for link in answered], sum(len(k.attributes) for k in answered))
    return [link._replace(attributes={}) if link.attributes else link for link in links]
