"""Exports for other programs that prove themselves: what each document must give is noted as it is written, and found
again in the finished files before they take their names.

A format gives two functions: one makes the bytes of a document and a value for what they hold, the other reads files
and gives such a value for every document in them, in order. It knows nothing of the first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument
from annotator.core.collecting import seldom_collected
from annotator.core.errors import KnownError
from annotator.core.imports import Progress
from annotator.exporters.base import Carries, Contents, ExportReport
from annotator.exporters.carrying import Ledger, carried_part
from annotator.exporters.leaving_out import wordless
from annotator.exporters.whole_file import whole_file
from annotator.exporters.whole_folder import whole_folder

_NOT_AS_WRITTEN = (KnownError, OSError, ValueError, LookupError, TypeError, SyntaxError)  # what reading it may raise


class Part(NamedTuple):
    """A document as a format writes it."""

    data: bytes
    held: Hashable  # what reading must give; None for a document of which nothing is in the file
    marks: int
    links: int = 0


class Files(NamedTuple):
    """A document as a format of several files writes it."""

    files: Mapping[str, bytes]  # by name
    held: Hashable
    marks: int
    links: int = 0


Make = Callable[[AnnotatedDocument, Ledger], Part]
MakeFiles = Callable[[AnnotatedDocument, str, Ledger], Files]  # given a name for its files, without a suffix
Read = Callable[[Path], Iterable[Hashable]]


@dataclass(slots=True)
class Proof:
    """One export: counts what is written, and compares it with what is found."""

    contents: Contents
    carries: Carries
    progress: Progress | None
    report: ExportReport = field(default_factory=ExportReport)
    ledger: Ledger = field(default_factory=Ledger)
    _held: list[int] = field(default_factory=list)

    def documents(self) -> Iterator[AnnotatedDocument]:
        """Each document, as far as the format can carry it; its text is there also where it is not to be written."""
        for document in self.contents.documents():
            part = carried_part(document, self.carries, self.ledger)
            yield part if self.contents.with_text else wordless(part, self.ledger)

    def count(self, part: Part | Files) -> None:
        """Note a document that was written."""
        if part.held is not None:
            self._held.append(hash(part.held))
        self.report.documents += 1
        self.report.annotations += part.marks
        self.report.relations += part.links
        if self.progress is not None:
            self.progress(self.report.documents)

    def compare(self, found: Callable[[], Iterable[Hashable]]) -> None:
        """Note in the report whether what is `found` is what was written, and what was left out."""
        try:
            self.report.verified = [hash(held) for held in found()] == self._held  # texts hash alike within one run
        except _NOT_AS_WRITTEN:
            self.report.verified = False
        self.report.lost += [*self.ledger.losses(), *self.contents.lost]


class Frame(NamedTuple):
    """What stands around documents in a file."""

    head: bytes = b""
    between: bytes = b""
    tail: bytes = b""


def export_file(
    contents: Contents, out: Path, carries: Carries, make: Make, read: Read, progress: Progress | None,
    frame: Frame = Frame(),  # noqa: B008
) -> ExportReport:  # fmt: skip
    """Write all documents to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
    proof = Proof(contents, carries, progress)
    with seldom_collected(), whole_file(out) as file:
        write = file.stream.write
        write(frame.head)
        for number, document in enumerate(proof.documents()):
            part = make(document, proof.ledger)
            write(frame.between if number else b"")
            write(part.data)
            proof.count(part)
        write(frame.tail)
        file.finish()
        proof.compare(lambda: read(file.path))
    proof.report.files.append(str(out))
    return proof.report


def export_folder(
    contents: Contents, out: Path, carries: Carries, make: MakeFiles, read: Read, progress: Progress | None,
    beside: Callable[[], Mapping[str, bytes]] = dict,
) -> ExportReport:  # fmt: skip
    """Write the files of all documents, and those `beside` them, to the folder `out`, whole or not at all.

    The names of a document's files begin with its number, so that they stand in order. Raises KnownError where the
    folder cannot be written.
    """
    proof = Proof(contents, carries, progress)
    with seldom_collected(), whole_folder(out) as folder:
        for number, document in enumerate(proof.documents(), 1):
            files = make(document, stem_of(document, number), proof.ledger)
            _write(folder, files.files)
            proof.count(files)
        _write(folder, beside())
        proof.compare(lambda: read(folder))
    proof.report.files.append(str(out))
    return proof.report


def stem_of(document: AnnotatedDocument, number: int) -> str:
    """A file's name for a document: its number, and its title in the letters that every system takes."""
    title = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in document.title[:60].lower())
    words = "-".join(filter(None, title.split("-")))[:40].strip("-")
    return f"{number:06d}-{words}" if words else f"{number:06d}"


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        place = folder / name
        if "/" in name:
            place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
