"""Words of lists that stand out while one reads."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.core import keywords as core
from annotator.core.keywords import KeywordList
from annotator.gui.keywords import Keywords, keep_keyword_lists, keyword_lists
from annotator.gui.settings import Settings
from annotator.gui.text_view.highlights import HighlightOverlay
from tests.gui.text_view.conftest import point_at

TEXT = "Vermin, they said. " * 40 + "\n\nA convoy <b>left</b> the port of Marsa."
SLURS = KeywordList("slurs <i>", "vermin\nrat*", "#b2356b")
PORTS = KeywordList("ports", "port of marsa", "#2e6fb7")


@pytest.fixture
def following(show, monkeypatch):
    monkeypatch.setattr(core, "SLICE", 50)
    view = show(TEXT, size=(900, 900))
    overlay = HighlightOverlay(view)
    view.add_overlay(overlay)
    return view, overlay, Keywords(lambda: overlay, view)


def words(view, overlay):
    """What stands out, by group."""
    text = view.document_text()
    return [{span.covered(text) for span in group.spans} for group in overlay._groups.values()]


def test_the_lists_that_are_on_are_followed_from_text_to_text(following, qtbot):
    view, overlay, found = following
    found.use([SLURS, KeywordList("off", "said", on=False), PORTS], TEXT)
    qtbot.waitUntil(lambda: words(view, overlay) == [{"Vermin"}, {"port of Marsa"}])
    assert len(overlay._groups["keywords 0"].spans) == 40
    view.show_document("Rats and a port", [], [])
    found.show_text("Rats and a port")
    qtbot.waitUntil(lambda: words(view, overlay) == [{"Rats"}, set()])
    found.use([], "Rats and a port")
    assert overlay._groups == {}


def test_what_is_still_being_looked_for_does_not_reach_the_next_text(following, qtbot):
    view, overlay, found = following
    found.use([SLURS], TEXT)
    qtbot.waitUntil(lambda: words(view, overlay) == [{"Vermin"}])
    view.show_document("No rat", [], [])
    found.show_text("No rat")
    qtbot.waitUntil(lambda: not found._timer.isActive())
    assert words(view, overlay) == [{"rat"}]


def test_a_word_says_on_which_list_it_is(following, qtbot):
    view, overlay, found = following
    found.use([SLURS, PORTS], TEXT)
    qtbot.waitUntil(lambda: words(view, overlay) == [{"Vermin"}, {"port of Marsa"}])

    def rest(position):
        point = point_at(view, position)
        event = QHelpEvent(QEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point))
        QApplication.sendEvent(view.viewport(), event)
        return found._tip(point.toPointF())

    assert rest(3) == "On the list slurs <i>"
    assert "&lt;i&gt;" in QToolTip.text()  # as it was written
    assert rest(TEXT.index("Marsa")) == "On the list ports"
    assert rest(TEXT.index("they")) == ""


def test_the_settings_keep_the_lists_and_pass_over_what_is_spoilt():
    settings = Settings()
    keep_keyword_lists(settings, [SLURS, PORTS])
    assert keyword_lists(settings) == [SLURS, PORTS]
    settings.keywords.append("nonsense")
    assert keyword_lists(settings) == [SLURS, PORTS]
