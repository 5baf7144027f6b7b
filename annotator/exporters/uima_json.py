"""UIMA CAS in JSON, each file with its types, as dkpro-cassis and INCEpTION read it. Positions are UTF-16 units."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import orjson

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Progress
from annotator.core.offsets import Utf16Map
from annotator.exporters.base import Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.cas_document import SOFA, CasDocument, CasItem
from annotator.exporters.cas_types import CUSTOM, STRINGS, CasType, TypedFeatures, cas_types, ranges_in
from annotator.exporters.json_lines import Json
from annotator.exporters.proving import Files, export_folder
from annotator.exporters.xmi import XmiExporter

_STRUCTURES = "%FEATURE_STRUCTURES"


class JsonCasExporter(PlainExporter):
    """The same as XMI: a file an article, pieces of a mark with the same `mark`. The file says itself which types."""

    name = "uima-json"
    title = "UIMA CAS, JSON"
    suffix = ""
    carries = XmiExporter.carries
    unit = "UTF-16 units"
    loses = loses(carries)

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the folder `out`, whole or not at all. Raises KnownError where that cannot be."""
        features = TypedFeatures(contents.scheme, ranges_in(contents.documents()))
        people = {person.id: person.name for person in contents.annotators}
        types = {each.name: _type(each) for each in cas_types(features)}

        def make(document: AnnotatedDocument, stem: str, ledger: Ledger) -> Files:
            cas = CasDocument(document, features, people, lambda text, _: text, ledger)
            return Files(
                {f"{stem}.json": _data(cas, types)}, cas.held, len(document.annotations), len(document.relations)
            )

        return export_folder(contents, out, self.carries, make, _read, progress)


def _type(each: CasType) -> Json:
    described: Json = {"%NAME": each.name, "%SUPER_TYPE": each.above}
    for feature in each.features:
        about = {"%DESCRIPTION": feature.about} if feature.about else {}
        range_ = "uima.cas.String[]" if feature.range == STRINGS else feature.range
        described[feature.name] = {"%NAME": feature.name, "%RANGE": range_} | about
    return described


def _data(cas: CasDocument, types: Json) -> bytes:
    """The file, a line for each structure."""
    places, arrays = Utf16Map(cas.text), list[Json]()
    sofa = {"sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": cas.text}
    structures: list[Json] = [{"%ID": SOFA, "%TYPE": "uima.cas.Sofa"} | sofa]
    behind = SOFA + 1 + len(cas.items)
    for item in cas.items:
        structures.append(_structure(item, places, arrays, behind))
    view = {"%SOFA": SOFA, "%MEMBERS": [item.key for item in cas.items]}
    parts = (
        (b'{"%TYPES": ', orjson.dumps(types)),
        (b',\n"%FEATURE_STRUCTURES": [\n', b",\n".join(map(orjson.dumps, [*structures, *arrays]))),
        (b'\n],\n"%VIEWS": ', orjson.dumps({"_InitialView": view})),
    )
    return b"".join([piece for pair in parts for piece in pair]) + b"}\n"


def _structure(item: CasItem, places: Utf16Map, arrays: list[Json], behind: int) -> Json:
    """An item; lists of texts are structures of their own, with ids from `behind`."""
    made: Json = {"%ID": item.key, "%TYPE": item.type, "@sofa": SOFA}
    made |= {"begin": places.to_utf16(item.start), "end": places.to_utf16(item.end)}
    made |= {f"@{name}": key for name, key in item.references.items()}
    for name, value in item.features.items():
        if isinstance(value, list):
            made[f"@{name}"] = behind + len(arrays)
            arrays.append({"%ID": behind + len(arrays), "%TYPE": STRINGS, "%ELEMENTS": value})
        else:
            made[name] = value
    return made


def _read(folder: Path) -> Iterator[Hashable]:
    for place in sorted(folder.glob("*.json")):
        yield _Found(orjson.loads(place.read_bytes())[_STRUCTURES]).held()


class _Found:
    """The structures of a file."""

    def __init__(self, structures: list[Json]) -> None:
        self._by_key = {each["%ID"]: each for each in structures}
        self._text: str = next(each["sofaString"] for each in structures if "sofaString" in each)
        self._places = Utf16Map(self._text)

    def held(self) -> Hashable:
        """What they say."""
        marks: dict[str, tuple[list[tuple[int, int]], Hashable]] = {}
        for each in self._of("Mark"):
            said = {name.lstrip("@"): self._value(value, name) for name, value in each.items() if self._says(name)}
            marks.setdefault(each["mark"], ([], tuple(sorted(said.items()))))[0].append(self._span(each))
        ends = [
            (*(self._by_key[each[end]]["mark"] for end in ("@Governor", "@Dependent")), each["label"])
            for each in self._of("Link")
        ]
        zones = tuple((*self._span(each), each["label"]) for each in self._of("Zone"))
        held = [(tuple(spans), said) for spans, said in marks.values()]
        return self._text, tuple(sorted(held, key=repr)), tuple(sorted(ends)), zones

    def _of(self, name: str) -> Iterator[Json]:
        return (each for each in self._by_key.values() if each["%TYPE"] == f"{CUSTOM}.{name}")

    def _says(self, name: str) -> bool:
        return not name.startswith("%") and name not in ("@sofa", "begin", "end")

    def _value(self, value: Any, name: str) -> Hashable:
        return tuple(self._by_key[value]["%ELEMENTS"]) if name.startswith("@") else value

    def _span(self, each: Json) -> tuple[int, int]:
        return self._places.to_code_points(each["begin"]), self._places.to_code_points(each["end"])
