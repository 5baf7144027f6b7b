"""The sheet of keys, made from the table of actions and the scheme: it cannot be out of date."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.core.scheme import Scheme
from annotator.gui.actions import ACTIONS
from annotator.gui.texts import plain_label, tr

IN_THE_TEXT = (
    ("label’s key", "mark the selected words, the quotation or the word at the caret; relabel the chosen mark"),
    ("Shift + label’s key", "a second mark on the same words"),
    ("Enter", "to the fields of the mark at the caret; with words selected, pick a label from a list"),
    ("Shift + arrows", "select; with Ctrl, by words and paragraphs"),
    ("+ and −", "select more: word, phrase, sentence, paragraph; and back again"),
    ("( and )", "to the sentence before and behind; with Alt and Shift, selecting"),
    (". and ,", "the end of the chosen mark, a word out and in; with Alt, a character"),
    ("< and >", "the start of the chosen mark, a word out and in; with Alt, a character (also ; and :)"),
    ("Tab", "pass over the part of a quote that is asked for"),
    ("Alt + drag", "select exact characters"),
    ("Ctrl + drag, Ctrl + click", "add words to the chosen mark"),
)

IN_A_FORM = (
    ("Tab, Down, Enter", "to the next field; with Shift+Tab and Up to the one before"),
    ("letters and digits", "the value whose code or name begins so; in a list, Enter takes it"),
    ("Left and Right", "the value beside the chosen one"),
    ("Space", "open the list; tick"),
    ("Del, Backspace", "not coded again"),
    ("=", "in the field of a date: the article’s date"),
    ("Shift + Enter", "a new line within an answer"),
    ("Esc", "back to the text; so does Enter in the last field"),
)


class KeysDialog(QDialog):
    """Two columns: what the labels' keys do, and what the menus' keys do."""

    def __init__(self, scheme: Scheme | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        self.resize(760, 560)
        labels = (
            [(label.shortcut, label.shown) for label in scheme.labels if label.shortcut and label.enabled]
            if scheme
            else []
        )
        native = QKeySequence.SequenceFormat.NativeText
        menus = [
            (QKeySequence(spec.shortcut).toString(native), tr(spec.text).replace("&", ""))
            for spec in ACTIONS
            if spec.shortcut
        ]
        sheet = QWidget(self)
        columns = QHBoxLayout(sheet)
        columns.setSpacing(36)
        left = QVBoxLayout()
        left.addWidget(_table(tr("IN THE TEXT"), [(tr(key), tr(text)) for key, text in IN_THE_TEXT], sheet))
        left.addWidget(_table(tr("IN A FORM"), [(tr(key), tr(text)) for key, text in IN_A_FORM], sheet))
        left.addWidget(_table(tr("LABELS"), labels, sheet))
        left.addStretch()
        columns.addLayout(left, 1)
        columns.addWidget(_table(tr("MENUS"), menus, sheet), 1, Qt.AlignmentFlag.AlignTop)
        scrolled = QScrollArea(self)
        scrolled.setAccessibleName(tr("Keys"))
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(sheet)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addWidget(scrolled)
        rows.addWidget(buttons)


def _table(title: str, pairs: Iterable[tuple[str, str]], parent: QWidget) -> QWidget:
    box = QWidget(parent)
    grid = QGridLayout(box)
    grid.setColumnStretch(1, 1)
    grid.setVerticalSpacing(6)
    heading = plain_label(title, box)
    heading.setObjectName("section")
    grid.addWidget(heading, 0, 0, 1, 2)
    for row, (key, text) in enumerate(pairs, 1):
        shown = plain_label(key, box)
        shown.setObjectName("key")
        words = plain_label(text, box)
        words.setWordWrap(True)
        grid.addWidget(shown, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, 1)
    return box
