"""A pair of hands at the article: moves the caret, selects and drags, always knowing where the caret is."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from annotator.core.words import next_word_end, previous_word_start, word_behind
from tests.real_window.display import Box, Display, wait_for

BEYOND = 150  # characters


class Hands:
    """Keys gather until `flush`; the caret is a code point of `text`, and starts at its beginning."""

    def __init__(self, display: Display, text: str) -> None:
        self.display, self.text = display, text
        self.caret = 0
        self.pressed = 0
        self._keys: list[str] = ["ctrl+Home"]
        places = range(len(text) + 1)
        self._ways = {
            "ctrl+Right": [next_word_end(text, place) for place in places],
            "ctrl+Left": [previous_word_start(text, place) for place in places],
        }

    def press(self, *keys: str) -> None:
        """Press keys that move no caret."""
        self._keys += keys

    def flush(self) -> None:
        """Let the program have the keys."""
        self.pressed += len(self._keys)
        self.display.keys(self._keys)
        self._keys = []

    def go(self, position: int) -> None:
        """Put the caret at `position`."""
        self._keys += self._way(self.caret, position)
        self.caret = position

    def wait_behind(self, end: int) -> None:
        """Know the caret where the program puts it behind a quote: at the next word of its line, who speaks mostly."""
        behind = word_behind(self.text, end)
        self.caret = end if behind is None else behind

    def select(self, start: int, end: int) -> None:
        """Select from `start` to `end`, where the caret stays."""
        self.go(start)
        self._keys += [f"shift+{key}" for key in self._way(start, end)]
        self.caret = end

    def drag(self, start: int, end: int) -> None:
        """Select from `start` to `end` with the mouse."""
        self.go(end)  # so that the window need not scroll between the two
        first, last = self.find(start), self.find(end - 1)
        self.display.drag((first.left + 2, first.middle[1]), (last.right - 2, last.middle[1]))
        self.display.still()
        self.caret = end
        self.press("ctrl+c")
        self.flush()
        wait_for(lambda: self.display.clipboard() == self.text[start:end], "the words that were dragged over", 5)

    def click(self, box: Box) -> None:
        """Click in the middle of `box`, and put the caret where it is known to be."""
        self.flush()
        self.display.click(box.middle)
        self.display.still()
        self.press("ctrl+Home")
        self.caret = 0

    def find(self, position: int) -> Box:
        """Where on the screen the character at `position` is: what changes when it is selected."""
        self.go(min(position + BEYOND, len(self.text)))  # as one scrolls on a little to have a place well in view
        self.go(position)
        self.flush()
        before = self.display.still()
        self.press("shift+Right")
        self.flush()
        box = before.changed(self.display.still())
        assert box is not None, f"the character at {position} could not be selected"
        self.press("Escape")
        self.flush()
        self.display.still()
        self.caret = position + 1
        return box

    def _way(self, start: int, end: int) -> list[str]:
        """The fewest keys that lead from one position to another."""
        came: dict[int, tuple[int, str]] = {start: (start, "")}
        waiting = deque([start])
        while end not in came:
            here = waiting.popleft()
            for key, there in self._steps(here):
                if there not in came:
                    came[there] = (here, key)
                    waiting.append(there)
        keys = []
        while end != start:
            end, key = came[end]
            keys.append(key)
        return keys[::-1]

    def _steps(self, here: int) -> Iterator[tuple[str, int]]:
        for key, goals in self._ways.items():
            yield key, goals[here]
        if here < len(self.text) and self.text[here] != "\n":
            yield "Right", here + 1
        if here > 0 and self.text[here - 1] != "\n":
            yield "Left", here - 1
