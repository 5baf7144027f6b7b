"""What a reader waits for: the figures that `tests.bench.window` measures, in processes of their own.

The floor of what is seen is a QPlainTextEdit with the same text, read from the same file, without a mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.runs import Figure, child
from tests.bench.store import BARE_COMMIT

SIZES = (  # code points, marks, whether it is all one paragraph
    (5_000, 50, False),
    (100_000, 1_000, False),
    (1_000_000, 20_000, False),
    (10_000_000, 100_000, False),
    (1_000_000, 2_000, True),
    (6_000, 600, False),
)
NAMES = (
    "5 kB, 50 marks",
    "100 kB, 1,000 marks",
    "1 MB, 20,000 marks",
    "10 MB, 100,000 marks",
    "1 MB in one paragraph, 2,000 marks",
    "6 kB, 600 marks",
)
VISIBLE = 60  # marks that fit on what is seen of an article
PLAIN = "a QPlainTextEdit with the text alone"


def make_project(path: Path, home: Path) -> None:
    """A project file with a short document, then one of each of SIZES."""
    child("window", "making", path, 0, 0, home=home)


def figures(project: Path, home: Path, runs: int, steps: int) -> Iterator[Figure]:
    """Everything about the window, on a project made by `make_project`."""
    for number, name in enumerate(NAMES, 2):
        yield from _beside_plain(f"open {name}", "opening", project, number, runs, home=home)
    for number, name in enumerate(NAMES[1:], 3):
        yield from _beside_plain(f"scroll a step, {name}", "scrolling", project, number, steps, home=home)
    bare = child("store", "bare_commit", project.parent, steps, home=home)
    for number, name in enumerate(NAMES[:4], 2):
        ours = child("window", "marking", project, number, min(steps, VISIBLE), home=home)
        yield from _both(f"a mark painted and on the disk, {name}", BARE_COMMIT, ours, bare)


def _beside_plain(name: str, task: str, *arguments: object, home: Path) -> Iterator[Figure]:
    ours = child("window", task, *arguments, home=home)
    plain = child("window", f"plain_{task}", *arguments, home=home)
    return _both(name, PLAIN, ours, plain)


def _both(name: str, floor_is: str, ours: dict[str, Any], floor: dict[str, Any]) -> Iterator[Figure]:
    for clock in ("cpu", "wall"):
        yield Figure(f"{name}, {clock}", "ms", ours[clock], floor[clock], floor_is, ours["peak"], floor["peak"])
