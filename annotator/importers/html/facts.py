"""What a page says of itself, in JSON-LD, `<meta>` and marking: title, author, day, newspaper, address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from annotator.importers.html.authors import marked_author, without_by
from annotator.importers.html.dates import date_in_address, iso_date
from annotator.importers.html.linked_data import article_data, names_in, text_in

_TITLES = (
    *("dc:title", "dcterm:title", "og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title"),
    *("sailthru.title", "hdl", "title"),
)
_AUTHORS = (
    *("dc:creator", "dcterm:creator", "article:author_name", "author", "article:author", "dc.creator"),
    *("dcterms.creator", "parsely-author", "sailthru.author", "byl", "citation_author", "cxenseparse:author"),
)
_DAYS = (
    *("article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "pubdate", "publishdate"),
    *("publish-date", "publication_date", "published_time", "sailthru.date", "dc.date.issued", "dcterms.issued"),
    *("dc.date", "dcterms.created", "dc.date.created", "dcterms.date", "date", "citation_publication_date", "pdate"),
    *("cxenseparse:recs:publishtime", "article.published", "displaydate", "originalpublicationdate", "ptime"),
)
_SITES = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "cre", "publisher", "copyright")
_ADDRESSES = ("og:url", "twitter:url", "dc.identifier", "parsely-link")
_ABOUT = ("description", "og:description", "twitter:description", "dc.description")
_SAVED = re.compile(r"saved from url=\(\d+\)(?P<url>\S+)")
_SINGLE = re.compile(r"SingleFile\s+url:\s*(?P<url>\S+)(?:\s+saved date:\s*(?P<date>[^\n]+))?")
_WAYBACK = re.compile(r"^https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?://\S+)$")


@dataclass(slots=True)
class Facts:
    """What a page says of itself; what it does not say is empty."""

    titles: list[str] = field(default_factory=list)  # the surest first, `<title>` last
    authors: list[str] = field(default_factory=list)
    published: str = ""  # ISO, a day or a moment
    modified: str = ""
    publication: str = ""
    uri: str = ""
    captured: str = ""
    description: str = ""
    language: str = ""
    section: str = ""
    kind: str = ""  # as JSON-LD or Open Graph has it: NewsArticle, article, website

    @property
    def host(self) -> str:
        """The name of the machine that the page is from, without `www.`."""
        return host_of(self.uri)


def host_of(address: str) -> str:
    """The name of the machine in an address, without `www.`; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def facts_of(root: Any, address: str = "") -> Facts:
    """What the page whose tree is `root` says; `address` is where it was fetched from, if that is known."""
    meta = _meta(root)
    data = article_data(root)
    facts = Facts()
    facts.uri, facts.captured = _address(root, meta, data, address)
    titles = [text_in(data.get("headline")), *_all(meta, _TITLES), _own_title(root)]
    facts.titles = [title for title in dict.fromkeys(titles) if title]
    facts.authors = _authors(data, meta) or [name for name in [marked_author(root)] if name]
    facts.published = _day(root, data, meta, facts.uri)
    facts.modified = iso_date(text_in(data.get("dateModified")) or meta.get("article:modified_time", ""))
    facts.publication = next(iter(names_in(data.get("publisher"))), "") or next(_all(meta, _SITES), "")
    facts.description = next(_all(meta, _ABOUT), "") or text_in(data.get("description"))
    facts.language = _language(root, meta, data)
    facts.section = meta.get("article:section", "") or text_in(data.get("articleSection"))
    facts.kind = text_in(data.get("@type")) or meta.get("og:type", "")
    return facts


def _meta(root: Any) -> dict[str, str]:
    """What stands in `<meta>`, the first of each name, names in small letters."""
    held: dict[str, str] = {}
    for element in root.iter("meta"):
        content = " ".join(element.get("content", "").split())
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and content and len(content) < 5000:
            for each in name.lower().split():
                held.setdefault(each, content)
    return held


def _all(meta: Mapping[str, str], names: tuple[str, ...]) -> Iterator[str]:
    return (meta[name] for name in names if name in meta)


def _own_title(root: Any) -> str:
    for element in root.iter("title"):
        title = " ".join((element.text or "")[:1000].split())
        if title and (element.getparent() is None or element.getparent().tag != "svg"):
            return title
    return ""


def _authors(data: Mapping[str, Any], meta: Mapping[str, str]) -> list[str]:
    named = names_in(data.get("author")) or names_in(data.get("creator"))
    if not named:
        named = [value for value in _all(meta, _AUTHORS) if not value.startswith(("http:", "https:", "@"))][:1]
    return [name for name in dict.fromkeys(map(without_by, named)) if name and len(name) < 120]


def _day(root: Any, data: Mapping[str, Any], meta: Mapping[str, str], address: str) -> str:
    written = [text_in(data.get("datePublished")), *_all(meta, _DAYS)]
    days = [day for each in written if (day := iso_date(each))]
    if days:
        return next((day for day in days if "T" in day and day[:10] == days[0][:10]), days[0])
    return _marked_day(root) or date_in_address(address)


def _marked_day(root: Any) -> str:
    """The day that the page marks as that of its publication, or the first it marks at all."""
    first = ""
    for element in root.iter("time", "abbr", "span", "div", "p"):
        if element.tag not in ("time", "abbr") and "itemprop" not in element.attrib:
            continue
        day = iso_date(element.get("datetime") or element.get("content") or element.get("title") or "")
        hints = " ".join(element.get(name, "") for name in ("itemprop", "class", "pubdate")).lower()
        if day and ("publish" in hints or "pubdate" in element.attrib):
            return day
        if not first and element.tag == "time" and "updated" not in hints and "modified" not in hints:
            first = day
    return first


def _address(root: Any, meta: Mapping[str, str], data: Mapping[str, Any], given: str) -> tuple[str, str]:
    """The page's address, and when it was saved, where it says so."""
    saved, captured = _saved_from(root)
    links = [link.get("href", "") for link in root.iter("link") if link.get("rel", "").lower() == "canonical"]
    said = [
        given,
        saved,
        *links,
        *_all(meta, _ADDRESSES),
        text_in(data.get("url")),
        text_in(data.get("mainEntityOfPage")),
    ]
    address = next((each for each in said if each.startswith(("http://", "https://"))), given)
    if found := _WAYBACK.match(address):
        stamp = found.group(1)
        captured = captured or f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:]}Z"
        address = found.group(2)
    return address, captured


def _saved_from(root: Any) -> tuple[str, str]:
    """What browsers write into a page that they save: its address, and the day."""
    from lxml import etree

    top = [*root.itersiblings(preceding=True), *_first(root.iter(etree.Comment), 5)]
    for comment in top:
        if comment.tag is not etree.Comment:
            continue
        if found := _SINGLE.search(comment.text or ""):
            return found.group("url"), _spoken_date(found.group("date") or "")
        if found := _SAVED.search(comment.text or ""):
            return found.group("url"), ""
    return "", ""


def _first(items: Iterator[Any], count: int) -> list[Any]:
    return [item for item, _ in zip(items, range(count), strict=False)]


def _spoken_date(text: str) -> str:
    """A date as JavaScript says it: `Wed Nov 02 2016 10:00:00 GMT+0100 (CET)`."""
    found = re.match(r"\w{3} (\w{3}) (\d{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT([+-]\d{4})", text.strip())
    if not found:
        return iso_date(text)
    month, day, year, time, zone = found.groups()
    return iso_date(f"{day} {month} {year} {time} {zone}")


def _language(root: Any, meta: Mapping[str, str], data: Mapping[str, Any]) -> str:
    """The language that the page names, its first part: `de` of `de-DE`."""
    said = [
        *(root.get(name, "") for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang")),
        *(text_in(data.get("inLanguage")), meta.get("content-language", ""), meta.get("og:locale", "")),
    ]
    for each in said:
        if found := re.match(r"[a-zA-Z]{2,3}(?=$|[-_,; ])", each.strip()):
            return found.group().lower()
    return ""
