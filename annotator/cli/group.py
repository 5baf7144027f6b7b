"""The group that the commands belong to, and what each of them takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator import __version__
from annotator.core.errors import KnownError

if TYPE_CHECKING:
    from annotator.exporters.base import PrintPages

DONE, PROBLEM, WRONG_USAGE = 0, 1, 2  # exit statuses


@dataclass(frozen=True, slots=True)
class Window:
    """What the commands need of the program's window."""

    run: Callable[[Path], int]  # opens a project; returns the exit status when the window is closed
    draw: Callable[[Path, str, Path], None]  # draws a document, given by id, of a project into a PNG file
    display: bool  # whether there is one to open it on
    print_pages: PrintPages | None = None  # draws pages into a file; needs no display


class ProblemFoundError(KnownError):
    """The command did what it could and said so, but not all went well: exit status 1, one line."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="Annotator")
def commands() -> None:
    """Read news archives closely. Without a command, or with a project, the window opens."""


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command takes; `main` looks at --debug itself."""
    command = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")(command)
    return click.option("--debug", is_flag=True, expose_value=False, help="Show a mistake's details.")(command)


project_argument = click.argument("project", type=click.Path(path_type=Path))
