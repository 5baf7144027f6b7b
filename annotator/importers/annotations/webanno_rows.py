"""WebAnno TSV 3: its sentences and units, and where they stand in the text that is put together from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.core.offsets import Utf16Map
from annotator.importers.annotations.sentence_texts import SentenceTexts
from annotator.importers.annotations.webanno_cells import unescaped

_UNIT = re.compile(r"\d+-\d+(?:\.\d+)?$")
_OFFSETS = re.compile(r"(\d{1,10})-(\d{1,10})$")
_FARTHEST = 10_000  # characters that may lie between two sentences


@dataclass(slots=True)
class Unit:
    """A word, or a part of one: its place in the text, and the cells of its row."""

    key: str
    line: int
    cells: list[str]
    begin: int = 0  # as the file counts
    stop: int = 0
    start: int = 0  # in code points of the text
    end: int = 0


@dataclass(slots=True)
class WebAnnoRows:
    """Takes the lines of a file in; `finish` puts the text together."""

    header: list[str] = field(default_factory=list)
    units: dict[str, Unit] = field(default_factory=dict)
    wrong: list[tuple[int, str]] = field(default_factory=list)  # lines, and why they are left out
    texts: SentenceTexts = field(default_factory=SentenceTexts)
    _keys: set[str] = field(default_factory=set)
    _said: list[str] = field(default_factory=list)  # the lines of this sentence's text
    _sentence: list[Unit] = field(default_factory=list)
    _last: int | None = None  # where the sentence before ended, as the file counts

    def read(self, lines: list[str]) -> None:
        """All lines."""
        for number, line in enumerate(lines, 1):
            if not line.strip():
                self._end_sentence()
            elif line.startswith("#T_"):
                self.header.append(line)
            elif line.startswith("#Text="):
                if self._sentence:  # a blank line is missing
                    self._end_sentence()
                self._said.append(unescaped(line[6:]))
            elif line[0] != "#" or _UNIT.match(line.split("\t")[0]):
                self._row(number, line)
        self._end_sentence()

    def _row(self, number: int, line: str) -> None:
        cells = line.split("\t")
        offsets = _OFFSETS.match(cells[1]) if len(cells) > 2 else None
        if offsets is None or not _UNIT.match(cells[0]):
            self.wrong.append((number, "it is no row of a word"))
        elif cells[0] in self._keys:
            self.wrong.append((number, f"the unit {cells[0]} is there already"))
        else:
            self._keys.add(cells[0])
            self._sentence.append(Unit(cells[0], number, cells, int(offsets[1]), int(offsets[2])))

    def _end_sentence(self) -> None:
        words = [unit for unit in self._sentence if "." not in unit.key]
        if words:
            self._put(words)
            self._parts({unit.key: unit for unit in words})
            self.units |= {unit.key: unit for unit in self._sentence}
        self._sentence, self._said = [], []

    def _put(self, words: list[Unit]) -> None:
        first = words[0]
        forms = [unescaped(unit.cells[2]) for unit in words]
        text = "\n".join(self._said)
        before = len(text) - len(text.lstrip()) if text.lstrip().startswith(forms[0]) else 0
        gap = first.begin - before - (self._last or 0)
        if not 0 <= gap <= _FARTHEST:
            gap = 0 if self._last is None else 1
        self.texts.gap((" " if self._last is None else "\n") * gap)
        gaps = [0, *(after.begin - unit.stop for unit, after in pairwise(words))]
        for unit, (start, end) in zip(words, self.texts.add(text, forms, gaps), strict=True):
            unit.start, unit.end = start, end
        self._last = words[-1].stop

    def _parts(self, words: dict[str, Unit]) -> None:
        """The places of parts of words: they are counted in UTF-16 units from the beginning of the word."""
        placed = []
        for unit in self._sentence:
            if "." not in unit.key:
                placed.append(unit)
                continue
            whole = words.get(unit.key.partition(".")[0])
            if whole is None:
                self.wrong.append((unit.line, "the word that it is a part of is not there"))
                continue
            there = Utf16Map(unescaped(whole.cells[2])).to_code_points
            ends = [whole.start + there(max(0, position - whole.begin)) for position in (unit.begin, unit.stop)]
            unit.start, unit.end = min(ends[0], whole.end), min(ends[1], whole.end)
            placed.append(unit)
        self._sentence = placed
