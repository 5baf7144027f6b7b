"""The parts of an article in NITF, the mark-up of news agencies, wherever the element stands."""

from __future__ import annotations

from annotator.importers.article import Article
from annotator.importers.markup import Element, below, first, name_of, paragraphs, words

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DATES = ("date.issue", "date.release", "story.date")
_META = {
    "dsk": "desk", "print_section": "section", "print_page_number": "page", "print_column": "column", "slug": "slug",
    "online_sections": "online_section", "feature_page": "feature", "series_name": "series",
}  # fmt: skip
_TERMS = {
    "classifier": "subject",
    "person": "person",
    "org": "organization",
    "location": "geographic",
    "object.title": "title",
}
_REPEATS = ("lead_paragraph", "online_lead_paragraph", "abstract")


def read_nitf(article: Article, root: Element) -> None:
    """Takes the article in `root`, a `nitf` element, into `article`."""
    _read_head(article, root)
    body = first(root, "body")
    if body is None:
        return
    head = first(body, "body.head")
    if head is not None:
        _read_body_head(article, head)
    for content in below(body, "body.content"):
        _read_content(article, content)
    end = first(body, "body.end")
    if end is not None:
        article.add("BOILERPLATE", *paragraphs(end))
    article.say("language", body.get(_LANGUAGE) or root.get(_LANGUAGE) or body.get("lang") or "")


def _read_head(article: Article, root: Element) -> None:
    head = first(root, "head")
    if head is None:
        return
    title = words(first(head, "title"))
    for part in below(head, *_DATES):
        if "date" not in article.facts:
            article.say("date", part.get("norm") or words(part))
    for part in below(head, "pubdata"):
        article.say("publication", part.get("name") or "")
        article.say("section", part.get("position.section") or "")
        article.say("page", part.get("position.sequence") or "")
        article.say("uri", part.get("ex-ref") or "")
        if "date" not in article.facts:
            article.say("date", part.get("date.publication") or "")
    for part in below(head, "doc-id"):
        article.say("record", part.get("id-string") or "")
    for part in below(head, "doc.copyright"):
        article.say("copyright", " ".join(filter(None, (part.get("year"), part.get("holder")))))
    for part in below(head, "keyword"):
        article.say("keywords", part.get("key") or "")
    for part in below(head, "meta"):
        if name := _META.get((part.get("name") or "").lower()):
            article.say(name, part.get("content") or "")
    for part in below(head, *_TERMS):
        if _TERMS[name_of(part)] != "title":
            article.say(_TERMS[name_of(part)], part.get("value") or words(part))
    article.title = article.title or title


def _read_body_head(article: Article, head: Element) -> None:
    main = [text for part in below(head, "hl1") if (text := words(part))]
    below_it = [text for part in below(head, "hl2") if (text := words(part))]
    if not main and not below_it:
        main = [text for part in below(head, "hedline") if (text := words(part))]
    headlines = main or below_it[:1]
    if not article.part("HEADLINE"):
        article.add("HEADLINE", *headlines[:1])
    article.add("DEK", *headlines[1:], *(below_it if main else below_it[1:]))
    if article.part("HEADLINE"):
        article.title = ""
    for part in below(head, "byline"):
        name = words(part)
        if part.get("class") != "normalized_byline":
            if name not in article.part("BYLINE").split("\n\n"):
                article.add("BYLINE", name)
            article.say("author", name.removeprefix("By ").removeprefix("BY "))
    for part in below(head, "dateline"):
        if (text := words(part)) not in article.part("DATELINE"):
            article.add("DATELINE", text)
    for part in below(head, "abstract"):
        article.add("DEK", *paragraphs(part))
    for part in below(head, "distributor"):
        article.say("publication" if "publication" not in article.facts else "distributor", words(part))
    for part in below(head, "copyrite"):
        article.say("copyright", words(part))


def _read_content(article: Article, content: Element) -> None:
    media = frozenset(below(content, "media", "nitf-media"))
    repeated = _repeated(content)
    corrections = frozenset(part for part in below(content, "block") if part.get("class") == "correction_text")
    article.add("BODY", *paragraphs(content, media | repeated | corrections))
    for part in sorted(media, key=lambda each: each.sourceline or 0):
        for caption in below(part, "media-caption"):
            article.add("CAPTION", *paragraphs(caption))
        for producer in below(part, "media-producer"):
            article.add("CREDIT", words(producer))
    for part in corrections:
        article.add("BOILERPLATE", *paragraphs(part))


def _repeated(content: Element) -> frozenset[Element]:
    """Blocks whose text stands in the full text once more: the lead paragraph that a corpus gives by itself."""
    blocks = list(below(content, "block"))
    full = [words(block) for block in blocks if block.get("class") == "full_text"]
    return frozenset(
        block for block in blocks if block.get("class") in _REPEATS and any(words(block)[:200] in text for text in full)
    )
