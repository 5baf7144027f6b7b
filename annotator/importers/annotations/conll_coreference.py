"""CoNLL files of coreference: documents between `# begin document` and `# end document`, mentions as brackets.

Two kinds: three columns, with `(event-2(place-3-Mecca)` in the last, and the many columns of CoNLL-2012, with numbers
in the last, as `(12|(3)`, and names in the eleventh, as `(ORG*` and `*)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.core.scheme import Scheme
from annotator.importers.annotations.bracket_mentions import BracketMentions
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.annotations.mention_links import link_mentions
from annotator.importers.annotations.token_text import TokenText
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.label_names import LabelNames
from annotator.importers.text import LIMIT

_BEGIN = re.compile(r"#\s*begin document\s+(.+)")
_END = re.compile(r"#\s*end document\b")
_TYPED = re.compile(r"(?<=\()([^\d()|-]+)-(\d+)|(?:^|(?<=\)))([^\d()|-]+)-(\d+)(?=[-)])")  # event-2, at either end
_FEW, _MANY = 3, 12  # columns
_SURE = 0.8  # of the rows that have as many columns as one of the two kinds
_WORD, _NAME = 3, 10  # columns of CoNLL-2012
_NOTHING = ("", "_", "-", "*")


class CoreferenceImporter:
    """Takes words in as a text, one sentence a line, mentions as marks, and links each to the one before it."""

    name = "conll-coref"
    title = "CoNLL, coreference"
    suffixes: tuple[str, ...] = (".conll", ".v4_gold_conll", ".gold_conll")
    carries = Carries(nested=True, crossing=True, links=True, attributes=True, facts=True)
    loses = "Where words stood without a space between them: all are joined with one. Parses, lemmas, senses, roles."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where a document begins as they do, and rows of words follow."""
        lines = head.decode(errors="replace").removeprefix("\ufeff").splitlines()[:50]
        if not any(map(_BEGIN.match, lines[:3])):
            return 0.0
        rows = [_cells(line) for line in lines[:-1] if line.strip() and not line.startswith("#")]
        fit = [row for row in rows if len(row) == _FEW or len(row) >= _MANY]
        return 0.98 if fit and len(fit) >= _SURE * len(rows) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document for each `# begin document`. Raises KnownError where there is none."""
        names = LabelNames(Scheme())
        document: _Document | None = None
        found = False
        for number, line in enumerate(decoded(source.whole(LIMIT)).text.replace("\r\n", "\n").split("\n"), 1):
            begins = _BEGIN.match(line)
            if (begins or _END.match(line)) and document is not None:
                found = True
                yield from document.items(source, names)
                document = None
            if begins:
                document = _Document(begins[1].strip())
            elif document is not None:
                document.take(line, number)
        if document is not None:
            found = True
            yield from document.items(source, names, "it has no “end document”: what follows may be missing.")
        if not found:
            raise KnownError("There is no document with words and brackets in it.")


def _cells(line: str) -> list[str]:
    return line.split("\t") if "\t" in line else line.split()


@dataclass(slots=True)
class _Document:
    """One document being read."""

    name: str
    _text: TokenText = field(default_factory=TokenText)
    _places: list[tuple[int, int]] = field(default_factory=list)
    _coreference: BracketMentions = field(default_factory=lambda: BracketMentions(("GRP", "etype", "identity")))
    _names: list[tuple[int, int, str, int]] = field(default_factory=list)  # first and last word, label, line
    _open: list[tuple[int, str]] = field(default_factory=list)
    _wrong: list[int] = field(default_factory=list)

    def take(self, line: str, number: int) -> None:
        """Take a line in: a word, or the end of a sentence."""
        cells = _cells(line)
        if not line.strip() or line.startswith("#"):
            self._text.end_line()
        elif len(cells) == _FEW:
            self._add(cells[1], cells[2], number)
        elif len(cells) >= _MANY:
            self._take_name(cells[_NAME], number)
            self._add(cells[_WORD], cells[-1].replace("|", ""), number)
        else:
            self._wrong.append(number)

    def _add(self, word: str, brackets: str, number: int) -> None:
        if not word:
            self._wrong.append(number)
            return
        if brackets not in _NOTHING:
            self._coreference.add(len(self._places), _by_number(brackets), number)
        self._places.append(self._text.add(word))

    def _take_name(self, cell: str, number: int) -> None:
        place = len(self._places)
        self._open += [(place, label) for label in re.findall(r"\(([^()*]+)", cell)]
        for _ in range(cell.count(")")):
            if self._open:
                first, label = self._open.pop()
                self._names.append((first, place, label, number))

    def items(self, source: Source, names: LabelNames, fault: str = "") -> Iterator[ImportItem]:
        """The document, and what was wrong with it."""
        self._coreference.end()
        document = MarkedText(self._text.text, f"{source.name}, {self.name}", names)
        for mention in self._coreference.mentions:
            pairs = [(self._places[first][0], self._places[last][1]) for first, last in mention.pieces]
            label = mention.said.get("etype", "mention")
            made = document.mark(str(mention.number), label, pairs, place=f"line {mention.line}")
            said = {"group": mention.group, "identity": mention.said.get("identity", "")}
            made.attributes.update({name: value for name, value in said.items() if value})
        link_mentions(document, self._coreference.mentions)
        for first, last, label, line in sorted(self._names):
            document.mark("", label, [(self._places[first][0], self._places[last][1])], place=f"line {line}")
        for line, wrong in self._coreference.wrong:
            document.leave_out(f"line {line}", wrong)
        for line in self._wrong[:10]:
            document.tell(f"line {line} has no word, or another number of columns.")
        if fault:
            document.tell(fault)
        if self._places:
            yield from document.items(metadata={"path": source.path, "name": self.name})


def _by_number(brackets: str) -> str:
    """The brackets with what they are mentions of before what these are: `(event-2` as `(2-event`."""
    return _TYPED.sub(lambda found: f"{found[2] or found[4]}-{found[1] or found[3]}", brackets)
