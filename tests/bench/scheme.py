"""What changing a scheme takes over 100,000 marks, and how long the window's thread would stand still meanwhile."""

from __future__ import annotations

import gc
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

from annotator.core.annotation import AnnotatedDocument, Annotation, Relation
from annotator.core.ids import named_id, new_id
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme, Value
from annotator.core.scheme_edits import SchemeEdits
from annotator.core.span import Span
from annotator.store.project import Project
from annotator.store.reading import Reader
from annotator.store.recovery import recovery_plan
from annotator.store.scheme_plans import Plan, SchemePlans
from annotator.store.scheme_versions import versions
from tests.bench.runs import Figure, child, peak_megabytes

DOCUMENTS, MARKS = 2000, 50  # marks of the label that everything happens to, in each document
PHASES = {"plan": "dry run", "do": "doing", "undo": "undoing"}
BRING_BACK = "bring back a label"  # deleted before, with its marks and links
BEAT = 0.001  # seconds that the heart of the window's thread sleeps

KIND = Attribute(named_id("kind"), "kind", "choice", values=(Value("direct"), Value("indirect"), Value("mixed")))
SPARE = Attribute(named_id("kind too"), "kind_too", "choice", values=KIND.values)
QUOTE = Label(named_id("QUOTE"), "speech", "QUOTE", attributes=(KIND, SPARE))
SPEECH = Label(named_id("SPEECH"), "speech", "SPEECH", attributes=(KIND,))
SOURCE = Label(named_id("SOURCE"), "speech", "SOURCE")
LINK, OTHER = (
    RelationType(named_id("said_by"), "said_by", ("QUOTE",), ("SOURCE",)),
    RelationType(named_id("from"), "from"),
)
SCHEME = Scheme("bench", (Layer(named_id("speech"), "speech"),), (QUOTE, SPEECH, SOURCE), (LINK, OTHER))


def _plans(reader: Reader) -> dict[str, Callable[[SchemePlans], Plan]]:
    renamed = replace(KIND, values=(Value("said"), Value("indirect"), Value("mixed")))
    values = {"direct": "D", "indirect": "I", "mixed": "M"}
    return {
        "delete a label": lambda plans: plans.delete_labels([QUOTE.id]),
        "merge two labels": lambda plans: plans.merge_labels([QUOTE.id], SPEECH.id),
        "split a label": lambda plans: plans.split_label(QUOTE.id, KIND.id, values),
        "delete an attribute": lambda plans: plans.delete_attribute(KIND.id),
        "merge two attributes": lambda plans: plans.merge_attributes(KIND.id, SPARE.id),
        "rename a value": lambda plans: plans.change_attribute(renamed, {"direct": "said"}),
        "delete a kind of link": lambda plans: plans.delete_relation_type(LINK.id),
        "merge two kinds of links": lambda plans: plans.merge_relation_types([LINK.id], OTHER.id),
        BRING_BACK: lambda plans: recovery_plan(reader, _deletion(reader)),
    }


def _deletion(reader: Reader) -> str:
    return next(version.revision for version in versions(reader) if version.name == "Delete label QUOTE")


TASKS = (
    *("delete a label", "merge two labels", "split a label", "delete an attribute", "merge two attributes"),
    *("rename a value", "delete a kind of link", "merge two kinds of links", BRING_BACK),
)


def figures(folder: Path, home: Path, runs: int, documents: int = DOCUMENTS) -> Iterator[Figure]:
    """Each operation: making the plan, doing it and undoing it, on another thread than the one that keeps beating."""
    path = folder / "scheme.annotator"
    make_project(path, documents)
    idle = child("scheme", "idle", path, runs, home=home)["beat"]
    for task in TASKS:
        found = child("scheme", task, path, runs, home=home)
        name = f"{task}, {documents * MARKS:,} marks"
        for phase, shown in PHASES.items():
            for clock in ("cpu", "wall"):
                yield Figure(f"{name}, {shown}, {clock}", "s", found[phase][clock], megabytes=found["peak"])
            meant = "the same beat while nothing is done"
            yield Figure(f"{name}, {shown}, longest wait", "ms", found[phase]["beat"], idle, meant)


def make_project(path: Path, documents: int) -> None:
    """A project whose quotes fill it: each with an answer, every second one linked to a source."""
    with Project.create(path, SCHEME) as project:
        project.import_documents(_document(number) for number in range(documents))


def _document(number: int) -> AnnotatedDocument:
    marks, links = [], []
    for place in range(MARKS):
        start = 40 * place
        quote = _mark(QUOTE, start, start + 18, {"kind": KIND.values[place % 3].name})
        marks.append(quote)
        if place % 5 == 0:
            marks.append(_mark(SPEECH, start, start + 18, {}))
        if place % 2 == 0:
            source = _mark(SOURCE, start + 20, start + 30, {})
            marks.append(source)
            links.append(Relation(new_id(), LINK, quote.id, source.id, {}, "", "", ""))
    text = f"{number:07} " + "The envoy said that they would go, so. " * MARKS * 2
    return AnnotatedDocument(text=text, annotations=tuple(marks), relations=tuple(links))


def _mark(label: Label, start: int, end: int, held: dict[str, Any]) -> Annotation:
    return Annotation(new_id(), label, (Span(start, end),), held, "", "", "manual", None, "", "")


class Heart:
    """The window's thread, as far as it matters: it wants to go on every millisecond."""

    def __init__(self) -> None:
        self.longest = 0.0

    def beat_until(self, thread: Thread) -> None:
        """Beat while `thread` works, and note the longest time between two beats, in seconds."""
        before = time.perf_counter()
        while thread.is_alive():
            time.sleep(BEAT)
            now = time.perf_counter()
            self.longest = max(self.longest, now - before)
            before = now


def beside(work: Callable[[], Any]) -> dict[str, Any]:
    """What `work` gives and takes on another thread, in seconds; and the longest wait of this one, in milliseconds."""
    result: dict[str, Any] = {}

    def run() -> None:
        cpu, wall = time.thread_time(), time.perf_counter()
        result["made"] = work()
        result.update(cpu=time.thread_time() - cpu, wall=time.perf_counter() - wall)

    thread, heart = Thread(target=run), Heart()
    gc.collect()
    thread.start()
    heart.beat_until(thread)
    thread.join()
    return {**result, "beat": 1000 * heart.longest}


def measure(task: str, path: Path, runs: int) -> dict[str, Any]:
    """Do and undo a task `runs` times on a copy of the project."""
    copy = path.with_name(f"{task.replace(' ', '-')}.annotator")
    shutil.copyfile(path, copy)
    told: dict[str, Any] = {phase: {"cpu": [], "wall": [], "beat": []} for phase in PHASES}
    with Project.open(copy) as project, Reader(copy) as reader:
        project.work_as("Amina")
        if task == BRING_BACK:
            project.apply(SchemePlans(reader).delete_labels([QUOTE.id]).change)
            project.apply(SchemeEdits(reader.scheme_tables()).add_layer("since"))
        for _ in range(runs):
            done = {"plan": beside(lambda: _plans(reader)[task](SchemePlans(reader)))}
            held = [done["plan"].pop("made").change]
            done["do"] = beside(lambda held=held: project.apply(held.pop(), quiet=True))
            done["undo"] = beside(lambda: project.undo(quiet=True) and None)
            for phase, found in done.items():
                for clock, values in told[phase].items():
                    values.append(found[clock])
    copy.unlink()
    return {**told, "peak": peak_megabytes()}


def idle(runs: int) -> dict[str, Any]:
    """How long the heart waits at most while another thread sleeps."""
    return {"beat": [beside(lambda: time.sleep(1.0))["beat"] for _ in range(runs)]}


if __name__ == "__main__":
    asked, path, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    print(json.dumps(idle(runs) if asked == "idle" else measure(asked, path, runs)))
