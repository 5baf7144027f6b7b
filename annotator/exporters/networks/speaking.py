"""From marks to statements: the names of who speaks and of what is spoken of, in one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import product

from annotator.core.annotation import AnnotatedDocument, Annotation, RegistryEntry
from annotator.core.dates import date_of
from annotator.core.registry import kind_for
from annotator.core.scheme import Label
from annotator.core.statements import Node, Statement, whole_day
from annotator.exporters.carrying import Ledger
from annotator.exporters.networks.roles import LABEL, WORDS, Role, Roles
from annotator.exporters.value_texts import value_texts

_DATES = ("published", "date")  # facts that say when an article appeared, the first that is there


class Speaking:
    """The marks of one document, and what they name."""

    def __init__(self, document: AnnotatedDocument, entries: Mapping[str, RegistryEntry]) -> None:
        self.document = document
        self._entries = entries
        self._marks = {mark.id: mark for mark in document.annotations}
        self._ends: dict[tuple[str, str], list[Annotation]] = {}
        for link in document.relations:
            if link.target in self._marks:
                self._ends.setdefault((link.source, link.type.name), []).append(self._marks[link.target])
        self._known = [(mark, node) for mark in document.annotations if (node := self._entry_of(mark)) is not None]

    def nodes(self, mark: Annotation, role: Role | None) -> list[Node]:
        """Whom or what a mark names in a role, each once."""
        if role is None:
            return []
        if role.how == LABEL:
            return [Node(mark.label.shown, LABEL)]
        if role.how == WORDS:
            return _nodes([_words(mark.covered(self.document.text))], mark.label.name)
        if role.how == "link":
            return list(dict.fromkeys(self.named(end) for end in self._ends.get((mark.id, role.name), ())))
        return list(dict.fromkeys(self._answers(mark, role)))

    def named(self, mark: Annotation) -> Node:
        """Whom or what a mark names: its entry of the registry, else that of the longest mark in it, else its words."""
        inside = [(node, other.end - other.start) for other, node in self._known if _within(other, mark)]
        if inside:
            return max(inside, key=lambda found: found[1])[0]
        kind = kind_for("any", mark.label.name) or mark.label.name.lower()
        return Node(_words(mark.covered(self.document.text)) or mark.label.shown, kind)

    def day(self, mark: Annotation, roles: Roles) -> str:
        """The date of a statement, as 2016-10-12 or less of it: its own, else the article’s; else nothing."""
        own = mark.attributes.get(roles.day) if roles.day else None
        return date_of(str(own)) if own else date_of_article(self.document)

    def agreement(self, mark: Annotation, roles: Roles) -> list[str]:
        """Whether a statement agrees, as its answer is kept; nothing where it is not coded."""
        role = roles.agreement
        if role is None or role.how != "attribute":
            return [node.name for node in self.nodes(mark, role)]
        value = mark.attributes.get(role.name)
        return [] if value is None else value_texts(value)

    def _answers(self, mark: Annotation, role: Role) -> Iterator[Node]:
        value = mark.attributes.get(role.name)
        for text in [] if value is None else value_texts(value):
            entry = self._entries.get(text)
            if entry is not None:
                yield Node(entry.name, entry.kind or role.kind)
            elif words := _words(_shown(mark.label, role.name, text)):
                yield Node(words, role.kind or role.name)

    def _entry_of(self, mark: Annotation) -> Node | None:
        """The entry that a mark itself is, where its label asks for a single one."""
        asking = [each.name for each in mark.label.attributes if each.kind == "entity"]
        value = mark.attributes.get(asking[0]) if len(asking) == 1 else None
        entry = self._entries.get(value) if isinstance(value, str) else None
        return None if entry is None else Node(entry.name, entry.kind or kind_for("any", mark.label.name))


def statements(
    speaking: Speaking, roles: Mapping[str, Roles], ledger: Ledger, *, coded: bool, dated: bool
) -> Iterator[tuple[Annotation, list[Statement]]]:
    """Each mark that is a statement, with what it says: several where it names several.

    What is left out goes into `ledger`: where agreement must be `coded`, marks without that answer, and where they
    must be `dated`, marks without a date.
    """
    for mark in speaking.document.annotations:
        known = roles.get(mark.label.id)
        if known is None:
            ledger.lose("marks that are no statements", [mark.id])
            continue
        actors = speaking.nodes(mark, known.actor) or speaking.nodes(mark, known.organisation)
        concepts = speaking.nodes(mark, known.concept)
        said = speaking.agreement(mark, known) or ([] if coded else [""])
        day = whole_day(speaking.day(mark, known))
        lacking = _lacking(actors, concepts, said, day if dated else date.min)
        if lacking:
            ledger.lose(lacking, [mark.id])
            continue
        every = product(actors, concepts, said)
        yield mark, [Statement(speaking.document.id, day, *each) for each in every]


def approaches(
    speaking: Speaking, roles: Mapping[str, Roles], ledger: Ledger, *, dated: bool
) -> Iterator[tuple[Annotation, list[Statement]]]:
    """Each mark by which somebody says something of somebody, as statements whose agreement is the mark’s label.

    Where a mark only tells whom it is from, as a quote does, the newspaper is the one that lets them speak.
    """
    document = speaking.document
    outlet = _words(document.metadata.get("publication", "")) or _words(document.metadata.get("archive", ""))
    for mark in document.annotations:
        known = roles.get(mark.label.id)
        if known is None or known.actor is None:
            ledger.lose("marks that nobody says", [mark.id])
            continue
        actors, targets = speaking.nodes(mark, known.actor), speaking.nodes(mark, known.target)
        if known.target is None and actors:
            targets, actors = actors, [Node(outlet, "publication")] if outlet else []
        day = whole_day(speaking.day(mark, known))
        lacking = _lacking(actors, targets, [""], day if dated else date.min, "anybody it is about")
        if lacking:
            ledger.lose(lacking, [mark.id])
            continue
        yield mark, [Statement(document.id, day, *each, mark.label.name) for each in product(actors, targets)]


def date_of_article(document: AnnotatedDocument) -> str:
    """When an article appeared, as 2016-10-12 or less of it; nothing where that is not known."""
    return next((found for name in _DATES if (found := date_of(document.metadata.get(name, "")))), "")


def _lacking(
    actors: list[Node], concepts: list[Node], said: list[str], day: date | None, what: str = "a concept"
) -> str:  # fmt: skip
    if not actors:
        return "marks without an actor"
    if not concepts:
        return f"marks without {what}"
    if not said:
        return "marks without an answer of agreement"
    return "marks without a date" if day is None else ""


def _shown(label: Label, attribute: str, value: str) -> str:
    """A value as people read it, where its attribute has a list of them."""
    values = next((each.values for each in label.attributes if each.name == attribute), ())
    return next((each.shown for each in values if each.name == value), value)


def _words(text: str) -> str:
    return " ".join(text.split())


def _nodes(names: Iterable[str], kind: str) -> list[Node]:
    return [Node(name, kind) for name in dict.fromkeys(names) if name]


def _within(inner: Annotation, outer: Annotation) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
