"""Imports every hostile file, each in a process with limits, and prints what became of it: `python -m tests.hostile`.

With --short, a quarter of those that are small or alike, as the checks do; with --json, a line for each; with
--write FOLDER, the small ones are also written there; with words, only the cases whose names hold one of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.hostile.files import Hostile
from tests.hostile.running import SMALL, Outcome, cases, outcome, warmed_up, write

EVERY = 4  # of those that are small or alike, the short run tries one in so many


def main() -> int:
    """0 when every case ended as it should."""
    chosen = _arguments()
    warmed_up()
    failed = done = 0
    for number, case in enumerate(cases()):  # one at a time: what this process holds, each child begins with
        small = sum(map(len, case.files.values())) < SMALL
        if chosen.write and small:
            (chosen.write / str(number)).mkdir(parents=True)
            write(case, chosen.write / str(number))
        if not _is_wanted(case, chosen, number, small):
            continue
        done += 1
        found = outcome(case, looked_at=small or not chosen.short)
        failed += bool(found.faults)
        print(json.dumps(found._asdict()) if chosen.json else _line(found), flush=True)
    if not chosen.json:
        print(f"{done} cases of {number + 1}, {failed} with faults")
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


def _is_wanted(case: Hostile, chosen: argparse.Namespace, number: int, small: bool) -> bool:
    if chosen.words:
        return any(word in case.name for word in chosen.words)
    return not chosen.short or number % EVERY == 0 or not (small or case.name.startswith("xml"))


def _line(found: Outcome) -> str:
    sentence = found.sentences[0] if found.sentences else ""
    line = f"{found.name[:44]!a:<48} {found.size / 1000:>9,.0f} KB {found.seconds:>6.2f} s {found.memory >> 20:>4} MB {found.documents:>5}"
    return "\n".join([f"{line}  {sentence.rpartition('/')[2][:110]!a}", *(f"    !! {fault}" for fault in found.faults)])


if __name__ == "__main__":
    sys.exit(main())
