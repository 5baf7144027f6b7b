"""Lets the words of a person's lists stand out in the article, a slice of it at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.core.keywords import KeywordList, KeywordMatcher
from annotator.core.span import Span
from annotator.gui.settings import Settings
from annotator.gui.text_view.highlights import HighlightOverlay
from annotator.gui.texts import plain_tip, tr

DELAY = 250  # milliseconds after the last change of a list


def keyword_lists(settings: Settings) -> list[KeywordList]:
    """The lists as the settings keep them; what cannot be read there is passed over."""
    return [KeywordList.from_settings(held) for held in settings.keywords if isinstance(held, dict)]


def keep_keyword_lists(settings: Settings, lists: list[KeywordList]) -> None:
    """Put the lists into the settings."""
    settings.keywords = [held.to_settings() for held in lists]


class Keywords(QObject):
    """Follows the text that is shown. Without any list it does nothing and costs nothing.

    A word tells which list it is of when the mouse rests on it.
    """

    def __init__(self, overlay: Callable[[], HighlightOverlay], parent: QObject) -> None:
        super().__init__(parent)
        self._overlay = overlay
        self._watched: QWidget | None = None  # where the mouse may rest on a word
        self._lists: list[KeywordList] = []
        self._matcher: KeywordMatcher | None = None
        self._text = ""
        self._shown: list[str] = []
        self._coming: Iterator[list[list[Span]]] = iter(())
        self._delay = QTimer(self, singleShot=True, interval=DELAY)
        self._delay.timeout.connect(self._start)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._step)

    def use(self, lists: list[KeywordList], text: str) -> None:
        """Look for these lists from now on, in `text` first; soon, for there may be more keys to come."""
        self._lists = [held for held in lists if held.on]
        self._matcher, self._text = None, text
        self._delay.start()
        if not self._lists:
            self._start()

    def show_text(self, text: str) -> None:
        """Another text is shown."""
        self._text = text
        if not self._delay.isActive():
            self._start()

    def _start(self) -> None:
        self._delay.stop()
        self._timer.stop()
        if self._matcher is None:
            self._matcher = KeywordMatcher(self._lists)
        self._clear()
        if self._matcher:
            self._watch()
            self._coming = self._matcher.slices(self._text)
            for number, held in enumerate(self._lists):
                self._shown.append(f"keywords {number}")
                self._overlay().set_group(self._shown[-1], (), held.color, boxed=False)
            self._timer.start()

    def _watch(self) -> None:
        """Hear of the mouse, from the first list on."""
        if self._watched is None:
            self._watched = self._overlay().viewport
            self._watched.installEventFilter(self)

    def _clear(self) -> None:
        for name in self._shown:
            self._overlay().clear(name)
        self._shown.clear()

    def _step(self) -> None:
        found = next(self._coming, None)
        if found is None:
            self._timer.stop()
            return
        for name, spans in zip(self._shown, found, strict=True):
            self._overlay().extend_group(name, spans)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._shown:
            tip = self._tip(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(tip), self._watched)  # an empty one takes the last away
            return True
        return super().eventFilter(watched, event)

    def _tip(self, point: QPointF) -> str:
        """The lists that have the word at a point of the viewport, in pixels; empty where none has."""
        there = {name for name, _ in self._overlay().at(point)}
        lists = [held for name, held in zip(self._shown, self._lists, strict=True) if name in there]
        return tr("On the list {names}", names=", ".join(held.name or tr("unnamed") for held in lists)) if lists else ""
