"""The window in which a scheme is made and changed. Each change is a step at once, which undo takes back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.appearance import Appearance
from annotator.gui.dialogs.scheme.attribute_page import AttributePage
from annotator.gui.dialogs.scheme.desk import Desk
from annotator.gui.dialogs.scheme.fields import Page, button, fault_label, show_fault
from annotator.gui.dialogs.scheme.label_page import LabelPage
from annotator.gui.dialogs.scheme.operation import Operations
from annotator.gui.dialogs.scheme.other_pages import FormPage, LayerPage, LinkPage, NotePage
from annotator.gui.dialogs.scheme.outline import Outline
from annotator.gui.dialogs.scheme.versions import VersionsPage
from annotator.gui.session import Session
from annotator.gui.texts import tr
from annotator.store.scheme_versions import Version

SIZE = (1040, 640)  # pixels


class SchemeWindow(QDialog):
    """The scheme at the left, the thing one is on at the right. It follows what is changed elsewhere."""

    place_wanted = Signal(str, object)  # the id of a document, and a Span
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, session: Session, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._among_versions = False
        self.setWindowTitle(tr("Scheme"))
        self.setModal(False)
        self.resize(*SIZE)
        self.desk = Desk(session, self)
        self.operations = Operations(self.desk, self)
        self.outline = Outline(self.desk, appearance.theme, self)
        self.said = fault_label(self)
        self._make_pages()
        self._lay_out()
        self._connect()
        self._show_current()
        self.outline.table.setFocus()

    def _make_pages(self) -> None:
        desk, operations = self.desk, self.operations
        self.label_page = LabelPage(desk, operations, self)
        self.label_page.theme = self._appearance.theme
        self.layer_page, self.note_page = LayerPage(desk, self), NotePage(desk, self)
        self.link_page, self.form_page = LinkPage(desk, operations, self), FormPage(desk, self)
        self.attribute_page = AttributePage(desk, operations, self)
        self._pages: dict[str, Page] = {
            "label": self.label_page,
            "layer": self.layer_page,
            "link": self.link_page,
            "form": self.form_page,
            "attribute": self.attribute_page,
            "question": self.attribute_page,
        }
        self.stack = QStackedWidget(self)
        pages = (self.label_page, self.layer_page, self.link_page, self.form_page, self.attribute_page, self.note_page)
        self.versions = VersionsPage(desk, self)
        for page in (*pages, self.versions, operations):
            self.stack.addWidget(page)

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        left, right = QWidget(self), QWidget(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for side, inner in ((left, self.outline), (right, self.stack)):
            rows = QVBoxLayout(side)
            at_left = (side is left) == mirrored  # of this half, the edge where they meet
            rows.setContentsMargins(14 if at_left else 2, 0, 2 if at_left else 14, 0)
            rows.addWidget(inner)
            self.split.addWidget(side)
        self.split.setSizes([330, 680])
        self.split.setStretchFactor(1, 1)
        foot = QHBoxLayout()
        foot.addWidget(button(tr("&Versions…"), self.show_versions, self))
        foot.addWidget(self.said, 1)
        foot.addStretch()
        foot.addWidget(button(tr("Close"), self.close, self))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 12)
        rows.setSpacing(12)
        rows.addWidget(self.split, 1)
        rows.addLayout(foot)

    def _connect(self) -> None:
        desk, operations = self.desk, self.operations
        self.outline.chosen.connect(self._on_chosen)
        self.outline.delete_wanted.connect(operations.delete)
        self.outline.rename_wanted.connect(self._rename)
        self.outline.page_wanted.connect(self._enter_page)
        desk.changed.connect(self._on_changed)
        desk.counted.connect(self._say_use)
        desk.wanted.connect(self._go_to)
        desk.told.connect(self._say)
        operations.shown.connect(lambda: self.stack.setCurrentWidget(operations))
        operations.finished.connect(self._on_finished)
        operations.refused.connect(self._on_refused)
        operations.place_wanted.connect(self.place_wanted)
        self.versions.left.connect(self._leave_versions)
        self.versions.recovery_wanted.connect(self._recover)
        self._appearance.changed.connect(self._follow_appearance)
        for keys, wanted in (("Ctrl+Z", self.undo_wanted), ("Ctrl+Shift+Z", self.redo_wanted)):
            QShortcut(QKeySequence(keys), self).activated.connect(wanted)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.outline.filter.setFocus)

    # What is shown

    def _page(self) -> Page:
        row = self.outline.current()
        return self._pages.get(row.kind, self.note_page) if row else self.note_page

    def _show_current(self) -> None:
        row = self.outline.current()
        page = self._page()
        page.show_key((row.key or row.kind) if row else "")
        if not self.operations.asking and not (self._among_versions and self.versions.isVisible()):
            self.stack.setCurrentWidget(page)

    def _on_chosen(self, kind: str, key: str) -> None:
        page = self._pages.get(kind, self.note_page)
        if page.key != (key or kind):
            self.operations.let_go()
            self._among_versions = False
        show_fault(self.said, "")
        self._show_current()

    def _go_to(self, kind: str, key: str) -> None:
        """Show a thing; the keyboard goes along from a page to a page."""
        focus = self.focusWidget()
        on_page = focus is not None and self.stack.isAncestorOf(focus) and not self.operations.isAncestorOf(focus)
        self.outline.choose(kind, key)
        if on_page:
            self._enter_page()

    def _on_changed(self) -> None:
        show_fault(self.said, "")
        self._show_current()

    def _on_finished(self) -> None:
        if self._among_versions:
            self.show_versions()
            return
        self._show_current()
        self.outline.table.setFocus()

    def show_versions(self) -> None:
        """Show what became of the scheme, step by step."""
        self._among_versions = True
        self.operations.let_go()
        self.stack.setCurrentWidget(self.versions)
        self.versions.read()

    def _leave_versions(self) -> None:
        self._among_versions = False
        self._on_finished()

    def _recover(self, version: Version) -> None:
        from annotator.store.recovery import recovery_plan

        about = tr("What this version deleted comes back, with its marks and links, whatever was done since.")
        revision = version.revision
        heading = tr("Bring back what version {number} deleted", number=version.number)
        self.operations.ask(heading, about, lambda reader: recovery_plan(reader, revision))

    def _on_refused(self, why: str) -> None:
        if self._page() is self.attribute_page:
            self.attribute_page.say(why)
        else:
            self._say(why)

    def _say_use(self) -> None:
        self.label_page.say_use()
        self.layer_page.say_use()

    def _say(self, why: str) -> None:
        show_fault(self.said, why)

    def _rename(self) -> None:
        self._page().rename()

    def _enter_page(self) -> None:
        page = self._page()
        target = page.first if page.first is not None else page
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _follow_appearance(self) -> None:
        self.outline.table.set_theme(self._appearance.theme)
        self.label_page.theme = self._appearance.theme

    # The window itself

    def closeEvent(self, event: QCloseEvent) -> None:
        self.commit()
        super().closeEvent(event)

    def reject(self) -> None:
        """Esc leaves a question first, then the window."""
        if self.operations.asking:
            self.operations.leave()
        elif self._among_versions:
            self._leave_versions()
        else:
            self.commit()
            super().reject()

    def commit(self) -> None:
        """Take over what is still being typed."""
        self.label_page.guideline.commit()
