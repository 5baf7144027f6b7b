"""Highlights the words of a person's lists in the article, a stretch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

from annotator.core.keywords import KeywordList, KeywordMatcher
from annotator.core.span import Span
from annotator.gui.settings import Settings
from annotator.gui.text_view.highlights import HighlightOverlay

STRETCH = 40_000  # code points looked through at a time


def keyword_lists(settings: Settings) -> list[KeywordList]:
    """The lists as the settings keep them; what cannot be read there is passed over."""
    lists = []
    for held in settings.keywords:
        name, words, color = (str(held.get(key, "")) for key in ("name", "words", "color"))
        lists.append(KeywordList(name, words, color or "#8a4fb5", bool(held.get("on", True))))
    return lists


def keep_keyword_lists(settings: Settings, lists: list[KeywordList]) -> None:
    """Put the lists into the settings."""
    settings.keywords = [{"name": held.name, "words": held.words, "color": held.color, "on": held.on} for held in lists]


class Keywords(QObject):
    """Follows the text that is shown. Without any list it does nothing and costs nothing."""

    def __init__(self, overlay: Callable[[], HighlightOverlay], parent: QObject) -> None:
        super().__init__(parent)
        self._overlay = overlay
        self._lists: list[KeywordList] = []
        self._matcher: KeywordMatcher | None = None
        self._shown = 0
        self._found: defaultdict[int, list[Span]] = defaultdict(list)
        self._coming: Iterator[str] = iter(())
        self._offset = 0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._step)

    def use(self, lists: list[KeywordList], text: str) -> None:
        """Look for these lists from now on, in `text` first."""
        self._lists = [held for held in lists if held.on and held.words.strip()]
        self._matcher = KeywordMatcher(self._lists) if self._lists else None
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Another text is shown."""
        self._timer.stop()
        for number in range(self._shown):
            self._overlay().clear(_group(number))
        self._shown = 0
        if self._matcher is not None:
            self._found.clear()
            self._coming, self._offset = _stretches(text), 0
            self._timer.start()

    def _step(self) -> None:
        part = next(self._coming, None)
        if part is None or self._matcher is None:
            self._timer.stop()
            return
        for number, span in self._matcher.found(part):
            self._found[number].append(Span(span.start + self._offset, span.end + self._offset))
        self._offset += len(part)
        self._shown = len(self._lists)
        for number, held in enumerate(self._lists):
            self._overlay().set_group(_group(number), self._found[number], held.color, boxed=False)


def _group(number: int) -> str:
    return f"keywords {number}"


def _stretches(text: str) -> Iterator[str]:
    """The text in parts that end at a line feed, or, where there is none for long, at a space."""
    start = 0
    while start < len(text):
        end = min(len(text), start + STRETCH)
        if end < len(text):
            feed = text.rfind("\n", start, end)
            space = feed if feed > start else text.rfind(" ", start, end)
            end = space + 1 if space > start else end
        yield text[start:end]
        start = end
