"""`annotator`: with a command, the command line; with a project or nothing, the window.

This is the only place that knows both. Almost nothing is imported before that is decided: the window opens sooner.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

COMMANDS = frozenset({"demo", "new", "import", "export", "formats", "stats", "search", "check"})


def main() -> int:
    """Do what the arguments of this process say; returns the exit status."""
    arguments = sys.argv[1:]
    if opens_window(arguments):
        return _run(Path(arguments[0]) if arguments else None)
    from annotator.cli import Window
    from annotator.cli import main as run_command

    return run_command(arguments, Window(_run, _draw))


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether `arguments` are nothing or a project; a single word that is no file is a command, perhaps mistyped."""
    if not arguments:
        return True
    first = arguments[0]
    if first in COMMANDS or first.startswith("-") or len(arguments) > 1:
        return False
    return not first.isidentifier() or Path(first).exists()


def _run(project: Path | None) -> int:
    from annotator.gui.app import run

    return run(project)


def _draw(project: Path, document: str, picture: Path) -> None:
    from annotator.gui.app import draw_article

    draw_article(project, document, picture)


if __name__ == "__main__":
    sys.exit(main())
