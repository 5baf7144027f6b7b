"""NewsML-G2 and NewsML 1: the items of news agencies, one or many a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.agencies.nitf_parts import read_nitf
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.markup import Element, below, children, first, name_of, paragraphs, words
from annotator.importers.record_text import record_text, sound
from annotator.importers.tally import Tally
from annotator.importers.xml_records import readable_records

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ROOT = re.compile(rb"<(?:\w+:)?(newsItem|newsMessage|packageItem|NewsML|planningItem|conceptItem|contentSet)[\s>]")
_NO_ARTICLES = ("picture", "photo", "graphic", "video", "audio", "animation", "composite", "planning", "package")


class NewsMlImporter:
    """Takes the text items of such a file in; what is a picture, a plan or a list of items is counted and left out."""

    name = "newsml"
    title = "NewsML-G2, NewsML 1"
    suffixes: tuple[str, ...] = (".xml",)
    loses = "Pictures, films, plans and packages; they are counted."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where its root stands, with the namespace or without."""
        root = _ROOT.search(head[:20_000])
        if not root:
            return 0.0
        return 0.98 if b"iptc.org" in head or root[1] != b"contentSet" or b"<inlineXML" in head else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when nothing of it can be read."""
        text, notices = record_text(source)
        yield from notices
        records = readable_records(sound(text), "newsitem")
        tally = Tally(source)
        root = records.root
        whole = records.whole or ([root] if root is not None and name_of(root) == "contentset" else [])
        for number, item in enumerate(whole, 1):
            if kind := _other_kind(item):
                tally.leave_out(kind)
            else:
                yield from tally.take(partial(_article, item), f"item {number}")
        if root is not None:
            for kind in ("packageitem", "planningitem", "conceptitem"):
                for _ in below(root, kind):
                    tally.leave_out(f"{kind.removesuffix('item')} item")
        yield from records.failures(tally)
        if not whole and not tally.left_out:
            raise KnownError("No item is in it.")
        yield from tally.notices()


def _other_kind(item: Element) -> str:
    """What an item is, where it is no article; empty for a text, and where nothing says what it is."""
    meta = next(below(item, "itemclass"), None)
    said = (meta.get("qcode") or meta.get("uri") or "") if meta is not None else ""
    kind = re.split(r"[:/]", said)[-1].lower()
    if kind in _NO_ARTICLES and first(item, "nitf") is None:
        return f"{kind} item"
    return ""


def _article(item: Element) -> Article:
    article = Article()
    if first(item, "newscomponent") is not None:
        _read_older(article, item)
    else:
        _read_item(article, item)
    return article


# NewsML-G2


def _read_item(article: Article, item: Element) -> None:
    article.say("record", item.get("guid") or "")
    article.say("version", item.get("version") or "")
    _read_item_meta(article, item)
    content = first(item, "contentmeta")
    headline = ""
    if content is not None:
        headline = words(next(children(content, "headline"), None))
        _read_content_meta(article, content)
    if "language" not in article.facts:
        article.say("language", item.get(_LANGUAGE) or "")
    inner = _content(item)
    if headline:
        inner.facts.pop("date", None)
        own = inner.part("HEADLINE")
        if not own or own.split() == headline.split():
            inner.drop("HEADLINE")
            article.add("HEADLINE", headline)
        else:  # the agency's line for editors, and the one for readers
            article.say("item_headline", headline)
    if content is not None:
        _read_lines(article, content, inner)
    inner.put_before(article)
    article.take_over(inner)


def _read_item_meta(article: Article, item: Element) -> None:
    for name in ("versioncreated", "firstcreated"):
        if "published" not in article.facts and (found := first(item, name)) is not None:
            article.say("date", words(found))
            break
    for provider in below(item, "provider"):
        article.say("provider", words(first(provider, "name")) or _code(provider))
    for part in below(item, "copyrightnotice"):
        article.say("copyright", words(part))
    for part in below(item, "ednote"):
        article.say("editors_note", words(part))


def _read_content_meta(article: Article, content: Element) -> None:
    for part in content:
        name, text = name_of(part), words(first(part, "name")) or words(part)
        if name in ("slugline", "dateline", "creditline", "by"):
            continue
        if name == "contentcreated":
            article.say("created", text)
        elif name == "infosource":
            article.say("publication", text or _code(part))
        elif name == "creator":
            article.say("author", text)
        elif name == "language":
            article.say("language", part.get("tag") or "")
        elif name == "subject":
            article.say("subject", text or _code(part))
        elif name in ("located", "genre", "keyword", "urgency"):
            article.say(name, text or _code(part))
    article.say("slugline", words(next(children(content, "slugline"), None)))


def _read_lines(article: Article, content: Element, inner: Article) -> None:
    """Byline, dateline and summary of the item, where the text itself does not have them."""
    for name, zone in (("by", "BYLINE"), ("dateline", "DATELINE"), ("creditline", "CREDIT")):
        for part in children(content, name):
            if not inner.part(zone):
                article.add(zone, words(part))
            if name == "by":
                article.say("author", words(part))
    for part in children(content, "description"):
        text = words(part)
        if "summary" in (part.get("role") or "") and text.split() != inner.part("DEK").split():
            article.add("DEK", text)


def _code(part: Element) -> str:
    if code := part.get("qcode"):
        return str(code).rpartition(":")[2]
    return str(part.get("literal") or part.get("uri") or "")


def _content(item: Element) -> Article:
    """The first rendition of the text that holds any."""
    places = [item] if name_of(item) == "contentset" else list(below(item, "contentset"))
    for place in places:
        for part in children(place, "inlinexml", "inlinedata"):
            inner = Article()
            nitf = first(part, "nitf")
            if nitf is not None:
                read_nitf(inner, nitf)
            elif name_of(part) == "inlinedata":
                inner.add("BODY", *(part.text or "").split("\n\n"))
            else:
                _read_markup(inner, part)
            if not inner.is_empty:
                return inner
    return Article()


def _read_markup(article: Article, part: Element) -> None:
    """XHTML, in whatever namespace: the first heading is the headline, and pictures' captions are captions."""
    body = first(part, "body")
    body = part if body is None else body
    headings = list(below(body, "h1"))[:1]
    captions = list(below(body, "figcaption"))
    article.add("HEADLINE", *(words(each) for each in headings))
    article.add("BODY", *paragraphs(body, frozenset([*headings, *captions])))
    article.add("CAPTION", *(words(each) for each in captions))


# NewsML 1


def _read_older(article: Article, item: Element) -> None:
    article.say("record", words(first(item, "publicidentifier")) or words(first(item, "newsitemid")))
    article.say(
        "date",
        words(first(item, "thisrevisioncreated")) or words(first(item, "firstcreated")) or words(first(item, "dateid")),
    )
    for name, zone in (
        ("headline", "HEADLINE"),
        ("subheadline", "DEK"),
        ("byline", "BYLINE"),
        ("dateline", "DATELINE"),
    ):
        if (part := first(item, name)) is not None:
            article.add(zone, words(part))
    article.say("author", words(first(item, "byline")))
    article.say("copyright", words(first(item, "copyrightline")))
    article.say("slugline", words(first(item, "slugline")))
    if (language := first(item, "language")) is not None:
        article.say("language", language.get("FormalName") or "")
    provider = first(item, "provider")
    if provider is not None and (party := first(provider, "party")) is not None:
        article.say("publication", party.get("FormalName") or "")
    for part in below(item, "subjectmatter", "subject", "subjectdetail"):
        article.say("subject", part.get("FormalName") or "")
    for content in below(item, "datacontent"):
        _read_data(article, content)


def _read_data(article: Article, content: Element) -> None:
    nitf = first(content, "nitf")
    if nitf is not None:
        inner = Article()
        read_nitf(inner, nitf)
        for zone in ("HEADLINE", "BYLINE", "DATELINE"):
            if article.part(zone):
                inner.drop(zone)
        inner.facts.clear()
        inner.put_before(article)
        article.take_over(inner)
    elif any(name_of(each) == "newsitem" for each in content):
        return
    else:
        zone = "CAPTION" if _is_of_picture(content) else "BODY"
        found = paragraphs(content) if len(content) else (content.text or "").split("\n\n")
        article.add(zone, *found)


def _is_of_picture(content: Element) -> bool:
    component = content
    while component is not None and name_of(component) != "newscomponent":
        component = component.getparent()
    if component is None:
        return False
    kinds = [str(part.get("FormalName") or "").lower() for part in below(component, "mediatype", "role")]
    return any(kind in ("photo", "picture", "graphic", "caption") for kind in kinds) and "text" not in kinds
