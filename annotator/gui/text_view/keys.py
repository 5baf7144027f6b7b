"""What the keyboard does to the article: moving the caret, selecting; everything else is told to others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit

from annotator.core.growing import grown
from annotator.core.sentences import next_sentence_start, previous_sentence_start
from annotator.core.words import next_word_end, previous_word_start
from annotator.gui.text_view.caret import Caret
from annotator.gui.text_view.keyboards import latin_letter
from annotator.gui.text_view.layout import Sheet
from annotator.gui.text_view.loading import Loading

_Key = QKeySequence.StandardKey
_WORD_KEYS = (
    (_Key.MoveToNextWord, 1, False),
    (_Key.SelectNextWord, 1, True),
    (_Key.MoveToPreviousWord, -1, False),
    (_Key.SelectPreviousWord, -1, True),
)
_NUDGES = {".": ("end", "out"), ",": ("end", "in"), "<": ("start", "out"), ";": ("start", "out"), ">": ("start", "in"),
           ":": ("start", "in")}  # fmt: skip  # two keys where keyboards differ in what Shift makes of the first two
_SENTENCES = {"(": previous_sentence_start, ")": next_sentence_start}
_GROW, _SHRINK = ("+", "="), "-"  # Alt+Shift and an arrow do the same, where no window manager takes them
_END_KEYS = (_Key.SelectAll, _Key.MoveToEndOfDocument, _Key.SelectEndOfDocument)
_NONE, _CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_COMMANDS = _CTRL | _ALT | Qt.KeyboardModifier.MetaModifier


class Keys:
    """The keyboard of one view. Qt's own handling is called from here."""

    def __init__(self, view: QPlainTextEdit, sheet: Sheet, caret: Caret, loading: Loading) -> None:
        self._view, self._sheet, self._caret, self._loading = view, sheet, caret, loading
        self._grown: list[tuple[int, int]] = []  # the selections that the one there is grew from

    def takes(self, text: str, label_keys: frozenset[str]) -> bool:
        """Whether a typed character moved the caret by a sentence or the selection grew, and no label has its key."""
        if text in label_keys:
            return False
        if text in _SENTENCES:
            self._go(_SENTENCES[text](self._sheet.pieces.text, self._caret.position), keep=False)
        elif text in _GROW:
            self._grow_out()
        elif text == _SHRINK:
            self._shrink()
        else:
            return False
        return True

    def press(self, event: QKeyEvent) -> None:
        """Move the caret or select, if that is what the key means."""
        if any(event.matches(key) for key in _END_KEYS):
            self._loading.load_all()
        if not (self._grow(event) or self._move_by_paragraph(event) or self._move_by_word(event)):
            self._move(event)

    def _go(self, goal: int, *, keep: bool) -> None:
        self._caret.select(self._caret.anchor if keep else goal, goal)

    def _grow(self, event: QKeyEvent) -> bool:
        """Alt+Shift+→ selects the next larger stretch, Alt+Shift+← the one it came from; whether the key meant that."""
        if _held(event) != _ALT | _SHIFT:
            return False
        if event.text() in _SENTENCES:
            self._go(_SENTENCES[event.text()](self._sheet.pieces.text, self._caret.position), keep=True)
        elif event.key() == Qt.Key.Key_Right:
            self._grow_out()
        elif event.key() == Qt.Key.Key_Left:
            self._shrink()
        else:
            return False
        return True

    def _grow_out(self) -> None:
        here = (self._caret.anchor, self._caret.position)
        wider = grown(self._sheet.pieces.text, min(here), max(here))
        if wider is None:
            return
        if not self._grown or self._grown[-1] != (min(here), max(here)):
            self._grown = []
        self._grown.append(here)
        self._grown.append((wider.start, wider.end))
        self._caret.select(wider.start, wider.end)

    def _shrink(self) -> None:
        here = (min(self._caret.anchor, self._caret.position), max(self._caret.anchor, self._caret.position))
        if self._grown and self._grown[-1] == here:
            self._grown.pop()
            self._caret.select(*self._grown.pop())

    def _move_by_paragraph(self, event: QKeyEvent) -> bool:
        """Ctrl+↑ and Ctrl+↓ go to the start of a paragraph, with Shift selecting; whether the key meant that."""
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down) or _held(event) & ~_SHIFT != _CTRL:
            return False
        text, here = self._sheet.pieces.text, self._caret.position
        goal = _paragraph_below(text, here) if event.key() == Qt.Key.Key_Down else _paragraph_above(text, here)
        self._go(goal, keep=bool(_held(event) & _SHIFT))
        return True

    def _move_by_word(self, event: QKeyEvent) -> bool:
        """Move the caret over a word; whether the key meant that."""
        for key, direction, keep in _WORD_KEYS:
            if event.matches(key):
                forward = (direction > 0) != self._caret.right_to_left  # the arrow points where the eye goes
                jump = next_word_end if forward else previous_word_start
                goal = jump(self._sheet.pieces.text, self._caret.position)
                self._caret.select(self._caret.anchor if keep else goal, goal)
                return True
        return False

    def _move(self, event: QKeyEvent) -> None:
        """Let Qt do it, and again where the caret came to stand where there is nothing to be seen."""
        before, place = self._view.textCursor().position(), self._caret.position
        QPlainTextEdit.keyPressEvent(self._view, event)
        for _ in range(len(self._sheet.pieces)):
            after = self._view.textCursor().position()
            if after == before or (self._caret.seen and self._caret.position != place):
                return
            before = after
            QPlainTextEdit.keyPressEvent(self._view, event)


def typed(event: QKeyEvent) -> str:
    """The character that a key means; "" for keys of another kind, and for the space, which turns the page.

    A letter of another script than Latin means the Latin one of the same key, so that labels keep their keys whatever
    the keyboard is set to.
    """
    text = event.text()
    if text == " " or not text.isprintable() or event.modifiers() & _COMMANDS:
        return ""
    if text.isalpha() and not text.isascii():
        latin = latin_letter(event.nativeScanCode())
        return (latin.upper() if _held(event) & _SHIFT else latin) or text
    return text


def nudged_by(event: QKeyEvent, label_keys: frozenset[str]) -> tuple[str, str, str] | None:
    """Which edge a key moves, which way, and by what: by a word, with Alt by a character. None for other keys."""
    held = _held(event) & ~_SHIFT
    text = event.text()
    if text not in _NUDGES or text in label_keys or held not in (_NONE, _ALT):
        return None
    return (*_NUDGES[text], "character" if held == _ALT else "word")


def _held(event: QKeyEvent) -> Qt.KeyboardModifier:
    return event.modifiers() & (_CTRL | _ALT | _SHIFT | Qt.KeyboardModifier.MetaModifier)


def _paragraph_below(text: str, position: int) -> int:
    """Where the next paragraph with something in it begins; the end of the text behind the last."""
    feed = text.find("\n", position)
    while feed >= 0 and feed + 1 < len(text):
        if not text[feed + 1].isspace():
            return feed + 1
        feed = text.find("\n", feed + 1)
    return len(text)


def _paragraph_above(text: str, position: int) -> int:
    """Where the paragraph of `position` begins, or the one before where it begins just there."""
    start = text.rfind("\n", 0, position) + 1
    if start < position and not text[start].isspace():
        return start
    while start > 0:
        start = text.rfind("\n", 0, start - 1) + 1
        if not text[start].isspace():
            return start
    return 0
