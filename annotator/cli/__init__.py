"""The program without its window: `annotator import`, `export` and the others, for scripts and for people.

Each command prints what it did, as sentences or, with `--json`, as one JSON object on standard output. What went
wrong is one line on standard error. Nothing here knows Qt: what needs the window is passed in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from annotator.cli import (  # noqa: F401  # each adds its commands
    copying,
    demo,
    exporting,
    importing,
    looking,
    rereading,
    safekeeping,
    schemes,
)
from annotator.cli.group import DONE, PROBLEM, WRONG_USAGE, ProblemFoundError, Window, commands
from annotator.cli.telling import print_json
from annotator.core.errors import KnownError

__all__ = ["Window", "commands", "main"]


def main(arguments: Sequence[str], window: Window) -> int:
    """Do what `arguments` say; returns the exit status. Errors are told in one line, unless `--debug` is among them."""
    debug, as_json = "--debug" in arguments, "--json" in arguments
    try:
        commands.main(list(arguments), prog_name="annotator", standalone_mode=False, obj=window)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except (KeyboardInterrupt, click.Abort):
        return _told("Cancelled.", as_json)
    except ProblemFoundError as error:
        return _told(str(error), as_json=False)  # its report stands on standard output already
    except BrokenPipeError:
        return _silenced()
    except Exception as error:
        if debug:
            raise
        return _told(str(error) if isinstance(error, KnownError) else _as_a_bug(error), as_json)
    return DONE


def _told(sentence: str, as_json: bool) -> int:
    if as_json:
        print_json({"error": sentence})
    click.echo(" ".join(sentence.split("\n")), err=True)
    return PROBLEM


def _as_a_bug(error: Exception) -> str:
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    place = f", {Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}" if step is not None else ""
    return (  # what the error says is left out: it may quote a text, and this line is passed on
        f"This is a mistake in the program itself ({type(error).__name__}{place}). Nothing more was done."
        " The same command with --debug shows the details to report."
    )


def _silenced() -> int:
    """Whoever read standard output has gone: nobody is left to be told."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PROBLEM
