"""A window that nobody touches does nothing, but for the caret that blinks."""

from PySide6.QtCore import QTimer


def ticking(window):
    """The timers that run, by who owns them."""
    return [repr(timer.parent()) for timer in window.window.findChildren(QTimer) if timer.isActive()]


def test_no_timer_runs_in_a_window_that_is_left_alone(window, qtbot):
    qtbot.waitUntil(lambda: ticking(window) == [], timeout=4000)
    window.mark("Valletta", "g")
    window.window.documents.search.setText("harbour")
    assert ticking(window) != []
    qtbot.waitUntil(lambda: ticking(window) == [], timeout=6000)


def test_no_timer_runs_on_the_welcome_page(window, qtbot):
    window.window.close_project()
    qtbot.waitUntil(lambda: ticking(window) == [], timeout=4000)
