"""Answers, links and labels as tables have them, made what a scheme says they are: cells are texts, and columns are
called a little otherwise than what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from itertools import zip_longest

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue, DocumentLabel, Relation
from annotator.core.ids import named_id
from annotator.core.scheme import Attribute, Label, Scheme, Value
from annotator.core.values import points

UNNAMED_LAYER = "entities"  # of marks for which neither a file nor a scheme names another
_ODD = re.compile(r"\W+")  # what no column is called with
_PART = re.compile(r"((?:[^\\|]|\\.)*)(\||$)", re.DOTALL)
_YES, _NO = ("yes", "1", "true", "y"), ("no", "0", "false", "n")


def parts(cell: str) -> list[str]:
    r"""The texts of a cell that holds several: with | between them, and \ before a | or a \ within one."""
    found, place = [], 0
    while place <= len(cell) and (match := _PART.match(cell, place)) is not None:
        found.append(re.sub(r"\\(.)", r"\1", match[1], flags=re.DOTALL))
        place = match.end()
        if not match[2]:
            break
    return found


def column_name(name: str) -> str:
    """`name` as a column has it."""
    return _ODD.sub("_", name).strip("_")


class Named(str):
    """Names of registry entries in a cell, with the cell that has their ids."""

    ids: str

    def __new__(cls, names: str, ids: str) -> Named:
        """The names, and beside them the ids."""
        made = super().__new__(cls, names)
        made.ids = ids
        return made


class Typing:
    """Makes what a table says what a scheme and a registry know."""

    def __init__(self, scheme: Scheme, entries: Mapping[str, str], known: Set[str] = frozenset()) -> None:
        """`entries` are the ids of registry entries by their names, where only one has the name; `known` are all."""
        self._scheme, self._entries, self._known = scheme, entries, known
        self._form = _by_name(scheme.form)
        self._labels: dict[int, tuple[Label, Label, dict[str, Attribute]]] = {}  # a file's labels, kept alive

    def document(self, document: AnnotatedDocument) -> AnnotatedDocument:
        """`document` with marks, links and answers under the scheme's names, and of the kinds that it says."""
        marks = tuple(map(self._mark, document.annotations))
        answers = tuple(map(self._answer, document.labels))
        return replace(document, annotations=marks, relations=self._links(document.relations), labels=answers)

    def _mark(self, mark: Annotation) -> Annotation:
        if id(mark.label) not in self._labels:
            label = self._label(mark.label)
            own = self._scheme.label(label.layer, label.name) or label
            asked = _by_name((*own.attributes, *mark.label.attributes, *self._scheme.attributes()))
            self._labels[id(mark.label)] = (mark.label, label, asked)
        _, label, asked = self._labels[id(mark.label)]
        return mark._replace(label=label, attributes=self._answers(mark.attributes, asked))

    def _label(self, label: Label) -> Label:
        """The label with a layer: where the table names none, that of the scheme's label of that name."""
        if label.layer:
            return label
        known = [each for each in self._scheme.labels if label.name in (each.name, each.shown)]
        found = known[0] if known else None
        layer, name = (found.layer, found.name) if found else (UNNAMED_LAYER, label.name)
        return replace(label, id=found.id if found else named_id(f"/{layer}/{name}"), layer=layer, name=name)

    def _links(self, links: Iterable[Relation]) -> tuple[Relation, ...]:
        known = {column_name(kind.name): kind for kind in reversed(self._scheme.relations)}
        return tuple(link._replace(type=known.get(column_name(link.type.name), link.type)) for link in links)

    def _answers(
        self, said: Mapping[str, AttributeValue], known: Mapping[str, Attribute]
    ) -> Mapping[str, AttributeValue]:
        found: dict[str, AttributeValue] = {}
        for name, value in said.items():
            attribute = known.get(name) or known.get(column_name(name))
            found[attribute.name if attribute else name] = self._value(attribute, value)
        return found

    def _answer(self, answer: DocumentLabel) -> DocumentLabel:
        attribute = self._form.get(answer.name) or self._form.get(column_name(answer.name))
        name = attribute.name if attribute else answer.name
        return answer._replace(name=name, value=self._value(attribute, answer.value))

    def _value(self, attribute: Attribute | None, value: AttributeValue) -> AttributeValue:
        if not isinstance(value, str):
            return value
        if attribute is None:
            return str(value)
        if attribute.kind == "entity":
            names, ids = parts(value), parts(value.ids) if isinstance(value, Named) else []
            found = [self._entry(*pair) for pair in zip_longest(names, ids, fillvalue="")]
            return found if attribute.several else found[0] if len(found) == 1 else str(value)
        if attribute.several:
            return [str(self._one(attribute, part)) for part in parts(value)]
        return self._one(attribute, value)

    def _entry(self, name: str, key: str) -> str:
        """The id of a registry entry; its name where the registry has none such."""
        return key if key in self._known or not name else self._entries.get(name, name)

    def _one(self, attribute: Attribute, cell: str) -> AttributeValue:
        plain = cell.strip().casefold()
        if attribute.kind == "yes_no":
            return True if plain in _YES else False if plain in _NO else cell
        if attribute.kind == "number" or (attribute.kind == "scale" and not points(attribute)):
            return _number(cell)
        return _value_named(attribute.values, cell)


def _by_name(asked: Iterable[Attribute]) -> dict[str, Attribute]:
    """The attributes by what a column of them may be called: their names before their titles, earlier ones first."""
    every = list(asked)
    found: dict[str, Attribute] = {}
    for attribute in every:
        found.setdefault(attribute.name, attribute)
    for attribute in every:
        found.setdefault(column_name(attribute.name), attribute)
    for attribute in every:
        found.setdefault(attribute.shown, attribute)
    return found


def _value_named(values: Iterable[Value], cell: str) -> str:
    """The name of the value that a cell means by its name, its number in the code book or its title."""
    held = list(values)
    for kind in ("name", "code", "shown"):
        for value in held:
            if cell and getattr(value, kind) == cell:
                return value.name
    return cell


def _number(cell: str) -> AttributeValue:
    try:
        return int(cell)
    except ValueError:
        pass
    try:
        found = float(cell)
    except ValueError:
        return cell
    return found if abs(found) < float("inf") else cell
