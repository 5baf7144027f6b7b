"""R7: every transaction that writes takes the right to write at its start, and no helper of the language commits."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.trust.children import ROOT
from tests.trust.results import Result, timed

# Where a moment is held to be read: nothing is written there.
READING = {("reading.py", "_snapshot"), ("backup_making.py", "_moment")}
_BEGIN = re.compile(r"\s*BEGIN(\s+(?!IMMEDIATE)\w+)*\s*;?\s*", re.IGNORECASE)


def faults(folder: Path) -> list[str]:
    """Where the code in `folder` begins a transaction late, or leaves it to Python's own module."""
    return [fault for path in sorted(folder.rglob("*.py")) for fault in _faults(path)]


def _faults(path: Path) -> list[str]:
    found = []
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            place = f"{path.name}, {function.name}"
            late = isinstance(node, ast.Constant) and isinstance(node.value, str) and _BEGIN.fullmatch(node.value)
            if late and (path.name, function.name) not in READING:
                found.append(f"{place}: {node.value}")
            if isinstance(node, ast.Attribute) and node.attr == "executescript":
                found.append(f"{place}: executescript commits what is open")
    return found


def run(long: bool = False) -> Result:
    """Look at all that writes."""
    result = Result("R7", "transactions begin with the right to write", runs=1)
    with timed(result):
        result.wrong += faults(ROOT / "annotator" / "store")
        result.runs = len(list((ROOT / "annotator" / "store").rglob("*.py")))
        result.note = "modules of the store looked through"
    return result
