"""The guideline of a label beside the text, with its examples."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.core.guidelines import CLOSING, OPENING, read_guideline
from annotator.core.scheme import Attribute, Label
from annotator.gui.texts import tr
from annotator.gui.theme import LIGHT, Theme, interface_font, label_color, text_font

_MARKED = re.compile(f"([{OPENING}{CLOSING}])")
SMALL = 10  # pixels between paragraphs


class GuidelinePanel(QTextEdit):
    """Reads a label's guideline out of its text, and sets it piece by piece: nothing in it is taken for markup."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guideline")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Guideline of the label"))
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self.setViewportMargins(14, 4, 10, 4)
        self._shown: tuple[Label | None, Theme] | None = None
        self.show_label(None, LIGHT)

    def show_label(self, label: Label | None, theme: Theme) -> None:
        """Show what is written about `label`; without one, how to come to one."""
        if (label, theme) == self._shown:
            return
        self._shown = (label, theme)
        self.document().clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        if label is None:
            hint = tr("Choose a mark or point at a label to read what is written about it.")
            cursor.insertText(hint, _written(theme.faint))
        else:
            self._write(cursor, label, theme)
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(0)

    def _write(self, cursor: QTextCursor, label: Label, theme: Theme) -> None:
        colour = label_color(label.color, theme)
        name = _written(theme.ink)
        name.setFontWeight(600)
        square = _written(theme.ink)
        square.setForeground(colour)
        cursor.insertText("■ ", square)
        cursor.insertText(label.shown, name)
        guideline = read_guideline(label.guideline)
        for paragraph in filter(None, map(str.strip, guideline.text.split("\n"))):
            _paragraph(cursor, SMALL)
            cursor.insertText(paragraph, _written(theme.ink))
        if not guideline.text:
            _paragraph(cursor, SMALL)
            cursor.insertText(tr("Nothing is written about this label yet."), _written(theme.faint))
        if guideline.examples:
            _heading(cursor, tr("EXAMPLES"), theme)
            band = QColor(colour)
            band.setAlphaF(theme.band)
            for place, example in enumerate(guideline.examples):
                _paragraph(cursor, 3 if place == 0 else 6)
                _example(cursor, example, band, colour, theme)
        if label.attributes:
            _heading(cursor, tr("IS ASKED"), theme)
            for attribute in label.attributes:
                if not attribute.optional:
                    _paragraph(cursor, 3)
                    cursor.insertText(_asked(attribute), _written(theme.faint))
                    if attribute.guideline:
                        _paragraph(cursor, 1)
                        cursor.insertText(attribute.guideline, _written(theme.ink))


def _example(cursor: QTextCursor, example: str, band: QColor, colour: QColor, theme: Theme) -> None:
    """An example, the marked words in it drawn as marks are: tinted, and underlined in their colour."""
    plain = QTextCharFormat()
    plain.setFont(text_font(13))
    plain.setForeground(QColor(theme.ink))
    marked = QTextCharFormat(plain)
    marked.setBackground(band)
    marked.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    marked.setUnderlineColor(colour)
    inside = False
    for part in _MARKED.split(example):
        if part in (OPENING, CLOSING):
            inside = part == OPENING
        elif part:
            cursor.insertText(part, marked if inside else plain)


def _asked(attribute: Attribute) -> str:
    values = ", ".join(value.shown for value in attribute.values)
    return f"{attribute.shown}: {values}" if values else attribute.shown


def _heading(cursor: QTextCursor, text: str, theme: Theme) -> None:
    _paragraph(cursor, 12)
    heading = _written(theme.faint)
    heading.setFont(interface_font(10))
    cursor.insertText(text, heading)


def _paragraph(cursor: QTextCursor, above: int) -> None:
    layout = QTextBlockFormat()
    layout.setTopMargin(above)
    layout.setLineHeight(118.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.insertBlock(layout)


def _written(colour: str) -> QTextCharFormat:
    written = QTextCharFormat()
    written.setFont(interface_font(12))
    written.setForeground(QColor(colour))
    return written
