"""What a project of many articles takes without a window: `python -m tests.bench.scale_store TASK PROJECT ARTICLES`.

Each task is a process of its own and says what it measured as JSON; `tests.bench.scale` starts them.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Event, Thread
from typing import Any

from annotator.core.annotation import AnnotatedDocument
from annotator.core.edits import Edits
from annotator.core.span import Span
from annotator.exporters import exporter_named
from annotator.exporters.contents import contents_of
from annotator.store.project import Project
from annotator.store.reading import Reader
from annotator.store.search import counted, first_hits
from annotator.store.statistics import statistics
from annotator.templates import template
from tests.bench.archive import Archive
from tests.bench.runs import peak_megabytes, timed

RUNS = 5
PAUSE = 0.1  # seconds between two marks that are made while the index is
PLACES = 200  # that are looked at in the list
SHARE = 10  # one of so many articles is exported


def importing(path: Path, articles: int) -> dict[str, Any]:
    """All articles into a new project, without the index. The time to make them up is taken off."""
    making = [0.0]
    archive = Archive()
    with Project.create(path, template("news")) as project:
        labels = project.scheme.labels[:6]
        items = _clocked(archive.documents(articles, labels), making)
        cpu, wall = timed(lambda: project.import_documents(items))
    made = 1000 * making[0]
    return {"cpu": cpu - made, "wall": wall - made, "megabytes": _megabytes(path)}


def _clocked(documents: Iterator[AnnotatedDocument], spent: list[float]) -> Iterator[AnnotatedDocument]:
    """The same, some hundred at a time; counts the seconds that making them takes."""
    while True:
        begun = time.process_time()
        some = list(islice(documents, 200))
        spent[0] += time.process_time() - begun
        if not some:
            return
        yield from some


def indexing(path: Path, articles: int) -> dict[str, Any]:
    """The full-text index of all; and how long marks took that were made meanwhile."""
    before, waits = _megabytes(path), list[float]()
    ended = Event()
    with Project.open(path) as project:
        project.work_as("ana")
        ((first,),) = project.rows("SELECT id FROM documents LIMIT 1")
        edits = Edits(first, project.scheme, project.annotator)

        def mark() -> None:
            while not ended.wait(PAUSE):
                new = edits.new_annotation(project.scheme.labels[0], [Span(0, 9)])
                waits.append(timed(partial(project.apply, edits.add(new), quiet=True))[1])

        person = Thread(target=mark)
        person.start()
        cpu, wall = timed(project.index_documents)
        ended.set()
        person.join()
    return {"cpu": cpu, "wall": wall, "megabytes": _megabytes(path) - before, "waits": waits or [0.0]}


def searching(path: Path, articles: int) -> dict[str, Any]:
    """Each query's first page with snippets, and its count, exact or about."""
    found: dict[str, Any] = {}
    with Reader(path) as reader:
        for name, query in Archive().queries().items():
            pages = _runs(lambda query=query: first_hits(reader, query))
            counts = _runs(lambda query=query: counted(reader, query))
            count, exact = counted(reader, query)
            found[name] = {"page": pages, "count": counts, "found": count, "exact": exact}
    return found


def counting(path: Path, articles: int) -> dict[str, Any]:
    """What `annotator stats` counts."""
    with Reader(path) as reader:
        return {"cpu": _runs(lambda: statistics(reader))}


def listing(path: Path, articles: int) -> dict[str, Any]:
    """A page of the list anywhere in it, and the parts of an article anywhere."""
    chance = random.Random(3)
    with Reader(path) as reader:
        pages, opened = [], []
        for _ in range(PLACES):
            first = chance.randrange(1, articles - 63)
            pages.append(timed(lambda first=first: reader.document_rows(range(first, first + 64), "")))
            (row,) = reader.document_rows([chance.randrange(1, articles + 1)], "").values()
            opened.append(timed(lambda row=row: _open(reader, row.id)))
    return {"page": [cpu for cpu, _ in pages], "open": [cpu for cpu, _ in opened]}


def _open(reader: Reader, key: str) -> None:
    reader.document(key)
    reader.annotations(key)
    reader.relations(key)
    reader.label_counts(key)


def exporting(path: Path, articles: int) -> dict[str, Any]:
    """One of ten articles, from all over the project, as JSON Lines."""
    out = path.with_suffix(".jsonl")
    with Reader(path) as reader:
        keys = [key for (key,) in reader.rows("SELECT id FROM documents WHERE number % ? = 0", (SHARE,))]
        chosen = replace(contents_of(reader), documents=lambda: reader.annotated_documents(keys))
        cpu, wall = timed(lambda: exporter_named("jsonl").export(chosen, out))
    out.unlink()
    return {"cpu": cpu, "wall": wall, "articles": len(keys)}


def starting(path: Path, articles: int) -> dict[str, Any]:
    """Opening the file as a project, and closing it again."""
    return {"cpu": _runs(lambda: Project.open(path).close())}


def keeping(path: Path, articles: int) -> dict[str, Any]:
    """All that people did since the import, copied to a file of its own: what a copy of the work alone has to read."""
    copy = path.with_suffix(".kept")
    with Reader(path) as reader:
        ((last,),) = reader.rows("SELECT max(rowid) FROM revisions WHERE kind = 'import'")

        def kept() -> None:
            copy.write_text(json.dumps(reader.rows("SELECT * FROM revisions WHERE rowid > ?", (last,))))

        cpu = _runs(kept)
    copy.unlink()
    return {"cpu": cpu}


def _runs(work: Callable[[], object]) -> list[float]:
    """Milliseconds of the process' own time."""
    return [timed(work)[0] for _ in range(RUNS)]


def _megabytes(path: Path) -> float:
    return sum(each.stat().st_size for each in path.parent.glob(path.name + "*")) / 1e6


_ALL = (importing, indexing, searching, counting, listing, exporting, starting, keeping)
TASKS = {task.__name__: task for task in _ALL}

if __name__ == "__main__":
    result = TASKS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(result | {"peak": peak_megabytes()}))
