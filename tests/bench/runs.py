"""What all measurements share: processes of their own, clocks, and the shape of a result."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured some times, and the least that it could have taken."""

    name: str
    unit: str
    values: Sequence[float]
    floor: Sequence[float] = ()
    floor_is: str = ""
    megabytes: float | None = None  # the most that the process held; None where it did several things
    floor_megabytes: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor it takes, median by median."""
        return median(self.values) / median(self.floor) if self.floor and median(self.floor) else None

    def to_json(self) -> dict[str, Any]:
        """The figure as `--json` writes it."""
        data: dict[str, Any] = {"name": self.name, "unit": self.unit} | _spread("", self.values)
        if self.floor:
            data |= {"floor_is": self.floor_is} | _spread("floor_", self.floor)
            data["ratio"] = self.ratio and round(self.ratio, 3)
        memory = {"peak_mb": self.megabytes, "floor_peak_mb": self.floor_megabytes}
        return data | {name: round(value, 1) for name, value in memory.items() if value is not None}


def _spread(prefix: str, values: Sequence[float]) -> dict[str, Any]:
    figures = {"p50": median(values), "p95": nearly_all(values)}
    return {f"{prefix}{name}": round(value, 4) for name, value in figures.items()} | {f"{prefix}runs": len(values)}


def nearly_all(values: Sequence[float]) -> float:
    """What 95 of 100 `values` do not exceed; of few, the highest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


def child(module: str, *arguments: object, home: Path) -> dict[str, Any]:
    """What a process of its own, `python -m tests.bench.MODULE ARGUMENTS`, says as JSON in its last line.

    `home` is where it keeps settings. Raises RuntimeError with what it said when it fails.
    """
    command = [sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments)]
    started = {"BENCH_STARTED": str(time.monotonic_ns())}
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(home) | started, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[2:])} failed:\n{done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _environment(home: Path) -> Mapping[str, str]:
    """No screen, no settings of the person who measures, and compiled modules kept, as where the program is used."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    places = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "APPDATA": str(home)}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false", **places}


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that `work` takes: of the process' own time, and on the wall."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)


def peak_megabytes() -> float:
    """The most memory that this process held so far.

    What Linux calls the peak of a process' own use is never below that of the process which started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) / 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if platform.system() == "Darwin" else 1e3)


def tell(times: Sequence[tuple[float, float]]) -> None:
    """Say, as a child, what was measured."""
    print(json.dumps({"cpu": [cpu for cpu, _ in times], "wall": [wall for _, wall in times], "peak": peak_megabytes()}))
