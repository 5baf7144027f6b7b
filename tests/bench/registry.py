"""The registry with 50,000 entries, and with 100,000 marks that answer with them.

Each task is a process: `python -m tests.bench.registry TASK PROJECT TIMES`; `figures` starts them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from random import Random
from threading import Thread

from annotator.core.annotation import AnnotatedDocument, Annotation, RegistryEntry, Relation
from annotator.core.changes import BulkChange, ChangeSet
from annotator.core.collecting import left_alone
from annotator.core.completion import Completions
from annotator.core.registry import entry_row
from annotator.core.registry_alike import look_alikes
from annotator.core.registry_csv import plan_csv, registry_csv
from annotator.core.rows import COLUMNS
from annotator.core.span import Span
from annotator.store.project import Project
from annotator.store.reading import Reader
from annotator.store.registry_passages import passages, said
from annotator.store.registry_plans import RegistryPlans
from annotator.store.registry_uses import registry_uses, streamed_registry
from annotator.templates import template
from tests.bench.runs import Figure, child, tell, timed

ENTRIES, DOCUMENTS, MARKS = 50_000, 2_000, 100_000
_PARTS = tuple("basalimhaddadmohammedkarimantonrobertoalrichinadialeonuelwinter"[at : at + 3] for at in range(0, 62, 2))
_TASKS = (
    ("completing", "complete a prefix, a keystroke", 60),
    ("building", "build the index of names", 5),
    ("waiting", "the longest that a window waits while the index is read", 5),
    ("changing", "follow a renamed entry", 200),
    ("matching", "the entry that the words of a mark mean", 200),
    ("alike", "find the look-alikes", 3),
    ("counting", "count how often each is used", 5),
    ("finding", "passages of an entry", 20),
    ("saying", "what an entry said", 20),
    ("planning", "work a merge out", 10),
    ("merging", "merge two entries", 5),
    ("filing", "write the registry as CSV and read what it changes", 3),
)


def figures(folder: Path, home: Path, *, quick: bool) -> Iterator[Figure]:
    """Everything about the registry, on a project made for it."""
    project = folder / "registry.annotator"
    child("registry", "making", project, 1, home=home)
    for task, name, times in _TASKS:
        found = child("registry", task, project, max(2, times // 10) if quick else times, home=home)
        yield Figure(f"{name}, wall", "ms", found["wall"], megabytes=found["peak"])


def some_entries(count: int = ENTRIES) -> list[RegistryEntry]:
    """Entries with names made of syllables, the same each time."""
    chance = Random(1)
    firsts = ["".join(chance.choices(_PARTS, k=chance.randint(1, 3))).title() for _ in range(800)]
    lasts = ["".join(chance.choices(_PARTS, k=chance.randint(2, 4))).title() for _ in range(12_000)]
    return [_entry(number, chance, firsts, lasts) for number in range(count)]


def _entry(number: int, chance: Random, firsts: list[str], lasts: list[str]) -> RegistryEntry:
    first, last = chance.choice(firsts), chance.choice(lasts)
    name = f"{first} al-{last}" if chance.random() < 0.2 else f"{first} {last}"
    kind = chance.choice(("person", "person", "organisation", "place"))
    aliases = (last, f"{first[0]}. {last}") if chance.random() < 0.5 else ()
    return RegistryEntry(f"entry-{number:08}", kind, name, aliases, {"role": [{"value": "envoy", "to": "2015"}]})


def making(path: Path, times: int) -> None:
    """A project with the entries, and documents whose marks answer with them; every tenth mark is a claim of one."""
    with Project.create(path, template("news")) as project:
        rows = [entry_row(entry) for entry in some_entries()]
        held = {column: [row[column] for row in rows] for column in COLUMNS["registry"]}
        bulk = BulkChange("registry", tuple(held["id"]), None, held)
        project.apply(ChangeSet("Entries", (), bulk=(bulk,)))
        labels = {label.name: label for label in project.scheme.labels}
        kind = next(kind for kind in project.scheme.relations if kind.name == "claimed_by")
        text = "The ferry sails again on Tuesday. " * 60

        def document(number: int) -> AnnotatedDocument:
            marks, links = [], []
            for place in range(MARKS // DOCUMENTS):
                key = f"{number}-{place}"
                claim = place % 10 == 9
                said_by = {} if claim else {"entity": f"entry-{number * place * 7919 % ENTRIES:08}"}
                label = labels["CLAIM" if claim else "PERSON"]
                span = (Span(place * 30, place * 30 + 20),)
                marks.append(Annotation(key, label, span, said_by, "", "", "import", None, "", ""))
                if claim:
                    links.append(Relation(f"{key}-by", kind, key, f"{number}-{place - 1}", {}, "", "", ""))
            known = {"published": f"20{number % 20:02}-01-01"}
            return AnnotatedDocument(
                *(f"{number} {text}", f"Page {number}"),
                metadata=known, annotations=tuple(marks), relations=tuple(links)
            )  # fmt: skip

        project.import_documents(map(document, range(DOCUMENTS)))
    tell([])


def _repeat(times: int, work: Callable[[], object]) -> None:
    work()
    tell([timed(work) for _ in range(times)])


def _index() -> Completions:
    return Completions(some_entries(), {f"entry-{number:08}": number % 9 for number in range(0, ENTRIES, 2)})


def completing(path: Path, times: int) -> None:
    """Prefixes of one to six letters, of any kind and of people alone."""
    index = _index()
    typed = [word[:length] for word in ("salima", "moham", "al ba", "robert", "x") for length in range(1, 7)]
    asked = [(prefix, kind) for prefix in typed for kind in ("", "person")]
    tell([timed(lambda pair=pair: index.find(*pair)) for _ in range(max(1, times // 20)) for pair in asked])


def building(path: Path, times: int) -> None:
    """From the entries as they were read."""
    entries = some_entries()
    _repeat(times, lambda: Completions(entries))


def waiting(path: Path, times: int) -> None:
    """A thread that only wants to go on, beside one that reads and builds as the window's worker does."""
    found = []
    for _ in range(times):
        kept: list[Completions] = []
        worker = Thread(target=_read_as_the_window_does, args=(path, kept))
        longest, last = 0.0, time.perf_counter()
        worker.start()
        while worker.is_alive():
            time.sleep(0.001)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
        found.append((1000 * longest, 1000 * longest))
    tell(found)


def _read_as_the_window_does(path: Path, kept: list[Completions]) -> None:
    with Reader(path) as reader, left_alone():
        uses = {key: used.marks for key, used in registry_uses(reader).items()}
        kept.append(Completions(streamed_registry(reader), uses))


def changing(path: Path, times: int) -> None:
    """One entry after the other gets another name."""
    index, entries = _index(), cycle(some_entries()[::97])
    _repeat(times, lambda: index.put(next(entries)))


def matching(path: Path, times: int) -> None:
    """Names, last names and titles."""
    index = _index()
    names = [entry.name for entry in some_entries()[::251]]
    words = cycle([*names, *(name.split()[-1] for name in names), *(f"Dr. {name}" for name in names)])
    _repeat(times, lambda: index.matches(next(words)))


def alike(path: Path, times: int) -> None:
    """All of them."""
    entries = some_entries()
    _repeat(times, lambda: sum(1 for _ in look_alikes(entries)))


def counting(path: Path, times: int) -> None:
    """In marks, links and forms."""
    with Reader(path) as reader:
        _repeat(times, lambda: registry_uses(reader))


def finding(path: Path, times: int) -> None:
    """Of entries that some marks answer with."""
    with Reader(path) as reader:
        keys = cycle(islice(registry_uses(reader), 0, 5000, 250))
        _repeat(times, lambda: passages(reader, next(keys)))


def saying(path: Path, times: int) -> None:
    """Of entries that claims lead to."""
    with Reader(path) as reader:
        entries = {entry.id: entry for entry in reader.registry()}
        keys = cycle(islice(registry_uses(reader), 0, 5000, 250))
        _repeat(times, lambda: said(reader, entries[next(keys)]))


def planning(path: Path, times: int) -> None:
    """The two entries that most marks answer with."""
    with Reader(path) as reader:
        used = registry_uses(reader)
        first, second = sorted(used, key=lambda key: -used[key].marks)[:2]
        _repeat(times, lambda: RegistryPlans(reader).merge([second], first))


def merging(path: Path, times: int) -> None:
    """The two entries that most marks answer with, taken back each time."""
    with Project.open(path) as project:
        project.work_as("ana")
        used = registry_uses(project)
        first, second = sorted(used, key=lambda key: -used[key].marks)[:2]
        found = []
        for _ in range(times):
            plan = RegistryPlans(project).merge([second], first)
            found.append(timed(lambda plan=plan: project.apply(plan.change)))
            project.undo()
        tell(found)


def filing(path: Path, times: int) -> None:
    """There and back."""
    entries = some_entries()
    _repeat(times, lambda: plan_csv(entries, registry_csv(entries).decode("utf-8-sig")))


if __name__ == "__main__":
    every = (making, completing, building, waiting, changing, matching, alike, counting, finding, saying, planning)
    tasks = {task.__name__: task for task in (*every, merging, filing)}
    tasks[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
