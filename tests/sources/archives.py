"""What the shared web archives give, beside what an independent program counted in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure, Notice
from annotator.importers.walking import items


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive: its pages as they were counted, and what came of it."""

    name: str
    counted: int  # pages that came with status 200, each address once; -1 where the count does not say
    documents: int
    kept: int  # of these, those that no server sent, which the count leaves out
    addresses: frozenset[str]
    failures: tuple[str, ...]
    notices: tuple[str, ...]


def archives(corpora: Path) -> Iterator[Archive]:
    """Every archive of the shared files."""
    facts = json.loads((corpora / "FACTS.json").read_text(encoding="utf-8"))
    for name, fact in facts.items():
        if name.startswith("warc/"):
            found = list(items([corpora / name]))
            documents = [item for item in found if isinstance(item, AnnotatedDocument)]
            yield Archive(
                name,
                _counted(fact),
                len(documents),
                sum(map(_kept, found)),
                frozenset(document.metadata["uri"] for document in documents),
                tuple(item.reason for item in found if isinstance(item, Failure)),
                tuple(item.text for item in found if isinstance(item, Notice)),
            )


def _kept(item: object) -> int:
    found = re.search(r"Pages kept without a response: (\d+)", item.text) if isinstance(item, Notice) else None
    return int(found.group(1)) if found else 0


def _counted(fact: dict[str, object]) -> int:
    held = fact.get("archives")
    if isinstance(held, dict):
        return sum(_counted(inner) for inner in held.values())
    lines = fact.get("url_lines")  # of ARC the lines of its records are listed: those of pages with a length
    if isinstance(lines, list):
        return sum(" text/html " in line and line.rsplit(" ", 1)[1].isdigit() for line in lines)
    counted = fact.get("distinct_html_200_uris", -1)
    return counted if isinstance(counted, int) else -1
