"""What trafilatura takes for the article of a page. Only this module asks it."""

from __future__ import annotations

import logging
from typing import Any

_TOO_MANY = 60_000  # elements from which a page is no article, and would take minutes
_BREAKS = frozenset((
    "p", "head", "item", "list", "quote", "code", "ab", "table", "row", "cell", "lb", "div", "graphic",
))  # fmt: skip


def article_stretches(root: Any) -> list[str]:
    """The paragraphs of the article on the page whose tree is `root`, in order; nothing where none was found.

    The tree is changed by it.
    """
    if is_too_large(root):
        return []
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it could not do is seen by what it gives
    try:
        found = bare_extraction(root, include_comments=False, include_tables=True, with_metadata=False)
    except Exception:  # a stranger's page found a hole in a stranger's code: we have our own way of reading it
        return []
    body = getattr(found, "body", None)
    return [] if body is None else _stretches(body)


def is_too_large(root: Any) -> bool:
    """Whether a page has more elements than any article has."""
    return sum(1 for _ in zip(root.iter(), range(_TOO_MANY), strict=False)) == _TOO_MANY


def _stretches(body: Any) -> list[str]:
    from lxml import etree

    stretches = [""]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BREAKS and stretches[-1]:
            stretches.append("")
        text = element.text if event == "start" else element.tail
        if text:
            stretches[-1] += text
    return [stretch for stretch in stretches if stretch.strip()]


def guessed_day(root: Any) -> str:
    """The day that the page was published, guessed from its structure where it does not say; empty for none."""
    if is_too_large(root):
        return ""
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        return find_date(root, extensive_search=False, original_date=True, deferred_url_extractor=True) or ""
    except Exception:  # see above
        return ""
