"""An article of Nexis out of its paragraphs: what stands before the text, the text, and what stands behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.importers.article import Article
from annotator.importers.databases.nexis_labels import (
    HEADER,
    MANY_PARAGRAPHS,
    RIGHTS,
    TRAILER,
    is_written_as_label,
    label_of,
)
from annotator.importers.dates import FoundDate, find_date

_HEAD = 10  # paragraphs within which the date stands
_UNKNOWN = re.compile(r"^(?:[A-ZÀ-Þ]+-[A-ZÀ-Þ-]+:|[A-ZÀ-Þ ]{3,30}:[^\n]*\(\d\d%\))")  # not as speakers are named
_LEAST_TITLE = 2  # characters


class Paragraph(NamedTuple):
    """A paragraph, and whether it stood in the middle of the page as only what is no text does."""

    text: str
    centred: bool = False


def nexis_article(paragraphs: list[Paragraph]) -> Article:
    """The article that `paragraphs`, from its publication to its copyright, are."""
    article = Article()
    start = _read_front(article, paragraphs)
    end = _trailer_start(paragraphs, start)
    _read_body(article, paragraphs[start:end])
    _read_trailer(article, paragraphs[end:])
    return article


def say_field(article: Article, field: str, value: str) -> None:
    """Put a field where it belongs: into the text with its zone, or among the facts."""
    if field == "title":
        article.add("HEADLINE", value)
    elif field == "highlight":
        article.add("DEK", value)
    elif field == "author":
        article.add("BYLINE", value)
        article.say("author", re.sub(r"^(?:by|von|par|door|por|di)\s+", "", value, flags=re.IGNORECASE))
    elif field == "dateline":
        article.add("DATELINE", value)
    elif field == "text":
        article.add("BODY", value)
    elif field == "graphic":
        article.add("CAPTION", value)
    elif field in ("correction", "notes"):
        article.add("BOILERPLATE", value)
    elif field == "section":
        article.say("section", value)
        if page := re.search(r"(?:\bPg\.|\bpage|\bSeite|\bS\.|\bp\.|\bBlz\.)\s*([\w.\-]+)", value, re.IGNORECASE):
            article.say("page", page[1].rstrip("."))
    else:
        article.say(field, value)


def _read_front(article: Article, paragraphs: list[Paragraph]) -> int:
    """Reads publication, date, title and the fields before the text. Returns where the text begins."""
    fields = _first_label(paragraphs)
    dated = _date_place(paragraphs[: min(fields, _HEAD)])
    titles: list[str] = []
    if dated is None and fields == len(paragraphs):
        return 0  # nothing is told apart: an error page, or a text alone
    if dated is None:
        if fields:
            article.say("publication", paragraphs[0].text)
        titles = [paragraph.text for paragraph in paragraphs[1:fields]]
        after = fields
    else:
        place, found = dated
        names = [paragraph for paragraph in paragraphs[:place] if paragraph.text.strip()]
        if names:
            article.say("publication", names[0].text)
        titles = [paragraph.text for paragraph in names[1:] if not paragraph.centred]
        _say_date(article, paragraphs[place].text, found)
        after = place + 1
        while after < fields and _is_more_of_the_date(paragraphs[after]):
            article.say("edition", paragraphs[after].text.rstrip("; "))
            after += 1
        if fields < len(paragraphs):
            titles += [paragraph.text for paragraph in paragraphs[after:fields]]
            after = fields
        elif after < len(paragraphs) and not titles:
            titles, after = [paragraphs[after].text], after + 1
    titles = [title for title in titles if len(title.strip()) >= _LEAST_TITLE]
    if titles:
        article.add("HEADLINE", titles[0])
        article.add("DEK", *titles[1:])
    return _read_fields(article, paragraphs, after)


def _first_label(paragraphs: list[Paragraph]) -> int:
    """Where the first labelled paragraph stands that can belong to the front; the number of them all without one."""
    for place, paragraph in enumerate(paragraphs[: 2 * _HEAD]):
        if _header_field(paragraph.text):
            return place
    return len(paragraphs)


def _header_field(text: str) -> tuple[str, str] | None:
    return label_of(text, HEADER) if is_written_as_label(text) else None


def _date_place(paragraphs: list[Paragraph]) -> tuple[int, FoundDate] | None:
    candidates = []
    for place, paragraph in enumerate(paragraphs):
        found = find_date(paragraph.text) if len(paragraph.text) < 250 else None
        if found and len(found.iso) >= 7:
            candidates.append((not paragraph.centred, place, found))
    if not candidates:
        return None
    _, place, found = min(candidates)
    return place, found


def _say_date(article: Article, text: str, found: FoundDate) -> None:
    article.say("published", found.iso)
    first, *others = text.strip().splitlines()
    article.say("date", first)
    for line in others:
        article.say("edition", line.rstrip("; "))


def _is_more_of_the_date(paragraph: Paragraph) -> bool:
    """Whether a paragraph behind the date goes on with it: an edition in the middle of the page, or the date again."""
    if paragraph.centred:
        return True
    found = find_date(paragraph.text)
    return found is not None and found.end - found.start > len(paragraph.text) * 0.6


def _read_fields(article: Article, paragraphs: list[Paragraph], place: int) -> int:
    while place < len(paragraphs):
        held = _header_field(paragraphs[place].text)
        if held is None:
            break
        field, value = held
        say_field(article, field, value)
        place += 1
        if field == "title" and not value and place < len(paragraphs):
            article.add("HEADLINE", paragraphs[place].text)
            place += 1
        if field == "text":
            break
    return place


def _read_body(article: Article, paragraphs: list[Paragraph]) -> None:
    article.add("BODY", *(paragraph.text for paragraph in paragraphs))


def _trailer_start(paragraphs: list[Paragraph], start: int) -> int:
    """Where the fields behind the text begin. Seen from the end, so that a field's name within the text is text."""
    committed = place = len(paragraphs)
    seen = False
    while place > start:
        text = paragraphs[place - 1].text
        if RIGHTS.match(text) or (is_written_as_label(text) and label_of(text, TRAILER)):
            seen = True
            place = committed = place - 1
        elif paragraphs[place - 1].centred and not seen:
            place = committed = place - 1
        elif seen and (began := _many_paragraphs_before(paragraphs, start, place - 1)) is not None:
            place = committed = began
        elif seen and _UNKNOWN.match(text):  # counts only where a known label is above it
            place -= 1
        else:
            break
    return committed


def _many_paragraphs_before(paragraphs: list[Paragraph], start: int, place: int) -> int | None:
    """Where the field began that the unlabelled paragraph at `place` goes on with; None when it is text."""
    for earlier in range(place - 1, max(start - 1, place - 6), -1):
        text = paragraphs[earlier].text
        held = label_of(text, TRAILER) if is_written_as_label(text) else None
        if held:
            return earlier if held[0] in MANY_PARAGRAPHS else None
    return None


def _read_trailer(article: Article, paragraphs: list[Paragraph]) -> None:
    field = ""
    for paragraph in paragraphs:
        held = label_of(paragraph.text, TRAILER)
        if held:
            field, value = held
        elif is_written_as_label(paragraph.text) and not RIGHTS.match(paragraph.text):
            field, value = _unknown(paragraph.text)
        elif RIGHTS.match(paragraph.text) or not field:
            field, value = "copyright", paragraph.text
        else:
            value = paragraph.text
        if value:
            say_field(article, field, value)


def _unknown(text: str) -> tuple[str, str]:
    """A label that is not known, as the name of a fact, and its value."""
    label, _, value = text.partition(":")
    return label.strip().lower().replace(" ", "_"), value.strip()
