"""Work on other threads: of several pieces, only the last is told of."""

from threading import Event

from annotator.gui.jobs import Latest


def test_what_was_begun_before_the_last_is_not_told_of(qtbot):
    latest, first = Latest(), Event()
    told, failed = [], []
    latest.done.connect(told.append)
    latest.failed.connect(failed.append)
    latest.begin(lambda: (first.wait(5), "first")[1])
    latest.begin(lambda: "second")
    qtbot.waitUntil(lambda: told == ["second"])
    first.set()
    qtbot.wait(100)
    assert told == ["second"]
    latest.begin(lambda: 1 / 0)
    qtbot.waitUntil(lambda: len(failed) == 1)
    assert isinstance(failed[0], ZeroDivisionError)
    latest.begin(lambda: "third")
    latest.forget()
    qtbot.wait(100)
    assert told == ["second"]
