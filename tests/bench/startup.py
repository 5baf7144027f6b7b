"""From the start of a process to the first paint: the program with a project open, and a bare window as its floor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.runs import Figure, child


def figures(project: Path, home: Path, runs: int) -> Iterator[Figure]:
    """CPU and wall time to the first paint of the article in `project`; both kinds of process by turns."""
    ours, bare = [], []
    for _ in range(runs + 1):
        ours.append(child("first_paint", project, home=home))
        bare.append(child("first_paint", home=home))
    for clock in ("cpu", "wall"):
        yield Figure(
            f"start-up to first paint, {clock}",
            "ms",
            [run[clock] for run in ours[1:]],  # the first reads what the others find in memory
            [run[clock] for run in bare[1:]],
            "a bare QMainWindow painted",
            max(run["peak"] for run in ours),
            max(run["peak"] for run in bare),
        )
