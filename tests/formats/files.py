"""The shared files that hold annotations, each with what was counted in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from tests.formats.counting import Facts, is_counted

# what is neither text nor table of annotations: read as articles, which tests.sources measures
_NOT_THESE = ("html/*", "warc/*", "*.html", "*.xsd", "*.dtd", "*.md", "*.txt", "*/LICENSE*", "*.zip", "*.docx", "*.odt",
              "*.csv", "*.ris", "*.xlsx", "*.dump", "typesystem.xml", "corpora/gum/xml/*")  # fmt: skip
_ALSO = ("peers/inception/bioc/*.xml", "peers/inception/project-export/*.zip")  # nobody counted in them


class Unit(NamedTuple):
    """A file, or a folder that is read as one."""

    name: str
    group: str  # files of one kind and source
    paths: list[Path]
    facts: Facts


def units(corpora: Path) -> Iterator[Unit]:
    """All of them, in the order of their names."""
    facts = json.loads((corpora / "FACTS.json").read_text(encoding="utf-8"))
    news = corpora / "news" / "FACTS.json"
    if news.exists():
        facts |= {f"news/{name}": held for name, held in json.loads(news.read_text(encoding="utf-8")).items()}
    also = [path.relative_to(corpora).as_posix() for pattern in _ALSO for path in corpora.glob(pattern)]
    counted = [name for name, held in facts.items() if is_counted(held) and not _is_no_one(name)]
    for name in sorted({*counted, *also}):
        yield Unit(name, group_of(name), [corpora / name], facts.get(name, {}) if name in counted else {})


def _is_no_one(name: str) -> bool:
    return any(PurePath(name).match(pattern) for pattern in _NOT_THESE if pattern != "*.txt") and "wojood" not in name


def group_of(name: str) -> str:
    """What its row is called: its folder, and that above where that says more; and its suffix."""
    parts = PurePath(name).parts
    depth = 3 if parts[0] in ("peers", "corpora", "brat") else 2
    suffix = PurePath(name).suffix
    return "/".join(parts[: min(depth, max(1, len(parts) - 1 if suffix else len(parts)))]) + (
        f" {suffix}" if suffix else ""
    )
