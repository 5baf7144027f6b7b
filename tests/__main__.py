"""Every check of the project, the fastest to fail first: `python -m tests`; with `--quick`, all but pytest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CHECKS = {
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "ruff check": ("-m", "ruff", "check", "."),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", LINT_IMPORTS),
    "pytest": ("-m", "pytest", "-q", "-n", "2", "--dist", "loadfile"),
}


def main(arguments: list[str]) -> int:
    """Run all checks, also after one failed, and return 0 when all passed, 1 when not, 2 for an unknown argument."""
    if arguments not in ([], ["--quick"]):
        print("usage: python -m tests [--quick]", file=sys.stderr)
        return 2
    names = [name for name in CHECKS if name != "pytest" or not arguments]
    started = time.monotonic()
    failed = [name for name in names if not _passes(name)]
    print(f"\n{_total(names, failed)} in {time.monotonic() - started:.0f} s", flush=True)
    return 1 if failed else 0


def _passes(name: str) -> bool:
    print(f"\n== {name}", flush=True)
    status = subprocess.run([sys.executable, *CHECKS[name]], cwd=ROOT, env=_environment(), check=False).returncode
    if status < 0:  # every test may have passed by then: Qt objects that outlive Python end the process on its way out
        print(f"{name} was ended by {signal.Signals(-status).name}", flush=True)
    return status == 0


def _environment() -> dict[str, str]:
    """The caller's, and windows off the screen: a window manager that takes the focus would change what tests see."""
    return {"QT_QPA_PLATFORM": "offscreen", **os.environ}


def _total(names: list[str], failed: list[str]) -> str:
    if failed:
        return f"FAILED: {', '.join(failed)} ({len(failed)} of {len(names)} checks)"
    return f"All {len(names)} checks passed"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
