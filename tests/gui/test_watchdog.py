"""The watch over the window's thread sees what it is there for, and nothing else."""

import time
from importlib import import_module

import pytest

from annotator.gui import appearance
from tests.gui.watchdog import KNOWN, LIMIT, SLOW, Slow, can_watch

pytestmark = pytest.mark.skipif(not can_watch(), reason="this system does not tell a thread's processor time")


def busy(milliseconds):
    end = time.thread_time() + milliseconds / 1000
    while time.thread_time() < end:
        pass


def seen(watchdog):
    """What it saw, so that it does not fail the test."""
    time.sleep(0.05)
    return [each.call for each in watchdog.take()]


def called(work, *arguments):
    """`work` called by a function of the program."""
    names = {"work": work, "arguments": arguments, "__name__": "annotator.gui.panels.made"}
    exec(compile("def call():\n    work(*arguments)\ncall()", appearance.__file__, "exec"), names)


def test_a_long_call_is_seen(watchdog):
    called(busy, 3 * LIMIT)
    assert seen(watchdog) == ["panels.made.<module>"]


def test_many_short_calls_are_none_that_is_long(watchdog):
    for _ in range(30):
        called(busy, LIMIT / 5)
    assert seen(watchdog) == []


def test_what_waits_without_work_keeps_nobody(watchdog):
    called(time.sleep, 4 * LIMIT / 1000)
    assert seen(watchdog) == []


def test_what_is_not_the_window_is_not_its_fault(watchdog):
    busy(3 * LIMIT)
    assert seen(watchdog) == []


def test_a_call_that_is_known_to_be_slow_may_be_so_slow_and_no_slower(watchdog, monkeypatch):
    monkeypatch.setitem(SLOW, "panels.made.<module>", Slow(4 * LIMIT, "it is made for this test"))
    called(busy, 2 * LIMIT)
    assert seen(watchdog) == []
    called(busy, 6 * LIMIT)
    assert seen(watchdog) == ["panels.made.<module>"]


@pytest.mark.parametrize("name", [*SLOW, *(name for name in KNOWN if name != "import")])
def test_what_is_known_to_be_slow_is_there(name):
    """A function that was renamed or mended is to be taken out of the list."""
    module, found = "annotator.gui", None
    for part in name.split("."):
        found = getattr(found, part) if found is not None and hasattr(found, part) else None
        if found is None:
            module = f"{module}.{part}"
            found = import_module(module)
    assert callable(found)
