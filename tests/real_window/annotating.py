"""Annotates an article after its gold, as a person does: quotes with their frames, then claims, then entities."""

from __future__ import annotations

from annotator.core.quotation import quote_kind
from annotator.core.span import Span
from annotator.core.words import snap
from tests.real_window.gold import Gold, GoldMark
from tests.real_window.hands import Hands

KEYS = {
    "PERSON": "p", "ORG": "o", "GPE": "g", "LOC": "l", "FAC": "f", "NORP": "n", "EVENT": "e", "ROLE": "r", "DATE": "d",
    "QUOTE": "q", "SOURCE": "s", "CUE": "c", "CLAIM": "x",
}  # fmt: skip
LINKS = ("source", "cue", "parent")  # from a quote, in the order in which Ctrl+L offers those that are missing


class Annotating:
    """Marks what `gold` has. Every `mouse`th entity is selected with the mouse, and every `mouse`th claim linked so."""

    def __init__(self, hands: Hands, gold: Gold, mouse: int) -> None:
        self._hands, self._gold, self._mouse = hands, gold, mouse
        self._made: dict[int, GoldMark] = {}

    def annotate(self) -> None:
        """Make all marks and links."""
        for number in self._gold.labelled("QUOTE"):
            self._frame(number)
        for count, number in enumerate(self._gold.labelled("CLAIM")):
            self._claim(number, with_mouse=count % self._mouse == 0)
        rest = [label for label in KEYS if label not in ("QUOTE", "SOURCE", "CUE", "CLAIM")]
        for count, number in enumerate(self._gold.labelled(*rest)):
            self._mark(number, with_mouse=count % (3 * self._mouse) == 1 and self._in_whole_words(number))
            self._hands.press("Escape")
        self._hands.flush()

    def describe(self, claim: int, note: str) -> None:
        """Say of a claim that it can be checked, and write a note, in the form of its mark."""
        hands = self._hands
        hands.go(self._place_of(claim))
        hands.press("Return", "ctrl+m", "c", "Return", "ctrl+t")
        hands.flush()
        hands.display.type(note)
        hands.press("Escape", "Escape")
        hands.flush()

    def _frame(self, quote: int) -> None:
        """A key a part: what is marked while the quote is chosen becomes its own."""
        self._mark(quote)
        self._correct_kind(self._gold.marks[quote])
        for link in LINKS:
            target = self._gold.target(link, quote)
            if target is None:
                continue
            if target in self._made:
                self._link(target)
            else:
                self._mark(target)
        self._hands.press("Escape")

    def _claim(self, claim: int, *, with_mouse: bool) -> None:
        self._mark(claim)
        target = self._gold.target("claimed_by", claim)
        if target is not None:
            self._link(target, with_mouse=with_mouse)
        self._hands.press("Escape")

    def _mark(self, number: int, *, with_mouse: bool = False) -> None:
        mark = self._gold.marks[number]
        for place, (start, end) in enumerate(mark.fragments):
            (self._hands.drag if with_mouse else self._hands.select)(start, end)
            self._hands.press("ctrl+j" if place else KEYS[mark.label])
            if mark.label == "QUOTE" and not place:
                self._hands.wait_behind(end)
        self._made[number] = mark

    def _link(self, target: int, *, with_mouse: bool = False) -> None:
        """Link the chosen mark to one that is there: Ctrl+L, then Enter or a click on it."""
        place = self._place_of(target)
        if with_mouse:
            box = self._hands.find(place)
            self._hands.press("ctrl+l")
            self._hands.click(box)
        else:
            self._hands.press("ctrl+l")
            self._hands.go(place)
            self._hands.press("Return")

    def _in_whole_words(self, number: int) -> bool:
        """Whether a drag can select it: the mouse takes whole words."""
        spans = [Span(*fragment) for fragment in self._gold.marks[number].fragments]
        return all(snap(self._hands.text, span.start, span.end) == span for span in spans)

    def _place_of(self, target: int) -> int:
        """A position where `target` is the innermost mark: it is the one that Enter and a click mean."""
        mark = self._made[target]
        others = [other for number, other in self._made.items() if number != target and other.length <= mark.length]
        places = (place for start, end in mark.fragments for place in range(start, end))
        return next(place for place in places if not any(other.covers(place) for other in others))

    def _correct_kind(self, quote: GoldMark) -> None:
        """Where the quotation marks do not tell what kind of quote it is, say so in the form."""
        worked_out = quote_kind(self._hands.text, [Span(*fragment) for fragment in quote.fragments])
        if worked_out != quote.quote:
            self._hands.press("ctrl+m", quote.quote[0], "F7")
