"""Export formats. To add one: write its module, and name it in EXPORTERS."""

from __future__ import annotations

from annotator.core.errors import KnownError
from annotator.exporters.base import Exporter
from annotator.exporters.json import JsonExporter
from annotator.exporters.jsonl import JsonLinesExporter

EXPORTERS: tuple[Exporter, ...] = (JsonExporter(), JsonLinesExporter())


def exporter_named(name: str) -> Exporter:
    """The exporter of that name. Raises KnownError when there is none."""
    for exporter in EXPORTERS:
        if exporter.name == name:
            return exporter
    known = ", ".join(exporter.name for exporter in EXPORTERS)
    raise KnownError(f"There is no export format “{name}”. There are: {known}.")
