"""An importer as people want it: with the mapping or the patterns that they chose for files of the same kind."""

from __future__ import annotations

from annotator.core.column_mapping import ColumnMapping
from annotator.core.errors import KnownError
from annotator.core.import_settings import ImportSettings, kind_of_file
from annotator.core.split_patterns import SplitPatterns
from annotator.importers import importer_named
from annotator.importers.base import Importer, Source
from annotator.importers.splitter import SplitterImporter, best_patterns, text_of
from annotator.importers.tables.json_articles import JsonArticlesImporter
from annotator.importers.tables.rows import Table
from annotator.importers.tables.separated import SeparatedImporter
from annotator.importers.tables.spreadsheet import SpreadsheetImporter

TableImporter = SeparatedImporter | SpreadsheetImporter | JsonArticlesImporter
TABLES = (SeparatedImporter, SpreadsheetImporter, JsonArticlesImporter)
_TEXTS = ("splitter", "text", "rtf")  # what one’s own patterns are tried on


def with_mapping(importer: Importer, mapping: ColumnMapping) -> Importer:
    """An importer of the same tables that uses `mapping`; others are as they were."""
    return type(importer)(mapping) if isinstance(importer, TABLES) else importer


def with_patterns(patterns: SplitPatterns) -> Importer:
    """The importer that splits by `patterns`."""
    return SplitterImporter(patterns)


def table_in(source: Source, importer: Importer | None) -> Table | None:
    """The beginning of the table that a source is, with the mapping it would be read by; None without one."""
    if not isinstance(importer, TABLES):
        return None
    try:
        return importer.table(source)
    except Exception:  # whatever it is: reading the whole of it will say so
        return None


def adapted(source: Source, importer: Importer, settings: ImportSettings) -> Importer:
    """`importer`, which `source` was recognised for, or what is remembered of files of its kind instead."""
    if not settings:
        return importer
    importer = _in_the_format_chosen(source, importer, settings)
    if settings.mappings and (table := table_in(source, importer)) is not None:
        mapping = settings.mapping_for(table.columns)
        return with_mapping(importer, mapping) if mapping else importer
    if settings.patterns and importer.name in _TEXTS:
        return _splitting(source, settings) or importer
    return importer


def _in_the_format_chosen(source: Source, importer: Importer, settings: ImportSettings) -> Importer:
    name = settings.formats.get(kind_of_file(source.path or source.name, importer.name), "")
    try:
        return importer_named(name) if name else importer
    except KnownError:  # a newer version’s
        return importer


def _splitting(source: Source, settings: ImportSettings) -> Importer | None:
    try:
        text = text_of(source).text
    except (KnownError, OSError):
        return None
    for patterns in settings.patterns:
        if best_patterns(text, 1 if patterns.fields else 0, (patterns,)):
            return SplitterImporter(patterns)
    return None
