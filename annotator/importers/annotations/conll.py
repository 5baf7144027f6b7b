"""CoNLL and its kin: a word a line, its tags behind it, a blank line between sentences."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.core.scheme import Scheme
from annotator.importers.annotations.conll_columns import DOCUMENT, Columns, columns_of, is_comment
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.annotations.tag_runs import TagRuns
from annotator.importers.annotations.token_text import TokenText
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.label_names import LabelNames
from annotator.importers.text import LIMIT

_LOOKED_AT = 2000  # lines by which the columns are known
_ENOUGH = 2  # words


class ConllImporter:
    """Takes words in as a text, one sentence a line, and runs of tags as marks; reads IOB1, IOB2, BIOES and BILOU."""

    name = "conll"
    title = "CoNLL and other words with tags"
    suffixes: tuple[str, ...] = (".conll", ".bio", ".iob", ".txt", ".tsv")
    carries = Carries(nested=True, crossing=True)
    loses = (
        "Where words stood without a space between them: all are joined with one. Columns that are no tags, such as"
        " parts of speech, and tags of phrases."
    )

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where every line is a word with tags."""
        lines = head.decode(errors="replace").removeprefix("\ufeff").splitlines()
        if len(head) >= 1000 and lines:
            lines.pop()  # it may be cut off
        if not lines or lines[0].lstrip().startswith(("#FORMAT=", "#id=", "# de.", "# webanno.", "{", "[", "<")):
            return 0.0
        columns = columns_of(lines[:_LOOKED_AT])
        if columns is None or sum(bool(line.strip()) for line in lines) < _ENOUGH:
            return 0.0
        tagged = any(tag not in ("O", "_") for line in lines if line.strip() for tag in columns.split(line)[1:])
        return 0.97 if tagged else 0.9

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document for each -DOCSTART-, or one. Raises KnownError where lines are no words with tags."""
        lines = decoded(source.whole(LIMIT)).text.replace("\r\n", "\n").split("\n")
        columns = columns_of(_sample(lines)) or _columns_despite_damage(lines)
        yield from _notices(source, columns)
        names = LabelNames(Scheme())
        document = _Document(columns)
        count = 0
        for number, line in enumerate(lines, 1):
            if DOCUMENT.match(line):
                for item in document.items(source, names, count):
                    yield item
                    count += not isinstance(item, Notice)
                document = _Document(columns, _name_of(line))
            elif not is_blank_or_comment(line):
                document.add(line, number)
            elif not line.strip():
                document.end_sentence()
        found = list(document.items(source, names, count))
        if not found and not count:
            raise KnownError("There are no words with tags in it.")
        yield from found


def is_blank_or_comment(line: str) -> bool:
    """Whether a line holds no word."""
    return not line.strip() or is_comment(line)


def _sample(lines: list[str]) -> list[str]:
    return lines if len(lines) <= _LOOKED_AT else lines[:_LOOKED_AT]


def _columns_despite_damage(lines: list[str]) -> Columns:
    """The columns of most lines, where single lines are wrong."""
    words = [line for line in _sample(lines) if not is_blank_or_comment(line)]
    by_width: dict[int, list[str]] = {}
    for line in words:
        by_width.setdefault(len(line.split()), []).append(line)
    most = max(by_width.values(), key=len, default=[])
    columns = columns_of(most) if 2 * len(most) > len(words) else None
    if columns is None:
        raise KnownError("Its lines are not each a word with tags such as B-PER, I-PER and O behind it.")
    return columns


def _notices(source: Source, columns: Columns) -> Iterator[Notice]:
    yield Notice(
        f"{source.name} holds words, not a text: they were joined with a space between them, each sentence on a line."
    )
    for place in sorted((*columns.left_out, *columns.chunks)):
        yield Notice(f"Of {source.name}, column {place + 1} was left out: it holds no labels of marks.")


def _name_of(line: str) -> str:
    """What a line that begins a document calls it."""
    rest = line.partition("=")[2] if "=" in line else " ".join(line.split()[3:] if line.startswith("#") else ())
    return rest.strip()


class _Document:
    """One document being read."""

    def __init__(self, columns: Columns, name: str = "") -> None:
        self._columns = columns
        self._name = name
        self._text = TokenText()
        self._places: list[tuple[int, int]] = []
        self._runs = [TagRuns() for _ in columns.tags or (0,)]  # by column: what goes on, goes on in its own
        self._wrong: list[int] = []

    def add(self, line: str, number: int) -> None:
        cells = self._columns.split(line)
        word = cells[self._columns.word] if self._columns.word < len(cells) else ""
        if not word or len(cells) < 2:
            self._wrong.append(number)
            if not word:
                return
        for runs, tags in zip(self._runs, self._columns.tags_of(cells), strict=True):
            runs.add(len(self._places), tags, number)
        self._places.append(self._text.add(word))

    def end_sentence(self) -> None:
        for runs in self._runs:
            runs.end()
        self._text.end_line()

    def items(self, source: Source, names: LabelNames, before: int) -> Iterator[ImportItem]:
        if not self._places:
            return
        name = self._name or (f"{source.stem} {before + 1}" if before else "")
        document = MarkedText(self._text.text, f"{source.name}, {name}" if name else source.name, names, certain=True)
        for run in sorted((run for runs in self._runs for run in runs.runs), key=lambda run: run.first):
            pairs = [(self._places[run.first][0], self._places[run.last][1])]
            document.mark("", run.label, pairs, place=f"line {run.place}")
        for number in self._wrong[:10]:
            document.tell(f"line {number} has a word and no tag, or a tag and no word.")
        if self._text.broken:
            document.tell(f"{self._text.broken} line ends were put into sentences of many hundred words.")
        yield from document.items(metadata={"path": source.path, "name": self._name})
