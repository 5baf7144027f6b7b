"""`annotator import`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.group import ProblemFoundError, commands, common_options, project_argument
from annotator.cli.progress import interrupts, progress_bar
from annotator.cli.schemes import scheme_named
from annotator.cli.telling import SHOWN, counted, say, say_first
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, Header, ImportItem, ImportReport, Notice
from annotator.core.scheme import Scheme

if TYPE_CHECKING:
    from annotator.core.import_settings import ImportSettings
    from annotator.importers.base import Importer
    from annotator.importers.previewing import Preview

STANDARD_INPUT = "-"


@commands.command("import")
@project_argument
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "format_", default="", help="Read everything as this format: see annotator formats.")
@click.option("--annotator", default="", help="Whose the marks are that name nobody.")
@click.option("--mapping", type=click.Path(path_type=Path), help="What the columns of tables are: a JSON file.")
@click.option("--patterns", type=click.Path(path_type=Path), help="How texts with many articles are split: JSON.")
@click.option("--preview", is_flag=True, help="Only say what would come in.")
@common_options
def import_(
    project: Path,
    paths: tuple[str, ...],
    format_: str,
    annotator: str,
    mapping: Path | None,
    patterns: Path | None,
    preview: bool,
    as_json: bool,
) -> None:
    """Take files, folders or standard input (-) into PROJECT, which is made if it does not exist."""
    how = _how(project, format_, mapping, patterns)
    if preview:
        say(as_json, *_previewed(paths, *how))
        return
    report = _imported(project, paths, annotator, *how)
    lines = [
        f"{counted(report.documents, 'document')} came in, {counted(report.duplicates, 'duplicate')},"
        f" {counted(report.annotations, 'mark')}, {counted(report.relations, 'link')}.",
        *([f"Joined with {counted(report.joined, 'document')} of the project."] if report.joined else []),
    ]
    if not as_json:
        say_first(
            [f"{failure.path}: {failure.reason}" for failure in report.failed], "files or records did not come in"
        )
        say_first(report.warnings, "more remarks")
    say(as_json, report.to_json(), lines)
    if report.cancelled:
        raise ProblemFoundError("Cancelled. What had come in until then was kept.")
    if not (report.documents or report.duplicates or report.joined):
        raise ProblemFoundError(f"No document came in{_first_reason(report)}.")


def _how(
    project: Path, format_: str, mapping: Path | None, patterns: Path | None
) -> tuple[Importer | None, ImportSettings]:
    """The importer for everything, if one was named, and what else is known of how files are to be read."""
    from annotator.core.import_settings import ImportSettings
    from annotator.importers import importer_named
    from annotator.importers.adapting import with_mapping, with_patterns
    from annotator.importers.preview_json import read_mapping, read_patterns
    from annotator.store.import_settings import import_settings
    from annotator.store.reading import Reader

    settings = ImportSettings()
    if project.exists():
        with Reader(project) as reader:
            settings = import_settings(reader)
    importer = importer_named(format_) if format_ else None
    if mapping is not None:
        columns = read_mapping(mapping)
        settings = settings.with_mapping(columns)
        importer = importer and with_mapping(importer, columns)
    if patterns is not None:
        lines = read_patterns(patterns)
        settings = settings.with_patterns(lines)
        importer = with_patterns(lines) if format_ == "splitter" else importer
    return importer, settings


def _previewed(
    paths: Sequence[str], importer: Importer | None, settings: ImportSettings
) -> tuple[dict[str, Any], list[str]]:
    """What an import would bring; returns the report and its lines."""
    from annotator.importers.preview_json import preview_json
    from annotator.importers.previewing import previews

    if STANDARD_INPUT in paths:
        raise KnownError("Standard input can be read only once: write it to a file to have a preview of it.")
    missing = next((path for path in paths if not Path(path).exists()), None)
    if missing is not None:
        raise KnownError(f"{missing}: There is no such file or folder.")
    with interrupts() as interrupted:
        found = list(previews(paths, lambda source: importer, interrupted, settings=settings))
    report = {"sources": [preview_json(each) for each in found], "documents": sum(each.documents for each in found)}
    return report, [line for each in found for line in _preview_lines(each)] or ["There is nothing to import."]


def _preview_lines(preview: Preview) -> Iterator[str]:
    yield preview.source
    taken = f"{preview.title} ({preview.format}), {preview.sureness:.0%} sure" if preview.format else "not one format"
    documents = counted(preview.documents, "document")
    claimed = f"; the file says {preview.claimed}" if preview.claimed is not None else ""
    yield f"  {taken}: {documents}{claimed}{'' if preview.whole else ' and more'}"
    for name, document in (("first", preview.first), ("last", preview.last)):
        if document is not None:
            told = (document.metadata.get("published", ""), document.metadata.get("publication", ""))
            yield f"  {name}: {', '.join(filter(None, (document.title, *told)))}"
    if preview.table is not None:
        yield "  columns: " + ", ".join(
            f"{name} = {preview.table.mapping.target(name)}" for name in preview.table.columns
        )
    for sentence in [*(f"{each.path}: {each.reason}" for each in preview.failures), *preview.notices][:SHOWN]:
        yield f"  {sentence}"
    for suspect in preview.suspects[:SHOWN]:
        yield f"  {suspect.text}"


def _first_reason(report: ImportReport) -> str:
    if not report.failed:
        return ""
    first = report.failed[0]
    return f" ({first.path}: {first.reason.rstrip('.')})"


def _imported(
    project: Path, paths: Sequence[str], annotator: str, importer: Importer | None, settings: ImportSettings
) -> ImportReport:
    from annotator.importers.walking import items
    from annotator.store.backup_making import keep_before
    from annotator.store.project import Project

    with progress_bar("Import") as (advance, on_line), interrupts() as interrupted:
        found = items(paths, importer, advance, sys.stdin.buffer, settings=settings)
        if project.exists():
            say_first([*filter(None, [keep_before(project, "import")])], "")
            opened = Project.open(project)
        else:
            waiting, scheme = _beginning(found)
            if scheme is None:  # nothing came: no project is made for it
                return _report_of(waiting)
            found = chain(waiting, found)
            opened = Project.create(project, scheme)
        with opened:
            if annotator:
                opened.work_as(annotator)
            report = opened.import_documents(found, stop=interrupted)
            on_line("Index")
            opened.index_documents(stop=interrupted)
    return report


def _beginning(found: Iterator[ImportItem]) -> tuple[list[ImportItem], Scheme | None]:
    """The items up to the first document, and the scheme of the project to make: None when there is no document.

    A file of a whole project brings its own scheme, and the new project is then that one.
    """
    waiting: list[ImportItem] = []
    for item in found:
        waiting.append(item)
        if isinstance(item, Header) and item.scheme.layers:
            return waiting, Scheme()
        if not isinstance(item, Failure | Notice | Header):
            return waiting, scheme_named("").scheme
    return waiting, None


def _report_of(items: Sequence[ImportItem]) -> ImportReport:
    report = ImportReport()
    report.failed += [item for item in items if isinstance(item, Failure)]
    report.warnings += [item.text for item in items if isinstance(item, Notice)]
    return report
