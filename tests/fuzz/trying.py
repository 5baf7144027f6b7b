"""What a spoiled file may do: bring documents that are sound, or be refused in sentences. All else is a finding."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from types import FrameType

from annotator.core.annotation import AnnotatedDocument, Annotation, Zone
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportItem
from annotator.core.standing_off import StandOff
from annotator.importers import IMPORTERS
from annotator.importers.base import Importer, Source
from annotator.importers.walking import FAULT, HEAD, read_source, recognised
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import Seed

SECONDS = 5.0  # of the processor, which one file may take: those here are small


class TooLongError(Exception):
    """A file took more of the processor than it may."""


@dataclass(frozen=True)
class Outcome:
    """What came of one spoiled file."""

    items: tuple[ImportItem, ...] = ()
    fault: str = ""  # what is wrong with the program; empty where nothing is


def spoiled(seed: Seed, number: int, start: int, relatives: dict[str, list[bytes]]) -> bytes:
    """The mutation of that number, the same in every run that starts with the number `start`."""
    chance = Random(f"{start}/{seed.name}/{number}")
    return mutated(seed.data, chance, relatives[seed.importer.name])


def tried(seed: Seed, data: bytes, *, seconds: float = SECONDS) -> Outcome:
    """Read `data` as its seed's format, and as whatever it now looks like."""
    source = seed.source(data)
    importers = [seed.importer]
    try:
        with at_most(seconds):
            for importer in IMPORTERS:  # none may fail over what it is asked about
                importer.recognises(data[:HEAD], source.name)
            now = recognised(data[:HEAD], source.name)
            if now is not None and now is not seed.importer:
                importers.append(now)
            return Outcome(tuple(item for importer in importers for item in _read(source, importer)))
    except Exception:
        return Outcome(fault=_last_lines())


def _read(source: Source, importer: Importer) -> Iterator[ImportItem]:
    for item in _items(source, importer):
        if isinstance(item, Failure):
            assert item.path and item.reason and FAULT not in item.reason, item
        elif isinstance(item, AnnotatedDocument):
            sound(item)
        elif isinstance(item, StandOff):  # its places are compared with the text when that is found
            str(item).encode()
        yield item


def _items(source: Source, importer: Importer) -> Iterator[ImportItem]:
    """What the importer itself gives, so that a fault of it is seen where it is; of archives, what their files give."""
    if importer.recognises(source.head(HEAD), source.name) == 0 and source.head(4) == b"PK\x03\x04":
        yield from read_source(source, importer)
        return
    try:
        yield from importer.read(source)
    except (KnownError, OSError) as error:
        yield Failure(source.name, str(error))


def sound(document: AnnotatedDocument) -> None:
    """Fails where a document could not be stored, shown or exported."""
    document.text.encode()
    f"{document.title}{document.language}{document.metadata}".encode()
    assert "\0" not in document.text and "\r" not in document.text, "a text with what no text may hold"
    assert all(isinstance(value, str) for value in document.metadata.values()), "a fact that is no text"
    for zone in document.zones:
        _sound_zone(zone, len(document.text))
    keys = [mark.id for mark in document.annotations if mark.id]  # an empty one is given by the project
    assert len(set(keys)) == len(keys), "two marks of one id"
    for mark in document.annotations:
        _sound_mark(mark, len(document.text))
    assert all(link.type.name for link in document.relations)  # one that leads nowhere is told by the project


def _sound_zone(zone: Zone, length: int) -> None:
    assert 0 <= zone.span.start <= zone.span.end <= length, "a zone outside its text"


def _sound_mark(mark: Annotation, length: int) -> None:
    assert mark.fragments and all(0 <= span.start < span.end <= length for span in mark.fragments), "a mark outside"
    assert mark.label.name and mark.label.layer, "a mark without a label"
    assert all(value is not None for value in mark.attributes.values()), "an answer that is none"
    f"{mark.label.name}{mark.attributes}{mark.note}{mark.annotator}".encode()


def _last_lines() -> str:
    return "".join(traceback.format_exc().splitlines(keepends=True)[-14:])


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises TooLongError in what takes more of the processor; time that other programs take does not count."""
    before = signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TooLongError(f"more than {SECONDS:.0f} s of the processor")
