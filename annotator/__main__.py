"""`annotator`: with a command, the command line; with a project or nothing, the window.

This is the only place that knows both. Almost nothing is imported before that is decided: the window opens sooner.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.exporters.page.book import Book, Printed

COMMANDS = frozenset(
    {"demo", "new", "import", "export", "formats", "scheme", "stats", "search", "check", "reread"}
    | {"backup", "backups", "restore", "repair", "copy"}
)
PLATFORM = "QT_QPA_PLATFORM"  # Qt's own variable: what it draws on


def main() -> int:
    """Do what the arguments of this process say; returns the exit status."""
    arguments = sys.argv[1:]
    if opens_window(arguments):
        return _run(Path(arguments[0]) if arguments else None)
    from annotator.cli import Window
    from annotator.cli import main as run_command

    return run_command(arguments, Window(_run, _draw, has_display(), _print))


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether `arguments` are nothing or a project; a single word that is no file is a command, perhaps mistyped."""
    if not arguments:
        return True
    first = arguments[0]
    if first in COMMANDS or first.startswith("-") or len(arguments) > 1:
        return False
    return not first.isidentifier() or Path(first).exists()


def has_display() -> bool:
    """Whether a window can be shown to somebody."""
    if os.environ.get(PLATFORM) in ("offscreen", "minimal"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _run(project: Path | None) -> int:
    if not has_display() and PLATFORM not in os.environ:
        print(
            "There is no display to open a window on. `annotator --help` lists what works without one.", file=sys.stderr
        )
        return 1
    from annotator.gui.app import run

    return run(project)


def _print(book: Book, path: Path) -> Printed:
    os.environ.setdefault(PLATFORM, "offscreen")
    from annotator.gui.app import make_application
    from annotator.gui.printing.pages import print_pages

    app = make_application()  # fonts need it
    printed = print_pages(book, path)
    del app
    return printed


def _draw(project: Path, document: str, picture: Path) -> None:
    os.environ.setdefault(PLATFORM, "offscreen")  # Qt ends the process where it finds no display
    from annotator.gui.app import draw_article

    draw_article(project, document, picture)


if __name__ == "__main__":
    sys.exit(main())
