"""Python's hunt for cycles, held back while many objects are made that have none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 100_000  # objects made between two hunts; usually 700


@contextmanager
def seldom_collected() -> Iterator[None]:
    """For imports and exports: looking for cycles among rows and marks, where there are none, takes a tenth of them."""
    usual = gc.get_threshold()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def left_alone() -> Iterator[None]:
    """For something large that stays and has no cycles: neither while it is made nor later is it looked through.

    A hunt among half a million objects would keep every thread waiting. What else there is by then is left alone, too.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
