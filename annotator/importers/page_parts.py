"""The parts of an archive page, found by how the page is built, whichever newspaper it is from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from annotator.core.span import Span
from annotator.importers.credits import credit_of, is_cut, same_caption

BAR = " | "

_SELECT = re.compile(r"^Select Page[ \t]*$", re.MULTILINE)
_MEDIA = re.compile(r"\s*^(?P<line>Media ID:[ \t]*(?P<id>\w+))[ \t]*$", re.MULTILINE)
_CAPTION = re.compile(r"\s*^Caption:", re.MULTILINE)
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?(?:[ \t]*\n[ \t]*\S(?:[^\n]*\S)?)*")
_ENTRY = re.compile(r"^by \S.{0,79} \| [A-Z][a-z]{2,8}\.? \d{1,2}, \d{4} \| \S.*$", re.MULTILINE)
_OLDER = re.compile(r"^« Older Entries", re.MULTILINE)

_HEADER = 4000  # characters from the start within which the header ends
_CAPTIONS = 3  # the same caption stands this often at most
_SHORT = 30  # a caption without a credit is shorter than this many words


@dataclass(frozen=True, slots=True)
class Page:
    """An archive page, as spans of its text."""

    boilerplate: tuple[Span, ...]
    title: Span
    archive: str  # the name of the archive, as the title line has it
    publication: str  # the newspaper's name, as the site line has it
    media_id: str
    captions: tuple[Span, ...]
    body: Span | None


def is_listing(text: str) -> bool:
    """Whether a page is a list of articles, not one of them."""
    header = _SELECT.search(text[:_HEADER])
    entries = len(_ENTRY.findall(text))
    if header is None:
        return entries >= 2
    title = _lines(text, 0, header.start())[-1:]
    titled = any("Archives - " in text[line.start : line.end] for line in title)
    rest = text[header.end() :]
    return entries >= 2 or titled or (entries == 1 and (_begins_with_entry(rest) or _OLDER.search(rest) is not None))


def _begins_with_entry(rest: str) -> bool:
    second = next(islice(_PARAGRAPH.finditer(rest), 1, None), None)
    return second is not None and _ENTRY.fullmatch(second.group()) is not None


def page_of(text: str) -> Page | None:
    """The parts of the page that `text` is; None when it is no archive page."""
    select = _SELECT.search(text[:_HEADER])
    if select is None:
        return None
    header = _lines(text, 0, select.start())
    if not header or not any(BAR in text[line.start : line.end] for line in header):
        return None
    *before, title_line = header
    title, tail = _split_title(text, title_line)
    boilerplate = [*before, *tail, _stripped(text, *select.span())]
    media = _MEDIA.match(text, select.end())
    position = select.end()
    if media:
        boilerplate.append(Span(*media.span("line")))
        position = media.end()
    labelled = _CAPTION.match(text, position) if media else None
    if labelled:
        position = labelled.end()
        boilerplate.append(Span(position - len("Caption:"), position))
    captions, body = _captions_and_body(text, position, labelled is not None) if media else ((), position)
    return Page(
        boilerplate=tuple(boilerplate),
        title=title,
        archive="".join(text[part.start + len(BAR) : part.end] for part in tail),
        publication=_publication(text, before),
        media_id=media.group("id") if media else "",
        captions=tuple(captions),
        body=_body(text, body),
    )


def _lines(text: str, start: int, end: int) -> list[Span]:
    return [Span(*match.span()) for match in _LINE.finditer(text, start, end)]


def _stripped(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))


def _split_title(text: str, line: Span) -> tuple[Span, list[Span]]:
    """The title, and the rest of its line with the bar before it."""
    bar = text.rfind(BAR, line.start, line.end)
    if bar <= line.start:
        return line, []
    return _stripped(text, line.start, bar), [Span(bar, line.end)]


def _publication(text: str, before: Sequence[Span]) -> str:
    """The newspaper's name: what follows the last bar of the site line."""
    if not before:
        return ""
    return before[0].covered(text).rpartition(BAR)[2]


def _captions_and_body(text: str, position: int, labelled: bool) -> tuple[Sequence[Span], int]:
    """The captions from `position` on, and where the search for the body goes on."""
    found = _PARAGRAPH.finditer(text, position)
    paragraphs = [Span(*match.span()) for match in islice(found, _CAPTIONS + 2)]
    if not paragraphs:
        return [], position
    ends = [position, *(paragraph.end for paragraph in paragraphs)]
    gaps = [text.count("\n", end, paragraph.start) for end, paragraph in zip(ends, paragraphs, strict=False)]
    if gaps[0] >= 3:  # two blank lines stand before a body, never before a caption
        return [], position
    parted = next((place for place, gap in enumerate(gaps) if gap >= 3), 0)
    count = parted if 0 < parted <= _CAPTIONS else _captions_told_by_words(text, paragraphs, labelled)
    return paragraphs[:count], ends[count]


def _captions_told_by_words(text: str, paragraphs: Sequence[Span], labelled: bool) -> int:
    """How many of `paragraphs` are captions, where no blank lines part them from the body."""
    first, *others = [paragraph.covered(text) for paragraph in paragraphs]
    repeated = 0
    for other in others:
        if not same_caption(first, other):
            break
        repeated += 1
    sure = repeated > 0 or is_cut(first) or credit_of(first) is not None
    likely = labelled and len(others) > 0 and len(first.split()) < _SHORT
    return min(1 + repeated, _CAPTIONS) if sure or likely or (labelled and not others) else 0


def _body(text: str, position: int) -> Span | None:
    rest = text[position:]
    body = rest.strip()
    start = position + len(rest) - len(rest.lstrip())
    return Span(start, start + len(body)) if body else None
