"""Imports every hostile file, each in a process with limits, and prints what became of it: `python -m tests.hostile`.

With --short, a third of those that are small, as the checks do; with --json, a line for each; with words, only the cases whose names hold one of them.
"""

from __future__ import annotations

import json
import sys

from tests.hostile.running import SMALL, Outcome, cases, outcome, warmed_up


def main(arguments: list[str]) -> int:
    """0 when every case ended as it should."""
    as_json = "--json" in arguments
    words = [word for word in arguments if not word.startswith("--")]
    warmed_up()
    failed = done = 0
    for number, case in enumerate(cases()):  # one at a time: what this process holds, each child begins with
        if words and not any(word in case.name for word in words):
            continue
        small = sum(map(len, case.files.values())) < SMALL
        if "--short" in arguments and number % 3 and small:
            continue
        done += 1
        found = outcome(case, looked_at=small or "--short" not in arguments)
        failed += bool(found.faults)
        print(json.dumps(found._asdict()) if as_json else _line(found), flush=True)
    if not as_json:
        print(f"{done} cases, {failed} with faults")
    return 1 if failed else 0


def _line(found: Outcome) -> str:
    sentence = found.sentences[0] if found.sentences else ""
    line = f"{found.name[:44]!a:<48} {found.size / 1000:>9,.0f} KB {found.seconds:>6.2f} s {found.memory >> 20:>4} MB {found.documents:>5}"
    return "\n".join([f"{line}  {sentence.rpartition('/')[2][:110]!a}", *(f"    !! {fault}" for fault in found.faults)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
