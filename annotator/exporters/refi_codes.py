"""The code book of a REFI-QDA project: a code for each layer, label and value, the lower within the higher."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotation import Annotation, RegistryEntry
from annotator.core.ids import named_id
from annotator.core.scheme import Label, Scheme
from annotator.exporters.carrying import Ledger
from annotator.exporters.value_texts import typed_text, value_texts
from annotator.exporters.xml_text import Element, child, xml_text

QDA = "{urn:QDA-XML:project:1.0}"
_FREE = ("text", "number", "date")  # kinds of attributes whose answers are no codes: there would be too many


class RefiCodes:
    """Gives codes their GUIDs, and remembers which are used: those that the scheme lacks come in, too."""

    def __init__(self, scheme: Scheme, registry: tuple[RegistryEntry, ...]) -> None:
        self._names: dict[tuple[str, ...], str] = {}  # by path: layer, label, attribute, value
        self._labels = {(label.layer, label.name): label for label in scheme.labels}
        self._kinds = {each.name: each.kind for each in scheme.attributes()}
        self._several = {each.name for each in scheme.attributes() if each.several}
        self._entries = {entry.id: entry.name for entry in registry}
        for label in scheme.labels:
            self.label(label)
            for attribute in label.attributes:
                for value in attribute.values:
                    self._guid((label.layer, label.name, attribute.name, value.name))

    def label(self, label: Label) -> str:
        """The GUID of the code of a label."""
        return self._guid((label.layer, label.name))

    def answers(self, mark: Annotation) -> Iterator[str]:
        """The GUIDs of the codes of what is answered about a mark, but for what is in `free`."""
        for name, value in mark.attributes.items():
            if self._kinds.get(name, "text") not in _FREE:
                for text in value_texts(value):
                    shown = self._entries.get(text, text)
                    yield self._guid((mark.label.layer, mark.label.name, name, shown))

    def free(self, mark: Annotation) -> Iterator[tuple[str, str]]:
        """The answers that become notes: an attribute's name and a text that says its kind."""
        for name, value in mark.attributes.items():
            if self._kinds.get(name, "text") in _FREE:
                yield name, typed_text(value)

    def _guid(self, path: tuple[str, ...]) -> str:
        for length in range(1, len(path) + 1):
            part = path[:length]
            if part not in self._names:
                self._names[part] = named_id("\0".join(("refi", *part)))
        return self._names[path]

    def add(self, parent: Element, ledger: Ledger) -> None:
        """Write the code book."""
        if not self._names:
            return
        codes = child(child(parent, f"{QDA}CodeBook"), f"{QDA}Codes")
        made: dict[tuple[str, ...], Element] = {(): codes}
        for path in self._names:  # a code stands behind the one above it
            about = {"guid": self._names[path], "name": xml_text(path[-1], ledger)}
            label = self._labels.get((path[0], path[1])) if len(path) == 2 else None
            color = {"color": label.color} if label is not None else {}
            about |= {"isCodable": "true" if len(path) in (2, 4) else "false"} | color
            made[path] = child(made[path[:-1]], f"{QDA}Code", about)
            if len(path) == 3:  # what kind of answers are below it, by which they come back as they were
                several = ", several" if path[2] in self._several else ""
                child(made[path], f"{QDA}Description", text=f"{self._kinds.get(path[2], 'text')}{several}")
            if label is not None and label.guideline:
                child(made[path], f"{QDA}Description", text=xml_text(label.guideline, ledger))


def code_paths(book: Element | None) -> dict[str, tuple[str, ...]]:
    """The path of each code by its GUID: to compare what was written."""
    found: dict[str, tuple[str, ...]] = {}

    def go(element: Element, path: tuple[str, ...]) -> None:
        for code in element.iterfind(f"{QDA}Code"):
            found[code.get("guid")] = (*path, code.get("name"))
            go(code, found[code.get("guid")])

    if book is not None:
        go(book[0], ())
    return found
