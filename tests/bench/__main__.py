"""`python -m tests.bench [--quick] [--only NAME] [--json FILE]`: a table of figures, each beside its floor.

`python -m tests.bench --scale [--sizes 1000,10000] [--keep FOLDER]`: how they grow with the archive.

No figure is a test: machines differ, and so does what else they do. Compare ratios, and floors before all else.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from annotator import __version__
from tests.bench import alike, problems, reading, registry, scheme, startup, store
from tests.bench.runs import Figure, nearly_all

GROUPS = ("startup", "window", "store", "scheme", "registry", "problems", "alike", "formats")


def main(arguments: list[str]) -> int:
    """Measure what was asked for, print it as it comes, and write it down."""
    asked = _parser().parse_args(arguments)
    state = _state()
    for name, value in state.items():
        print(f"{name}: {value}")
    if asked.scale:
        return _scale(asked.sizes, asked.keep)
    print(f"\n{'':<56}{'p50':>9}{'p95':>9}  {'floor':>9}{'p95':>9}  {'ratio':>6}  {'MB':>5} {'floor':>5}")
    measured = []
    with tempfile.TemporaryDirectory() as folder:
        for figure in _figures(Path(folder), asked.only, quick=asked.quick):
            measured.append(figure)
            print(_line(figure), flush=True)
    if asked.json is not None:
        state["load_after"] = _load()
        held = {**state, "quick": asked.quick, "figures": [figure.to_json() for figure in measured]}
        asked.json.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="How fast the program is.")
    parser.add_argument("--quick", action="store_true", help="fewer runs, a tenth of the articles")
    parser.add_argument("--only", choices=GROUPS, help="one group of figures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    parser.add_argument("--scale", action="store_true", help="how the figures grow with the archive, instead")
    parser.add_argument("--sizes", default="", metavar="N,N,…", help="of the archives, in articles")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where archives are made, and stay")
    return parser


def _scale(sizes: str, keep: Path | None) -> int:
    from tests.bench import scale

    wanted = [int(size) for size in sizes.split(",") if size] or scale.SIZES
    with tempfile.TemporaryDirectory() as folder:
        scale.report(wanted, keep or Path(folder), keep=keep is not None)
    return 0


def _figures(folder: Path, only: str | None, *, quick: bool) -> Iterator[Figure]:
    home, project = folder / "home", folder / "bench.annotator"
    home.mkdir()
    if only in (None, "startup", "window"):
        reading.make_project(project, home)
    if only in (None, "startup"):
        yield from startup.figures(project, home, 3 if quick else 9)
    if only in (None, "window"):
        yield from reading.figures(project, home, 3 if quick else 9, 50 if quick else 300)
    if only in (None, "store"):
        yield from store.figures(folder, home, 100 if quick else 1000)
    if only in (None, "scheme"):
        yield from scheme.figures(folder, home, *((1, scheme.DOCUMENTS // 10) if quick else (3, scheme.DOCUMENTS)))
    if only in (None, "registry"):
        yield from registry.figures(folder, home, quick=quick)
    if only in (None, "problems"):
        yield from problems.figures(folder, home, 1_000 if quick else 10_000, 5 if quick else 30)
    if only in (None, "alike"):
        yield from alike.figures(home, 1_000 if quick else 10_000)
    if only in (None, "formats"):
        yield from _formats(quick=quick)
        yield from _other_formats(folder, home, quick=quick)


def _formats(*, quick: bool) -> Iterator[Figure]:
    from tests.bench import formats  # not before it is needed: this process is to stay small, as its children inherit

    scale = 10 if quick else 1
    documents, marks = formats.DOCUMENTS // scale, formats.MARKS // scale
    found = dict(formats.all_measured(documents, marks, 1 if quick else 3))
    size = f"{documents:,} articles, {marks:,} marks"
    floors = {name.split()[0]: found.pop(name) for name in list(found) if name.endswith(" floor")}
    meanings = {"import": "the same rows with executemany", "export": "the same rows read and put through orjson"}
    for name, result in found.items():
        kind = name.split()[0]
        seconds, floor = [result["seconds"]], [floors[kind]["seconds"]]
        peaks = (result["megabytes"], floors[kind]["megabytes"])
        yield Figure(f"{name}, {size}, cpu", "s", seconds, floor, meanings[kind], *peaks)


def _other_formats(folder: Path, home: Path, *, quick: bool) -> Iterator[Figure]:
    from tests.bench import others

    place = folder / "others"
    place.mkdir()
    scale = 10 if quick else 1
    yield from others.figures(place, home, others.DOCUMENTS // scale, others.MARKS // scale, 1 if quick else 3)


def _line(figure: Figure) -> str:
    numbers = f"{median(figure.values):>9.2f}{nearly_all(figure.values):>9.2f} {figure.unit:<2}"
    floors = f"{median(figure.floor):>8.2f}{nearly_all(figure.floor):>9.2f}" if figure.floor else f"{'':>17}"
    ratio = f"{figure.ratio:>7.2f}" if figure.ratio else f"{'':>7}"
    memory = "".join(f"{value:>6.0f}" for value in (figure.megabytes, figure.floor_megabytes) if value is not None)
    return f"{figure.name:<56}{numbers}{floors}  {ratio}  {memory}"


def _state() -> dict[str, Any]:
    """The machine, what it does besides, and the versions of what is measured."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load_before": _load(),
        "annotator": __version__,
        "python": platform.python_version(),
        "pyside6": version("PySide6-Essentials"),
        "sqlite": sqlite3.sqlite_version,
    }


def _load() -> list[float]:
    """How many processes wanted a core in the last 1, 5 and 15 minutes, where the system says so."""
    return [round(value, 2) for value in os.getloadavg()] if hasattr(os, "getloadavg") else []


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
