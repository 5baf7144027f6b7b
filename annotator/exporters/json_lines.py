"""Formats that are a JSON object a line, an article each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from annotator.core.annotation import AnnotatedDocument

Json = dict[str, Any]


def line(found: Json) -> bytes:
    """The object as a line."""
    return orjson.dumps(found) + b"\n"


def lines(path: Path) -> Iterator[Json]:
    """The objects of a file."""
    with path.open("rb") as stream:
        for each in stream:
            yield orjson.loads(each)


def facts(document: AnnotatedDocument) -> Json:
    """What is known of an article, for programs that show it beside the text."""
    named = {"id": document.id, "title": document.title, "language": document.language}
    return dict(document.metadata) | {name: value for name, value in named.items() if value}


def see_quote(text: str, start: int, end: int, quote: str) -> None:
    """Raises ValueError where the words at `start` up to `end` are not `quote`."""
    if text[start:end] != quote or not quote:
        raise ValueError(f"[{start}, {end}) is not {quote!r}")
