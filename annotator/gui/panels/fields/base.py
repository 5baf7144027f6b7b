"""What all fields of a form have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.core.annotation import AttributeValue
from annotator.core.scheme import Attribute, Value
from annotator.core.values import meant
from annotator.gui.session import Session
from annotator.gui.theme import Theme

PAUSE = 1000  # milliseconds after which what is typed begins anew
CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
LEAVING = (Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a field may need beside its attribute."""

    session: Session
    theme: Theme


@dataclass(frozen=True, slots=True)
class Shown:
    """What a field is to show: the answer, the values that apply now, and what of the answer does not."""

    answer: AttributeValue | None = None
    values: Sequence[Value] = ()
    unfitting: Sequence[str] = ()


class Field(QWidget):
    """Edits one attribute. It shows what it is told to, and tells what a person makes of it."""

    answered = Signal(object)  # the value; None for “not coded”
    said = Signal(str)  # what is to be told below the field; empty for nothing
    done = Signal()  # on to the next field

    def __init__(self, attribute: Attribute, around: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self.attribute = attribute
        self.around = around
        self.setProperty("field", attribute.name)

    def show_answer(self, shown: Shown) -> None:
        """Show an answer. What a person is typing stays where the answer is the one that stood there before."""
        raise NotImplementedError

    def commit(self) -> bool:
        """Take over what is being typed. Returns whether it could be; then `said` has told why not."""
        return True

    def drop(self) -> None:
        """Forget what was typed and is no answer: something else is shown from now on."""
        self.said.emit("")

    def refusal(self) -> str:
        """Why what stands in the field is no answer; empty where it is."""
        return ""

    @property
    def name(self) -> str:
        """The attribute as a screen reader says it."""
        return self.attribute.shown

    def target(self) -> QWidget:
        """What of it takes the keyboard."""
        return self.focusProxy() or self


def is_own_key(event: QKeyEvent) -> bool:
    """Whether a key is one that a field may take: typed without Ctrl or Alt."""
    return not event.modifiers() & _HELD and (bool(event.text()) or event.key() in (*CLEARING, *LEAVING))


def typed_text(event: QKeyEvent) -> str:
    """The character that a key types; empty for other keys."""
    text = event.text().replace("−", "-")
    return text if not event.modifiers() & _HELD and text.isprintable() and not text.isspace() else ""


class Typing(QObject):
    """What has been typed at a field without a line for it, as long as no pause came between."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typed = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.forget)

    def forget(self) -> None:
        """Begin anew."""
        self._typed = ""

    def find(self, letter: str, values: Sequence[Value]) -> tuple[Value | None, bool]:
        """The value whose code or name begins so, else the one in that place; and whether it was begun with `letter`.

        A letter that does not go on with what was typed begins anew.
        """
        for typed in (self._typed + letter, letter):
            found = _beginning(typed, values)
            if found is not None:
                fresh = typed == letter
                self._typed = typed
                self._pause.start()
                return found, fresh
        self.forget()
        place = int(letter) - 1 if letter.isdecimal() else -1
        return (values[place], True) if 0 <= place < len(values) else (None, True)


def _beginning(typed: str, values: Sequence[Value]) -> Value | None:
    fits = [(rank, place) for place, value in enumerate(values) if (rank := meant(typed, value)) in (-1, 0)]
    return values[min(fits)[1]] if fits else None
