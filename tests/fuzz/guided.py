"""Spoils files, led by which lines of the program they reach: `python -m tests.fuzz.guided --only NAME`.

Needs atheris, which is no part of the environment: `pip install atheris`. Runs until it is stopped or something fails.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main() -> int:
    """Run until stopped."""
    try:
        import atheris
    except ImportError:
        print("This needs atheris: pip install atheris. `python -m tests.fuzz` needs nothing.", file=sys.stderr)
        return 2
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description=__doc__)
    parser.add_argument("--only", required=True, help="a format's name")
    parser.add_argument("--runs", type=int, default=-1, help="how many files at most")
    parser.add_argument("--corpus", type=Path, default=Path("fuzz-corpus"), help="the folder for files that reach more")
    chosen = parser.parse_args()
    with atheris.instrument_imports(include=["annotator"]):
        from tests.fuzz.seeds import seeds
        from tests.fuzz.trying import tried
    group = [seed for seed in seeds() if seed.importer.name == chosen.only]
    if not group:
        print(f"Nothing is called {chosen.only}.", file=sys.stderr)
        return 2
    folder = chosen.corpus / chosen.only
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(group):
        (folder / f"seed-{number}").write_bytes(seed.data)

    def once(data: bytes) -> None:
        fault = tried(group[0], data).fault
        if fault:
            raise AssertionError(fault)

    atheris.Setup([sys.argv[0], str(folder), f"-runs={chosen.runs}", "-timeout=20"], once)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
