"""Every promise that nothing is lost, tried: `python -m tests.trust [--long] [--only NAME …] [--json]`.

Prints a Markdown table; ends with 1 when something did not hold. The short forms are tests as well.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
import sys
from datetime import date

from tests.trust import clocks, damage, drills, full_disks, kills, lint, losing_power, migrating, places
from tests.trust.children import as_json
from tests.trust.results import Harness, Result, table

HARNESSES: dict[str, Harness] = {
    "kills": kills.sudden_ends,
    "power": losing_power.run,
    "full": full_disks.run,
    "migrating": migrating.run,
    "damage": damage.run,
    "two": kills.two_at_once,
    "lint": lint.run,
    "read_only": places.read_only_places,
    "copies": places.copies_and_names,
    "restoring": drills.restoring,
    "clocks": clocks.run,
    "undo": kills.undo_of_all,
    "shrinking": drills.shrinking,
    "looking": places.looking,
}


def main(arguments: list[str]) -> int:
    """Run what is asked for; all, if nothing is."""
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the long forms: an hour or so")
    parser.add_argument("--only", nargs="+", choices=HARNESSES, default=list(HARNESSES))
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    asked = parser.parse_args(arguments)
    results = [_run(name, asked) for name in asked.only]
    if asked.json:
        print(as_json(results))
    else:
        print(f"\n{table(results)}\n\n{_machine()}")
        for result in results:
            for sentence in result.wrong:
                print(f"{result.id}: {sentence}")
    return int(any(result.verdict == "failed" for result in results))


def _run(name: str, asked: argparse.Namespace) -> Result:
    result = HARNESSES[name](asked.long)
    if not asked.json:
        print(f"{result.id} {name}: {result.verdict} in {result.seconds:.1f} s", file=sys.stderr, flush=True)
    return result


def _machine() -> str:
    system = f"{platform.system()} {platform.release()}, {platform.machine()}"
    return f"{date.today()}, {system}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
