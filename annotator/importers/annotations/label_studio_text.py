"""Which member of a Label Studio task is its text: the one in which the quoted words of its regions stand."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from annotator.importers.annotations.json_records import Json

_NAMES = ("text", "body", "content", "article", "document", "html", "paragraph", "sentence")
_ADDRESS = re.compile(r"(?:https?|s3|gs|file)://\S*$|/data/\S*$|data:\S{0,100};base64", re.IGNORECASE)
_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*|!--.*?--)>", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def chosen_text(data: Json, results: list[Json]) -> tuple[str, str] | None:
    """The name and the text of the member; None where there is none that can be one."""
    texts = {name: held for name, held in data.items() if isinstance(held, str) and _may_be_text(held)}
    if not texts:
        return None
    quotes = [value["text"] for each in results if (value := _value(each)) and isinstance(value.get("text"), str)]
    pages = any("globalOffsets" in _value(each) for each in results)
    shown = {name: seen_text(held) if pages or held.lstrip()[:1] == "<" else held for name, held in texts.items()}
    if quotes:
        counted = {name: sum(quote in text for quote in quotes[:100]) for name, text in shown.items()}
        best = max(counted, key=lambda name: counted[name])
        if counted[best]:
            return best, shown[best]
    pointed = {str(each.get("to_name", "")).lstrip("$") for each in results}
    for name in (*(name for name in shown if name in pointed), *_NAMES):
        if name in shown:
            return name, shown[name]
    longest = max(shown, key=lambda name: len(shown[name]))
    return longest, shown[longest]


def _may_be_text(held: str) -> bool:
    return bool(held.strip()) and _ADDRESS.match(held.strip()) is None


def _value(result: Json) -> dict[str, Any]:
    held = result.get("value")
    return held if isinstance(held, dict) else {}


def seen_text(page: str) -> str:
    """The text of a page without its tags, as positions in it are counted."""
    return unescape(_TAG.sub("", _UNSEEN.sub("", page)))
