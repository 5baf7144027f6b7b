"""Spoils a sound file of every format in many ways, and reads what comes of it: `python -m tests.fuzz`.

Every run says the number it started with: given again with --seed, it is the same run. A file over which the program
fails is kept in --keep, with what it said.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure
from tests.fuzz.seeds import Seed, seeds
from tests.fuzz.storing import stored
from tests.fuzz.trying import Outcome, spoiled, tried

TOGETHER = 200  # spoiled files of which one project is made


def main() -> int:
    """Run as told; 0 when nothing was found."""
    chosen = _arguments()
    faulthandler.enable()
    found = [seed for seed in seeds() if not chosen.only or chosen.only in (seed.importer.name, seed.name)]
    if not found:
        print(f"Nothing is called {chosen.only}. There are: {', '.join(sorted({s.importer.name for s in seeds()}))}")
        return 2
    print(f"{chosen.mutations:,} mutations of {len(found)} files, --seed {chosen.seed}", flush=True)
    print(f"{'format':<20} {'files':>5} {'mutations':>9} {'documents':>9} {'refused':>8} {'a second':>8} {'found':>5}")
    faults = 0
    for name, group in _shares(found).items():
        faults += _run(name, group, chosen.mutations * len(group) // len(found), chosen)
    print(f"{faults} findings" + (f", kept in {chosen.keep}" if faults else ""))
    return 1 if faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--mutations", type=int, default=100_000, help="in all, shared evenly by the files")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the number of a run, to have it again")
    parser.add_argument("--only", default="", help="a format's name, or a file's")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"), help="the folder for what was found")
    return parser.parse_args()


def _shares(found: list[Seed]) -> dict[str, list[Seed]]:
    groups: dict[str, list[Seed]] = defaultdict(list)
    for seed in found:
        groups[seed.importer.name].append(seed)
    return dict(sorted(groups.items()))


def _run(name: str, group: list[Seed], mutations: int, chosen: argparse.Namespace) -> int:
    relatives = {name: [seed.data for seed in group]}
    counts: Counter[type] = Counter()
    faults = 0
    held: list[tuple[int, Seed, Outcome]] = []
    started = time.process_time()
    for number in range(mutations):
        seed = group[number % len(group)]
        outcome = tried(seed, spoiled(seed, number, chosen.seed, relatives))
        counts.update(map(type, outcome.items))
        held.append((number, seed, outcome))
        if len(held) == TOGETHER or number + 1 == mutations:
            faults += sum(_keep(chosen, number, seed, fault, relatives) for number, seed, fault in _faults(held))
            held = []
    speed = mutations / max(time.process_time() - started, 0.001)
    told = f"{counts[AnnotatedDocument]:>9,} {counts[Failure]:>8,} {speed:>8.0f} {faults:>5}"
    print(f"{name:<20} {len(group):>5} {mutations:>9,} {told}", flush=True)
    gc.collect()
    return faults


def _faults(held: list[tuple[int, Seed, Outcome]]) -> Iterator[tuple[int, Seed, str]]:
    """What is wrong with each of the outcomes, those included that a project does not take as it should."""
    yield from ((number, seed, outcome.fault) for number, seed, outcome in held if outcome.fault)
    if stored([item for _, _, outcome in held for item in outcome.items]):
        alone = ((number, seed, stored(outcome.items)) for number, seed, outcome in held)
        found = [each for each in alone if each[2]]
        yield from found or [(held[0][0], held[0][1], "a project does not take these outcomes together")]


def _keep(chosen: argparse.Namespace, number: int, seed: Seed, fault: str, relatives: dict[str, list[bytes]]) -> bool:
    folder: Path = chosen.keep
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{seed.importer.name}-{number}-{seed.name.rpartition('/')[2]}"
    (folder / name).write_bytes(spoiled(seed, number, chosen.seed, relatives))
    (folder / f"{name}.why.txt").write_text(f"{seed.name}\n{fault}", encoding="utf-8", errors="replace")
    print(f"  {seed.name}, mutation {number}: {fault.strip().splitlines()[-1][:150]}", file=sys.stderr, flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
