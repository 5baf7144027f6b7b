"""How the files of an import are to be read, as it is being decided: apart from how that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.core.column_mapping import ColumnMapping
from annotator.core.import_settings import ImportSettings, kind_of_file
from annotator.core.split_patterns import SplitPatterns
from annotator.importers import importer_named
from annotator.importers.adapting import with_mapping, with_patterns
from annotator.importers.base import Importer, Source
from annotator.importers.looking_over import LookedOver
from annotator.importers.previewing import Preview

SPLITTER = "splitter"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a person chose for one source; empty where it is read as it is recognised."""

    format: str = ""
    mapping: ColumnMapping | None = None
    patterns: SplitPatterns | None = None


class Plan:
    """The sources of one import with what is known of them, and what was chosen for them."""

    def __init__(self, paths: Sequence[Path], looked: LookedOver, settings: ImportSettings) -> None:
        self.paths = list(paths)
        self.sources: dict[str, Source] = {source.name: source for source in looked.sources}
        self.previews: dict[str, Preview] = {}
        self.settings = settings  # by which this import reads, with the mappings that were chosen
        self._readings: dict[str, Reading] = {}
        self.take(looked.previews)

    def take(self, found: Sequence[Preview]) -> None:
        """Know what was seen; what is read as a part of another source is none of its own."""
        for preview in found:
            if preview.source in self.sources:
                self.previews[preview.source] = preview
            for name in preview.along:
                self.sources.pop(name, None)
                self.previews.pop(name, None)

    def unknown(self) -> list[Source]:
        """The sources of which nothing is known yet."""
        return [source for name, source in self.sources.items() if name not in self.previews]

    def importer_of(self, name: str) -> Importer | None:
        """The importer that was chosen for a source; None where it is read as it is recognised and remembered."""
        reading = self._readings.get(name)
        if reading is None:
            return None
        if reading.patterns is not None:
            return with_patterns(reading.patterns)
        importer = importer_named(reading.format)
        return with_mapping(importer, reading.mapping) if reading.mapping is not None else importer

    def chosen(self) -> dict[str, Importer]:
        """The importers that were chosen, by the names of their sources."""
        found = {name: self.importer_of(name) for name in self._readings}
        return {name: importer for name, importer in found.items() if importer is not None}

    def is_chosen(self, name: str) -> bool:
        """Whether a person said how this source is to be read."""
        return name in self._readings

    def choose_format(self, name: str, format_: str) -> None:
        """Read a source as `format_`; without one, as it is recognised."""
        preview = self.previews[name]
        if wanted := format_ or preview.recognised:
            self._readings[name] = Reading(wanted)
        else:
            self._readings.pop(name, None)

    def choose_mapping(self, name: str, mapping: ColumnMapping) -> list[str]:
        """Take the columns of a table so, and those of others like it. Returns the sources to be looked at again."""
        preview = self.previews[name]
        self._readings[name] = Reading(preview.format, mapping)
        self.settings = self.settings.with_mapping(mapping)
        columns = set(preview.table.columns) if preview.table else set()
        alike = [
            other
            for other, seen in self.previews.items()
            if other != name and seen.table is not None and set(seen.table.columns) == columns
        ]
        for other in alike:
            self._readings.pop(other, None)
        return [name, *alike]

    def stale(self, found: Sequence[Preview]) -> list[str]:
        """Those of `found` that were looked at before a mapping for their columns was chosen."""
        tables = [(preview.source, preview.table) for preview in found if preview.table is not None]
        return [
            name
            for name, table in tables
            if (wanted := self.settings.mapping_for(table.columns)) is not None and wanted != table.mapping
        ]

    def choose_patterns(self, name: str, patterns: SplitPatterns) -> None:
        """Split a source by `patterns`."""
        self._readings[name] = Reading(SPLITTER, patterns=patterns)

    def to_remember(self) -> ImportSettings:
        """What the project remembers when the import begins: choices by which articles were found."""
        kept = self.settings
        for name, reading in self._readings.items():
            preview = self.previews[name]
            if not preview.documents:
                continue
            if reading.patterns is not None:
                kept = kept.with_patterns(reading.patterns)
            elif reading.mapping is None:
                kind = kind_of_file(self.sources[name].path or name, preview.recognised)
                kept = kept.with_format(kind, "" if reading.format == preview.recognised else reading.format)
        return kept

    # Counts

    @property
    def complete(self) -> bool:
        """Whether every source was looked at, if only at its beginning."""
        return len(self.previews) >= len(self.sources)

    @property
    def articles(self) -> int:
        """How many articles were counted so far."""
        return sum(preview.documents for preview in self.previews.values())

    @property
    def whole(self) -> bool:
        """Whether that is all of them."""
        return self.complete and all(preview.whole for preview in self.previews.values())
