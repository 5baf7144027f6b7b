"""The manual, read in the program: the Markdown pages that are shipped with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from annotator import resources
from annotator.gui.texts import tr

PICTURE_WIDTH = 760  # pixels


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
        for block in _blocks(self.browser.document()):
            self._space(block)
            for number in range(len(block.text())):
                self._fit_picture(block.position() + number)

    def _space(self, block: QTextBlock) -> None:
        """Qt sets Markdown without any room between paragraphs."""
        form = block.blockFormat()
        above = 14 if form.headingLevel() else 0
        form.setTopMargin(above)
        form.setBottomMargin(3 if block.textList() is not None else 9)
        QTextCursor(block).setBlockFormat(form)

    def _fit_picture(self, position: int) -> None:
        cursor = QTextCursor(self.browser.document())
        cursor.setPosition(position + 1)
        form = cursor.charFormat()
        if form.isImageFormat():
            picture = form.toImageFormat()
            picture.setWidth(PICTURE_WIDTH)
            cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(picture)

    def _follow(self, link: QUrl) -> None:
        address = self.browser.source().resolved(link)
        path = Path(address.toLocalFile()).resolve()
        if path.suffix == ".md" and path.is_relative_to(self._folder) and path.exists():
            self.show_page(path)
        if link.hasFragment():
            self._scroll_to(link.fragment())

    def _scroll_to(self, heading: str) -> None:
        """Bring a heading into view by the name that Markdown readers give it in links."""
        for block in _blocks(self.browser.document()):
            if block.blockFormat().headingLevel() and _slug(block.text()) == heading:
                self.browser.setTextCursor(QTextCursor(self.browser.document().lastBlock()))
                self.browser.setTextCursor(QTextCursor(block))
                return


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _slug(heading: str) -> str:
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return kept.strip().replace(" ", "-")
