"""How the program does as an archive grows: `python -m tests.bench --scale [--sizes 1000,…] [--keep FOLDER]`.

Prints a table with a column for each size, and how the cost of each thing grows: with an exponent of 1, ten times the
articles cost ten times as much; with 0, nothing more.
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from annotator.store.project import Project
from annotator.templates import template
from tests.bench.runs import child, nearly_all

SIZES = (1_000, 10_000, 100_000, 1_000_000)
STARTS = 3  # times that a process is started until its first paint, after one that is not counted
STORE = ("importing", "indexing", "searching", "counting", "listing", "exporting", "starting", "keeping")

Measured = Mapping[str, Any]  # what the tasks said, by their names


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    name: str
    unit: str
    value: Callable[[Measured], float]
    asked: str = ""
    grows: bool = False  # whether its exponent is of interest


def _worst(found: Mapping[str, Any], part: str) -> float:
    """The highest of what was measured for each of several queries, each at its median."""
    values = [each[part] for each in found.values() if isinstance(each, dict)]
    return max(median(value) if isinstance(value, list) else value for value in values)


def _more(of: Measured, clock: str) -> float:
    """What a start with the project takes more than one with an empty project."""
    return median(of["first"][clock]) - median(of["first_empty"][clock])


ROWS = (
    Row("import without index", "s", lambda of: of["importing"]["cpu"] / 1e3, grows=True),
    Row("… articles a second, cpu", "/s", lambda of: 1e3 * of["articles"] / of["importing"]["cpu"], "4,000"),
    Row("… articles a second, wall", "/s", lambda of: 1e3 * of["articles"] / of["importing"]["wall"]),
    Row("… the file without index", "MB", lambda of: of["importing"]["megabytes"], grows=True),
    Row("index", "s", lambda of: of["indexing"]["cpu"] / 1e3, grows=True),
    Row("… its size", "MB", lambda of: of["indexing"]["megabytes"], grows=True),
    Row("… memory", "MB", lambda of: of["indexing"]["peak"]),
    Row("… a mark made meanwhile, on the disk, p95, wall", "ms", lambda of: nearly_all(of["indexing"]["waits"])),
    Row("start to usable window, more than empty, cpu", "ms", lambda of: _more(of, "cpu"), "500"),
    Row("start to usable window, more than empty, wall", "ms", lambda of: _more(of, "wall"), "500"),
    Row("open the file", "ms", lambda of: median(of["starting"]["cpu"]), grows=True),
    Row("list: a page read", "ms", lambda of: median(of["listing"]["page"]), grows=True),
    *(
        Row(f"list: a frame of a {step}, p95", "ms", lambda of, step=step: nearly_all(of["using"][step]), "16")
        for step in ("scroll", "page", "jump")
    ),
    Row("list: filter, first rows, worst, wall", "ms", lambda of: _worst(of["using"]["filters"], "first")),
    Row("list: filter, all rows, worst, wall", "ms", lambda of: _worst(of["using"]["filters"], "whole"), grows=True),
    Row("list: filter, longest turn", "ms", lambda of: _worst(of["using"]["filters"], "turn"), "16"),
    Row("search: first page, worst query", "ms", lambda of: _worst(of["searching"], "page"), "100", grows=True),
    Row("search: count, exact or about, worst", "ms", lambda of: _worst(of["searching"], "count"), "50"),
    Row(
        "search in the window: first rows, wall",
        "ms",
        lambda of: _worst(of["using"]["searches"], "first"),
        "100",
    ),
    Row("search in the window: all rows, wall", "ms", lambda of: _worst(of["using"]["searches"], "whole")),
    Row("search in the window: longest turn", "ms", lambda of: _worst(of["using"]["searches"], "turn"), "16"),
    Row("open an article, p50", "ms", lambda of: median(of["using"]["open"]), grows=True),
    Row("open an article, p95", "ms", lambda of: nearly_all(of["using"]["open"]), "60"),
    Row("next unfinished article", "ms", lambda of: of["using"]["unfinished"]),
    Row("a mark painted and on the disk, p95", "ms", lambda of: nearly_all(of["using"]["marked"])),
    Row("window’s memory", "MB", lambda of: of["using"]["mb"], "350"),
    Row("idle, a second", "ms", lambda of: of["using"]["idle"], "0"),
    Row("statistics", "ms", lambda of: median(of["counting"]["cpu"]), grows=True),
    Row("export of every tenth article", "s", lambda of: of["exporting"]["cpu"] / 1e3, grows=True),
    Row("what people did, copied", "ms", lambda of: median(of["keeping"]["cpu"])),
)


def measure(sizes: Sequence[int], folder: Path, home: Path, tell: Callable[[str], None]) -> dict[int, Measured]:
    """Everything for each of `sizes`; `tell` is told as it goes."""
    empty = folder / "empty.annotator"
    if not empty.exists():
        Project.create(empty, template("news")).close()
    found: dict[int, Measured] = {}
    for size in sizes:
        path = folder / f"{size}.annotator"
        held = path.with_suffix(".json")  # with --keep, what was measured is not measured again
        found[size] = of = json.loads(held.read_text(encoding="utf-8")) if held.exists() else {"articles": size}
        for task in STORE:
            if task not in of:
                tell(f"{size:,} articles: {task}")
                of[task] = child("scale_store", task, path, size, home=home)
                held.write_text(json.dumps(of), encoding="utf-8")
        if "using" not in of:
            tell(f"{size:,} articles: the window")
            of["using"] = child("scale_window", "using", path, size, home=home)
            of["first"], of["first_empty"] = _starts(path, size, home), _starts(empty, 0, home)
            held.write_text(json.dumps(of), encoding="utf-8")
    return found


def _starts(path: Path, size: int, home: Path) -> dict[str, list[float]]:
    runs = [child("scale_window", "first", path, size, home=home) for _ in range(STARTS + 1)][1:]
    return {clock: [run[clock] for run in runs] for clock in ("cpu", "wall", "peak")}


def table(found: Mapping[int, Measured]) -> Iterable[str]:
    """The figures as a table in Markdown."""
    yield f"| | {' | '.join(f'{size:,}' for size in found)} | grows as | asked |"
    yield f"|---|{'--:|' * (len(found) + 2)}"
    for row in ROWS:
        values = [row.value(of) for of in found.values()]
        shown = (f"{_shown(value)} {row.unit}" for value in values)
        power = f"{exponent(list(found), values):.2f}" if row.grows and len(found) > 1 else ""
        yield f"| {row.name} | {' | '.join(shown)} | {power} | {row.asked} |"


def counts(found: Mapping[int, Measured]) -> Iterable[str]:
    """What was searched for in the largest archive, and how many were found: in the window, about and at last."""
    of = found[max(found)]
    yield "| query | articles | counted | in | first page | first rows in the window |"
    yield "|---|--:|---|--:|--:|--:|"
    for name, seen in of["searching"].items():
        if isinstance(seen, dict):
            sure = "exactly" if seen["exact"] else f"about {seen['found']:,}"
            shown = of["using"]["searches"][name]
            times = (f"{median(seen[part]):.1f} ms" for part in ("count", "page"))
            yield f"| {name} | {shown['rows']:,} | {sure} | {' | '.join(times)} | {shown['first']:.0f} ms |"


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The power of the size that the values grow as, by least squares over their logarithms."""
    points = [(math.log(size), math.log(max(value, 1e-6))) for size, value in zip(sizes, values, strict=True)]
    middle = [sum(axis) / len(points) for axis in zip(*points, strict=True)]
    above = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return above / sum((x - middle[0]) ** 2 for x, _ in points)


def _shown(value: float) -> str:
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}"


def report(sizes: Sequence[int], folder: Path, *, keep: bool) -> None:
    """Measure and print; the archives go afterwards, unless they are to be kept."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    needed = 25_000 * max(sizes)  # bytes: a file with its index, its log and an export
    if free < needed:
        raise SystemExit(f"{folder} has room for {free / 1e9:.0f} GB; {needed / 1e9:.0f} GB are needed.")
    found = measure(sizes, folder, home, lambda what: print(what, flush=True))
    print(*table(found), "", *counts(found), sep="\n")
    if not keep:
        for size in sizes:
            for made in folder.glob(f"{size}.*"):
                shutil.rmtree(made) if made.is_dir() else made.unlink()  # backups have a folder
