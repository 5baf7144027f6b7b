"""Names as a format can hold them: never the same for two things."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotator.core.scheme import Label, Scheme
from annotator.exporters.carrying import Ledger

NO_WHITE_SPACE = re.compile(r"\s+")
PLAIN = re.compile(r"[^A-Za-z0-9_-]+")  # everything but what names in most programs are made of


class Spelling:
    """Gives each thing one name for good, with what `illegal` finds replaced.

    Where two meet, a number is added, and `behind` it where no name may end in a digit.
    """

    def __init__(self, illegal: re.Pattern[str], fallback: str = "name", behind: str = "") -> None:
        self._illegal, self._fallback, self._behind = illegal, fallback, behind
        self._names: dict[tuple[str, ...], str] = {}
        self._taken: set[str] = set()
        self.otherwise = 0  # how many are not called as they are in the project

    def of(self, key: tuple[str, ...], *wanted: str) -> str:
        """The name of the thing that `key` stands for: the first of `wanted` that is not taken."""
        if key not in self._names:
            chosen = self._free([self._illegal.sub("_", name).strip("_") for name in wanted])
            self._taken.add(chosen)
            self._names[key] = chosen
            self.otherwise += chosen != wanted[0]
        return self._names[key]

    def label(self, label: Label) -> str:
        """The name of a label: its own, and with its layer's before it where another layer has it, too."""
        return self.of(("label", label.layer, label.name), label.name, f"{label.layer}-{label.name}")

    def _free(self, wanted: Iterable[str]) -> str:
        spelt = [name for name in wanted if name] or [self._fallback]
        for name in spelt:
            if name not in self._taken:
                return name
        number = 2
        while (name := f"{spelt[-1]}_{number}{self._behind}") in self._taken:
            number += 1
        return name

    def tell(self, ledger: Ledger) -> None:
        """Note in `ledger` how many names were changed."""
        ledger.lose("names (spelt otherwise)", count=self.otherwise)


def spelling_of(scheme: Scheme, illegal: re.Pattern[str]) -> Spelling:
    """A spelling in which the scheme's own labels have the first choice of names."""
    spelling = Spelling(illegal, "label")
    for label in scheme.labels:
        spelling.label(label)
    return spelling
