"""From a page's text to its tree, whatever is wrong with it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

HtmlElement = Any  # of lxml, which has no types

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# No page names entities of its own: what declares them is passed over, and they stay as they are written.
_DECLARATIONS = re.compile(r"<!DOCTYPE[^<>\[]{0,500}\[.{0,20000}?\]\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)[^<>]{0,4000}>")
_KEPT = frozenset((
    "script", "style", "title", "meta", "link", "html", "head", "body", "textarea", "template", "svg", "option",
    "noscript",
))  # fmt: skip
_PARTING = frozenset((
    "div", "p", "table", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd", "section", "article", "main",
    "header", "footer", "nav", "aside", "form", "fieldset", "blockquote", "pre", "center", "h1", "h2", "h3", "h4",
    "h5", "h6", "figure", "figcaption", "address", "hr", "br",
))  # fmt: skip
_LIMIT = "ERR_RESOURCE_LIMIT"
_DEPTH = "depth"  # as it calls the one of 256 elements within each other


class Parsed(NamedTuple):
    """A page's tree."""

    root: HtmlElement | None  # None for a page in which there is nothing
    flat: bool  # whether it was nested too deeply, and what its elements lie in was given up


def parsed(text: str) -> Parsed:
    """The tree of the page that `text` is."""
    text = _DECLARATIONS.sub("", _CONTROLS.sub(" ", text), count=1)
    root, limit = _tree(text)
    if _DEPTH in limit:
        return Parsed(_tree(_TAG.sub(_flattened, text), huge=True)[0], True)
    return Parsed(_tree(text, huge=True)[0] if limit else root, False)


def _tree(text: str, *, huge: bool = False) -> tuple[HtmlElement | None, str]:
    """The tree, and what the parser says of a limit at which it gave up on the way; nothing where it did not."""
    from lxml import etree, html  # not needed before the first page

    parser = html.HTMLParser(encoding="utf-8", huge_tree=huge, remove_blank_text=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        root = None
    limits = [entry.message for entry in parser.error_log.filter_from_fatals() if entry.type_name == _LIMIT]
    return root, " ".join(limits)


def _flattened(tag: re.Match[str]) -> str:
    name = tag.group(1).lower()
    if name in _KEPT:
        return tag.group()
    return "<p>" if name in _PARTING else ""
