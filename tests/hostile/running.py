"""Runs the cases: each in a child process of its own, with limits of the processor and of memory, through the import
that the window and the command line use."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from annotator.core.imports import ImportReport
from annotator.importers.previewing import previews
from annotator.importers.walking import FAULT, items
from annotator.store.checking import check
from annotator.store.project import Project
from tests.hostile import annotation_files, encodings, json_files, names, office, packed_files, pages, tables, xml_files
from tests.hostile.files import Hostile, prefixed

SECONDS = 5.0  # of the processor for each MB of a case, and for one that is smaller
MEMORY = 500_000_000  # bytes that the process may hold
SMALL = 20_000  # bytes: what is smaller takes no time, and is tried in other ways too
_WALL = 60  # seconds, for what waits and uses no processor
SOUND = "zz sound.txt"  # stands in the folder of every case, and must come in
_SOUND_TEXT = "A sound file. It must come in whatever stands beside it."


class Outcome(NamedTuple):
    """What became of one case."""

    name: str
    size: int  # bytes of its files
    seconds: float  # of the processor
    memory: int  # bytes, at most, above what the process had before
    documents: int  # that came of it
    sentences: tuple[str, ...]  # that were said of it
    faults: tuple[str, ...]  # what is wrong with the program; nothing where all is well


def cases() -> Iterator[Hostile]:
    """Every case there is, by kind."""
    kinds = {
        "encodings": encodings, "json": json_files, "xml": xml_files, "pages": pages, "packed": packed_files,
        "tables": tables, "office": office, "annotations": annotation_files, "names": names,
    }  # fmt: skip
    for kind, module in kinds.items():
        yield from prefixed(kind, module.cases())


def warmed_up() -> None:
    """Import what importers import lazily, so that each child need not."""
    import brotli  # noqa: F401
    import openpyxl  # noqa: F401
    import pypdf  # noqa: F401
    import striprtf.striprtf  # noqa: F401
    import trafilatura  # noqa: F401
    import warcio.recordloader  # noqa: F401
    from lxml import etree, html  # noqa: F401

    page = "<html><body><h1>A</h1>" + "<p>The ferry left the harbour on Tuesday at noon.</p>" * 9
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.html").write_text(page, encoding="utf-8")
        Path(folder, "a.rss").write_text(
            "<rss><channel><item><title>a</title></item></channel></rss>", encoding="utf-8"
        )
        with Project() as project:
            project.work_as("Ann")
            project.import_documents(items([Path(folder)]))
            project.index_documents()


def outcome(case: Hostile, *, looked_at: bool = True) -> Outcome:
    """Run `case` in a child process, which its limits may end; `looked_at`, in the preview of an import too."""
    size = sum(map(len, case.files.values()))
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _in_child(case, size, writing, looked_at)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status, usage = os.wait4(child, 0)
    told: dict[str, Any] = json.loads(said) if said else {}
    seconds = told.get("seconds", usage.ru_utime + usage.ru_stime)
    memory = usage.ru_maxrss * 1024
    faults = list(told.get("faults", ())) or ([] if said else [f"the process was ended ({status})"])
    if memory > MEMORY:
        faults.append(f"{memory // 1_000_000} MB of memory")
    if seconds > _allowed(size):
        faults.append(f"{seconds:.1f} s of the processor")
    return Outcome(
        case.name, size, seconds, memory, told.get("documents", 0), tuple(told.get("sentences", ())), tuple(faults)
    )


def _allowed(size: int) -> float:
    return SECONDS * max(1.0, size / 1_000_000)


def _in_child(case: Hostile, size: int, writing: int, looked_at: bool) -> None:
    """Never returns."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(_allowed(size)) + 5,) * 2)
    resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import signal

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(_WALL)
    folder = tempfile.mkdtemp(prefix="hostile-")
    try:
        told = _told(case, Path(folder), looked_at)
    except BaseException:
        told = {"faults": [traceback.format_exc()]}
    shutil.rmtree(folder, ignore_errors=True)
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(json.dumps(told).encode())
    sys.stderr.flush()
    os._exit(0)


def _told(case: Hostile, folder: Path, looked_at: bool) -> dict[str, Any]:
    write(case, folder)
    before = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    with Project() as project:
        project.work_as("Ann")
        report = project.import_documents(items([folder]))
        project.index_documents()
        seconds = sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) - before
        faults = [*_wrong(case, report, project), *check(project)]
    for preview in previews([folder]) if looked_at else ():
        faults += [f"preview: {each.reason}" for each in preview.failures if FAULT in each.reason]
    sentences = [f"{each.path}: {each.reason}" for each in report.failed] + report.warnings
    return {
        "seconds": seconds, "documents": report.documents - 1, "sentences": [text[:600] for text in sentences[:50]],
        "faults": faults,
    }  # fmt: skip


def write(case: Hostile, folder: Path) -> None:
    """The case's files, and one beside them that is sound."""
    for name, data in case.files.items():
        place = os.path.join(os.fsencode(folder), name.encode("utf-8", "surrogateescape"))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(data)
    (folder / SOUND).write_text(_SOUND_TEXT, encoding="utf-8")


def _wrong(case: Hostile, report: ImportReport, project: Project) -> Iterator[str]:
    texts = [text for (text,) in project.rows("SELECT text FROM texts")]
    if _SOUND_TEXT not in texts:
        yield "the sound file beside it did not come in"
    if any("root:x:0:0" in text for text in texts):
        yield "it read a file of this machine"
    came = len(texts) - 1 > 0
    sentences = [f"{each.path}: {each.reason}" for each in report.failed] + report.warnings
    if case.comes_in is not None and came is not case.comes_in:
        yield f"{'nothing' if case.comes_in else 'something'} came of it: {sentences[:3]}"
    if not came and not sentences:
        yield "nothing came of it, and nothing was said"
    if case.says and not any(case.says in sentence for sentence in sentences):
        yield f"no sentence says “{case.says}”: {sentences[:3]}"
    for failure in report.failed:
        if FAULT in failure.reason or "Traceback" in failure.reason or len(failure.reason) > 2000:
            yield failure.reason[:300]
        if not failure.path:
            yield f"a failure without a file: {failure.reason}"
