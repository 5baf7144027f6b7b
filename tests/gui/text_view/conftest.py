import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from annotator.core.span import Span
from annotator.gui.text_view.marks import Mark
from annotator.gui.text_view.view import TextView
from annotator.gui.text_view.zones import ReadingStyle
from annotator.gui.theme import LIGHT

FAMILIES = ("DejaVu Serif", "DejaVu Sans")
STYLE = ReadingStyle(LIGHT, families=FAMILIES)
COLORS = {"PERSON": "#b2356b", "ORG": "#2e6fb7", "QUOTE": "#b85c00"}


def settle():
    for _ in range(4):
        QApplication.processEvents()


def stretch(text, part, after=0):
    """The span of `part` in `text`."""
    start = text.index(part, after)
    return Span(start, start + len(part))


def marked(text, id_, *parts, name="ORG", suggested=False):
    """A mark over these parts of `text`, each looked for behind the one before."""
    fragments, after = [], 0
    for part in parts:
        fragments.append(stretch(text, part, after))
        after = fragments[-1].end
    return Mark(id_, tuple(fragments), name, COLORS.get(name, "#555555"), suggested)


@pytest.fixture
def show(qtbot):
    """Open a view on a text and have all of it loaded."""

    def open_view(text, zones=(), marks=(), style=STYLE, size=(800, 600)):
        view = TextView(style)
        qtbot.addWidget(view)
        view.resize(*size)
        view.show_document(text, zones, marks)
        view.show()
        view._loading.load_all()
        settle()
        return view

    return open_view


def point_at(view, position, right=1):
    """A point of the viewport, `right` pixels behind the edge before a code point, at half the height of its line."""
    number, offset = view._sheet.pieces.to_block(position)
    for visible in view._places.visible():
        if visible.block.blockNumber() == number:
            line = visible.block.layout().lineForTextPosition(offset)
            return QPoint(round(line.cursorToX(offset)[0]) + right, int(visible.top + line.y() + line.height() / 2))
    raise AssertionError(f"{position} is not on the screen")
