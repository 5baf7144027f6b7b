"""An article as it would come in: title, date and source, and each part beside the name of its zone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from annotator.core.annotation import AnnotatedDocument
from annotator.gui.texts import tr
from annotator.gui.theme import Theme, interface_font, text_font

MOST = 6000  # characters that are shown
ZONE = 104  # pixels of the column with the names of zones
_FACTS = ("published", "publication", "section", "page", "author")
_PARAGRAPHS = re.compile(r"\n\s*\n")  # which their own space parts
_FAINT = frozenset(("BOILERPLATE", "CREDIT", "BYLINE", "RELATED"))


def parts_of(document: AnnotatedDocument, most: int = MOST) -> Iterator[tuple[str, str]]:
    """The zones of a text with their words, in order, and what stands between them under no name."""
    at = 0
    for zone in sorted(document.zones, key=lambda zone: (zone.span.start, -zone.span.end)):
        if zone.span.start >= most:
            break
        if zone.span.start < at:  # within another
            continue
        if between := document.text[at : zone.span.start].strip():
            yield "", between
        yield zone.label, document.text[zone.span.start : min(zone.span.end, most)].strip()
        at = zone.span.end
    if at < most and (rest := document.text[at:most].strip()):
        yield "", rest


class ArticleView(QTextEdit):
    """Shows one article as plain text; what a file wrote is never taken for markup."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setObjectName("note")
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(18)

    def show_article(self, document: AnnotatedDocument | None, otherwise: str = "") -> None:
        """Show an article; without one, the sentence `otherwise`."""
        self.clear()
        cursor = QTextCursor(self.document())
        if document is None:
            self._write(cursor, otherwise, self._format(interface_font(13), self._theme.faint), rtl=False)
            return
        rtl = document.direction == "rtl"
        title = text_font(21)
        title.setWeight(QFont.Weight.DemiBold)
        self._write(cursor, document.title or tr("No title"), self._format(title, self._theme.ink), rtl=rtl)
        self._new_block(cursor, rtl=rtl, below=0)
        facts = " · ".join(document.metadata[name] for name in _FACTS if document.metadata.get(name))
        cursor.insertText(facts or tr("No date and no source"), self._format(interface_font(12), self._theme.faint))
        self._zones(cursor, document, rtl=rtl)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _zones(self, cursor: QTextCursor, document: AnnotatedDocument, *, rtl: bool) -> None:
        parts = list(parts_of(document))
        if not parts:
            return
        table = cursor.insertTable(len(parts), 2, _table_format(rtl=rtl))
        for row, (zone, words) in enumerate(parts):
            for column in range(2):
                table.cellAt(row, column).setFormat(_cell())
            self._zone_name(table, row, zone, rtl=rtl)
            cell = table.cellAt(row, 0 if rtl else 1).firstCursorPosition()
            faint = zone in _FAINT
            font = interface_font(12) if faint else text_font(15)
            font.setItalic(zone == "CAPTION")
            font.setWeight(QFont.Weight.DemiBold if zone == "HEADLINE" else QFont.Weight.Normal)
            self._write(cell, words, self._format(font, self._theme.faint if faint else self._theme.ink), rtl=rtl)
        if len(document.text) > MOST:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            more = tr("and {count} characters more", count=f"{len(document.text) - MOST:,}")
            self._write(cursor, more, self._format(interface_font(12), self._theme.faint), rtl=False)

    def _zone_name(self, table: QTextTable, row: int, zone: str, *, rtl: bool) -> None:
        font = interface_font(10)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
        cell = table.cellAt(row, 1 if rtl else 0).firstCursorPosition()
        self._write(cell, zone, self._format(font, self._theme.faint), rtl=rtl)

    def _format(self, font: QFont, colour: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(font)
        made.setForeground(QColor(colour))
        return made

    def _write(self, cursor: QTextCursor, words: str, how: QTextCharFormat, *, rtl: bool) -> None:
        cursor.setBlockFormat(_block(rtl=rtl))
        cursor.insertText(_PARAGRAPHS.sub("\n", words), how)

    def _new_block(self, cursor: QTextCursor, *, rtl: bool, below: int) -> None:
        block = _block(rtl=rtl)
        block.setTopMargin(2)
        block.setBottomMargin(below)
        cursor.insertBlock(block)


def _block(*, rtl: bool) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    block.setAlignment(Qt.AlignmentFlag.AlignLeft)  # where its lines begin, in its own direction
    block.setBottomMargin(9)
    block.setLineHeight(122, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return block


def _cell() -> QTextTableCellFormat:
    made = QTextTableCellFormat()
    made.setBottomPadding(9)
    return made


def _table_format(*, rtl: bool) -> QTextTableFormat:
    made = QTextTableFormat()
    made.setBorder(0)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    made.setCellPadding(0)
    made.setCellSpacing(0)
    made.setTopMargin(12)
    widths = [QTextLength(QTextLength.Type.FixedLength, ZONE), QTextLength(QTextLength.Type.VariableLength, 0)]
    made.setColumnWidthConstraints(widths[::-1] if rtl else widths)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    return made
