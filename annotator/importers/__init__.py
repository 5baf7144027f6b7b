"""Import formats. To add one: write its module, and name it in IMPORTERS."""

from __future__ import annotations

from annotator.core.errors import KnownError
from annotator.importers.annotator_json import AnnotatorJsonImporter
from annotator.importers.annotator_jsonl import AnnotatorJsonLinesImporter
from annotator.importers.archive_page import ArchivePageImporter
from annotator.importers.base import Importer
from annotator.importers.saved_page import SavedPageImporter
from annotator.importers.text import TextImporter
from annotator.importers.web_archive import WebArchiveImporter
from annotator.importers.web_page import WebPageImporter

IMPORTERS: tuple[Importer, ...] = (
    ArchivePageImporter(),
    AnnotatorJsonImporter(),
    AnnotatorJsonLinesImporter(),
    WebPageImporter(),
    SavedPageImporter(),
    WebArchiveImporter(),
    TextImporter(),
)


def importer_named(name: str) -> Importer:
    """The importer of that name. Raises KnownError when there is none."""
    for importer in IMPORTERS:
        if importer.name == name:
            return importer
    known = ", ".join(importer.name for importer in IMPORTERS)
    raise KnownError(f"There is no import format “{name}”. There are: {known}.")
