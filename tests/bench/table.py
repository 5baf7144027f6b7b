"""A file of figures as a table in Markdown: `python -m tests.bench.table FIGURES.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HEAD = "| what | p50 | p95 | floor | × floor | peak MB | of the floor |\n|---|--:|--:|--:|--:|--:|--:|"


def table(figures: list[dict[str, Any]]) -> str:
    """The rows of the table, under their head."""
    return "\n".join([HEAD, *map(_row, figures)])


def _row(figure: dict[str, Any]) -> str:
    unit = figure["unit"]
    cells = [figure["name"], _number(figure["p50"], unit), _number(figure["p95"], unit)]
    cells += [_number(figure.get("floor_p50"), unit), _number(figure.get("ratio"))]
    cells += [f"{figure[name]:.0f}" if name in figure else "" for name in ("peak_mb", "floor_peak_mb")]
    return f"| {' | '.join(cells)} |"


def _number(value: float | None, unit: str = "") -> str:
    if value is None:
        return ""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f} {unit}".rstrip()


if __name__ == "__main__":
    print(table(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["figures"]))
