"""UIMA XMI: a CAS as XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.importers.annotations.cas import Cas, Structure
from annotator.importers.annotations.cas_type_system import TypeSystem, types_in_xml
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.markup import Damaged, xml_root
from annotator.importers.text import LIMIT

_XMI = "{http://www.omg.org/XMI}"
_NAMESPACE = re.compile(r"\{(?:http:///)?([^}]*?)(?:\.ecore)?\}(.*)$")
_IDS = re.compile(r"\d+(?: \d+)*$")
_TYPE_SYSTEMS = ("TypeSystem.xml", "typesystem.xml")  # as this program and INCEpTION call them
_ALWAYS = ("sofa", "Governor", "Dependent", "governor", "dependent", "target", "source", "next", "first")
_TYPES = re.compile(rb"<(?:\w+:)?typeSystemDescription\b")
_PLACE = re.compile(r"-?\d{1,10}")
_HEAD = re.compile(rb"<\w+:XMI\b")


class XmiImporter:
    """Takes a text in with what a CAS says of it: layers as layers, relations, slots and chains as links."""

    name = "uima-xmi"
    title = "UIMA XMI (INCEpTION)"
    suffixes: tuple[str, ...] = (".xmi", ".xml")
    carries = Carries(
        nested=True,
        crossing=True,
        discontinuous=True,
        links=True,
        attributes=True,
        link_attributes=True,
        notes=True,
        people=True,
        zones=True,
        facts=True,
    )
    loses = "Words, sentences and other parts of the text, marks of no width, and what hangs on no text."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where its root is XMI’s."""
        if _TYPES.search(head[:3000]):
            return 0.9
        return 0.98 if _HEAD.search(head[:5000]) and b"omg.org/XMI" in head[:20_000] else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document for each text in it. Raises KnownError where there is none."""
        if _TYPES.search(source.head(3000)):
            yield Notice(f"{source.name} says which types there are in files beside it: those say it themselves.")
            return
        try:
            root = xml_root(decoded(source.whole(LIMIT)).text)
        except Damaged as error:
            raise KnownError(f"{error}") from None
        cas = Cas(types=_types_beside(source))
        for element in root:
            if isinstance(element.tag, str):
                _take(cas, element)
        if not any(text.strip() for text in cas.texts.values()):
            raise KnownError("There is no text in it.")
        cas.texts = {sofa: text for sofa, text in cas.texts.items() if text.strip()}
        _refer(cas)
        yield from cas.items(source)


def _types_beside(source: Source) -> TypeSystem:
    """The types of the file, as exports have them in the same folder; none where there is no such file."""
    found = next(filter(None, map(source.beside, _TYPE_SYSTEMS)), None)
    return types_in_xml(decoded(found.whole(LIMIT)).text) if found is not None else TypeSystem()


@lru_cache(maxsize=1000)  # a file has few types
def _kind(tag: str) -> str:
    """The type that an element’s name stands for."""
    found = _NAMESPACE.match(tag)
    return f"{found[1].replace('/', '.')}.{found[2]}" if found else tag


def _take(cas: Cas, element: Any) -> None:
    kind = _kind(element.tag)
    key = element.get(f"{_XMI}id", "")
    if kind == "uima.cas.Sofa":
        if isinstance(text := element.get("sofaString"), str):
            cas.texts[key] = text
        return
    features: dict[str, Any] = {
        name: cas.types.value(kind, name, held) for name, held in element.attrib.items() if not name.startswith("{")
    }
    for child in element:
        if isinstance(child.tag, str):
            features.setdefault(child.tag, [])
            if isinstance(features[child.tag], list):
                features[child.tag].append(child.text or "")
    for name in ("begin", "end"):
        if isinstance(held := features.get(name), str) and _PLACE.fullmatch(held):
            features[name] = int(held)
    cas.structures[key] = Structure(key, kind, features, f"line {element.sourceline}")


def _refer(cas: Cas) -> None:
    """Tell references from values: some names always are, others where they lead to what has a target."""
    for structure in cas.structures.values():
        for name, held in structure.features.items():
            if not isinstance(held, str) or not _IDS.match(held):
                continue
            keys = held.split(" ")
            others = [cas.structures.get(key) for key in keys]
            if name in _ALWAYS or (all(others) and all("target" in other.features for other in others if other)):
                structure.references[name] = keys
