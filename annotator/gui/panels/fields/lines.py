"""Answers that are typed on a line: numbers and dates. What is none stays in the line, and is told."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from annotator.core.annotation import AttributeValue
from annotator.core.dates import date_of, kept_date
from annotator.core.scheme import Attribute
from annotator.gui.panels.fields.base import Field, Shown, Surroundings
from annotator.gui.texts import set_tip, tr

ARTICLES = "="  # the key for the article's date: no date has it, and every keyboard


class LineField(Field):
    """A line. It is taken over when the keyboard leaves it, and with Enter."""

    def __init__(self, attribute: Attribute, around: Surroundings, parent: QWidget) -> None:
        super().__init__(attribute, around, parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(4)
        self.line = self.made_line()
        self.line.setPlaceholderText(tr("not coded"))
        self.line.setAccessibleName(self.name)
        self.line.editingFinished.connect(self.commit)
        self.line.textEdited.connect(lambda: self.said.emit(""))
        self.row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)
        self._answer: AttributeValue | None = None
        self._refused = ""

    def made_line(self) -> QLineEdit:
        """The line itself."""
        return QLineEdit(self)

    def show_answer(self, shown: Shown) -> None:
        if shown.answer != self._answer or not self.line.isModified():
            self._answer, self._refused = shown.answer, ""
            self.line.setText(self.written(shown.answer))
            self.line.setModified(False)

    def commit(self) -> bool:
        text = self.line.text().strip()
        if text == self.written(self._answer):
            self._refused = ""
            self.said.emit("")
            return True
        value = self.read(text) if text else None
        self._refused = self.why_not(text) if text and value is None else ""
        self.said.emit(self._refused)
        if not self._refused:
            self._answer = value
            self.line.setText(self.written(value))
            self.line.setModified(False)
            self.answered.emit(value)
        return not self._refused

    def drop(self) -> None:
        self._refused = ""
        self.line.setModified(False)
        super().drop()

    def refusal(self) -> str:
        return self._refused

    def written(self, value: AttributeValue | None) -> str:
        """An answer as it stands in the line."""
        return "" if value is None else str(value)

    def read(self, text: str) -> AttributeValue | None:
        """The answer that was typed; None where it is none."""
        raise NotImplementedError

    def why_not(self, text: str) -> str:
        """What is told of a text that is no answer."""
        raise NotImplementedError


class NumberField(LineField):
    """A number, perhaps within limits."""

    def read(self, text: str) -> int | float | None:
        number = _number(text.replace("−", "-"))
        low, high = self.attribute.minimum, self.attribute.maximum
        if number is None or (low is not None and number < low) or (high is not None and number > high):
            return None
        return number

    def why_not(self, text: str) -> str:
        low, high = (None if end is None else f"{end:g}" for end in (self.attribute.minimum, self.attribute.maximum))
        if low is not None and high is not None:
            return tr("“{text}” is no number from {low} to {high}. It is not kept yet.", text=text, low=low, high=high)
        if low is not None:
            return tr("“{text}” is no number from {low} up. It is not kept yet.", text=text, low=low)
        if high is not None:
            return tr("“{text}” is no number up to {high}. It is not kept yet.", text=text, high=high)
        return tr("“{text}” is no number. It is not kept yet.", text=text)


class DateLine(QLineEdit):
    """A line in which one key means the article's date."""

    article_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == ARTICLES:
            self.article_wanted.emit()
        else:
            super().keyPressEvent(event)


class DateField(LineField):
    """A date, or a month or a year of which no more is known; the article's with a button or a key."""

    def __init__(self, attribute: Attribute, around: Surroundings, parent: QWidget) -> None:
        super().__init__(attribute, around, parent)
        self.article = QPushButton(ARTICLES, self)
        self.article.setObjectName("flat")
        self.article.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.article.clicked.connect(self.take_article)
        self.row.addWidget(self.article)

    def made_line(self) -> QLineEdit:
        line = DateLine(self)
        line.article_wanted.connect(self.take_article)
        return line

    def show_answer(self, shown: Shown) -> None:
        super().show_answer(shown)
        date = self._article_date()
        self.article.setVisible(bool(date))
        words = tr("The article’s date, {date} (key {key})", date=date, key=ARTICLES)
        self.article.setAccessibleName(words)
        set_tip(self.article, words)

    def _article_date(self) -> str:
        opened = self.around.session.open
        return date_of(opened.document.metadata.get("published", "")) if opened is not None else ""

    def take_article(self) -> None:
        """Answer with the article's date."""
        date = self._article_date()
        if not date:
            self.said.emit(tr("The article has no date."))
            return
        self.line.setText(date)
        self.commit()

    def read(self, text: str) -> str | None:
        return kept_date(text)

    def why_not(self, text: str) -> str:
        return tr("“{text}” is no date. Type 2016, 2016-10, 2016-10-12 or 12.10.2016. It is not kept yet.", text=text)


def _number(text: str) -> int | float | None:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None
