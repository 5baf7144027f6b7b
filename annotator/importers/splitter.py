"""Any text with many articles, split by patterns that a person can see and change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.core.split_patterns import SplitPatterns
from annotator.importers.article import Article, joined_lines
from annotator.importers.base import Source
from annotator.importers.dates import find_date
from annotator.importers.office.rich_text import is_rich_text, plain_text_of
from annotator.importers.record_text import RecordText, record_text
from annotator.importers.signatures import known_format
from annotator.importers.split_presets import PRESETS
from annotator.importers.tally import Tally

_LINE = 400  # characters of a line that patterns look at: what parts articles and names fields is short
_HEAD = 12  # lines at an article’s beginning within which a date stands that has no label
_ZONES = {"title": "HEADLINE", "subtitle": "DEK", "author": "BYLINE", "caption": "CAPTION", "text": "BODY"}


class SplitterImporter:
    """Takes every article in. Without patterns of one’s own, the preset that tells most fields is taken."""

    name = "splitter"
    title = "Text with many articles"
    suffixes: tuple[str, ...] = (".txt", ".rtf")
    loses = "The lines that part articles, and those that the patterns leave out."

    def __init__(self, patterns: SplitPatterns | None = None) -> None:
        self._patterns = patterns

    def recognises(self, head: bytes, name: str) -> float:
        """A little sure where a preset finds several articles with at least two fields each."""
        if known_format(head) or head[:1] in b"{[":
            return 0.0
        text = head.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
        return 0.55 if best_patterns(text, 2) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when the patterns are no patterns, or split nothing."""
        text, notices = text_of(source)
        yield from notices
        patterns = self._patterns or best_patterns(text, 1)
        if patterns is None:
            raise KnownError("Nothing in it tells where an article begins or ends. Say how, with patterns of your own.")
        if faults := patterns.faults():
            raise KnownError(" ".join(faults))
        yield Notice(f"{source.name} was split by “{patterns.name}”.")
        tally = Tally(source)
        compiled = _Compiled(patterns)
        for number, (line, block) in enumerate(compiled.blocks(text), 1):
            yield from tally.take_text(partial(_article, compiled), "\n".join(block), f"article {number} (line {line})")
        yield from tally.notices()

    def patterns_for(self, source: Source) -> SplitPatterns | None:
        """The patterns that a source would be split by; None without any. Raises KnownError if it is no text."""
        return self._patterns or best_patterns(text_of(source).text, 1)


def text_of(source: Source) -> RecordText:
    """A source's text, also out of rich text."""
    text, notices = record_text(source)
    return RecordText(plain_text_of(text) if is_rich_text(text[:10].encode(errors="replace")) else text, notices)


def best_patterns(text: str, least_fields: int, among: Sequence[SplitPatterns] = PRESETS) -> SplitPatterns | None:
    """The patterns that split `text` into at least two articles of which most have so many fields; None without any."""
    best, most = None, 0.0
    for patterns in among:
        compiled = _Compiled(patterns)
        counts = [len(compiled.fields_of(block)) for _, block in compiled.blocks(text[:200_000])]
        fit = [count for count in counts if count >= least_fields]
        if len(fit) < 2 or len(fit) < 0.7 * len(counts):
            continue
        score = sum(fit) / len(counts) + min(len(fit), 20) / 10
        if score > most:
            best, most = patterns, score
    return best


class _Compiled:
    """Patterns, ready for use."""

    def __init__(self, patterns: SplitPatterns) -> None:
        self.patterns = patterns
        self._start = _compiled(patterns.start)
        self._end = _compiled(patterns.end)
        self._drop = [re.compile(pattern, re.IGNORECASE) for pattern in patterns.drop]
        self._fields = [(each.target, re.compile(each.pattern, re.IGNORECASE)) for each in patterns.fields]

    def blocks(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """The lines of one article after the other, and the line in the file where it begins."""
        held: list[str] = []
        began = 1
        for number, whole in enumerate(text.split("\n"), 1):
            line = whole[:_LINE]
            if self._start is not None and self._start.search(line):
                if _has_text(held) and (began > 1 or not self._is_preamble(held)):
                    yield began, held
                held, began = [whole.lstrip("\f")] if self.patterns.keep_start or line.startswith("\f") else [], number
            elif self._end is not None and self._end.search(line):
                if self.patterns.keep_end:
                    held.append(whole)
                if _has_text(held):
                    yield began, held
                held, began = [], number + 1
            elif not any(drop.search(line) for drop in self._drop):
                held.append(whole)
        if _has_text(held) and (self._start is not None or self.fields_of(held)):
            yield began, held

    def _is_preamble(self, lines: Sequence[str]) -> bool:
        """Whether what stands before the first start is no article: nothing in it is a field."""
        return not self.fields_of(lines)

    def fields_of(self, lines: Sequence[str]) -> dict[str, str]:
        """The fields that are told, by what they are."""
        found: dict[str, str] = {}
        for line in lines:
            for target, value in self.of_line(line):
                found.setdefault(target, value)
        return found

    def of_line(self, line: str) -> Iterator[tuple[str, str]]:
        """The field that a line holds, if it does."""
        for target, pattern in self._fields:
            match = pattern.search(line[:_LINE])
            if match:
                yield target, (match[1] if match.re.groups else line) or ""
                return


def _compiled(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern, re.IGNORECASE) if pattern else None


def _has_text(lines: Sequence[str]) -> bool:
    return any(line.strip() for line in lines)


def _article(compiled: _Compiled, text: str) -> Article:
    block = text.split("\n")
    article = Article()
    article.day_first = compiled.patterns.day_first
    rest = _without_fields(article, compiled, block)
    if not article.part("HEADLINE") and compiled.patterns.first_line_is_title:
        place = next((place for place, line in enumerate(rest) if line.strip()), None)
        if place is not None:
            article.add("HEADLINE", rest[place])
            rest = rest[place + 1 :]
    if "date" not in article.facts:
        _find_date(article, rest)
    article.add("BODY", *joined_lines(rest))
    return article


def _without_fields(article: Article, compiled: _Compiled, block: list[str]) -> list[str]:
    """Takes the fields in, each once: a label that comes again, far into the text, is text."""
    rest: list[str] = []
    seen: set[str] = set()
    for line in block:
        held = next(compiled.of_line(line), None)
        if held is None or held[0] in seen or not held[1].strip():
            rest.append(line)
            continue
        target, value = held
        seen.add(target)
        if zone := _ZONES.get(target):
            article.add(zone, value)
        if target not in ("title", "subtitle", "caption", "text"):
            article.say(target, value)
    return rest


def _find_date(article: Article, lines: Sequence[str]) -> None:
    for line in [line for line in lines if line.strip()][:_HEAD]:
        found = find_date(line, article.day_first) if len(line) < 120 else None
        if found and len(found.iso) >= 10:
            article.say("published", found.iso)
            article.say("date", line[found.start : found.end])
            return
