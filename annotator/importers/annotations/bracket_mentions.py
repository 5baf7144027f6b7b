"""Mentions written as brackets over words: `(3-person-new` where one begins, `3)` where it ends; they may cross."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_PIECE = re.compile(r"\(([^()]+)(\))?|([^()]+)\)")
_PART = re.compile(r"\[(\d{1,9})/(\d{1,9})\]$")


@dataclass(slots=True)
class Mention:
    """A mention: what is said of it, and its words as pairs of first and last number, one for each piece."""

    said: dict[str, str]
    pieces: list[tuple[int, int]]
    line: int
    number: int = 0  # in the order of beginnings

    @property
    def group(self) -> str:
        """What it is a mention of: GUM and CorefUD call that by different names."""
        return self.said.get("GRP") or _PART.sub("", self.said.get("eid", ""))


@dataclass(slots=True)
class BracketMentions:
    """Takes the brackets of word after word; `mentions` holds all, in the order of their beginnings.

    `fields` are the names of what stands in an opening bracket, parted by hyphens; the last may hold hyphens itself.
    """

    fields: Sequence[str]
    mentions: list[Mention] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)  # lines, and what is wrong there
    _open: dict[str, list[tuple[Mention, int]]] = field(default_factory=dict)
    _parts: dict[str, Mention] = field(default_factory=dict)  # mentions in pieces of which more may come

    def add(self, number: int, brackets: str, line: int) -> None:
        """What begins and ends at word `number`."""
        end = 0
        for found in _PIECE.finditer(brackets):
            if found.start() != end:
                self.wrong.append((line, f"“{brackets[:40]}” cannot be read"))
            end = found.end()
            if found[3] is not None:
                self._close(number, found[3], line)
            else:
                self._begin(number, found[1], line)
                if found[2]:
                    self._close(number, found[1], line)
        if end != len(brackets):
            self.wrong.append((line, f"“{brackets[:40]}” cannot be read"))

    def end(self) -> None:
        """The document ends: what is open has no end."""
        for held in self._open.values():
            for mention, _ in held:
                self.wrong.append((mention.line, f"the bracket of {'-'.join(mention.said.values())[:60]} has no end"))
        self.mentions = [mention for mention in self.mentions if mention.pieces]
        self._open.clear()

    def _begin(self, number: int, written: str, line: int) -> None:
        values = written.split("-", len(self.fields) - 1)
        said = {name: value for name, value in zip(self.fields, values, strict=False) if value}
        key = self._key(written)
        part = _PART.search(values[0])
        if "GRP" in said:
            said["GRP"] = _PART.sub("", said["GRP"])
        if part and int(part[1]) > 1 and key in self._parts:
            mention = self._parts[key]
        else:
            mention = Mention(said, [], line, len(self.mentions))
            self.mentions.append(mention)
        if part:
            self._parts[key] = mention
        self._open.setdefault(key, []).append((mention, number))

    def _close(self, number: int, written: str, line: int) -> None:
        held = self._open.get(self._key(written))
        if not held:
            self.wrong.append((line, f"the bracket {written[:40]}) closes nothing"))
            return
        mention, first = held.pop()
        mention.pieces.append((first, number))

    def _key(self, written: str) -> str:
        """What an opening and a closing bracket have in common: the first field, or all where there are no fields."""
        first = written.split("-", 1)[0] if len(self.fields) > 1 else written
        return _PART.sub("", first)
