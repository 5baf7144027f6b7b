"""A CAS of UIMA: feature structures with types, as INCEpTION and DKPro write them, onto their texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from annotator.core.annotation import AttributeValue
from annotator.core.imports import ImportItem
from annotator.core.scheme import ZONES, Scheme
from annotator.importers.annotations.cas_type_system import TypeSystem
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.annotations.own_features import OURS, take_own_features
from annotator.importers.annotations.webanno_cells import Feature, naming_feature, short
from annotator.importers.base import Source
from annotator.importers.label_names import LabelNames

_OF_THE_TEXT = re.compile(
    r"(?:.*\.segmentation\.type\.(?!Lemma$|Stem$|SurfaceForm$)\w+|.*\.(?:metadata|api\.xml)\.type\.\w+"
    r"|uima\.tcas\.DocumentAnnotation|uima\.cas\.\w+)$"
)
_ENDS = (("Governor", "Dependent"), ("governor", "dependent"), ("source", "target"))
_ABOUT = {"documentTitle": "title", "documentId": "name", "documentUri": "uri", "language": "language"}
_PLACES = ("begin", "end", "sofa")
_PERSON = re.compile(r"(?:^|/)(?:annotation|curation)(?:_ser)?/[^/]+/([^/]+)\.(?:xmi|json|tsv|zip)(?:/|$)")


@dataclass(slots=True)
class Structure:
    """A feature structure. Features that are references hold the ids of others."""

    key: str
    type: str
    features: dict[str, Any]
    place: str  # in the file
    references: dict[str, list[str]] = field(default_factory=dict)

    @property
    def pair(self) -> tuple[int, int] | None:
        """Where it begins and ends, if it is an annotation."""
        start, end = self.features.get("begin"), self.features.get("end")
        return (start, end) if type(start) is int and type(end) is int else None


@dataclass(slots=True)
class Cas:
    """The structures of a file, by their ids, and the texts that they speak of."""

    structures: dict[str, Structure] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # by the id of the sofa
    types: TypeSystem = field(default_factory=TypeSystem)

    def items(self, source: Source) -> Iterator[ImportItem]:
        """A document for each text."""
        names = LabelNames(Scheme())
        for number, (sofa, text) in enumerate(self.texts.items(), 1):
            name = source.name if len(self.texts) == 1 else f"text {number} of {source.name}"
            mine = [each for each in self.structures.values() if each.references.get("sofa") == [sofa]]
            ours = any(each.features.keys() >= OURS for each in mine)
            document = MarkedText(text, name, names, "UTF-16 units", certain=ours)
            about = _about(mine)
            language = about.pop("language", "")
            title = about.pop("title", "")
            _Marks(document, self.structures, mine, annotator_in(source.path)).put()
            take_own_features(document, self.types.said_of("webanno.custom.Mark"))
            known = language if re.fullmatch(r"[a-z]{2}(-\w+)?", language) else ""
            yield from document.items(title, {"path": source.path} | about, known)


def annotator_in(path: str) -> str:
    """Who annotated a file of an INCEpTION export: there, each person’s file stands in the document’s folder."""
    found = _PERSON.search(path)
    return "" if found is None or found[1] in ("INITIAL_CAS", "INITIAL_CAS.ser") else found[1]


def _about(structures: list[Structure]) -> dict[str, str]:
    said: dict[str, str] = {}
    for structure in structures:
        if structure.type.endswith((".DocumentMetaData", "uima.tcas.DocumentAnnotation")):
            for name, shown in _ABOUT.items():
                held = structure.features.get(name)
                if isinstance(held, str) and held and held != "x-unspecified":
                    said[shown] = held
    return said


@lru_cache(maxsize=1000)  # a file has few types
def _is_of_the_text(kind: str) -> bool:
    """Whether structures of a type are words, sentences and the like, and no marks."""
    return _OF_THE_TEXT.match(kind) is not None


class _Marks:
    """The annotations of one text as marks and links."""

    def __init__(
        self, document: MarkedText, structures: dict[str, Structure], mine: list[Structure], annotator: str
    ) -> None:
        self._document = document
        self._structures = structures
        self._mine = [each for each in mine if each.pair is not None]
        for each in mine:
            if each.pair is None and each.features.keys() >= {"begin", "end"}:
                document.leave_out(f"{each.place}: {short(each.type)}", "its positions cannot be read")
        self._annotator = annotator
        self._marked: set[str] = set()

    def put(self) -> None:
        links = [each for each in self._mine if self._ends(each) is not None]
        joining = {each.key for each in links}
        self._mine = [each for each in self._mine if not self._is_zone(each)]
        for structure in self._mine:
            if structure.key not in joining and not _is_of_the_text(structure.type):
                self._mark(structure)
        for structure in links:
            self._relation(structure)
        for structure in self._mine:
            if structure.key in self._marked and structure.key not in joining:
                self._references(structure)

    def _is_zone(self, structure: Structure) -> bool:
        """Whether it is a zone of the page, as this program writes them; then it becomes one again."""
        label, pair = structure.features.get("label"), structure.pair
        if short(structure.type) != "Zone" or label not in ZONES or pair is None:
            return False
        self._document.zone(str(label), *pair)
        return True

    def _ends(self, structure: Structure) -> tuple[str, str] | None:
        """The ids of the structures that a relation joins."""
        held = structure.references
        if len(held) < 2:
            return None
        for source, target in _ENDS:
            if len(held.get(source, ())) == len(held.get(target, ())) == 1:
                return held[source][0], held[target][0]
        return None

    def _mark(self, structure: Structure, label: str = "") -> None:
        pair = structure.pair
        if pair is None or structure.key in self._marked:
            return
        layer = short(structure.type)
        said = _said(structure)
        naming = naming_feature(layer, [Feature(name, 0) for name in said])
        named = said.pop(naming.name) if naming and isinstance(said[naming.name], str) else ""
        chosen = label or str(named) or layer
        mark = self._document.mark(
            structure.key, chosen, [pair], layer=layer, place=structure.place, annotator=self._annotator
        )
        mark.attributes.update(said)
        self._marked.add(structure.key)

    def _relation(self, structure: Structure) -> None:
        ends = self._ends(structure) or ("", "")
        for end in ends:
            if end in self._structures:  # a word is no mark, unless a relation ends there
                self._mark(self._structures[end])
        said = _said(structure)
        layer = short(structure.type)
        naming = naming_feature(layer, [Feature(name, 0) for name in said])
        name = str(said.pop(naming.name)) if naming else layer
        link = self._document.link(name, *ends, place=structure.place, annotator=self._annotator)
        link.attributes.update(said)

    def _references(self, structure: Structure) -> None:
        """Slots, through structures that have a role and a target; and references to other marks, as in chains."""
        for name, keys in structure.references.items():
            for key in keys if name not in _PLACES else ():
                other = self._structures.get(key)
                if other is None:
                    continue
                targets = other.references.get("target", ()) if other.pair is None else [key]
                role = other.features.get("role") if other.pair is None else None
                shown = self._chain_name(structure) if name == "next" else name
                for target in targets:
                    if target in self._structures and target not in self._marked:
                        self._mark(self._structures[target])
                    found = role if isinstance(role, str) and role else shown
                    self._document.link(found, structure.key, target, place=structure.place, annotator=self._annotator)

    def _chain_name(self, structure: Structure) -> str:
        held = structure.features.get("referenceRelation")
        return held if isinstance(held, str) and held else short(structure.type)


def _said(structure: Structure) -> dict[str, AttributeValue]:
    """What a structure says of itself: its features that are values, not references and places."""
    said: dict[str, AttributeValue] = {}
    for name, held in structure.features.items():
        if name in _PLACES or name in structure.references:
            continue
        words = isinstance(held, list) and bool(held) and all(isinstance(each, str) for each in held)
        if words or isinstance(held, bool | int | float) or (isinstance(held, str) and held):
            said[name] = held
    return said
