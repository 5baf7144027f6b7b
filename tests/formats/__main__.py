"""`python -m tests.formats [--files] [--only PART] [CORPORA]`: how the shared files come in and go out, as Markdown.

First what was counted in each kind of file beside what came in; then each file written in every format and read again.
`--files` prints a row for each file, `--only` those whose names hold PART.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path

from annotator import __version__
from annotator.importers.walking import items
from annotator.store.project import Project
from tests.formats.counting import Row, rows
from tests.formats.files import Unit, units
from tests.formats.trips import COMING, Trip, trip
from tests.importers.annotations.corpora import CORPORA

_VERSIONS = ("lxml", "orjson", "spacy", "datasets", "conllu", "label-studio-sdk", "dkpro-cassis")


def main(arguments: list[str]) -> int:
    """Print every table. 2 where the shared files are not on this machine, 1 where anything is otherwise."""
    asked = _parser().parse_args(arguments)
    corpora = asked.corpora or CORPORA
    if corpora is None or not (corpora / "FACTS.json").exists():
        print("The shared files are not on this machine: name their folder.", file=sys.stderr)
        return 2
    print(f"Annotator {__version__}, Python {platform.python_version()}, {', '.join(_versions())}\n")
    chosen = [unit for unit in units(corpora) if asked.only in unit.name]
    wrong = _counts(chosen, each=asked.files)
    wrong += _trips(chosen, each=asked.files)
    return 1 if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.formats", description="How the shared files come and go.")
    parser.add_argument("corpora", nargs="?", type=Path, help="the folder of the shared files")
    parser.add_argument("--files", action="store_true", help="a row for each file")
    parser.add_argument("--only", default="", metavar="PART", help="the files whose names hold this")
    return parser


def _versions() -> Iterator[str]:
    for name in _VERSIONS:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def _counts(chosen: list[Unit], *, each: bool) -> int:
    """The table of what was counted. Gives how many files are otherwise."""
    print("| files | of them right | counted | came in | told | what |\n|---|--:|--:|--:|--:|---|")
    by_group: dict[str, list[tuple[Unit, list[Row]]]] = {}
    for unit in chosen:
        if unit.facts:
            by_group.setdefault(unit.group, []).append((unit, rows(unit.name, unit.facts, list(items(unit.paths)))))
    wrong = []
    for group, found in by_group.items():
        totals: dict[str, list[int]] = {}
        for _, counted in found:
            for row in counted:
                total = totals.setdefault("marks" if row.what.startswith("marks of") else row.what, [0, 0, 0])
                total[:] = [total[0] + row.counted, total[1] + row.came, total[2] + row.told]
        right = sum(all(row.right for row in counted) for _, counted in found)
        for place, (what, (counts, came, told)) in enumerate(totals.items()):
            head = f"{group} | {right} of {len(found)}" if not place else " | "
            print(f"| {head} | {counts:,} | {came:,} | {told:,} | {what} |")
        wrong += [(unit, row) for unit, counted in found for row in counted if each or not row.right]
    for unit, row in wrong:
        print(f"- {unit.name}: {row.what}: counted {row.counted}, came in {row.came}, told {row.told}")
    return sum(not row.right for _, row in wrong)


def _trips(chosen: list[Unit], *, each: bool) -> int:
    """The table of what came back. Gives how often anything was otherwise."""
    names = [exporter.name for exporter in COMING]
    print(f"\n| files | {' | '.join(names)} |\n|---|{'---|' * len(names)}")
    everything: list[tuple[Unit, dict[str, Trip]]] = []
    for group, members in groupby(sorted(chosen, key=lambda unit: unit.group), key=lambda unit: unit.group):
        found = [(unit, trips) for unit in members if (trips := dict(trips_of(unit)))]
        if found:
            print(
                f"| {group} | {' | '.join(_cell([trips[name] for _, trips in found]) for name in names)} |", flush=True
            )
        everything += found
    print()
    for unit, trips in everything:
        for name, one in trips.items():
            if one.differs or (each and one.back):
                print(f"- {unit.name}, {name}: {one.verdict}")
    return sum(bool(one.differs) for _, trips in everything for one in trips.values())


def trips_of(unit: Unit) -> Iterator[tuple[str, Trip]]:
    """The file, or the files, out in every format and in again; nothing where nothing is marked in it."""
    with Project(None) as project:
        report = project.import_documents(items(unit.paths))
        if not report.annotations:
            return
        for exporter in COMING:
            with tempfile.TemporaryDirectory() as folder:
                yield exporter.name, trip(project, exporter, Path(folder))


def _cell(trips: list[Trip]) -> str:
    """How many came back the same, the same but for what was told, and otherwise."""
    counts = Counter(
        "–" if not one.back else "differ" if one.differs else "same, rest told" if one.told else "same" for one in trips
    )
    return ", ".join(f"{count} {what}" if what != "–" else "–" for what, count in sorted(counts.items(), reverse=True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
