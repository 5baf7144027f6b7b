"""The head of a TEI file: what is known of the article, who annotated, and what the labels are."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.annotation import AnnotatedDocument, Annotator
from annotator.core.scheme import Label
from annotator.exporters.carrying import Ledger
from annotator.exporters.tei_text import TEI, XML_ID
from annotator.exporters.xml_text import Element, child, xml_text

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class TeiNames:
    """The ids that labels and annotators have in all files of an export."""

    def __init__(self, labels: Iterable[Label], people: Iterable[Annotator]) -> None:
        self._labels = {(label.layer, label.name): label for label in labels}
        self._people = {person.id: person.name for person in people}
        self._label_ids = {key: f"label.{number}" for number, key in enumerate(self._labels, 1)}
        self._person_ids = {key: f"annotator.{number}" for number, key in enumerate(self._people, 1)}

    def label(self, label: Label) -> str:
        """A pointer to a label; one that the scheme lacks is taken in."""
        key = (label.layer, label.name)
        if key not in self._label_ids:
            self._labels[key] = label
            self._label_ids[key] = f"label.{len(self._labels)}"
        return f"#{self._label_ids[key]}"

    def person(self, key: str) -> dict[str, str]:
        """The attribute that says whose something is."""
        return {"resp": f"#{self._person_ids[key]}"} if key in self._person_ids else {}

    def add_labels(self, parent: Element, ledger: Ledger) -> None:
        """The labels, as categories."""
        kinds = child(child(parent, f"{TEI}classDecl"), f"{TEI}taxonomy", {XML_ID: "labels"})
        for key, label in self._labels.items():
            about = {XML_ID: self._label_ids[key], "n": xml_text(label.name, ledger)}
            category = child(kinds, f"{TEI}category", about)
            gloss = child(category, f"{TEI}catDesc")
            child(gloss, f"{TEI}term", {"type": "layer"}, xml_text(label.layer, ledger))
            child(gloss, f"{TEI}gloss", text=xml_text(label.shown, ledger))

    def add_people(self, parent: Element, ledger: Ledger) -> None:
        """The annotators, as persons who did it."""
        for key, name in self._people.items():
            said = child(parent, f"{TEI}respStmt")
            child(said, f"{TEI}resp", text="annotation")
            child(said, f"{TEI}name", {XML_ID: self._person_ids[key]}, xml_text(name, ledger))


def add_head(root: Element, document: AnnotatedDocument, names: TeiNames, ledger: Ledger) -> None:
    """The header of one article's file."""
    head = child(root, f"{TEI}teiHeader")
    described = child(head, f"{TEI}fileDesc")
    titled = child(described, f"{TEI}titleStmt")
    child(titled, f"{TEI}title", text=xml_text(document.title, ledger))
    names.add_people(titled, ledger)
    child(child(described, f"{TEI}publicationStmt"), f"{TEI}p", text="Exported annotations of an article.")
    source = child(described, f"{TEI}sourceDesc")
    known = child(source, f"{TEI}list", {"type": "facts"})
    for name, value in (("id", document.id), ("sha256", document.sha256), *document.metadata.items()):
        child(known, f"{TEI}label", text=xml_text(name, ledger))
        child(known, f"{TEI}item", text=xml_text(value, ledger))
    names.add_labels(child(head, f"{TEI}encodingDesc"), ledger)


def facts(root: Element) -> tuple[tuple[str, str], ...]:
    """What a header says of the article, without its id and hash."""
    known = root.find(f".//{TEI}sourceDesc/{TEI}list")
    pairs = [(name.text or "", value.text or "") for name, value in zip(known[::2], known[1::2], strict=True)]
    return tuple(pairs[2:])


def labels(root: Element) -> dict[str, tuple[str, str]]:
    """The layer and the name of each label, by the pointer to it."""
    found = {}
    for category in root.iter(f"{TEI}category"):
        found[f"#{category.get(XML_ID)}"] = (category.find(f"{TEI}catDesc/{TEI}term").text or "", category.get("n"))
    return found


def language(document: AnnotatedDocument) -> dict[str, str]:
    """The attribute that says in which language the text is."""
    return {_XML_LANG: document.language} if document.language.isalpha() else {}
