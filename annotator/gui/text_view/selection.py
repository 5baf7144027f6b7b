"""What of a block is selected, as it is drawn: the characters alone, without the ends of lines and the blank ones."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextCursor

from annotator.gui.text_view.geometry import extents


def selected_areas(block: QTextBlock, cursor: QTextCursor, bidirectional: bool) -> Iterator[QRectF]:
    """The stretches of the block's lines that `cursor` selects, in pixels of the block."""
    start = max(0, cursor.selectionStart() - block.position())
    end = min(block.length() - 1, cursor.selectionEnd() - block.position())
    layout = block.layout()
    for number in range(layout.lineCount() if start < end else 0):
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if first < last:
            for left, right in extents(line, first, last, bidirectional):
                yield QRectF(round(left), line.y() + 1, round(right) - round(left), line.height() - 2)
