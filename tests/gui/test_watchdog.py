"""The watch over the window's thread sees what it is there for, and nothing else."""

import time

import pytest

from annotator.gui import appearance
from tests.gui.watchdog import LIMIT, can_watch

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
