"""ninjs: the news industry's JSON, in its three generations, one item, a list of them, or wrapped by an agency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.json_values import ValueRefusedError, parsed
from annotator.importers.markup import html_root, paragraphs
from annotator.importers.tally import Tally

_LIMIT = 100_000_000  # bytes of one file
_DEEP = 4  # wrappers around an item
_TYPES = ("text", "audio", "video", "picture", "graphic", "composite", "planning", "component", "event", "photo")
_TEXT_TYPES = ("text", "composite", "component", "")
_MARKS = re.compile(
    rb'"(?:versioncreated|versionCreated|body_text|body_x?html|body_main|body_richtext|headline_main|usageterms|usageTerms'
    rb'|copyrightnotice|copyrightNotice|bodies|headlines|ninjs|description_text|embargoed)"\s*:'
)
_TYPE = re.compile(rb'"type"\s*:\s*"(?:text|picture|composite|video|audio|graphic|planning|event|photo)"')
_RICH = re.compile(r"html|rich", re.IGNORECASE)


class NinjsImporter:
    """Takes the text items of such a file in, each text once; pictures and events are counted and left out."""

    name = "ninjs"
    title = "ninjs"
    suffixes: tuple[str, ...] = (".json",)
    loses = "Pictures and renditions; the captions of associated pictures come in."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where names stand that ninjs alone has, beside a type or an address."""
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        if start not in (b"{", b"["):
            return 0.0
        marks = {match.group() for match in _MARKS.finditer(head[:30_000])}
        typed = _TYPE.search(head[:30_000]) is not None
        if b"ninjs-schema" in head or (marks and typed and b'"uri"' in head):
            return 0.97
        return 0.93 if len(marks) > 1 and (typed or b'"uri"' in head) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when it is no JSON, or no item is in it."""
        data = source.whole(_LIMIT).removeprefix(b"\xef\xbb\xbf")
        try:
            whole = parsed(data.strip())
        except ValueRefusedError as error:
            raise KnownError(f"It cannot be read: {error}.") from None
        tally = Tally(source)
        number = 0
        for number, item in enumerate(_items(whole), 1):
            kind = str(item.get("type") or "")
            if kind in _TYPES and kind not in _TEXT_TYPES and not _bodies(item):
                tally.leave_out(f"{kind} item")
            else:
                yield from tally.take(partial(_article, item), f"item {number}")
        if not number:
            raise KnownError("It is JSON, but no news item is in it.")
        yield from tally.notices()


def _items(held: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The items in what a file holds, looked for in lists and in the wrappers of agencies."""
    if isinstance(held, list):
        for each in held:
            yield from _items(each, depth)
    elif isinstance(held, dict):
        if _is_item(held):
            yield held
        elif depth < _DEEP:
            for value in held.values():
                if isinstance(value, dict | list):
                    yield from _items(value, depth + 1)


def _is_item(held: dict[str, Any]) -> bool:
    named = any(isinstance(name, str) and name.startswith(("body_", "headline", "bodies", "version")) for name in held)
    address = "uri" in held or "guid" in held or "altids" in held
    return (named and (address or "type" in held)) or (held.get("type") in _TYPES and address)


def _article(item: dict[str, Any]) -> Article:
    article = Article()
    article.add("HEADLINE", _main(item, "headline", "headlines") or _text(item.get("title")))
    author = _text(item.get("byline")) or _text(item.get("by"))
    article.add("BYLINE", author)
    article.add("DATELINE", _text(item.get("dateline")))
    if subline := _main(item, "subheadline", "subheadlines"):
        article.add("DEK", subline)
    _read_facts(article, item, author)
    article.add("BODY", *_best(_bodies(item)))
    if article.part("BODY") == "":
        article.add("DEK", _main(item, "description", "descriptions"))
    for other in _associated(item):
        if other.get("type") in ("picture", "photo", "graphic", "video"):
            article.add("CAPTION", _main(other, "description", "descriptions"))
            article.add("CREDIT", _text(other.get("byline")) or _text(other.get("by")))
    return article


def _read_facts(article: Article, item: dict[str, Any], author: str) -> None:
    article.say("author", author)
    article.say("date", _text(item.get("versioncreated")) or _text(item.get("versionCreated")))
    if "date" not in article.facts:
        names = ("firstcreated", "firstCreated", "contentcreated", "contentCreated", "published", "date")
        article.say("date", next((text for name in names if (text := _text(item.get(name)))), ""))
    article.say("record", _text(item.get("uri")) or _text(item.get("guid")))
    if article.facts.get("record", "").startswith("http"):
        article.say("uri", article.facts["record"])
    article.say("language", _text(item.get("language")))
    for name in ("copyrightnotice", "copyrightNotice", "copyrightholder", "copyrightHolder"):
        article.say("copyright", _text(item.get(name)))
    for name in ("version", "urgency", "located", "slugline", "profile", "pubstatus", "pubStatus", "embargoed"):
        article.say(name.lower(), _text(item.get(name)))
    terms = {
        "subject": "subject", "subjects": "subject", "person": "person", "people": "person", "place": "geographic",
        "places": "geographic", "organisation": "organization", "organisations": "organization",
        "infosource": "publication", "infosources": "publication", "infoSources": "publication", "genre": "genre",
        "genres": "genre", "keywords": "keywords",
    }  # fmt: skip
    for name, fact in terms.items():
        for each in _list(item.get(name)):
            article.say(fact, _text(each.get("name")) if isinstance(each, dict) else _text(each))
    article.say("publication", _text(item.get("source")) if "publication" not in article.facts else "")


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("value"))
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _renditions(item: dict[str, Any], single: str, many: str) -> list[tuple[str, str]]:
    """The same text in several forms: what each is called, and the text."""
    found = [
        (f"{name} {item.get('contenttype') or ''}", value)
        for name, value in item.items()
        if isinstance(name, str) and (name == single or name.startswith(f"{single}_")) and isinstance(value, str)
    ]
    for each in _list(item.get(many)):
        if isinstance(each, dict) and isinstance(each.get("value"), str):
            kind = " ".join(str(each.get(name) or "") for name in ("role", "contenttype", "contentType"))
            found.append((kind, each["value"]))
    return [(kind, value) for kind, value in found if value.strip()]


def _main(item: dict[str, Any], single: str, many: str) -> str:
    """The text as it is meant for readers: the first that is called main or nothing, without mark-up."""
    found = _renditions(item, single, many)
    plain = [value for kind, value in found if not _RICH.search(kind)]
    main = [value for kind, value in found if "main" in kind.split("_")[-1].split() and not _RICH.search(kind)]
    text = next(iter(main or plain), "")
    return text or " ".join(_from_markup(found[0][1]) if found else [])


def _bodies(item: dict[str, Any]) -> list[tuple[str, str]]:
    return _renditions(item, "body", "bodies")


def _best(found: list[tuple[str, str]]) -> list[str]:
    """The paragraphs of one of the renditions: the one with mark-up, unless it is much shorter than the plain one."""
    marked = [_from_markup(value) for kind, value in found if _RICH.search(kind) or _looks_marked(value)]
    plain = [value.split("\n") for kind, value in found if not (_RICH.search(kind) or _looks_marked(value))]
    rich = max(marked, key=_length, default=[])
    bare = max(plain, key=_length, default=[])
    return rich if _length(rich) * 1.25 >= _length(bare) else bare


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _looks_marked(value: str) -> bool:
    return re.match(r"\s*<(?:p|div|html|body|article|section|h\d)\b", value, re.IGNORECASE) is not None


def _from_markup(value: str) -> list[str]:
    return paragraphs(html_root(f"<html><body>{value}</body></html>"))


def _associated(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    held = item.get("associations")
    values = list(held.values()) if isinstance(held, dict) else _list(held)
    return (each for each in values if isinstance(each, dict))
