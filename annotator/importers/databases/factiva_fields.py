"""The fields of Factiva: those with a code of two or three letters, and those that are told by their place."""

from __future__ import annotations

import re

from annotator.importers.article import Article
from annotator.importers.dates import find_date, iso_date
from annotator.importers.languages import language_code

ZONES = {
    "HD": "HEADLINE", "LP": "BODY", "TD": "BODY", "BY": "BYLINE", "CR": "CREDIT", "ART": "CAPTION", "HL": "DEK",
    "CX": "BOILERPLATE", "CT": "BOILERPLATE",
}  # fmt: skip
FACTS = {
    "WC": "length", "PD": "date", "ET": "time", "SN": "publication", "SC": "source_code", "ED": "edition", "PG": "page",
    "LA": "language", "CY": "copyright", "SE": "section", "CLM": "column", "RF": "reference", "CO": "company",
    "IN": "industry", "NS": "subject", "RE": "geographic", "IPC": "ipc", "IPD": "ipd", "PUB": "publisher",
    "AN": "record", "VOL": "volume", "NGC": "group", "GC": "group_code", "DE": "descriptor", "ISSN": "issn",
    "URL": "uri", "DN": "notes",
}  # fmt: skip
CODES = frozenset(ZONES) | frozenset(FACTS)
ACCESSION = re.compile(
    r"^\s*(?:Document|Dokument|Documento|Документ|文件|文書|文档|Doc\.?)?\s*(?P<id>[A-Z]\w{2,9}\d{8}\w{4,})\s*$",
    re.IGNORECASE,
)
WORDS = re.compile(
    r"^\s*\d[\d.,\u00a0\u202f]*\s*(?:words?|mots?|Wörter|Wort|palabras?|parole|parola|woorden|palavras?|слов\w*|字|語|単語|단어"
    r"|słów|ord|kelime|كلمات|كلمة)\s*$",
    re.IGNORECASE,
)
_TIME = re.compile(r"^\s*\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[AP]M)?\s*$", re.IGNORECASE)
_CODE = re.compile(r"^[A-Z0-9]{2,10}$")
_PAGE = re.compile(r"^(?:p\.?|pg\.?|S\.)?\s*[A-Z]{0,3}-?\d{1,4}(?:[-,/]\s*\d+)?$", re.IGNORECASE)
_RIGHTS = re.compile(r"^\s*(?:©|\(c\)|copyright|\(C\))", re.IGNORECASE)
_NUMBERED = re.compile(r"^\(?\d{1,4}\)\s+")


def say_code(article: Article, code: str, paragraphs: list[str]) -> None:
    """Put a field with a code where it belongs."""
    text = " ".join(paragraphs)
    if code == "HD":
        article.add("HEADLINE", *headline(paragraphs))
    elif zone := ZONES.get(code):
        article.add(zone, *paragraphs)
        if code == "BY":
            article.say("author", author(text))
    elif code == "AN":
        found = ACCESSION.match(text)
        article.say("record", found["id"] if found else text)
    else:
        article.say(FACTS.get(code, code.lower()), text)


def finish(article: Article) -> Article:
    """The article, its date and its time of day made one."""
    date, time = article.facts.get("date", ""), article.facts.pop("time", "")
    article.say("published", iso_date(f"{date} {time}"))
    return article


def headline(paragraphs: list[str]) -> list[str]:
    """A headline without the number that a list of articles put before it."""
    return [_NUMBERED.sub("", paragraphs[0]), *paragraphs[1:]] if paragraphs else []


def author(byline: str) -> str:
    """The name in a byline."""
    return re.sub(r"^(?:by|von|par|por|door|di)\s+", "", byline.strip(), flags=re.IGNORECASE)


def say_by_place(article: Article, title_place: int | None, lines: list[str]) -> None:
    """Take the lines around the headline, which have no codes: each is told by its form and what stood before it."""
    counted = next((place for place, line in enumerate(lines) if WORDS.match(line)), None)
    dated = next((place for place, line in enumerate(lines) if _is_date(line)), None)
    for place, line in enumerate(lines):
        if place == title_place:
            article.add("HEADLINE", *headline([line]))
        elif title_place is not None and place < title_place:
            article.say("section", line)
        elif place == counted:
            article.say("length", line)
        elif place == dated:
            article.say("date", line)
        elif _TIME.match(line):
            article.say("time", line)
        elif _RIGHTS.match(line):
            article.say("copyright", line)
        elif place < min(place for place in (counted, dated, len(lines)) if place is not None):
            article.add("BYLINE", line)
            article.say("author", author(line))
        else:
            _say_behind_date(article, line)


def _is_date(line: str) -> bool:
    found = find_date(line) if len(line) < 60 else None
    return found is not None and len(found.iso) >= 10


def _say_behind_date(article: Article, line: str) -> None:
    """Source, code, edition, page and language, in this order, any of which may be missing."""
    facts = article.facts
    if "publication" not in facts:
        article.say("publication", line)
    elif "source_code" not in facts and _CODE.match(line) and not line.isdigit():
        article.say("source_code", line)
    elif "language" not in facts and language_code(line) and len(line) > 2:
        article.say("language", line)
    elif "page" not in facts and _PAGE.match(line):
        article.say("page", line)
    else:
        article.say("edition", line)
