"""Whether an import should be looked at before it begins: a few plain pages come in without a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from annotator.core.import_settings import ImportSettings
from annotator.core.imports import Stop
from annotator.importers.base import Source
from annotator.importers.previewing import Preview, glance, preview
from annotator.importers.walking import sources

FILES, ARTICLES, BYTES = 20, 50, 5_000_000  # more is a large import
SURE = 0.4  # less is a guess
TEXTS = ("", ".txt", ".text", ".md")  # names under which plain text is what it says
INTO = 60  # files of a large import that are looked into
INTO_BYTES = 40_000_000
MOST = 2000  # articles of a file that are read for its preview


@dataclass(slots=True)
class LookedOver:
    """What an import would bring, as far as it was looked at."""

    sources: list[Source]
    previews: list[Preview] = field(default_factory=list)  # of all sources where there are few, else of none
    worth_a_look: bool = False  # whether a person should see it first


def looked_over(paths: Sequence[Path], settings: ImportSettings, stop: Stop) -> LookedOver:
    """What `paths` hold, and whether that should be seen before it comes in."""
    found = LookedOver(sources(paths))
    if len(found.sources) > FILES or sum(source.size for source in found.sources) > BYTES:
        found.worth_a_look = True
        return found
    found.previews = list(looks(found.sources, settings, stop))
    count = sum(each.documents for each in found.previews)
    found.worth_a_look = count > ARTICLES or count == 0 or any(map(is_worth_a_look, found.previews))
    return found


def looks(every: Sequence[Source], settings: ImportSettings, stop: Stop) -> Iterator[Preview]:
    """A preview of each of `every` source; beyond the first of many, only what each was taken for."""
    along: set[str] = set()
    size = 0
    for number, source in enumerate(every):
        if stop():
            return
        if source.name in along:
            continue
        size += source.size
        if number < INTO and (number == 0 or size <= INTO_BYTES):
            found = preview(source, None, stop, MOST, settings)
            along |= found.along
            yield found
        else:
            yield glance(source, None, settings)


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
