"""The window of the preview: the sources of an import, what they hold, and how they are to be read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.core.column_mapping import ColumnMapping
from annotator.core.split_patterns import SplitPatterns
from annotator.gui.dialogs.import_preview.looking import Looking
from annotator.gui.dialogs.import_preview.page import SourcePage
from annotator.gui.dialogs.import_preview.plan import Plan
from annotator.gui.dialogs.import_preview.sources import SourcesList
from annotator.gui.texts import plain_label, tr
from annotator.gui.theme import Theme
from annotator.importers.previewing import Preview

WIDE, HIGH = 1120, 660  # pixels, where the screen has them


class ImportWindow(QDialog):
    """Stands beside the main window; nothing comes in before a person says so."""

    wanted = Signal(object)  # the Plan

    def __init__(self, plan: Plan, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan = plan
        self._page_of = ""  # the source that is shown
        self._shown: tuple[Preview, bool, bool] | None = None  # and how it is
        self._waiting: set[str] = set()  # sources that are looked at again
        self.looking = Looking(self)
        self.looking.looked.connect(self._on_looked)
        self.looking.looked_again.connect(self._on_looked_again)
        self.looking.ended.connect(self._follow)
        self.looking.failed.connect(self._on_failed)
        self.setWindowTitle(tr("What the import would bring"))
        self.setModal(False)
        room = self.screen().availableGeometry()
        self.resize(min(WIDE, room.width() - 60), min(HIGH, room.height() - 60))
        self.sources = SourcesList(theme, self)
        self.sources.setMinimumWidth(220)
        self.page = SourcePage(theme, self)
        self.page.offer_patterns(plan.settings.patterns)
        self.summary = plain_label("", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._lay_out()
        self._connect()
        self._begin()

    def _lay_out(self) -> None:
        self.buttons = QDialogButtonBox(self)
        self.do = QPushButton(tr("Import"), self)
        self.do.setDefault(True)
        self.buttons.addButton(self.do, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(17)
        self.split.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.split.addWidget(self.sources)
        self.split.addWidget(self.page)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([280, WIDE - 280])
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.summary, 1)
        below.addWidget(self._bar)
        below.addWidget(self.buttons)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(18, 16, 18, 14)
        rows.setSpacing(12)
        rows.addWidget(self.split, 1)
        rows.addLayout(below)

    def _connect(self) -> None:
        self.sources.chosen.connect(self._on_chosen)
        self.page.format_chosen.connect(self._on_format)
        self.page.mapping_chosen.connect(self._on_mapping)
        self.page.patterns_chosen.connect(self._on_patterns)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(lambda _: self.looking.stop())

    def _begin(self) -> None:
        if not self.plan.complete:
            self.looking.go_through(self.plan.unknown(), self.plan.settings)
        self._bar.setRange(0, 0)
        self._follow()
        self.sources.setFocus()

    # What is seen

    def _on_looked(self, found: list[Preview]) -> None:
        """What a person chose meanwhile, or waits for, is newer than what the first look saw."""
        new = [each for each in found if not (self.plan.is_chosen(each.source) or each.source in self._waiting)]
        self.plan.take(new)
        if stale := self.plan.stale(new):
            self._look_again(stale)
        self._follow()

    def _on_looked_again(self, found: list[Preview]) -> None:
        self.plan.take(found)
        self._waiting -= {preview.source for preview in found}
        self._follow()

    def _on_failed(self, error: Exception) -> None:
        self._waiting.clear()
        self.looking.stop()
        self._follow()
        self.summary.setText(tr("A fault of the program broke the preview off: {error}.", error=repr(error)))

    def _follow(self) -> None:
        """Show what is known by now."""
        self.sources.show_previews(self.plan.previews.values())
        self._show_page()
        self._bar.setVisible(self.looking.busy)
        self.summary.setText(self._summary())
        self.do.setEnabled(bool(self.plan.previews))

    def _summary(self) -> str:
        plan = self.plan
        if not plan.previews:
            return tr("Reading…")
        articles = tr("{count} articles", count=f"{plan.articles:,}")
        if not plan.whole:
            articles = tr("{count} articles and more", count=f"{plan.articles:,}")
        files = tr("in {count} files", count=f"{len(plan.sources):,}")
        return f"{articles} {files}"

    def _show_page(self) -> None:
        name = self.sources.current
        preview = self.plan.previews.get(name)
        if preview is None:
            return
        anew, self._page_of = name != self._page_of, name
        before, self._shown = self._shown, (preview, self.plan.is_chosen(name), name in self._waiting)
        if before is None or before[0] is not preview or before[1:] != self._shown[1:]:
            _, chosen, reads = self._shown
            self.page.show_preview(preview, chosen=chosen, reads=reads, anew=anew)

    # What a person chooses

    def _on_chosen(self, name: str) -> None:
        preview = self.plan.previews.get(name)
        if preview is not None and not preview.looked_into:
            self._look_again([name])
        else:
            self._show_page()

    def _on_format(self, format_: str) -> None:
        name = self.sources.current
        self.plan.choose_format(name, format_)
        self._look_again([name])

    def _on_mapping(self, mapping: ColumnMapping) -> None:
        self._look_again(self.plan.choose_mapping(self.sources.current, mapping))

    def _on_patterns(self, patterns: SplitPatterns) -> None:
        name = self.sources.current
        self.plan.choose_patterns(name, patterns)
        self._look_again([name])

    def _look_again(self, names: list[str]) -> None:
        """Look at these as they are to be read now, and at what is still waited for."""
        self._waiting |= set(names)
        order = [*names, *(name for name in self._waiting if name not in names)]
        sources = self.plan.sources
        wanted = [(sources[name], self.plan.importer_of(name)) for name in order if name in sources]
        self.looking.look_again(wanted, self.plan.settings)
        self._follow()

    def _accept(self) -> None:
        self.looking.stop()
        self.wanted.emit(self.plan)
        self.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.looking.stop()
        super().closeEvent(event)
