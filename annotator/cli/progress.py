"""What a person sees while a command runs, and how he ends it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

Advance = Callable[[int, int], None]


@contextmanager
def progress_bar(label: str) -> Iterator[tuple[Advance, Callable[[str], None]]]:
    """A progress bar on standard error where that is a terminal: how to advance it, and how to name what follows it."""
    if not sys.stderr.isatty():
        yield (lambda done, total: None), (lambda name: None)
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        def name(text: str) -> None:
            bar.label = text
            bar.render_progress()

        yield advance, name


@contextmanager
def interrupts() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl+C was pressed: once ends the work at the next document; twice, at once."""
    pressed: list[int] = []

    def note(number: int, frame: object) -> None:
        if pressed:
            _give_up()
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _give_up() -> NoReturn:
    raise KeyboardInterrupt
