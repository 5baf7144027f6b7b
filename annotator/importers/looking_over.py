"""Whether an import should be looked at before it begins: a few plain pages come in without a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from time import monotonic

from annotator.core.import_settings import ImportSettings
from annotator.core.imports import Stop
from annotator.importers.base import Importer, Source
from annotator.importers.previewing import Preview, glance, preview, unseen
from annotator.importers.walking import sources

FILES, ARTICLES, BYTES = 20, 50, 5_000_000  # more is a large import
SURE = 0.4  # less is a guess
TEXTS = ("", ".txt", ".text", ".md")  # names under which plain text is what it says
INTO = 60  # files of a large import that are looked into
AT = 2000  # whose beginnings are looked at
INTO_BYTES = 40_000_000
FIRST, MOST = 25, 2000  # articles of a file that are read for a first look, and for its preview
PATIENCE = 20  # seconds for one file


@dataclass(slots=True)
class LookedOver:
    """What an import would bring, as far as it was looked at."""

    sources: list[Source]
    previews: list[Preview] = field(default_factory=list)  # of the sources that were read to their ends
    worth_a_look: bool = False  # whether a person should see it first


def looked_over(paths: Sequence[Path], settings: ImportSettings, stop: Stop) -> LookedOver:
    """What `paths` hold, and whether that should be seen before it comes in; ends as soon as that is known."""
    found = LookedOver(sources(paths))
    if len(found.sources) > FILES or sum(source.size for source in found.sources) > BYTES:
        found.worth_a_look = True
        return found
    count = 0
    along: set[str] = set()
    for source in found.sources:
        if stop() or found.worth_a_look:
            return found
        if source.name not in along:
            seen = preview(source, None, stop, ARTICLES + 1, settings)
            along |= seen.along
            count += seen.documents
            found.previews += [seen] if seen.whole else []
            found.worth_a_look = not seen.whole or count > ARTICLES or is_worth_a_look(seen)
    found.worth_a_look = found.worth_a_look or count == 0
    return found


def looks(every: Sequence[Source], settings: ImportSettings, stop: Stop) -> Iterator[Preview]:
    """A preview of each of `every` source; of the first of many, then what each was taken for, then its name alone.

    Of a large one comes its beginning before the whole, so that a person need not wait.
    """
    along: set[str] = set()
    size = 0
    for number, source in enumerate(every):
        if stop():
            return
        if source.name in along:
            continue
        size += source.size
        if number < INTO and (number == 0 or size <= INTO_BYTES):
            for found in looks_into(source, None, settings, stop):
                along |= found.along
                yield found
        elif number < AT:
            yield glance(source, None, settings)
        else:
            yield unseen(source)


def looks_into(source: Source, importer: Importer | None, settings: ImportSettings, stop: Stop) -> Iterator[Preview]:
    """The preview of a source, as its first articles give it, and then as all of them do, or as many as time allows."""
    beginning = preview(source, importer, stop, FIRST, settings)
    yield beginning
    if not beginning.whole and not stop():
        end = monotonic() + PATIENCE
        yield preview(source, importer, lambda: stop() or monotonic() > end, MOST, settings)


def is_worth_a_look(found: Preview) -> bool:
    """Whether there is something to decide or to know about a source."""
    plain = found.format == "text" and found.sureness >= 0.1 and PurePath(found.source).suffix.lower() in TEXTS
    unsure = found.sureness < SURE and not plain
    return bool(
        found.table
        or found.patterns
        or found.remembered
        or found.suspects
        or found.failures
        or unsure
        or (found.claimed is not None and found.claimed != found.documents)
    )
