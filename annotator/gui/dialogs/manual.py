"""The manual, read in the program: the Markdown pages that are shipped with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from annotator import resources
from annotator.gui.texts import tr


class ManualDialog(QDialog):
    """Shows a page, follows its links to other pages, and opens nothing else."""

    def __init__(self, parent: QWidget | None = None, page: str = "index.md") -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Manual"))
        self.resize(860, 720)
        self._folder = resources.path("manual").resolve()
        self.browser = QTextBrowser(self)
        self.browser.setOpenLinks(False)
        self.browser.setOpenExternalLinks(False)
        self.browser.setAccessibleName(self.windowTitle())
        self.browser.document().setDocumentMargin(24)
        self.browser.anchorClicked.connect(self._follow)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        back = buttons.addButton(tr("Back"), QDialogButtonBox.ButtonRole.ActionRole)
        back.clicked.connect(self.browser.backward)
        self.browser.backwardAvailable.connect(back.setEnabled)
        back.setEnabled(False)
        buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.addWidget(self.browser)
        rows.addWidget(buttons)
        self.show_page(self._folder / page)

    def show_page(self, path: Path) -> None:
        """Show the page at `path`."""
        self.browser.setSource(QUrl.fromLocalFile(str(path)), QTextDocument.ResourceType.MarkdownResource)

    def _follow(self, link: QUrl) -> None:
        address = self.browser.source().resolved(link)
        path = Path(address.toLocalFile()).resolve()
        if path.suffix == ".md" and path.is_relative_to(self._folder) and path.exists():
            self.show_page(path)
        if link.hasFragment():
            self.browser.scrollToAnchor(link.fragment())
