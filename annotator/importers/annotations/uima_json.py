"""UIMA JSON CAS: the same feature structures as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.annotations.cas import Cas, Structure
from annotator.importers.annotations.cas_type_system import types_in_json
from annotator.importers.annotations.json_records import Json
from annotator.importers.base import Source
from annotator.importers.json_values import ValueRefusedError, parsed

_LIMIT = 200_000_000  # bytes
_ELEMENTS = "%ELEMENTS"
_STRUCTURES = "%FEATURE_STRUCTURES"
_VALUES = re.compile(r"uima\.cas\.(?:String|Boolean|Byte|Short|Integer|Long|Float|Double)(?:Array|\[\])$")
_HEAD = re.compile(rb'^\s*\{\s*"%(?:TYPES|FEATURE_STRUCTURES|VIEWS|HEADER)"')


class JsonCasImporter:
    """Takes a text in with what a CAS says of it, as of XMI."""

    name = "uima-json"
    title = "UIMA JSON CAS"
    suffixes: tuple[str, ...] = (".json",)
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
        """Sure: its members’ names begin with a percent sign."""
        return 0.99 if _HEAD.match(head.removeprefix(b"\xef\xbb\xbf")) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document for each text in it. Raises KnownError where there is none."""
        try:
            data = parsed(source.whole(_LIMIT).removeprefix(b"\xef\xbb\xbf").strip())
        except ValueRefusedError as error:
            raise KnownError(f"It cannot be read: {error}.") from None
        cas = Cas(types=types_in_json(data.get("%TYPES") if isinstance(data, dict) else None))
        for key, held in _structures(data):
            _take(cas, key, held)
        _open_arrays(cas)
        if not cas.texts:
            raise KnownError("There is no text in it.")
        yield from cas.items(source)


def _structures(data: Any) -> Iterator[tuple[str, Json]]:
    held = data.get(_STRUCTURES) if isinstance(data, dict) else None
    pairs = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
    for key, each in pairs:
        if isinstance(each, dict):
            yield str(each.get("%ID", key)), each


def _take(cas: Cas, key: str, held: Json) -> None:
    kind = held.get("%TYPE")
    if not isinstance(kind, str):
        return
    if kind == "uima.cas.Sofa":
        text = held.get("sofaString")
        if isinstance(text, str) and text.strip():
            cas.texts[key] = text
        return
    structure = Structure(key, kind, {}, f"the structure {key}")
    for name, value in held.items():
        if name.startswith("@"):
            keys = value if isinstance(value, list) else [value]
            structure.references[name[1:]] = [str(each) for each in keys if each is not None]
        elif not name.startswith(("%", "^")):
            structure.features[name.lstrip("#")] = value
    elements = held.get(_ELEMENTS)
    if _VALUES.match(kind):
        structure.features[_ELEMENTS] = [_plain(each) for each in elements] if isinstance(elements, list) else []
    elif kind.endswith(("[]", "FSArray")) and isinstance(elements, list):
        structure.references[_ELEMENTS] = [str(each) for each in elements]
    structure.features = {
        name: value for name, value in structure.features.items() if value is not None and not isinstance(value, dict)
    }
    cas.structures[key] = structure


def _plain(each: Any) -> str:
    return each if isinstance(each, str) else orjson.dumps(each).decode()


def _open_arrays(cas: Cas) -> None:
    """References to arrays as references to what is in them; those to lists of values as the values."""
    lists = {
        key: each.features[_ELEMENTS]
        for key, each in cas.structures.items()
        if each.pair is None and isinstance(each.features.get(_ELEMENTS), list)
    }
    for structure in cas.structures.values():
        for name in [name for name, keys in structure.references.items() if len(keys) == 1 and keys[0] in lists]:
            structure.features[name] = lists[structure.references.pop(name)[0]]
        for name, keys in structure.references.items():
            arrays = {key: cas.structures[key] for key in keys if key in cas.structures}
            structure.references[name] = [
                inner
                for key in keys
                for inner in (arrays[key].references.get(_ELEMENTS, [key]) if key in arrays else [key])
            ]
