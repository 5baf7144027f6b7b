"""How fast the formats of other programs are: 1,000 articles with 20,000 marks out and in again.

Each runs in a process of its own: `python -m tests.bench.others export brat FOLDER`.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from annotator.exporters import OWN, exporter_named
from annotator.exporters.contents import contents_of
from annotator.importers.walking import items, read_file
from annotator.scheme_files.files import scheme_texts
from annotator.store.project import Project
from annotator.store.reading import Reader
from annotator.templates import template
from tests.bench import formats
from tests.bench.runs import Figure, child, tell
from tests.formats.trips import COMING

DOCUMENTS, MARKS = 1_000, 20_000


def figures(folder: Path, home: Path, documents: int, marks: int, runs: int) -> Iterator[Figure]:
    """Every format out, and in where an importer knows its files."""
    articles = folder / "articles.jsonl"
    formats.write_articles(articles, documents, marks)
    formats.import_jsonl(articles, folder)
    formats.export_jsonl(articles, folder)
    floors = {"export": formats.export_floor, "import": formats.import_floor}
    size = f"{documents:,} articles, {marks:,} marks"
    meanings = {"import": "the same rows with executemany", "export": "the same rows read and put through orjson"}
    floor = {kind: [measure(articles, folder) for _ in range(runs)] for kind, measure in floors.items()}
    for exporter in [each for each in COMING if each not in OWN]:
        for kind in ("export", "import"):
            found = [child("others", kind, exporter.name, folder, home=home) for _ in range(runs)]
            spent = [each["cpu"][0] / 1000 for each in found if each["cpu"]]
            if spent:
                peak = max(each["peak"] for each in found)
                name = f"{kind} {exporter.name}, {size}, cpu"
                yield Figure(name, "s", spent, floor[kind], meanings[kind], peak)


def _written(folder: Path, name: str) -> Path:
    return folder / "others" / f"{name}{exporter_named(name).suffix}"


def export(name: str, folder: Path) -> float:
    """CPU seconds of an export that proves itself."""
    out = _written(folder, name)
    if out.is_dir():
        shutil.rmtree(out)
    out.parent.mkdir(exist_ok=True)
    started = time.process_time()
    with Reader(folder / "import.annotator") as reader:
        contents = contents_of(reader, read_back=read_file, scheme_texts=scheme_texts)
        report = exporter_named(name).export(contents, out)
    spent = time.process_time() - started
    if not report.verified:
        raise RuntimeError(f"the export went wrong: {report}")
    return spent


def imported(name: str, folder: Path) -> float | None:
    """CPU seconds of the import of what was exported; None where no text comes of it."""
    with Project.create(folder / f"others-{time.monotonic_ns()}.annotator", template("news")) as project:
        started = time.process_time()
        report = project.import_documents(items([_written(folder, name)]))
        spent = time.process_time() - started
    return spent if report.annotations else None


def main(arguments: list[str]) -> None:
    """One measurement, as a child."""
    kind, name, folder = arguments
    if kind == "export":
        spent: float | None = export(name, Path(folder))
    else:
        spent = imported(name, Path(folder))
    tell([(1000 * spent, 0.0)] if spent is not None else [])


if __name__ == "__main__":
    main(sys.argv[1:])
