"""How fast the text view is: each function returns milliseconds of the process' own time, one a run."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication

from annotator.core.span import Span
from annotator.gui.text_view.marks import Mark
from annotator.gui.text_view.view import TextView
from annotator.gui.text_view.zones import ReadingStyle
from annotator.gui.theme import LIGHT

LABELS = {"PERSON": "#b2356b", "ORG": "#2e6fb7", "GPE": "#1e8575", "DATE": "#7a6a1e", "QUOTE": "#b85c00"}
_SENTENCE = (
    "harbour council ministry fishermen corridor envoy talks Tuesday reported that which had been delayed the of and "
    "a in to spokeswoman warned officials near border after vote committee said “no further comment” Marsa Valletta"
)
_ARABIC_SENTENCE = "قال الوزير إن المحادثات في الميناء سوف تستأنف يوم الثلاثاء بعد تأخير طويل"
_SPOTS = ("🚢", "🇲🇹", "📰")


def article(characters: int, marks: int, seed: int = 1, one_paragraph: bool = False) -> tuple[str, list[Mark]]:
    """A made-up text of about so many code points, every tenth paragraph in Arabic, and marks that nest and cross."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        words = (_ARABIC_SENTENCE if len(paragraphs) % 10 == 9 else _SENTENCE).split()
        chosen = [chance.choice(words) for _ in range(chance.randint(30, 110))]
        if len(paragraphs) % 12 == 5:
            chosen[3] = chance.choice(_SPOTS)
        paragraphs.append(" ".join(chosen) + ".")
        length += len(paragraphs[-1]) + 2
    text = (" " if one_paragraph else "\n\n").join(paragraphs)[:characters]
    return text, _marks(text, marks, chance)


def _marks(text: str, count: int, chance: random.Random) -> list[Mark]:
    words = [match.span() for match in re.finditer(r"\S+", text)]
    spans = []
    for _ in range(count):
        first = chance.randrange(len(words))
        last = min(len(words) - 1, first + chance.choice((0, 0, 1, 1, 2, 4, 9)))
        spans.append(Span(words[first][0], words[last][1]))
    labels = list(LABELS)
    return [
        Mark(f"m{number}", (span,), label := chance.choice(labels), LABELS[label], number % 9 == 0)
        for number, span in enumerate(sorted(spans))
    ]


def open_view(text: str, marks: Sequence[Mark], runs: int = 7) -> list[float]:
    """From the making of the view to its first picture; the first run, which loads fonts, is left out."""
    return [_first_picture(text, marks) for _ in range(runs + 1)][1:]


def open_again(text: str, marks: Sequence[Mark], runs: int = 7) -> list[float]:
    """From another document to the first picture of this one, in a view that is there already."""
    view = _view("another", ())
    times = []
    for _ in range(runs):
        times.append(_timed(lambda: (view.show_document(text, (), marks), view.viewport().repaint())))
        view.show_document("another", (), ())
        _settle()
    view.deleteLater()
    return times


def load_rest(text: str, marks: Sequence[Mark]) -> float:
    """From the first picture until all of the text and all marks are in."""
    view = TextView(ReadingStyle(LIGHT))
    view.resize(1000, 800)
    view.show_document(text, (), marks)
    view.show()
    done: list[bool] = []
    view.loaded.connect(lambda: done.append(True))

    def wait() -> None:
        while not done:
            QApplication.processEvents()

    taken = _timed(wait)
    view.deleteLater()
    return taken


def scroll_lines(text: str, marks: Sequence[Mark], steps: int = 300) -> list[float]:
    """A turn of the wheel, three lines down, until drawn."""
    return _scroll(text, marks, steps, 3)


def scroll_pages(text: str, marks: Sequence[Mark], steps: int = 100) -> list[float]:
    """A page down, until drawn."""
    return _scroll(text, marks, steps, 20)


def scroll_jumps(text: str, marks: Sequence[Mark], steps: int = 60) -> list[float]:
    """A jump anywhere, until drawn."""
    view, chance = _loaded(text, marks), random.Random(3)
    places = [chance.randrange(len(text)) for _ in range(steps)]
    return _finished(view, [_timed(lambda place=place: _jump(view, place)) for place in places])


def add_mark(text: str, marks: Sequence[Mark], steps: int = 100) -> list[float]:
    """One more mark on what can be seen, until drawn."""
    view = _loaded(text, marks)
    view.scroll_to_position(len(text) // 2)
    _settle()
    start = view.first_visible_position()
    new = [Mark(f"new{n}", (Span(start + 7 * n, start + 7 * n + 12),), "ORG", LABELS["ORG"]) for n in range(steps)]
    return _finished(view, [_timed(lambda mark=mark: _drawn(lambda: view.add_marks([mark]))) for mark in new])


def hover(text: str, marks: Sequence[Mark], steps: int = 100) -> list[float]:
    """Another mark chosen, until drawn."""
    view = _loaded(text, marks)
    ids = [mark.id for mark in marks[:steps]]
    return _finished(view, [_timed(lambda id_=id_: _drawn(lambda: view.set_chosen(id_))) for id_ in ids])


def resize(text: str, marks: Sequence[Mark], steps: int = 20) -> list[float]:
    """Another width of the window, until drawn."""
    view = _loaded(text, marks)
    view.scroll_to_position(len(text) // 2)
    _settle()
    widths = [800 + 7 * n for n in range(steps)]
    return _finished(view, [_timed(lambda width=width: _drawn(lambda: view.resize(width, 800))) for width in widths])


def _first_picture(text: str, marks: Sequence[Mark]) -> float:
    views: list[TextView] = []

    def build() -> None:
        view = _PaintedOnce(ReadingStyle(LIGHT))
        views.append(view)
        view.resize(1000, 800)
        view.show_document(text, (), marks)
        view.show()
        while not view.pictures:
            QApplication.processEvents()

    taken = _timed(build)
    views[0].close()
    views[0].deleteLater()
    _settle()
    return taken


class _PaintedOnce(TextView):
    pictures = 0

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        self._loading._timer.stop()  # nothing but the first picture is to be measured
        self.pictures += 1


def _view(text: str, marks: Sequence[Mark]) -> TextView:
    view = TextView(ReadingStyle(LIGHT))
    view.resize(1000, 800)
    view.show_document(text, (), marks)
    view.show()
    _settle()
    return view


def _loaded(text: str, marks: Sequence[Mark]) -> TextView:
    view = _view(text, marks)
    view._loading.load_all()
    _settle()
    return view


def _scroll(text: str, marks: Sequence[Mark], steps: int, lines: int) -> list[float]:
    view = _loaded(text, marks)
    bar = view.verticalScrollBar()

    def step() -> None:
        _drawn(lambda: bar.setValue(bar.value() + lines))

    return _finished(view, [_timed(step) for _ in range(steps)])


def _jump(view: TextView, place: int) -> None:
    _drawn(lambda: view.scroll_to_position(place))


def _drawn(change: Callable[[], None]) -> None:
    change()
    QApplication.processEvents()


def _settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def _timed(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return 1000 * (time.process_time() - before)


def _finished(view: TextView, times: list[float]) -> list[float]:
    view.close()
    view.deleteLater()
    _settle()
    return times
