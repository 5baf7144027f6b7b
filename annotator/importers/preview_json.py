"""A preview as scripts read it, and the files with a mapping or with patterns that they may give back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotator.core.annotation import AnnotatedDocument
from annotator.core.column_mapping import KEPT, LEFT_OUT, TARGETS, ColumnMapping
from annotator.core.errors import KnownError
from annotator.core.split_patterns import SplitPatterns
from annotator.importers.previewing import Preview

_LARGEST = 1_000_000  # bytes of a file with settings
_FACTS = ("published", "publication", "author", "section", "page", "uri")


def preview_json(preview: Preview) -> dict[str, Any]:
    """Everything that the preview of one source says."""
    held: dict[str, Any] = {
        "source": preview.source,
        "bytes": preview.size,
        "format": preview.format,
        "title": preview.title,
        "sureness": round(preview.sureness, 2),
        "documents": preview.documents,
        "claimed": preview.claimed,
        "whole": preview.whole,
        "first": _article(preview.first),
        "last": _article(preview.last),
        "suspects": [{"title": each.title, "place": each.place, "text": each.text} for each in preview.suspects],
        "notices": list(preview.notices),
        "failed": [{"path": each.path, "reason": each.reason} for each in preview.failures],
    }
    if preview.table is not None:
        held["columns"] = list(preview.table.columns)
        held["mapping"] = preview.table.mapping.to_json()
    if preview.patterns is not None:
        held["patterns"] = preview.patterns.to_json()
    return held


def _article(document: AnnotatedDocument | None) -> dict[str, Any] | None:
    if document is None:
        return None
    zones = [{"label": zone.label, "start": zone.span.start, "end": zone.span.end} for zone in document.zones]
    facts = {name: document.metadata[name] for name in _FACTS if document.metadata.get(name)}
    return {"title": document.title, "language": document.language, **facts, "text": document.text, "zones": zones}


def read_mapping(path: Path) -> ColumnMapping:
    """The mapping in a file. Raises KnownError when there is none, or it speaks of what no column can be."""
    mapping = ColumnMapping.from_json(_read(path))
    if not mapping.columns:
        raise KnownError(f'{path} holds no mapping of columns, such as {{"columns": {{"Head": "title"}}}}.')
    known = (*TARGETS, KEPT, LEFT_OUT)
    for target in (*mapping.columns.values(), *mapping.fixed):
        if target not in known:
            raise KnownError(f"{path}: no column can be “{target}”. It may be: {', '.join(TARGETS)}, * or nothing.")
    return mapping


def read_patterns(path: Path) -> SplitPatterns:
    """The patterns in a file, under its name where they have none. Raises KnownError when they cannot be used."""
    held = _read(path)
    patterns = SplitPatterns.from_json({"name": path.stem, **held} if isinstance(held, dict) else held)
    if faults := patterns.faults():
        raise KnownError(f"{path}: {' '.join(faults)}")
    return patterns


def _read(path: Path) -> Any:
    try:
        with path.open("rb") as stream:
            return json.loads(stream.read(_LARGEST))
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise KnownError(f"{path} is no JSON ({error}).") from None
