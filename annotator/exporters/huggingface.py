"""A dataset folder as `datasets` of Hugging Face loads it: JSON Lines or Parquet, and a card with the types."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument
from annotator.core.collecting import seldom_collected
from annotator.core.ids import text_hash
from annotator.core.imports import Progress
from annotator.exporters import document_rows, token_rows
from annotator.exporters.base import Carries, Contents, ExportReport
from annotator.exporters.carrying import Ledger, carried_part, loses
from annotator.exporters.dataset_card import Card
from annotator.exporters.document_rows import document_row, held_by, held_in
from annotator.exporters.options import Option
from annotator.exporters.proving import Part, Proof
from annotator.exporters.row_files import JsonRows, ParquetRows, Row, RowFile, rows_of
from annotator.exporters.token_rows import Tags, entities_in, positions_fit, sentence_rows
from annotator.exporters.whole_folder import whole_folder
from annotator.exporters.worded import with_words

CARD = "README.md"
SPLITS = {"train": "train", "dev": "validation", "test": "test"}  # as `datasets` calls them
FILES = Option(
    "files", "Files", "jsonl", (("jsonl", "JSON Lines"), ("parquet", "Parquet (needs pyarrow)")),
    explanation="Both load alike; Parquet is smaller and faster to load.",
)  # fmt: skip
FORM = Option(
    "form", "Rows", "spans", (("spans", "Articles with their marks"), ("tokens", "Sentences with tagged words")),
    explanation="Tagged words hold one label each: take one layer at a time.",
)  # fmt: skip


class HuggingFaceExporter:
    """A folder with a file for each part of a split, or `train` alone; its card says of what type each column is."""

    name = "huggingface"
    title = "Hugging Face dataset"
    suffix = ""
    carries = Carries(*[True] * len(Carries._fields))
    unit = "code points"
    loses = loses(carries, "The scheme's colours and keys, and the registry. Tagged words hold what CoNLL holds.")
    options: tuple[Option, ...] = (FILES, FORM)
    stands_off = False
    writes_parts = True

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the folder `out`, whole or not at all.

        Raises KnownError where that cannot be, or where Parquet is asked for and there is no pyarrow.
        """
        rows: _Rows = _TokenRows(contents) if contents.options.get("form") == "tokens" else _DocumentRows(contents)
        proof = Proof(contents, rows.carries, progress)
        card = Card(contents, proof.report, rows.columns, files=_names(contents))
        with seldom_collected(), whole_folder(out) as folder:
            (folder / "data").mkdir()
            for (split, name), part in zip(card.files.items(), _parts(contents), strict=True):
                with _file(folder / name, rows) as file:
                    card.rows[split] = sum(_written(part, rows, file, proof, card))
                card.sizes[split] = (folder / name).stat().st_size
            rows.tell(proof.ledger)
            card.tags, card.losses = rows.tags, [*proof.ledger.losses(), *contents.lost]
            page = card.text().encode()
            (folder / CARD).write_bytes(page)
            if contents.plan:
                contents.plan.write(folder)
            proof.compare(lambda: (held for name in card.files.values() for held in rows.read(folder / name)))
            beside = (folder / CARD).read_bytes() == page and (not contents.plan or contents.plan.stands_in(folder))
            proof.report.verified = proof.report.verified and beside
        proof.report.files.append(str(out))
        return proof.report


def _names(contents: Contents) -> dict[str, str]:
    """The files by the names of splits. `datasets` has no dataset without a split; what is not split is train."""
    suffix = "parquet" if contents.options.get("files") == "parquet" else "jsonl"
    parts = contents.plan.parts if contents.plan else ("train",)
    return {SPLITS[part]: f"data/{SPLITS[part]}.{suffix}" for part in parts}


def _parts(contents: Contents) -> Iterator[Contents]:
    if contents.plan is None:
        yield contents
    else:
        yield from (contents.plan.only(contents, part) for part in contents.plan.parts)


def _file(path: Path, rows: _Rows) -> RowFile:
    return ParquetRows(path, rows.columns) if path.suffix == ".parquet" else JsonRows(path)


def _written(part: Contents, rows: _Rows, file: RowFile, proof: Proof, card: Card) -> Iterator[int]:
    """Writes the documents of a part; gives how many rows each became."""
    for document in part.documents():
        document = carried_part(document, rows.carries, proof.ledger)
        card.count(document)
        made = rows.made(document, proof.ledger)
        weight = len(document.text) + 300 * len(document.annotations)
        for row in made.rows:
            file.write(row, weight // len(made.rows) + 100)
        proof.count(Part(b"", made.held, made.marks, made.links))
        yield len(made.rows)


class _Made(NamedTuple):
    rows: list[Row]
    held: Hashable
    marks: int
    links: int


class _DocumentRows:
    """A row a document."""

    carries = HuggingFaceExporter.carries
    columns = document_rows.COLUMNS
    tags: list[str] = []  # noqa: RUF012 - it has none

    def __init__(self, contents: Contents) -> None:
        self._people = {person.id: person.name for person in contents.annotators}

    def made(self, document: AnnotatedDocument, ledger: Ledger) -> _Made:
        row = document_row(document, self._people)
        return _Made([row], held_by(document), len(document.annotations), len(document.relations))

    def read(self, path: Path) -> Iterator[Hashable]:
        return map(held_in, rows_of(path))

    def tell(self, ledger: Ledger) -> None:
        """No name is spelt otherwise."""


class _TokenRows:
    """A row a sentence."""

    carries = Carries()
    columns = token_rows.COLUMNS

    def __init__(self, contents: Contents) -> None:
        self._tags = Tags(contents.scheme)

    @property
    def tags(self) -> list[str]:
        return self._tags.names

    def made(self, document: AnnotatedDocument, ledger: Ledger) -> _Made:
        document = with_words(document, ledger)
        spans = self._tags.spans(document)
        rows = list(sentence_rows(document, spans, document.sha256 or text_hash(document.text)))
        names = self.tags
        held = tuple((start, end, names[tag].removeprefix("B-")) for start, end, tag in spans)
        words = "".join(document.text.split())
        return _Made(rows, (document.id, words, held) if rows else None, len(spans), 0)

    def read(self, path: Path) -> Iterator[Hashable]:
        for _, rows in groupby(rows_of(path), lambda row: (row["document"], row["sha256"])):
            found = list(rows)
            if not all(map(positions_fit, found)):
                raise ValueError("a token is not where it says")
            yield entities_in(found, self.tags)

    def tell(self, ledger: Ledger) -> None:
        """Note how many names were spelt otherwise."""
        self._tags.spelling.tell(ledger)


_Rows = _DocumentRows | _TokenRows
