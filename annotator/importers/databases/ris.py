"""RIS: records of tagged lines, as ProQuest, EBSCO, Gale and reference managers export them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.record_text import record_text
from annotator.importers.tally import Tally

_START = re.compile(r"^TY  ?- ?", re.MULTILINE)
_TAG = re.compile(r"^([A-Z][A-Z0-9])  ?-(?: (.*)|)$")
_FACTS = {
    "T2": "publication", "JO": "publication", "JF": "publication", "JA": "publication", "BT": "publication",
    "AU": "author", "A1": "author", "A2": "author", "DA": "published", "Y1": "published", "PY": "year", "SP": "page",
    "EP": "last_page", "LA": "language", "UR": "uri", "L1": "link", "L2": "link", "AN": "record", "ID": "record",
    "SN": "issn", "PB": "publisher", "CY": "place", "KW": "subject", "VL": "volume", "IS": "issue", "DB": "database",
    "DP": "database", "DO": "doi", "SE": "section", "ET": "edition", "M3": "document_type", "N1": "notes",
}  # fmt: skip
_TITLES = ("TI", "T1", "CT", "ST")
_TEXTS = ("N2", "AB")


class RisImporter:
    """Takes every record in: its title, and its abstract or text where the database gave one."""

    name = "ris"
    title = "RIS"
    suffixes: tuple[str, ...] = (".ris", ".txt")
    loses = "The kinds of references other than articles."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where a record begins and has tags."""
        text = head.decode("utf-8", errors="replace").removeprefix("\ufeff").lstrip()
        first = text.replace("\r", "\n").split("\n")[:40]
        tags = sum(_TAG.match(line) is not None for line in first)
        return 0.98 if _START.match(text) and tags > 1 else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its records. Raises KnownError when there are none."""
        text, notices = record_text(source)
        yield from notices
        starts = [match.start() for match in _START.finditer(text)]
        if not starts:
            raise KnownError("No record is in it: none begins with “TY  - ”.")
        tally = Tally(source)
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), 1):
            yield from tally.take_text(_article, text[start:end], f"record {number}")
        yield from tally.notices()


def _article(block: str) -> Article:
    article = Article()
    fields = list(_fields(block))
    if not any(tag == "ER" for tag, _ in fields):
        raise KnownError("Its end (“ER  - ”) is missing: the file was cut off within it.")
    titles = [value for tag in _TITLES for name, value in fields if name == tag and value.strip()]
    texts = [value for tag in _TEXTS for name, value in fields if name == tag and value.strip()]
    article.add("HEADLINE", *titles[:1])
    for tag, value in fields:
        if name := _FACTS.get(tag):
            article.say(name, _date(value) if name == "published" and "published" not in article.facts else value)
    if author := article.facts.get("author"):
        article.add("BYLINE", author)
    date = article.facts.pop("published", "").split("; ")[0]
    article.say("published", date or article.facts.get("year", "").strip("/"))
    longest = max(texts, key=len, default="")
    article.add("DEK", *(text for text in texts if text not in longest))
    article.add("BODY", *longest.split("\n"))
    return article


def _date(written: str) -> str:
    """`2024/03/05/` and its like as an ISO date."""
    from annotator.importers.dates import iso_date

    parts = [part for part in written.split("/")[:3] if part.strip().isdecimal()]
    if len(parts) == 3:
        return iso_date("-".join(part.strip().zfill(2) for part in parts))
    return "-".join(part.strip().zfill(2) for part in parts) or iso_date(written)


def _fields(block: str) -> Iterator[tuple[str, str]]:
    """Tags and values; a line without a tag goes on with the value before it."""
    tag, held = "", list[str]()
    for line in block.split("\n"):
        match = _TAG.match(line.rstrip())
        if match:
            if tag:
                yield tag, "\n".join(held).strip()
            tag, held = match[1], [match[2] or ""]
        else:
            held.append(line)
    if tag:
        yield tag, "\n".join(held).strip()
