"""A document out of a web page: all of its visible text, what each part is, and what the page says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.core.annotation import AnnotatedDocument, Zone
from annotator.core.raw_page import RawPage
from annotator.core.span import Span
from annotator.core.text import Direction, language_of, normalised, prevailing_direction
from annotator.importers.credits import credit_of, dateline_of
from annotator.importers.html.alignment import coverage
from annotator.importers.html.authors import name_in_line
from annotator.importers.html.encoding import PageText, page_text
from annotator.importers.html.extraction import article_stretches, guessed_day
from annotator.importers.html.facts import Facts, facts_of
from annotator.importers.html.parsing import parsed
from annotator.importers.html.parts import Parts, parts_of
from annotator.importers.html.titles import without_site
from annotator.importers.html.visible import Block, blocks_of

_MERGED = frozenset(("BODY", "BOILERPLATE", "RELATED", "DEK"))  # neighbours of these are one zone
_LONG = 3_000_000  # characters of a page from which no article is looked for on it
_TITLE = 300  # characters of a title
READ = frozenset(("publication", "published", "author", "modified", "section", "description", "kind"))  # from the page


@dataclass(frozen=True, slots=True)
class WebPage:
    """What became of a page."""

    document: AnnotatedDocument | None  # None where nothing of it can be seen
    read: PageText
    flat: bool  # whether it was nested too deeply, and read without its structure
    replaced: int  # how many NULs or broken characters became U+FFFD


def web_page(
    data: bytes, *, encoding: str = "", address: str = "", name: str = "", media_type: str = "text/html"
) -> WebPage:
    """The document that the page `data` makes, with those bytes beside it.

    `encoding`, `address` and `media_type` are what it was sent with; `name` is what it is called where it has no title.
    """
    read = page_text(data, encoding)
    normal = normalised(read.text)
    tree = parsed(normal.text)
    document = None
    if tree.root is not None:
        facts = facts_of(tree.root, address)
        blocks = blocks_of(tree.root)
        if blocks:
            raw = RawPage.of(data, media_type, encoding)
            if not facts.published:
                facts.published = guessed_day(tree.root)
            long = sum(len(block.text) for block in blocks) > _LONG
            stretches = [] if long else article_stretches(tree.root)
            document = replace(_document(blocks, stretches, facts, name), raw=raw)
    return WebPage(document, read, tree.flat, normal.replaced)


def _document(blocks: Sequence[Block], stretches: Sequence[str], facts: Facts, name: str) -> AnnotatedDocument:
    texts = [block.text for block in blocks]
    parts = parts_of(blocks, coverage(texts, stretches), facts)
    text, spans = _joined(blocks)
    body = [span for span, label in zip(spans, parts.labels, strict=True) if label == "BODY"]
    read = "\n".join(text[span.start : span.end] for span in body[:40]) or text
    direction = prevailing_direction(read)
    return AnnotatedDocument(
        text=text,
        title=_title(texts, parts, facts) or name,
        language=_language(facts, read, direction),
        direction=direction,
        metadata={name: value for name, value in _metadata(texts, parts, facts).items() if value},
        zones=tuple(sorted(_zones(text, spans, parts, facts), key=lambda zone: (zone.span.start, -zone.span.end))),
    )


def _joined(blocks: Sequence[Block]) -> tuple[str, list[Span]]:
    """The blocks as one text, and where each of them lies in it."""
    pieces: list[str] = []
    spans: list[Span] = []
    position = 0
    for block in blocks:
        if pieces:
            gap = "\n" if block.tight else "\n\n"
            pieces.append(gap)
            position += len(gap)
        start = position + len(block.text) - len(block.text.lstrip())
        position += len(block.text)
        pieces.append(block.text)
        spans.append(Span(start, position))
    return "".join(pieces), spans


def _title(texts: Sequence[str], parts: Parts, facts: Facts) -> str:
    headline, named = parts.headline
    if headline >= 0 and (named or not facts.titles):
        return " ".join(texts[headline].removeprefix("• ").split())[:_TITLE]
    if facts.titles:
        return without_site(facts.titles[0], facts.publication, facts.host)[:_TITLE].strip()
    body = next((text for text, label in zip(texts, parts.labels, strict=True) if label == "BODY"), texts[0])
    return body.strip().partition("\n")[0][:200].strip()


def _language(facts: Facts, read: str, direction: Direction) -> str:
    """What the page says, unless its letters say otherwise: many a page keeps what its template had."""
    seen = language_of(read)
    if direction == "rtl" and facts.language not in ("ar", "he", "fa", "ur", "ps", "ku", "ckb", "yi", "sd", "ug", "dv"):
        return seen
    return facts.language or seen


def _metadata(texts: Sequence[str], parts: Parts, facts: Facts) -> dict[str, str]:
    return {
        "publication": facts.publication or facts.host,
        "published": facts.published,
        "author": "; ".join(facts.authors) or _named_in_byline(texts, parts),
        "uri": facts.uri,
        "captured": facts.captured,
        "modified": facts.modified,
        "section": facts.section,
        "description": facts.description,
        "kind": facts.kind,
    }


def _named_in_byline(texts: Sequence[str], parts: Parts) -> str:
    """The name in the first byline in which one is to be seen."""
    lines = (text.removeprefix("• ") for text, label in zip(texts, parts.labels, strict=True) if label == "BYLINE")
    return next((name for line in lines if (name := name_in_line(line))), "")


def _zones(text: str, spans: Sequence[Span], parts: Parts, facts: Facts) -> Iterator[Zone]:
    yield from (Zone("", label, span) for label, span in _runs(spans, parts.labels))
    for span, label in zip(spans, parts.labels, strict=True):
        if label == "CAPTION" and (credit := credit_of(text[span.start : span.end])):
            yield Zone("", "CREDIT", Span(span.start + credit.start, span.start + credit.end))
    first = next((span for span, label in zip(spans, parts.labels, strict=True) if label == "BODY"), None)
    if first and (dateline := dateline_of(text[first.start : first.end], facts.publication)):
        yield Zone("", "DATELINE", Span(first.start + dateline.span.start, first.start + dateline.span.end))


def _runs(spans: Sequence[Span], labels: Sequence[str]) -> Iterator[tuple[str, Span]]:
    """Blocks of the same label that follow each other, as one stretch where the label is one of a stretch."""
    held: tuple[str, Span] | None = None
    for span, label in zip(spans, labels, strict=True):
        if held and held[0] == label and label in _MERGED:
            held = (label, Span(held[1].start, span.end))
            continue
        if held:
            yield held
        held = (label, span)
    if held:
        yield held
