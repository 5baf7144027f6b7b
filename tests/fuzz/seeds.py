"""What mutations begin with: a sound file or several of every format that is read."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path

from annotator.importers import IMPORTERS, importer_named
from annotator.importers.base import Importer, Source
from annotator.importers.walking import HEAD, recognised
from tests.importers.pages import article, page_record, warc
from tests.sources_made import arc, mhtml, own

DATA = Path(__file__).parents[1] / "data"
_LEFT_OUT = "expected"
_LARGEST = 60_000  # bytes of a file that is taken: what is larger is only slower


@dataclass(frozen=True)
class Seed:
    """A sound file, and the importer that reads it."""

    name: str
    data: bytes
    importer: Importer
    others: dict[str, bytes] = field(default_factory=dict)  # what stands in its folder, by name

    def source(self, data: bytes) -> Source:
        """`data` in the place of the file."""
        return _source(self.name.rpartition("/")[2], data, self.others)


def _source(name: str, data: bytes, others: dict[str, bytes]) -> Source:
    return Source(name, name, len(data), lambda: BytesIO(data), partial(_beside, others))


def _beside(others: dict[str, bytes], place: str) -> Source | None:
    return _source(place, others[place], others) if place in others else None


def seeds() -> list[Seed]:
    """All of them, in the order of their names."""
    found = [
        seed for folder in ("sources", "annotations", "exports", "pages", "articles") for seed in _in(DATA / folder)
    ]
    return sorted((*found, *_made()), key=lambda seed: seed.name)


def _in(folder: Path) -> list[Seed]:
    files = [path for path in folder.rglob("*") if path.is_file() and _LEFT_OUT not in str(path.relative_to(folder))]
    return [seed for path in files if path.stat().st_size <= _LARGEST for seed in _of(path)]


def _of(path: Path) -> list[Seed]:
    data = path.read_bytes()
    importer = recognised(data[:HEAD], path.name) if data else None
    if path.name.startswith("nexis.doc"):  # which looks like any other document until it is read
        importer = importer_named("nexis-docx")
    beside = (other for other in path.parent.rglob("*") if other.is_file() and _LEFT_OUT not in other.parts)
    others = {other.relative_to(path.parent).as_posix(): other.read_bytes() for other in beside}
    return [Seed(path.relative_to(DATA).as_posix(), data, importer, others)] if importer else []


def _made() -> list[Seed]:
    made = {
        "crawl.warc.gz": warc(page_record(1), page_record(2)),
        "crawl.warc": warc(page_record(1), page_record(2), gzip=False),
        "crawl.arc": arc(("http://archive.example/1", article())),
        "crawl.arc.gz": gzip.compress(arc(("http://archive.example/1", article())), mtime=0),
        "ferry.mht": mhtml(article()),
        "project.json": own("json"),
        "project.jsonl": own("jsonl"),
        "gigaword.sgml": b'<DOC id="XXX_ENG_20100101.0001" type="story">\n<HEADLINE>\nFerry\n</HEADLINE>\n<DATELINE>\n'
        b"MARSA\n</DATELINE>\n<TEXT>\n<P>\nThe ferry left.\n</P>\n<P>\nIt came back.\n</P>\n</TEXT>\n</DOC>\n",
        "articles.json": json.dumps([{"title": "Ferry", "text": "It left.", "date": "2016-11-02"}] * 3).encode(),
    }
    found = ((f"made/{name}", data, recognised(data[:HEAD], name)) for name, data in made.items())
    return [Seed(name, data, importer) for name, data, importer in found if importer]


def lacking() -> set[str]:
    """The names of importers without a seed."""
    return {importer.name for importer in IMPORTERS} - {seed.importer.name for seed in seeds()}
