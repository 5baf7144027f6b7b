"""Parquet for engines: articles, marks and links in files of some 128 MB, and a manifest that says what is in which."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from annotator.core.annotation import AnnotatedDocument
from annotator.core.collecting import seldom_collected
from annotator.core.dates import date_of
from annotator.core.imports import Progress
from annotator.core.scheme_json import scheme_to_json
from annotator.exporters.base import EVERYTHING, Contents, ExportReport, PlainExporter
from annotator.exporters.columns import STRING, WHOLE, Columns
from annotator.exporters.document_rows import COLUMNS, LINK, MARK, document_row, held_by, held_in
from annotator.exporters.optional_modules import arrow
from annotator.exporters.options import Option
from annotator.exporters.proving import Part, Proof
from annotator.exporters.row_files import ParquetRows, Row, rows_of
from annotator.exporters.whole_folder import whole_folder

MANIFEST = "manifest.json"
FORMAT = "annotator-shards"
VERSION = 1  # of the columns
MEGABYTE = 1_000_000
SIZE = Option(
    "size", "Size in MB", "128", kind="number",
    explanation="A file is ended when it has so many; engines read some files at a time.",
)  # fmt: skip

_OF_DOCUMENT = {"document": STRING, "sha256": STRING}
TABLES: Mapping[str, Columns] = {
    "documents": {
        **{name: kind for name, kind in COLUMNS.items() if name not in ("marks", "links")},
        **{"source": STRING, "published": STRING, "characters": WHOLE},
    },
    "annotations": {**_OF_DOCUMENT, **MARK, "annotator_name": STRING},
    "relations": {**_OF_DOCUMENT, **LINK},
}


class ShardsExporter(PlainExporter):
    """A folder of Parquet files with zstd: `documents-00000.parquet`, `annotations-…`, `relations-…`, and a manifest.

    Rows of one document stand together, in the order of documents; all tables have the hash of the text.
    """

    name = "shards"
    title = "Parquet shards (needs pyarrow)"
    suffix = ""
    carries = EVERYTHING
    unit = "code points"
    loses = "The registry."
    options: tuple[Option, ...] = (SIZE,)

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the folder `out`, whole or not at all.

        Raises KnownError where that cannot be, or where there is no pyarrow.
        """
        arrow()
        most = max(1, int(contents.options.get("size", SIZE.default))) * MEGABYTE
        proof = Proof(contents, self.carries, progress)
        people = {person.id: person.name for person in contents.annotators}
        with seldom_collected(), whole_folder(out) as folder:
            with ExitStack() as files:
                tables = {name: files.enter_context(_Table(folder, name, most)) for name in TABLES}
                for document in proof.documents():
                    _write(document, tables, people)
                    marks, links = len(document.annotations), len(document.relations)
                    proof.count(Part(b"", held_by(document), marks, links))
            manifest = _manifest(contents, proof.report, folder, tables)
            (folder / MANIFEST).write_bytes(manifest)
            proof.compare(lambda: _read(folder, tables))
            proof.report.verified = proof.report.verified and _are_as_listed(folder, manifest)
        proof.report.files.append(str(out))
        return proof.report


@dataclass(slots=True)
class _Table:
    """One kind of rows, over as many files as they need; at least one."""

    folder: Path
    name: str
    most: int  # bytes of a file
    files: dict[str, int] = field(default_factory=dict)  # rows, by the file's name
    _file: ParquetRows | None = None

    def write(self, row: Row, weight: int) -> None:
        if self._file is None or self._file.size >= self.most:
            self._next()
        assert self._file is not None
        self._file.write(row, weight)
        self.files[next(reversed(self.files))] += 1

    def _next(self) -> None:
        if self._file is not None:
            self._file.__exit__(None, None, None)
        name = f"{self.name}-{len(self.files):05d}.parquet"
        self._file = ParquetRows(self.folder / name, TABLES[self.name])
        self.files[name] = 0

    def __enter__(self) -> _Table:
        self._next()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._file is not None:
            self._file.__exit__(kind, None, None)


def _write(document: AnnotatedDocument, tables: Mapping[str, _Table], people: Mapping[str, str]) -> None:
    row = document_row(document, people)
    of_document = {"document": row["id"], "sha256": row["sha256"]}
    for mark in row.pop("marks"):
        mark["annotator_name"] = people.get(mark["annotator"], "")
        tables["annotations"].write(of_document | mark, 400 + len(mark["text"]))
    for link in row.pop("links"):
        tables["relations"].write(of_document | link, 400)
    known = document.metadata
    source = known.get("publication", "") or known.get("archive", "")
    more = {"source": source, "published": date_of(known.get("published", "")), "characters": len(document.text)}
    tables["documents"].write(row | more, 500 + len(document.text))


def _manifest(contents: Contents, report: ExportReport, folder: Path, tables: Mapping[str, _Table]) -> bytes:
    files = [
        {
            "name": name,
            "table": table.name,
            "rows": rows,
            "bytes": (folder / name).stat().st_size,
            "sha256": _hash(folder / name),
        }
        for table in tables.values()
        for name, rows in table.files.items()
    ]
    held: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "project": {"id": contents.project_id, "name": contents.project_name},
        "positions": "Unicode code points; text[start:end] in Python, substring(text, start + 1, end - start) in SQL",
        "counts": {
            "documents": report.documents,
            "annotations": report.annotations,
            "relations": report.relations,
        },
        "files": files,
        "scheme": scheme_to_json(contents.scheme),
    }
    return orjson.dumps(held, option=orjson.OPT_INDENT_2) + b"\n"


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _are_as_listed(folder: Path, manifest: bytes) -> bool:
    """Whether the manifest is there, and every file is the one that it tells of."""
    files = orjson.loads(manifest)["files"]
    there = (folder / MANIFEST).read_bytes() == manifest
    return there and all(_hash(folder / file["name"]) == file["sha256"] for file in files)


def _read(folder: Path, tables: Mapping[str, _Table]) -> Iterator[Hashable]:
    rows = {name: chain.from_iterable(rows_of(folder / file) for file in table.files) for name, table in tables.items()}
    marks, links = (_Groups(rows[name]) for name in ("annotations", "relations"))
    for row in rows["documents"]:
        yield held_in(row | {"marks": marks.of(row), "links": links.of(row)})
    if marks.left or links.left:
        raise ValueError("there are rows of no document")


class _Groups:
    """Rows of documents, in the documents' order."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._groups = groupby(rows, itemgetter("document", "sha256"))
        self._next = next(self._groups, None)

    @property
    def left(self) -> bool:
        """Whether there are rows that nobody asked for."""
        return self._next is not None

    def of(self, document: Row) -> list[Row]:
        """The rows of a document."""
        if self._next is None or self._next[0] != (document["id"], document["sha256"]):
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found
