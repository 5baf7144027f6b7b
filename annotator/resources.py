"""Finds the files of resources/: in a checkout, in an installed package, in the bundle. Nobody else looks."""

from __future__ import annotations

import sys
from pathlib import Path


def path(name: str) -> Path:
    """The file or folder `name` of resources/, as `path("schemes/news.json")`.

    Raises FileNotFoundError when no such file was shipped.
    """
    found = _root() / name
    if not found.exists():
        raise FileNotFoundError(f"the program was shipped without resources/{name}")
    return found


def _root() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)  # set by PyInstaller's start-up code
    if bundle is not None:
        return Path(bundle) / "resources"
    beside = Path(__file__).resolve().parent.parent / "resources"
    if beside.exists():
        return beside
    return Path(sys.prefix) / "share" / "annotator" / "resources"
