"""How a text is split into articles: patterns to choose, to change and to try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.core.column_mapping import KEPT, LEFT_OUT
from annotator.core.split_patterns import FieldPattern, SplitPatterns
from annotator.gui.dialogs.import_preview.words import target_words
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.panels.wrapped import WrappedLabel
from annotator.gui.texts import plain_label, tr
from annotator.importers.split_presets import PRESETS

WAIT = 350  # milliseconds without a key until patterns are tried
AT_ONCE = 3  # fields that are made at a time
NEW = SplitPatterns("", start="^--- ")


class FieldRow(QWidget):
    """A field of an article: what it is, and the line that holds it."""

    changed = Signal()
    unwanted = Signal(object)

    def __init__(self, held: FieldPattern, parent: QWidget) -> None:
        super().__init__(parent)
        self.target = QuietCombo(self)
        self.target.setAccessibleName(tr("Field"))
        for target, words in target_words().items():
            if target not in (KEPT, LEFT_OUT):
                self.target.addItem(words, target)
        if self.target.findData(held.target) < 0:
            self.target.addItem(held.target, held.target)
        self.target.setCurrentIndex(self.target.findData(held.target))
        self.target.setFixedWidth(150)
        self.pattern = _line(held.pattern, tr("The line that holds it"), self)
        away = QPushButton(tr("Take away"), self)
        away.setObjectName("flat")
        away.setAutoDefault(False)
        away.clicked.connect(lambda: self.unwanted.emit(self))
        self.target.activated.connect(lambda _: self.changed.emit())
        self.pattern.textEdited.connect(lambda _: self.changed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.target)
        row.addWidget(self.pattern, 1)
        row.addWidget(away)

    @property
    def held(self) -> FieldPattern:
        """What stands there."""
        return FieldPattern(self.target.currentData(), self.pattern.text())


class PatternsEditor(QWidget):
    """Tells patterns that can be used, a moment after a person changed them; says what is wrong with others."""

    changed = Signal(object)  # SplitPatterns

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._offered: list[SplitPatterns] = []
        self._shown: SplitPatterns | None = None
        self._wait = QTimer(self, singleShot=True, interval=WAIT)
        self._wait.timeout.connect(self._try)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._more_fields)
        self._to_come: list[FieldPattern] = []  # fields that are not shown yet
        self.fields: list[FieldRow] = []
        self.preset = QuietCombo(self)
        self.preset.setAccessibleName(tr("Begin with"))
        self.preset.setMinimumContentsLength(26)
        self.preset.activated.connect(self._on_preset)
        self.name = _line("", tr("Name of the patterns"), self)
        self.start = _line("", tr("A line that begins an article"), self)
        self.end = _line("", tr("A line that ends an article"), self)
        self.keep_start = QCheckBox(tr("it belongs to the article"), self)
        self.keep_end = QCheckBox(tr("it belongs to the article"), self)
        self.first_line = QCheckBox(tr("Without a title, the first line is it"), self)
        self.day_first = QCheckBox(tr("In 3/5/2024, 3 is the day"), self)
        self.drop = QPlainTextEdit(self)
        self.drop.setObjectName("note")
        self.drop.setTabChangesFocus(True)
        self.drop.setFixedHeight(54)
        self.drop.setAccessibleName(tr("Lines to leave out, a pattern each"))
        self.faults = WrappedLabel(self)
        self.faults.setObjectName("bad")
        self.faults.hide()
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        for line in (self.name, self.start, self.end):
            line.textEdited.connect(lambda _: self._on_edit())
        for box in (self.keep_start, self.keep_end, self.first_line, self.day_first):
            box.clicked.connect(lambda _: self._on_edit())
        self.drop.textChanged.connect(self._on_edit)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        above = QHBoxLayout()
        above.setSpacing(10)
        above.addWidget(self.preset)
        above.addWidget(plain_label(tr("called"), self))
        above.addWidget(self.name, 1)
        grid.addWidget(plain_label(tr("Begin with"), self), 0, 0)
        grid.addLayout(above, 0, 1, 1, 2)
        lines = ((tr("Beginning"), self.start, self.keep_start), (tr("End"), self.end, self.keep_end))
        for row, (words, line, box) in enumerate(lines, 1):
            grid.addWidget(plain_label(words, self), row, 0)
            grid.addWidget(line, row, 1)
            grid.addWidget(box, row, 2)
        self._grid = QVBoxLayout()
        self._grid.setSpacing(6)
        self.more = QPushButton(tr("Another field"), self)
        self.more.setObjectName("flat")
        self.more.setAutoDefault(False)
        self.more.clicked.connect(self._add_field)
        grid.addWidget(plain_label(tr("Fields"), self), 3, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(self._grid, 3, 1, 1, 2)
        grid.addWidget(self.more, 4, 1, Qt.AlignmentFlag.AlignLeading)
        grid.addWidget(plain_label(tr("Leave out"), self), 5, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.drop, 5, 1, 1, 2)
        boxes = QHBoxLayout()
        boxes.addWidget(self.first_line)
        boxes.addWidget(self.day_first)
        boxes.addStretch()
        grid.addLayout(boxes, 6, 1, 1, 2)
        inside = QWidget(self)
        inside.setLayout(grid)
        grid.setContentsMargins(0, 0, 10, 0)
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(area, 1)
        rows.addWidget(self.faults)

    def offer(self, remembered: Sequence[SplitPatterns]) -> None:
        """Let these be chosen, and the presets that come with the program."""
        names = {patterns.name for patterns in remembered}
        self._offered = [*remembered, *(patterns for patterns in PRESETS if patterns.name not in names), NEW]
        self.preset.clear()
        for patterns in self._offered:
            self.preset.addItem(patterns.name or tr("Nothing"))

    def show_patterns(self, patterns: SplitPatterns) -> None:
        """Show these; what a person is writing is left alone where it says the same."""
        if patterns == self._shown:
            return
        self._shown = patterns
        place = next((place for place, each in enumerate(self._offered) if each.name == patterns.name), -1)
        self.preset.setCurrentIndex(place)
        for line, words in ((self.name, patterns.name), (self.start, patterns.start), (self.end, patterns.end)):
            line.setText(words)
            line.setCursorPosition(0)
        for box, on in (
            (self.keep_start, patterns.keep_start),
            (self.keep_end, patterns.keep_end),
            (self.first_line, patterns.first_line_is_title),
            (self.day_first, patterns.day_first),
        ):
            box.setChecked(on)
        blocked = self.drop.blockSignals(True)
        self.drop.setPlainText("\n".join(patterns.drop))
        self.drop.blockSignals(blocked)
        self._show_fields(patterns.fields)
        self._tell_faults([])

    def _show_fields(self, fields: Sequence[FieldPattern]) -> None:
        for row in self.fields:
            row.setParent(None)
            row.deleteLater()
        self.fields = []
        self._to_come = list(fields)
        self._more_fields()

    def _more_fields(self) -> None:
        """Show some of the fields that are not shown yet; the window has its turn between."""
        for field in self._to_come[:AT_ONCE]:
            self._put_field(field)
        del self._to_come[:AT_ONCE]
        if self._to_come:
            self._later.start()

    def _put_field(self, field: FieldPattern) -> FieldRow:
        row = FieldRow(field, self)
        row.changed.connect(self._on_edit)
        row.unwanted.connect(self._on_unwanted)
        self.fields.append(row)
        self._grid.addWidget(row)
        return row

    def _add_field(self) -> None:
        taken = {row.held.target for row in self.fields}
        free = next((target for target in target_words() if target not in taken), "title")
        self._put_field(FieldPattern(free, "")).pattern.setFocus()

    def _on_unwanted(self, row: FieldRow) -> None:
        self.fields.remove(row)
        row.setParent(None)
        row.deleteLater()
        self.more.setFocus()
        self._on_edit()

    def _on_preset(self, place: int) -> None:
        chosen = self._offered[place]
        self.show_patterns(replace(chosen, name=chosen.name or tr("My patterns")))
        self._try()

    def written(self) -> SplitPatterns:
        """What stands in the fields."""
        return SplitPatterns(
            self.name.text().strip() or tr("My patterns"),
            self.start.text(),
            self.end.text(),
            tuple(held for held in (*(row.held for row in self.fields), *self._to_come) if held.pattern),
            tuple(line for line in self.drop.toPlainText().split("\n") if line.strip()),
            self.keep_start.isChecked(),
            self.keep_end.isChecked(),
            self.first_line.isChecked(),
            self.day_first.isChecked(),
        )

    def _on_edit(self) -> None:
        self._tell_faults(self.written().faults())
        self._wait.start()

    def _tell_faults(self, faults: Sequence[str]) -> None:
        self.faults.setText(" ".join(faults))
        self.faults.setVisible(bool(faults))

    def _try(self) -> None:
        self._wait.stop()
        patterns = self.written()
        if not patterns.faults():
            self._shown = patterns
            self.changed.emit(patterns)


def _line(words: str, name: str, parent: QWidget) -> QLineEdit:
    made = QLineEdit(words, parent)
    made.setAccessibleName(name)
    made.setCursorPosition(0)
    made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as regular expressions are read
    return made
