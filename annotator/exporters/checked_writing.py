"""Writing documents one by one, and reading them again: what both formats of the program have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from annotator.core.annotation import AnnotatedDocument, Annotator, RegistryEntry
from annotator.core.collecting import seldom_collected
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, Header, Progress
from annotator.core.scheme import Scheme
from annotator.core.standing_off import StandOff, standing_off
from annotator.exporters.base import Contents, ExportReport, Loss, ReadBack
from annotator.exporters.carrying import Ledger
from annotator.exporters.digest import digest, stand_off_digest
from annotator.exporters.document_json import Json, document_to_json, stand_off_to_json
from annotator.exporters.leaving_out import wordless
from annotator.exporters.whole_file import whole_file


@dataclass(slots=True)
class CheckedWriting:
    """Goes through documents, counts what is written, and remembers enough to see that it was written right."""

    contents: Contents
    progress: Progress
    report: ExportReport = field(default_factory=ExportReport)
    _digests: dict[str, int] = field(default_factory=dict)  # by document id
    _left_out: list[str] = field(default_factory=list)
    _ledger: Ledger = field(default_factory=Ledger)

    def documents(self) -> Iterator[tuple[AnnotatedDocument, Json]]:
        """Each document with its JSON, which the caller writes before it asks for the next."""
        report = self.report
        for document in self.contents.documents():
            gone = len(self._left_out)
            written = self._written(document)
            if self.contents.read_back and len(self._left_out) == gone:
                self._digests[document.id] = self._digest(document)
            report.documents += 1
            report.annotations += len(written["annotations"])
            report.relations += len(written["relations"])
            yield document, written
            self.progress(report.documents)

    def _written(self, document: AnnotatedDocument) -> Json:
        if self.contents.with_text:
            return document_to_json(document, self._left_out)
        wordless(document, self._ledger)
        return stand_off_to_json(document, self._left_out)

    def _digest(self, document: AnnotatedDocument) -> int:
        return digest(document) if self.contents.with_text else stand_off_digest(standing_off(document))

    def verify(self, path: Path, format: str, *, with_header: bool) -> None:  # noqa: A002
        """Read the file at `path` again, and note in the report whether it holds what was meant."""
        if self._left_out:
            loss = Loss("marks outside their text", len(self._left_out), tuple(self._left_out))
            self.report.lost.append(loss)
        self.report.lost += [*self._ledger.losses(), *self.contents.lost]
        read_back = self.contents.read_back
        if read_back is not None and not self._left_out:
            self.report.verified = self._is_the_same(read_back, path, format, with_header)

    def _is_the_same(self, read_back: ReadBack, path: Path, format: str, with_header: bool) -> bool:  # noqa: A002
        waiting = dict(self._digests)
        counts = [0, 0, 0]
        header_right = not with_header
        try:
            for item in read_back(path, format):
                if isinstance(item, AnnotatedDocument | StandOff):
                    held = item if isinstance(item, AnnotatedDocument) else item.about
                    found = digest(item) if isinstance(item, AnnotatedDocument) else stand_off_digest(item)
                    if waiting.pop(held.id, None) != found:
                        return False
                    counts = [
                        a + b for a, b in zip(counts, (1, len(held.annotations), len(held.relations)), strict=True)
                    ]
                elif isinstance(item, Failure):
                    return False
                elif isinstance(item, Header) and with_header:
                    header_right = _header(item) == _header(self.contents)
        except KnownError:
            return False
        report = self.report
        return header_right and not waiting and counts == [report.documents, report.annotations, report.relations]


def _header(found: Header | Contents) -> tuple[Scheme, tuple[Annotator, ...], tuple[RegistryEntry, ...], str, str]:
    return (found.scheme, found.annotators, found.registry, found.project_id, found.project_name)


Writer = Callable[[CheckedWriting, BinaryIO], None]


def write_and_check(
    contents: Contents,
    out: Path,
    format: str,  # noqa: A002
    write: Writer,
    *,
    with_header: bool,
    progress: Progress | None,
) -> ExportReport:
    """Have `write` fill the file `out`, whole or not at all, and read it again before it takes its place.

    `format` is the importer's name, and `with_header` whether the file says something of all documents.
    """
    writing = CheckedWriting(contents, progress or (lambda count: None))
    with seldom_collected(), whole_file(out) as file:
        write(writing, file.stream)
        file.finish()
        writing.verify(file.path, format, with_header=with_header)
    writing.report.files.append(str(out))
    return writing.report
