"""Factiva, saved as rich text or copied as plain text: articles that each end with their accession number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.databases.factiva_fields import ACCESSION, CODES, WORDS, finish, say_by_place, say_code
from annotator.importers.office.rich_text import is_rich_text, plain_text_of
from annotator.importers.record_text import record_text
from annotator.importers.tally import Tally

_CODED = re.compile(r"^\s*\|?\s*([A-Z]{2,4})(?:\s*\|\s*|[ \t\u00a0]+|\s*$)(.*?)\|?\s*$")
_END = re.compile(
    r"^[ |\t]*(?:AN[ |\t\u00a0]+)?(?:Document|Dokument|Documento|文件|文書|文档)[ |\t\u00a0]+"
    r"[A-Za-z]\w{2,9}\d{8}\w{4,}[ |\t]*$",
    re.MULTILINE,
)


class FactivaTextImporter:
    """Takes every article of such a file in, by its codes, or by the order of its lines where there are none."""

    name = "factiva-text"
    title = "Factiva, RTF or text"
    suffixes: tuple[str, ...] = (".rtf", ".txt")
    loses = "Bold and italic; where lines have no codes, edition and page may be taken for one another."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where an article ends as Factiva's do."""
        text = head.decode("utf-8", errors="replace").replace("\r", "\n")
        if is_rich_text(head):
            plain = plain_text_of(head.decode("latin-1"), whole=False)
            return 0.97 if _END.search(plain) or len(_codes(plain)) > 5 else 0.0
        if text.lstrip("\ufeff \n").startswith(("<", "{", "[")):
            return 0.0
        return 0.95 if _END.search(text) and (len(_codes(text)) > 5 or any(map(WORDS.match, text.split("\n")))) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when there are none."""
        text, notices = record_text(source)
        yield from notices
        if is_rich_text(text[:10].encode(errors="replace")):
            text = plain_text_of(text)
        tally = Tally(source)
        at = 0
        for number, match in enumerate(_END.finditer(text), 1):
            yield from tally.take_text(_article, text[at : match.end()], f"article {number}")
            at = match.end()
        if not tally.found:
            raise KnownError("No article is in it that ends with “Document” and a number, as those of Factiva do.")
        if len(_codes(text[at:])) > 5:
            yield tally.failure(f"article {tally.found + 1}", "Its end is missing: the file was cut off.")
        yield from tally.notices()


def _codes(text: str) -> set[str]:
    lines = (_CODED.match(line) for line in text.split("\n"))
    return {match[1] for match in lines if match and match[1] in CODES}


def _article(block: str) -> Article:
    lines = block.strip("\n").split("\n")
    article = Article()
    if "HD" in _codes(block):
        _read_codes(article, lines)
    else:
        _read_lines(article, lines)
    return finish(article)


def _read_codes(article: Article, lines: list[str]) -> None:
    code, held = "", list[str]()
    for line in lines:
        match = _CODED.match(line)
        if match and match[1] in CODES:
            _say(article, code, held)
            code, held = match[1], [match[2]]
        else:
            held.append(line.strip(" |"))
    _say(article, code, held)


def _say(article: Article, code: str, lines: list[str]) -> None:
    found = [line for line in lines if line.strip()]
    if code and found:
        say_code(article, code, found)


def _read_lines(article: Article, lines: list[str]) -> None:
    """Headline, byline, words, date, source …, a blank line, and the text."""
    texts = [line.strip(" |") for line in lines]
    if end := ACCESSION.match(next((text for text in reversed(texts) if text), "")):
        article.say("record", end["id"])
    texts = [text for text in texts if not ACCESSION.match(text)]
    while texts and not texts[0]:
        texts.pop(0)
    counted = next((place for place, text in enumerate(texts) if WORDS.match(text)), 0)
    blank = next((place for place in range(counted, len(texts)) if not texts[place]), len(texts))
    front = [text for text in texts[:blank] if text]
    say_by_place(article, 0, front)
    article.add("BODY", *texts[blank:])
