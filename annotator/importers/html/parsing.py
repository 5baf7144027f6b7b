"""From a page's text to its tree, whatever is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement
else:
    HtmlElement = Any

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)[^<>]{0,4000}>")
_KEPT = frozenset("script style title meta link html head body textarea template svg option noscript".split())
_PARTING = frozenset(
    "div p table tr td th ul ol li dl dt dd section article main header footer nav aside form fieldset blockquote pre"
    " center h1 h2 h3 h4 h5 h6 figure figcaption address hr br".split()
)
_DEEPEST = "ERR_RESOURCE_LIMIT"


class Parsed(NamedTuple):
    """A page's tree."""

    root: HtmlElement | None  # None for a page in which there is nothing
    flat: bool  # whether it was nested too deeply, and what its elements lie in was given up


def parsed(text: str) -> Parsed:
    """The tree of the page that `text` is."""
    text = _CONTROLS.sub(" ", text)
    root, limited = _tree(text)
    if not limited:
        return Parsed(root, False)
    return Parsed(_tree(_TAG.sub(_flattened, text))[0], True)


def _tree(text: str) -> tuple[HtmlElement | None, bool]:
    """The tree, and whether the parser gave up on the way."""
    from lxml import etree, html  # not needed before the first page

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_blank_text=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        root = None
    limited = any(entry.type_name == _DEEPEST for entry in parser.error_log.filter_from_fatals())
    return root, limited


def _flattened(tag: re.Match[str]) -> str:
    name = tag.group(1).lower()
    if name in _KEPT:
        return tag.group()
    return "<p>" if name in _PARTING else ""
