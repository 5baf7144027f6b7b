"""This program's own scheme files: a scheme as JSON, alone or within an exported project."""

from __future__ import annotations

import json

from annotator.core.errors import KnownError
from annotator.core.scheme import Scheme
from annotator.core.scheme_json import scheme_from_json, scheme_to_json
from annotator.scheme_files.base import ReadScheme, SchemeText, WrittenScheme
from annotator.scheme_files.json_text import read_json


class OwnScheme:
    """Everything that a scheme holds, with its ids."""

    name = "json"
    title = "Annotator’s own JSON"
    suffixes: tuple[str, ...] = (".json",)
    loses = ""

    def recognises(self, file: SchemeText) -> bool:
        """An object with layers that hold labels, or with a scheme."""
        data = read_json(file, strict=False)
        if not isinstance(data, dict):
            return False
        layers = data.get("layers")
        foreign = isinstance(layers, list) and any(isinstance(layer, dict) and "uiName" in layer for layer in layers)
        return isinstance(data.get("scheme"), dict) or (isinstance(layers, list) and not foreign)

    def read(self, file: SchemeText) -> ReadScheme:
        """The scheme in it. Raises KnownError where it is not of the form."""
        data = read_json(file)
        if isinstance(data, dict) and isinstance(data.get("scheme"), dict):
            data = data["scheme"]
        try:
            return ReadScheme(scheme_from_json(data))
        except KnownError as error:
            raise KnownError(f"{file.name}: {error}") from error

    def write(self, scheme: Scheme) -> WrittenScheme:
        """All of it."""
        return WrittenScheme(json.dumps(scheme_to_json(scheme), ensure_ascii=False, indent=1) + "\n")
