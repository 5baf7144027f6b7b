"""What a page says of its article in JSON-LD, as search engines read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_LONGEST = 2_000_000  # characters of one script
_TEXT = 5_000  # characters of one value
_MOST = 5_000  # values that are looked at
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Critique)$")


def article_data(root: Any) -> dict[str, Any]:
    """The object that describes the article; empty where there is none, or several that a list describes."""
    found = [node for script in _scripts(root) for node in _nodes(script) if _is_article(node)]
    headlined = [node for node in found if node.get("headline") or node.get("datePublished")]
    if len(headlined) > 3:  # a page that lists articles
        return {}
    return max(headlined or found, key=len, default={})


def names_in(value: Any) -> list[str]:
    """The names in what JSON-LD says of an author or a publisher: a name, an object with one, or a list of these."""
    if isinstance(value, list):
        return [name for each in value[:20] for name in names_in(each)]
    if isinstance(value, dict):
        value = value.get("name")
        if isinstance(value, list):
            return names_in(value)
    if not isinstance(value, str):
        return []
    name = " ".join(value.split())
    return [name] if name and len(name) <= 200 and not name.startswith(("http:", "https:")) else []


def text_in(value: Any) -> str:
    """The text that a value is, or the first of a list, or of an object its id or address."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url") or value.get("name")
    return " ".join(value[:_TEXT].split()) if isinstance(value, str) else ""


def _scripts(root: Any) -> Iterator[Any]:
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in script.get("type", "").lower() or len(text) > _LONGEST:
            continue
        cleaned = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>)\s*;?\s*$", "", text)
        try:
            yield json.loads(cleaned.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    ahead = [data]
    for _ in range(_MOST):
        if not ahead:
            return
        node = ahead.pop(0)
        if isinstance(node, dict):
            yield node
            ahead += [
                value for key, value in node.items() if key in ("@graph", "mainEntity", "itemListElement", "item")
            ]
        elif isinstance(node, list):
            ahead += node


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type", "")
    return any(
        _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    )
