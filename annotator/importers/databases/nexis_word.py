"""Nexis Uni and Lexis Advance: a Word file with many articles, each up to its “End of Document”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.databases.nexis_article import say_field
from annotator.importers.databases.nexis_labels import (
    BODY_HEADING,
    CLASSIFICATION_HEADING,
    END_OF_DOCUMENT,
    HEADER,
    RIGHTS,
    TRAILER,
    any_label_of,
    label_of,
)
from annotator.importers.dates import find_date
from annotator.importers.office.word_paragraphs import WordParagraph, word_paragraphs
from annotator.importers.tally import Tally
from annotator.importers.zip_members import ZipMembers, is_zip, names_in_head

_START = re.compile(r"^Bookmark_\d+$")
_COUNT = re.compile(
    r"^\s*(?:Documents?|Dokumente?|Documenti|Documentos?|Documenten|Results|Ergebnisse)\s*\((\d[\d.,]*)\)\s*$", re.I
)
_TITLE_PARTS = 6  # paragraphs within which title, publication and date stand
_FRONT = 15  # paragraphs before the text of an article
_LEAST = 3  # paragraphs of an article whose end is missing


class NexisWordImporter:
    """Takes every article of such a file in, its fields told apart from its text."""

    name = "nexis-docx"
    title = "Nexis Uni, Lexis Advance (Word)"
    suffixes: tuple[str, ...] = (".docx",)
    loses = "Pictures, bold and italic; the list of contents at the beginning."

    def recognises(self, head: bytes, name: str) -> float:
        """Somewhat sure of any Word file: `is_nexis` looks into it."""
        return 0.6 if is_zip(head) and any(part.startswith("word/") for part in names_in_head(head)) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when there are none, or the file is no Word file."""
        tally = Tally(source)
        with ZipMembers(source) as members:
            number = 0
            for number, block in enumerate(_blocks(word_paragraphs(members), tally), 1):
                yield from tally.take(partial(_article, block), f"article {number}")
        if not number:
            raise KnownError("No “End of Document” is in it, so it is no download of Nexis. Import it as docx.")
        yield from tally.notices()


def is_nexis(source: Source) -> bool:
    """Whether a Word file holds articles of Nexis: one of its first thousands of paragraphs ends one."""
    with ZipMembers(source) as members:
        for place, paragraph in enumerate(word_paragraphs(members)):
            if _is_end(paragraph) or any(map(_START.match, paragraph.bookmarks)):
                return True
            if place > 5000:
                break
    return False


def _is_end(paragraph: WordParagraph) -> bool:
    return len(paragraph.text) < 80 and END_OF_DOCUMENT.match(paragraph.text) is not None


def _blocks(paragraphs: Iterator[WordParagraph], tally: Tally) -> Iterator[list[WordParagraph]]:
    """The paragraphs of one article after the other, the list of contents left out."""
    held: list[WordParagraph] = []
    begun = False  # whether the beginning of the article was seen
    ended = False  # whether an end was seen at all
    for paragraph in paragraphs:
        if any(map(_START.match, paragraph.bookmarks)):
            if begun and _is_article(held):
                yield held
            held, begun = [], True
        if _is_end(paragraph):
            block = held if begun or ended else _without_contents(held, tally)
            if any(each.text.strip() for each in block):
                yield block
            held, begun, ended = [], False, True
            continue
        if not begun and not ended and (count := _COUNT.match(paragraph.text)):
            tally.claimed = int(re.sub(r"\D", "", count[1])[:9])
        held.append(paragraph)
    if (begun or ended) and _is_article(held):
        yield held


def _is_article(held: list[WordParagraph]) -> bool:
    return sum(bool(each.text.strip()) for each in held) >= _LEAST


def _without_contents(held: list[WordParagraph], tally: Tally) -> list[WordParagraph]:
    """The first article's paragraphs behind a list of contents, where no bookmark says where it begins."""
    if tally.claimed is None:
        return held
    dated = [
        place for place, each in enumerate(held) if each.text.strip() and not each.in_table and _is_date(each.text)
    ]
    if not dated:
        return held
    start = dated[-1]
    for place in dated:  # the first date that fields of an article follow
        if any(_front_label(each.text) for each in held[place + 1 : place + 8]):
            start = place
            break
    names = 0
    while start > 0 and names < 2:
        start -= 1
        names += bool(held[start].text.strip())
    return held[start:]


def _is_date(text: str) -> bool:
    found = find_date(text) if len(text) < 120 else None
    return found is not None and found.start < 25


def _front_label(text: str) -> tuple[str, str] | None:
    return label_of(text, HEADER) if any_label_of(text) else None


def _article(block: list[WordParagraph]) -> Article:
    lines = [paragraph for paragraph in block if paragraph.text.strip()]
    body = next((place for place, each in enumerate(lines) if _is_body_heading(each)), None)
    if body is None:
        return _without_headings(lines)
    article = Article()
    _read_front(article, [each.text for each in lines[:body]])
    trailer = next((place for place in range(body + 1, len(lines)) if _is_classification(lines[place])), len(lines))
    trailer = _tail(lines, body + 1, trailer)
    _read_body(article, lines[body + 1 : trailer])
    _read_trailer(article, [each.text for each in lines[trailer:]])
    return article


def _is_body_heading(paragraph: WordParagraph) -> bool:
    marked = any(re.match(r"Body(?:_\d+)?$", name) for name in paragraph.bookmarks)
    return (marked and len(paragraph.text) < 40) or BODY_HEADING.match(paragraph.text) is not None


def _is_classification(paragraph: WordParagraph) -> bool:
    marked = any(name.startswith("Classification") for name in paragraph.bookmarks)
    return (marked and len(paragraph.text) < 40) or CLASSIFICATION_HEADING.match(paragraph.text) is not None


def _read_front(article: Article, texts: list[str]) -> None:
    labels = next((place for place, text in enumerate(texts) if _front_label(text)), len(texts))
    dated = next((place for place, text in enumerate(texts[: min(labels, _TITLE_PARTS)]) if _is_date(text)), None)
    names = texts[:dated] if dated is not None else texts[: min(labels, 2)]
    names = [name for name in names if not RIGHTS.match(name)]
    if names:
        article.add("HEADLINE", names[0])
        article.add("DEK", *names[1:-1])
    if len(names) > 1:
        article.say("publication", names[-1])
    rest = texts[len(names) :]
    if dated is not None:
        found = find_date(texts[dated])
        article.say("published", found.iso if found else "")
        article.say("date", texts[dated])
        rest = texts[dated + 1 :]
    field = ""
    for text in rest:
        field = _read_front_line(article, text, field)


def _read_front_line(article: Article, text: str, field: str) -> str:
    """Takes one paragraph between the date and the text; returns the field that the next one may go on with."""
    if held := label_of(text, HEADER):
        say_field(article, *held)
        return held[0]
    if unknown := any_label_of(text):
        article.say(unknown[0].lower().replace(" ", "_"), unknown[1])
    elif RIGHTS.match(text):
        article.say("copyright", text)
    elif field == "highlight":
        article.add("DEK", text)
        return field
    elif "http" in text:
        article.say("url", text)
    elif text.strip("• "):
        article.say("edition", text)
    return ""


def _tail(lines: list[WordParagraph], start: int, end: int) -> int:
    """Where, before the classification, what is no text begins: a heading such as “Graphic”, and what is under it."""
    for place in range(max(start, end - 40), end):
        if _tail_field(lines[place].text):
            return place
    while end > start and any_label_of(lines[end - 1].text) and label_of(lines[end - 1].text, TRAILER):
        end -= 1
    return end


def _tail_field(text: str) -> str:
    """The field that a heading of one word stands for: “Graphic”, “Notes”, “Correction”."""
    held = label_of(f"{text.strip()}:", TRAILER) if len(text) < 20 else None
    return held[0] if held and held[0] in ("graphic", "notes", "correction") else ""


def _read_body(article: Article, lines: list[WordParagraph]) -> None:
    row: list[str] = []
    for line in lines:
        if line.in_table:
            row.append(line.text)
            continue
        article.add("BODY", "\n".join(row), line.text)
        row = []
    article.add("BODY", "\n".join(row))


def _read_trailer(article: Article, texts: list[str]) -> None:
    field = "copyright"
    for text in texts:
        if CLASSIFICATION_HEADING.match(text):
            field = "classification"
        elif heading := _tail_field(text):
            field = heading
        elif held := label_of(text, TRAILER):
            say_field(article, *held)
            field = held[0] if field == "classification" else field
        elif unknown := any_label_of(text):
            article.say(unknown[0].lower().replace(" ", "_"), unknown[1])
        else:
            say_field(article, field, text)


def _without_headings(lines: list[WordParagraph]) -> Article:
    """An article whose text has no heading: it begins behind the last field of the front."""
    texts = [each.text for each in lines]
    front = 0
    for place, text in enumerate(texts[:_FRONT]):
        if (not front and _is_date(text)) or _front_label(text) or RIGHTS.match(text):
            front = place + 1
    end = next((place for place, each in enumerate(lines) if _is_classification(each)), len(lines))
    end = _tail(lines, front, end)
    article = Article()
    _read_front(article, texts[: front or 1])
    _read_body(article, lines[front or 1 : end])
    _read_trailer(article, texts[end:])
    return article
