"""spaCy's DocBin, to train from as it is. Needs spaCy, which the program does not bring."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.core.imports import Progress
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, carried_part, loses, without
from annotator.exporters.proving import Part, Proof
from annotator.exporters.spaced_tokens import spaced_tokens
from annotator.exporters.whole_file import whole_file

GROUP = "sc"  # the name under which spaCy's span categorizer looks for spans


class SpacyDocBinExporter(PlainExporter):
    """Documents with all marks of one piece as spans, and those that lie side by side as entities, the longest first.

    Words are cut where a mark begins or ends.
    """

    name = "spacy-docbin"
    title = "spaCy, DocBin (needs spaCy)"
    suffix = ".spacy"
    carries = Carries(nested=True, crossing=True)
    unit = "tokens"
    loses = loses(carries)

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all.

        Raises KnownError where that cannot be, or where there is no spaCy.
        """
        proof = Proof(contents, self.carries, progress)
        with whole_file(out) as file:
            made, vocabulary = _module("spacy.tokens").DocBin(store_user_data=True), _module("spacy.vocab").Vocab()
            for document in proof.documents():
                doc, part = _doc(document, vocabulary, proof.ledger)
                made.add(doc)
                proof.count(part)
            file.stream.write(made.to_bytes())
            file.finish()
            proof.compare(lambda: _read(file.path))
        proof.report.files.append(str(out))
        return proof.report


def _module(name: str) -> Any:
    """A part of spaCy. Not imported by name, so that a bundle of the program does not take it along."""
    try:
        return import_module(name)
    except ImportError as error:
        raise KnownError(
            "This format needs spaCy, which is not installed. Nothing was written; install it, or take spaCy, JSON"
            " Lines."
        ) from error


def _doc(document: AnnotatedDocument, vocabulary: Any, ledger: Ledger) -> tuple[Any, Part]:
    text = document.text
    blank = [mark.id for mark in document.annotations if not text[mark.start : mark.end].strip()]
    document = without(document, "marks of white space", blank, ledger)
    found = spaced_tokens(document)
    words, spaces = [token["text"] for token in found], [token["ws"] for token in found]
    tokens = _module("spacy.tokens")
    doc = tokens.Doc(vocabulary, words=words, spaces=spaces, user_data={"id": document.id, "title": document.title})
    starts = {token["start"]: token["id"] for token in found}
    ends = {token["end"]: token["id"] + 1 for token in found}

    def spans(marks: tuple[Any, ...]) -> list[Any]:
        return [tokens.Span(doc, starts[m.start], ends[m.end], label=m.label.name) for m in marks]

    flat = carried_part(document, Carries(), Ledger()).annotations
    doc.spans[GROUP] = spans(document.annotations)
    doc.set_ents(spans(flat))
    held = tuple((mark.start, mark.end, mark.label.name) for mark in document.annotations)
    entities = tuple(sorted((mark.start, mark.end, mark.label.name) for mark in flat))
    return doc, Part(b"", (text, held, entities, document.id), len(held))


def _read(path: Path) -> Iterator[Hashable]:
    held = _module("spacy.tokens").DocBin().from_bytes(path.read_bytes())
    for doc in held.get_docs(_module("spacy.vocab").Vocab()):
        spans = tuple((span.start_char, span.end_char, span.label_) for span in doc.spans[GROUP])
        entities = tuple((span.start_char, span.end_char, span.label_) for span in doc.ents)
        yield doc.text, spans, entities, doc.user_data["id"]
