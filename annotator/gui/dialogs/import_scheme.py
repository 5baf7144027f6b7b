"""What a scheme file adds to the project, before it does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.core.scheme_joining import Joining
from annotator.gui.texts import plain_label, tr

REMARKS = 130  # pixels


def joining_sentence(joining: Joining) -> str:
    """What comes and what is there, in one sentence."""
    said = (
        (joining.labels, tr("{count} labels", count=joining.labels)),
        (joining.links, tr("{count} kinds of link", count=joining.links)),
        (joining.attributes, tr("{count} attributes", count=joining.attributes)),
    )
    parts = [words for count, words in said if count]
    there = tr("{count} labels and links are there already", count=joining.there)
    if not joining.change.rows:
        return tr("It adds nothing: the project has all of it.")
    if not parts:
        return tr("It adds no labels, but links may join more than before.")
    return tr("It adds {parts}; {there}.", parts=tr(", ").join(parts), there=there)


class ImportSchemeDialog(QDialog):
    """A dry run: nothing is changed until it is accepted."""

    wanted = Signal()

    def __init__(self, name: str, joining: Joining, notes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Import scheme"))
        self.setMinimumWidth(520)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 20, 22, 16)
        rows.setSpacing(12)
        self.sentence = joining_sentence(joining)
        stays = tr("What the project has stays as it is. One undo takes all of it back.")
        for text, kind in ((name, "section"), (self.sentence, ""), (stays if joining.change.rows else "", "faint")):
            label = plain_label(text, self)
            label.setObjectName(kind)
            label.setWordWrap(True)
            label.setVisible(bool(text))
            rows.addWidget(label)
        if notes:
            remarks = QPlainTextEdit("\n".join(notes), self)
            remarks.setObjectName("note")
            remarks.setReadOnly(True)
            remarks.setTabChangesFocus(True)
            remarks.setFixedHeight(REMARKS)
            remarks.setAccessibleName(tr("Remarks"))
            rows.addWidget(remarks)
        rows.addWidget(self._buttons(adds=bool(joining.change.rows)))

    def _buttons(self, *, adds: bool) -> QDialogButtonBox:
        kind = QDialogButtonBox.StandardButton.Cancel if adds else QDialogButtonBox.StandardButton.Close
        buttons = QDialogButtonBox(kind, self)
        buttons.rejected.connect(self.reject)
        if adds:
            add = buttons.addButton(tr("Add to the project"), QDialogButtonBox.ButtonRole.AcceptRole)
            add.setDefault(True)
            add.setFocus()
            buttons.accepted.connect(self._accept)
        return buttons

    def _accept(self) -> None:
        self.wanted.emit()
        self.accept()
