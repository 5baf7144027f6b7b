"""The right side of the preview: one source, how it is read, and its first and last article."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.split_patterns import SplitPatterns
from annotator.gui.dialogs.import_preview.article import ArticleView
from annotator.gui.dialogs.import_preview.columns import ColumnsEditor
from annotator.gui.dialogs.import_preview.patterns import PatternsEditor
from annotator.gui.dialogs.import_preview.words import count_words, kind_words, name_of, place_of, sureness_words
from annotator.gui.panels.elided import ElidedLabel
from annotator.gui.panels.quiet_combo import QuietCombo
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme
from annotator.importers import IMPORTERS
from annotator.importers.previewing import Preview
from annotator.importers.split_presets import PRESETS

FIRST, LAST, WRONG = range(3)


class SourcePage(QWidget):
    """Shows a preview; tells what a person chooses for its source."""

    format_chosen = Signal(str)  # an importer’s name; empty: as recognised
    mapping_chosen = Signal(object)  # ColumnMapping
    patterns_chosen = Signal(object)  # SplitPatterns

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self._reads = False
        self.name = ElidedLabel(self)
        self.said = plain_label("", self)
        self.said.setObjectName("faint")
        self.format = QuietCombo(self)
        self.format.setAccessibleName(tr("Read as"))
        self.format.setMinimumContentsLength(22)
        self.format.activated.connect(lambda place: self.format_chosen.emit(self.format.itemData(place)))
        self.columns = ColumnsEditor(theme, self)
        self.columns.changed.connect(self.mapping_chosen)
        self.patterns = PatternsEditor(self)
        self.patterns.changed.connect(self.patterns_chosen)
        self.article = ArticleView(theme, self)
        self.article.setAccessibleName(tr("Article"))
        self.wrong = QPlainTextEdit(self)
        self.wrong.setObjectName("note")
        self.wrong.setReadOnly(True)
        self.wrong.setTabChangesFocus(True)
        self.wrong.setAccessibleName(tr("What looks wrong"))
        self._lay_out()

    def _lay_out(self) -> None:
        read_as = plain_label(tr("Read as"), self)
        read_as.setObjectName("faint")
        above = QHBoxLayout()
        above.setSpacing(10)
        above.addWidget(read_as)
        above.addWidget(self.format)
        above.addWidget(self.said, 1)
        self._editor = QStackedWidget(self)
        self._editor.addWidget(self.columns)
        self._editor.addWidget(self.patterns)
        self._shown = QStackedWidget(self)
        self._shown.addWidget(self.article)
        self._shown.addWidget(self.wrong)
        below = QWidget(self)
        rows = QVBoxLayout(below)
        rows.setContentsMargins(0, 6, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(self._tabs())
        rows.addWidget(self._shown, 1)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(7)
        self.split.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.split.addWidget(self._editor)
        self.split.addWidget(below)
        self.split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(self.name)
        whole.addLayout(above)
        whole.addWidget(self.split, 1)

    def _tabs(self) -> QHBoxLayout:
        self.tabs = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(2)
        for place, words in ((FIRST, tr("First article")), (LAST, tr("Last article")), (WRONG, tr("What looks wrong"))):
            button = QPushButton(words, self)
            button.setObjectName("tab")
            button.setCheckable(True)
            button.setAutoDefault(False)
            self.tabs.addButton(button, place)
            row.addWidget(button)
        row.addStretch()
        self.tabs.button(FIRST).setChecked(True)
        self.tabs.idClicked.connect(lambda _: self._show_tab())
        return row

    def offer_patterns(self, remembered: Sequence[SplitPatterns]) -> None:
        """Let these patterns be chosen, beside those that come with the program."""
        self.patterns.offer(remembered)

    def show_preview(self, preview: Preview, *, chosen: bool, reads: bool, anew: bool) -> None:
        """Show what is known of a source; `reads` while more is being found out, `anew` where another was shown."""
        self._preview, self._reads = preview, reads
        self.name.setText(place_of(preview))
        counted = tr("Reading…") if reads else count_words(preview)
        self.said.setText(" · ".join(filter(None, (sureness_words(preview, chosen), counted))))
        if anew or not reads:  # what a person has just chosen stays, until it was tried
            self._show_formats(preview)
            self._show_editor(preview, anew=anew)
        wrong, remarks = len(self._wrong_lines(preview)), len(preview.notices)
        self.tabs.button(WRONG).setText(_tab_words(wrong, remarks))
        if anew:
            nothing = preview.first is None and wrong > 0
            self.tabs.button(WRONG if nothing else FIRST).setChecked(True)
        self._show_tab()

    def _show_formats(self, preview: Preview) -> None:
        rows = [(each.name, each.title) for each in IMPORTERS]
        if not preview.format:
            rows.insert(0, ("", kind_words(preview)))
        if [self.format.itemData(place) for place in range(self.format.count())] != [name for name, _ in rows]:
            self.format.clear()
            for name, title in rows:
                self.format.addItem(title, name)
        self.format.setCurrentIndex(self.format.findData(preview.format))

    def _show_editor(self, preview: Preview, *, anew: bool) -> None:
        splits = preview.patterns is not None or preview.format == "splitter"
        self._editor.setVisible(preview.table is not None or splits)
        if preview.table is not None:
            self.columns.show_table(preview.table)
            self._editor.setCurrentWidget(self.columns)
        elif splits:
            self.patterns.show_patterns(preview.patterns or PRESETS[0])
            self._editor.setCurrentWidget(self.patterns)
        if anew and self._editor.isVisibleTo(self):
            room = max(self.split.height(), 400)
            wanted = self.columns.sizeHint().height() if preview.table is not None else room * 9 // 20
            self.split.setSizes([wanted, room - wanted])

    def _show_tab(self) -> None:
        preview = self._preview
        if preview is None:
            return
        place = self.tabs.checkedId()
        self._shown.setCurrentWidget(self.wrong if place == WRONG else self.article)
        if place == WRONG:
            lines = [*self._wrong_lines(preview), *self._plain(preview, preview.notices)]
            self.wrong.setPlainText("\n\n".join(lines) or tr("Nothing that the program noticed."))
        else:
            joins = tr("It holds no texts. What it says is joined to the articles of the project.")
            none = joins if preview.documents else tr("No article was found in it.")
            otherwise = tr("Reading…") if self._reads else none
            self.article.show_article(preview.first if place == FIRST else preview.last, otherwise)

    def _wrong_lines(self, preview: Preview) -> list[str]:
        """What cannot be read, what is missing and what looks wrong, the worst first."""
        lines = [f"{failure.path}: {failure.reason}" for failure in preview.failures]
        if preview.whole and preview.claimed not in (None, preview.documents):
            lines.append(count_words(preview))
        return self._plain(preview, [*lines, *(suspect.text for suspect in preview.suspects)])

    def _plain(self, preview: Preview, lines: Sequence[str]) -> list[str]:
        """The lines without the source’s folders at their beginnings."""
        return [line.replace(preview.source, name_of(preview)) for line in lines]


def _tab_words(wrong: int, remarks: int) -> str:
    if wrong:
        return tr("What looks wrong ({count})", count=wrong)
    return tr("Remarks ({count})", count=remarks) if remarks else tr("Nothing wrong")
