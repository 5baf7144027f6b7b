"""What an import would bring: what each file was taken for, its first and last article, what it counts and claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.column_mapping import ColumnMapping
from annotator.core.errors import KnownError
from annotator.core.import_settings import ImportSettings
from annotator.core.imports import Count, Failure, Notice, Stop, Suspect
from annotator.core.split_patterns import SplitPatterns
from annotator.core.standing_off import StandOff
from annotator.importers.adapting import adapted, table_in
from annotator.importers.base import Importer, Source
from annotator.importers.beginnings import beginning
from annotator.importers.office.word import WordImporter
from annotator.importers.splitter import SplitterImporter
from annotator.importers.walking import read_source, recognised, sources

ROWS = 20  # of a table that are shown
_KEPT = 200  # failures and remarks of one source
_NOTHING = ImportSettings()


@dataclass(frozen=True, slots=True)
class TableSample:
    """The beginning of a table, for a mapping to be chosen by."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: ColumnMapping


@dataclass(frozen=True, slots=True)
class Preview:
    """What is known of one source before it comes in."""

    source: str
    size: int  # in bytes
    format: str  # the importer's name; empty for an archive, and for what nothing reads
    title: str  # the same for people
    sureness: float  # 0 to 1
    documents: int
    claimed: int | None  # how many the source itself says it holds
    first: AnnotatedDocument | None
    last: AnnotatedDocument | None
    suspects: tuple[Suspect, ...]
    notices: tuple[str, ...]
    failures: tuple[Failure, ...]
    whole: bool  # whether it was read to its end; if not, `documents` is how many were seen
    table: TableSample | None = None
    patterns: SplitPatterns | None = None
    recognised: str = ""  # the name of the importer that its content speaks for, whatever reads it
    looked_into: bool = True  # whether its articles were read at all
    remembered: bool = False  # whether it is read as the settings say, not as it would be without them
    along: frozenset[str] = frozenset()  # other sources, by name, that are read as a part of it


def previews(
    paths: Sequence[Path | str],
    chosen: Callable[[Source], Importer | None] = lambda source: None,
    stop: Stop = lambda: False,
    most: int = 100_000,
    settings: ImportSettings = _NOTHING,
) -> Iterator[Preview]:
    """A preview of each file that `paths` hold, by the importer that `chosen` gives, or as it is recognised.

    What is recognised is read as `settings` remember such files.

    Ends, where it stands, when `stop` says so; of each source, at most `most` articles are looked at.
    """
    along: set[str] = set()
    for source in sources(paths):
        if stop():
            return
        if source.name not in along:
            found = preview(source, chosen(source), stop, most, settings)
            along |= found.along
            yield found


def preview(
    source: Source,
    importer: Importer | None = None,
    stop: Stop = lambda: False,
    most: int = 100_000,
    settings: ImportSettings = _NOTHING,
) -> Preview:
    """The preview of one source. What it cannot be read for stands among its failures."""
    found, sureness, by_content, remembered = _taken_for(source, importer, settings)
    along: set[str] = set()
    first = last = None
    count, whole = 0, True
    counts: list[Count] = []
    suspects: list[Suspect] = []
    notices: list[str] = []
    failures: list[Failure] = []
    for item in read_source(source, importer, settings, along):
        if isinstance(item, AnnotatedDocument):
            first, last, count = first or item, item, count + 1
        elif isinstance(item, StandOff):
            count += 1
        elif isinstance(item, Count):
            counts.append(item)
        elif isinstance(item, Suspect):
            suspects.append(item)
        elif isinstance(item, Notice):
            notices.append(item.text)
        elif isinstance(item, Failure):
            failures.append(item)
        if stop() or count >= most:
            whole = False
            break
    return Preview(
        source.name,
        source.size,
        found.name if found else "",
        found.title if found else "",
        sureness,
        count,
        _claimed(counts, count, is_one=found is not None),
        first,
        last,
        tuple(suspects[:_KEPT]),
        tuple(notices[:_KEPT]),
        tuple(failures[:_KEPT]),
        whole,
        table_sample(source, found),
        _patterns(source, found),
        by_content,
        remembered=remembered,
        along=frozenset(along),
    )


def _claimed(counts: Sequence[Count], documents: int, *, is_one: bool) -> int | None:
    """How many documents a source says it holds; of an archive, whose files say it each for itself, if they differ."""
    differing = sum(count.claimed - count.found for count in counts)
    return documents + differing if differing or (counts and is_one) else None


def glance(source: Source, importer: Importer | None = None, settings: ImportSettings = _NOTHING) -> Preview:
    """What a source is taken for, by its beginning; its articles are neither read nor counted."""
    found, sureness, by_content, remembered = _taken_for(source, importer, settings)
    name, title = (found.name, found.title) if found else ("", "")
    nothing = unseen(source)
    return replace(nothing, format=name, title=title, sureness=sureness, recognised=by_content, remembered=remembered)


def unseen(source: Source) -> Preview:
    """What is known of a source at which nobody looked."""
    told = (source.name, source.size, "", "", 0.0, 0, None, None, None)
    return Preview(*told, (), (), (), whole=False, looked_into=False)


def _taken_for(
    source: Source, importer: Importer | None, settings: ImportSettings
) -> tuple[Importer | None, float, str, bool]:
    """The importer that will read a source, how sure it is, which one its content speaks for; whether by `settings`."""
    try:
        head = beginning(source)
        by_content = recognised(head, source.name)
        name = by_content.name if by_content else ""
        found = importer or (by_content and adapted(source, by_content, settings))
        if found is None:
            return None, 0.0, name, False
        sureness = found.recognises(head, source.name)
        remembered = found is not (importer or by_content)
        return (found.reads_as(source) if isinstance(found, WordImporter) else found), sureness, name, remembered
    except (KnownError, OSError):
        return importer, 0.0, "", False


def table_sample(source: Source, importer: Importer | None) -> TableSample | None:
    """The beginning of the table that a source is; None when it is none."""
    table = table_in(source, importer)
    if table is None:
        return None
    rows = tuple(tuple(row.cells) for row in table.sample[:ROWS])
    return TableSample(tuple(table.columns), rows, table.mapping)


def _patterns(source: Source, importer: Importer | None) -> SplitPatterns | None:
    if not isinstance(importer, SplitterImporter):
        return None
    try:
        return importer.patterns_for(source)
    except (KnownError, OSError):
        return None
