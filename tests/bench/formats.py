"""How fast formats are: 10,000 articles with 200,000 marks in and out, each beside its floor.

Each measurement runs in a process of its own, so that its peak memory is its own: `measured("import", file, folder)`.
By itself: `python -m tests.bench.formats [DOCUMENTS MARKS]`.
"""

from __future__ import annotations

import json
import os
import platform
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import orjson

from annotator.core.ids import document_id, text_hash
from annotator.exporters import exporter_named
from annotator.exporters.contents import contents_of
from annotator.importers.walking import items, read_file
from annotator.store.database import CACHE_KIB
from annotator.store.history import INSERT
from annotator.store.project import Project
from annotator.store.reading import Reader
from annotator.store.writing import insertion_by_number
from annotator.templates import template

DOCUMENTS, MARKS = 10_000, 200_000
ANNOTATORS = ("01935000-22ba-791d-8f3a-abcc8142c8ea", "01935000-22ba-791d-8f3a-abcc8142c8eb")
LABELS = (
    *(("entities", name) for name in ("PERSON", "ORG", "GPE", "LOC", "DATE", "ROLE")),
    *(("quotes", name) for name in ("QUOTE", "SOURCE", "CUE")),
    ("claims", "CLAIM"),
)
_WORDS = (
    "harbour council ministry fishermen corridor envoy talks Tuesday reported that which had been delayed the of and a"
    " in to spokeswoman warned officials near border after vote committee said “no comment” Marsa Qasr’s café"
)
_moments = count()
_BULK = ("documents", "zones", "occurrences", "annotations", "relations", "statuses", "document_labels")


# What is measured with


def write_articles(path: Path, documents: int = DOCUMENTS, marks: int = MARKS, seed: int = 1) -> None:
    """A JSON Lines file of made-up articles of about 3 kB, with nested and a few discontinuous marks, and links."""
    chance = random.Random(seed)
    with path.open("wb") as file:
        for number in range(documents):
            here = marks * (number + 1) // documents - marks * number // documents
            file.write(orjson.dumps(_article(chance, number, here)) + b"\n")


def _article(chance: random.Random, number: int, marks: int) -> dict[str, Any]:
    words = [chance.choice(_WORDS.split()) for _ in range(chance.randint(350, 650))]
    for place in range(60, len(words), 60):
        words[place] += ".\n\n"
    title = f"Article {number}: {' '.join(words[:6])}"
    text = f"{title}\n\n{' '.join(words)}"
    sha256 = text_hash(text)
    annotations = [_mark(chance, text) for _ in range(marks)]
    return {
        "id": document_id(sha256),
        "title": title,
        "text": text,
        "sha256": sha256,
        "language": "en",
        "direction": "ltr",
        "metadata": {"archive": "Archive 2005", "publication": "The Herald", "path": f"{number:05}.txt"},
        "zones": [
            {"id": _id(chance), "label": "HEADLINE", "start": 0, "end": len(title)},
            {"id": _id(chance), "label": "BODY", "start": len(title) + 2, "end": len(text)},
        ],
        "labels": [],
        "status": {ANNOTATORS[0]: "finished"},
        "annotations": annotations,
        "relations": [_link(chance, *chance.sample(annotations, 2)) for _ in range(marks // 8)],
        "occurrences": [{"path": f"{number:05}.txt", "title": title}],
        "annotators": [{"id": key, "name": f"Annotator {place}"} for place, key in enumerate(ANNOTATORS)],
    }


def _mark(chance: random.Random, text: str) -> dict[str, Any]:
    layer, label = chance.choice(LABELS)
    start = chance.randrange(len(text) - 200)
    fragments = [[start, start + chance.randint(3, 80)]]
    if chance.random() < 0.02:
        fragments.append([start + 100, start + 130])
    return {
        "id": _id(chance),
        "layer": layer,
        "label": label,
        "start": start,
        "end": fragments[-1][1],
        "fragments": fragments,
        "text": " ".join(text[first:last] for first, last in fragments),
        "attributes": {"quote": "direct", "topics": ["sea", "talks"]} if label == "QUOTE" else {},
        "note": "",
        "annotator": chance.choice(ANNOTATORS),
        "origin": "manual",
        "created": "2026-11-22T09:00:00.000Z",
        "updated": "2026-11-22T09:00:00.000Z",
    }


def _link(chance: random.Random, source: dict[str, Any], target: dict[str, Any]) -> dict[str, Any]:
    made = "2026-11-22T09:00:00.000Z"
    ends = {"id": _id(chance), "label": "source", "from": source["id"], "to": target["id"]}
    return ends | {"attributes": {}, "annotator": ANNOTATORS[0], "created": made, "updated": made}


def _id(chance: random.Random) -> str:
    """An id as the program gives them, of version 7; later ones sort later."""
    moment = 0x0193_5000_0000 + next(_moments)
    return str(UUID(int=moment << 80 | 7 << 76 | chance.getrandbits(12) << 64 | 2 << 62 | chance.getrandbits(62)))


# What is measured: each gives its own CPU seconds, what is prepared before it not counted


def import_jsonl(file: Path, folder: Path) -> float:
    """The whole import, without the index of search."""
    with Project.create(folder / "import.annotator", template("news")) as project:
        started = time.process_time()
        report = project.import_documents(items([file]))
        spent = time.process_time() - started
    if report.failed or report.warnings or not report.documents:
        raise RuntimeError(f"the import went wrong: {report.failed[:3]} {report.warnings[:3]}")
    return spent


def import_floor(file: Path, folder: Path) -> float:
    """The rows of that import, its history's too, put into the same tables of an empty project in one transaction."""
    return _inserted(folder, history=True)


def import_rows_without_history(file: Path, folder: Path) -> float:
    """The same without the history, which an import into a project that could not undo would not write."""
    return _inserted(folder, history=False)


def _inserted(folder: Path, *, history: bool) -> float:
    rows = _rows_of(folder / "import.annotator", history=history)
    path = folder / f"rows-{time.monotonic_ns()}.annotator"
    Project.create(path, template("news")).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")  # as the project's own connection has it
    started = time.process_time()
    connection.execute("BEGIN IMMEDIATE")
    for sql, values in rows:
        connection.executemany(sql, values)
    connection.execute("COMMIT")
    spent = time.process_time() - started
    connection.close()
    _remove(path)
    return spent


def _rows_of(project: Path, *, history: bool) -> list[tuple[str, list[tuple[Any, ...]]]]:
    connection = sqlite3.connect(project)
    columns = "number, sha256, text"
    found = [(f"INSERT INTO texts ({columns}) VALUES (?, ?, ?)", connection.execute(f"SELECT {columns} FROM texts"))]
    for table in _BULK:
        sql = insertion_by_number(table)
        names = sql[sql.index("(") + 1 : sql.index(")")]
        found.append((sql, connection.execute(f"SELECT {names} FROM {table} ORDER BY rowid")))
    if history:
        names = INSERT[INSERT.index("(") + 1 : INSERT.index(")")]
        found.append((INSERT, connection.execute(f"SELECT {names} FROM revisions WHERE document <> '' ORDER BY rowid")))
    return [(sql, rows.fetchall()) for sql, rows in found]


def export_jsonl(file: Path, folder: Path) -> float:
    """The whole export, without the check."""
    return _export(folder, "jsonl", check=False)


def export_json(file: Path, folder: Path) -> float:
    """The same as one JSON object."""
    return _export(folder, "json", check=False)


def export_jsonl_checked(file: Path, folder: Path) -> float:
    """The whole export, read again and compared."""
    return _export(folder, "jsonl", check=True)


def export_json_checked(file: Path, folder: Path) -> float:
    """The same as one JSON object."""
    return _export(folder, "json", check=True)


def _export(folder: Path, name: str, *, check: bool) -> float:
    started = time.process_time()
    with Reader(folder / "import.annotator") as reader:
        contents = contents_of(reader, read_back=read_file if check else None)
        report = exporter_named(name).export(contents, folder / f"export.{name}")
    spent = time.process_time() - started
    if report.verified != check or not report.documents:
        raise RuntimeError(f"the export went wrong: {report}")
    return spent


def export_floor(file: Path, folder: Path) -> float:
    """The same rows read, a table at a time, and the same objects brought to the disk with orjson, a line each."""
    with (folder / "export.jsonl").open("rb") as lines, (folder / "floor.jsonl").open("wb") as out:
        spent = _read_all_rows(folder / "import.annotator")
        for line in lines:
            document = orjson.loads(line)
            started = time.process_time()
            out.write(orjson.dumps(document) + b"\n")
            spent += time.process_time() - started
        started = time.process_time()
        out.flush()
        os.fsync(out.fileno())
        return spent + time.process_time() - started


def _read_all_rows(project: Path) -> float:
    connection = sqlite3.connect(project)
    started = time.process_time()
    for table in ("texts", *_BULK):
        order = "number" if table in ("texts", "documents") else "document"
        for _ in connection.execute(f"SELECT * FROM {table} ORDER BY {order}"):
            pass
    spent = time.process_time() - started
    connection.close()
    return spent


def import_json(file: Path, folder: Path) -> float:
    """The import of that JSON object into another project."""
    with Project.create(folder / f"again-{time.monotonic_ns()}.annotator") as project:
        started = time.process_time()
        report = project.import_documents(items([folder / "export.json"]))
        spent = time.process_time() - started
    if report.failed or report.warnings or not report.documents:
        raise RuntimeError(f"the import went wrong: {report.failed[:3]} {report.warnings[:3]}")
    return spent


MEASURED: dict[str, Callable[[Path, Path], float]] = {
    "import jsonl": import_jsonl,
    "import floor": import_floor,
    "import rows without history": import_rows_without_history,
    "export jsonl": export_jsonl,
    "export jsonl, checked": export_jsonl_checked,
    "export json": export_json,
    "export json, checked": export_json_checked,
    "export floor": export_floor,
    "import json": import_json,
}


def measured(name: str, file: Path, folder: Path) -> dict[str, float]:
    """One run in a process of its own: CPU `seconds`, and the `megabytes` the process held at most.

    `import jsonl` must run first: the others read the project that it leaves in `folder`.
    """
    command = [sys.executable, "-m", "tests.bench.formats", name, str(file), str(folder)]
    found = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    result: dict[str, float] = json.loads(found.stdout)
    return result


def all_measured(
    documents: int = DOCUMENTS, marks: int = MARKS, runs: int = 3
) -> Iterator[tuple[str, dict[str, float]]]:
    """Every measurement, the median of some runs, on articles made for it."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        file = folder / "articles.jsonl"
        write_articles(file, documents, marks)
        for name in MEASURED:
            results = []
            for _ in range(runs):
                if name == "import jsonl":
                    _remove(folder / "import.annotator")
                results.append(measured(name, file, folder))
            yield name, {key: median(result[key] for result in results) for key in results[0]}


def _remove(project: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        project.with_name(project.name + suffix).unlink(missing_ok=True)


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if platform.system() == "Darwin" else 1e3)


def main(arguments: list[str]) -> None:
    """One measurement as JSON, or all of them as a table."""
    if arguments and arguments[0] in MEASURED:
        spent = MEASURED[arguments[0]](Path(arguments[1]), Path(arguments[2]))
        print(json.dumps({"seconds": spent, "megabytes": _peak_megabytes()}))
        return
    for name, result in all_measured(*map(int, arguments)):
        print(f"{name:<30}{result['seconds']:>8.2f} s {result['megabytes']:>8.0f} MB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
