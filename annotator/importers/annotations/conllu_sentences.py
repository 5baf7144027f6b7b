"""CoNLL-U as sentences: words with where they stand in the sentence's text, and comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_SIGN = re.compile(r"\\(.)")
_SIGNS = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|"}
STANDARD = ("ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC")


@dataclass(slots=True)
class Token:
    """A word: its place in the sentence's text, and what its line says under the columns' names."""

    start: int
    end: int
    misc: dict[str, str]
    cells: dict[str, str]
    line: int


@dataclass(slots=True)
class Sentence:
    """A sentence: its text, its words, and the comments above it."""

    comments: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    text: str = ""
    gap: str = " "  # what stands behind it
    spaced: bool = False  # whether that is what the file says, in signs
    rebuilt: bool = False  # whether the text was put together from words


class SentenceReader:
    """Reads the sentences of a file. `columns` is what the file says its columns are; `wrong` are lines left out."""

    def __init__(self) -> None:
        self.columns: tuple[str, ...] = STANDARD
        self.wrong: list[int] = []

    def sentences(self, lines: Iterable[str]) -> Iterator[Sentence]:
        """Each sentence; comments without words come as a sentence without."""
        sentence = Sentence()
        for number, line in enumerate(lines, 1):
            if not line.strip():
                if sentence.comments or sentence.rows:
                    yield self._whole(sentence)
                sentence = Sentence()
            elif line.startswith("#"):
                if sentence.rows:  # a blank line is missing
                    yield self._whole(sentence)
                    sentence = Sentence()
                self._comment(sentence, line)
            else:
                sentence.rows.append((number, line.rstrip("\r").split("\t")))
        if sentence.comments or sentence.rows:
            yield self._whole(sentence)

    def _comment(self, sentence: Sentence, line: str) -> None:
        name, _, value = line.lstrip("#").partition("=")
        sentence.comments[name.strip()] = value.strip()
        if name.strip() == "global.columns":
            self.columns = tuple(value.split())

    def _whole(self, sentence: Sentence) -> Sentence:
        words = list(self._words(sentence))
        text = sentence.comments.get("text", "")
        exact = any(name in misc for _, misc, _ in words for name in ("SpacesAfter", "SpacesBefore"))
        if exact or not text or not _aligned(sentence, words, text):
            sentence.rebuilt = bool(words) and not exact
            _joined(sentence, words)
        if words:
            sentence.gap = _space_after(words[-1][1])
            sentence.spaced = "SpacesAfter" in words[-1][1]
        return sentence

    def _words(self, sentence: Sentence) -> Iterator[tuple[str, dict[str, str], list[Token]]]:
        """Each stretch of text: its form, its misc, and the tokens in it, which are several in “don’t”."""
        until = 0
        group: list[Token] = []
        form_at = self.columns.index("FORM") if "FORM" in self.columns else 1
        id_at = self.columns.index("ID") if "ID" in self.columns else 0
        for line, cells in sentence.rows:
            if len(cells) <= max(form_at, id_at) or not cells[form_at]:
                self.wrong.append(line)
                continue
            named = dict(zip(self.columns, cells, strict=False))
            key, misc = cells[id_at], _misc(named.get("MISC", "_"))
            if "." in key:  # a word that is not in the text
                continue
            token = Token(0, 0, misc, named, line)
            if "-" in key:
                first, _, last = key.partition("-")
                until = int(last) if first.isdecimal() and last.isdecimal() and len(last) < 9 else 0
                group = []
                yield cells[form_at], misc, group
            elif key.isdecimal() and len(key) < 9 and int(key) <= until:
                token.cells["FORM"] = cells[form_at]
                group.append(token)
                if int(key) == until:
                    until = 0
            else:
                until = 0
                yield cells[form_at], misc, [token]


def _misc(cell: str) -> dict[str, str]:
    parts = (part.partition("=") for part in cell.split("|"))
    return {name: value for name, _, value in parts if name and name != "_"}


def _space_after(misc: dict[str, str]) -> str:
    """What stands behind a word: a space, nothing, or what is written in signs."""
    if misc.get("SpaceAfter") == "No":
        return ""
    return _spaces(misc["SpacesAfter"]) if "SpacesAfter" in misc else " "


def _spaces(written: str) -> str:
    """White space that is written in signs, as UDPipe does."""
    return _SIGN.sub(lambda found: _SIGNS.get(found[1], found[1]), written)


Words = list[tuple[str, dict[str, str], list[Token]]]


def _aligned(sentence: Sentence, words: Words, text: str) -> bool:
    """Find the words in the sentence's own text, one behind the other; whether all are there."""
    at, places = 0, []
    for form, _, _ in words:
        start = text.find(form, at)
        if start < 0 or text[at:start].strip():
            return False
        places.append(start)
        at = start + len(form)
    sentence.text = text
    _place(sentence, words, places)
    return True


def _joined(sentence: Sentence, words: Words) -> None:
    text, places = "", []
    for place, (form, misc, _) in enumerate(words):
        text += _spaces(misc.get("SpacesBefore", ""))
        places.append(len(text))
        text += form if place == len(words) - 1 else form + _space_after(misc)
    sentence.text = text
    _place(sentence, words, places)


def _place(sentence: Sentence, words: Words, places: list[int]) -> None:
    for (form, _, tokens), start in zip(words, places, strict=True):
        within = 0
        for token in tokens:
            token.start, token.end = start, start + len(form)
            if len(tokens) > 1:  # its part of the whole word, where that can be found
                part = token.cells["FORM"]
                found = form.find(part, within)
                if found >= 0:
                    token.start, token.end = start + found, start + found + len(part)
                    within = found + len(part)
            sentence.tokens.append(token)
