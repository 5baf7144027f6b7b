"""`split.json`: what a split was made by and which document is where, so that it can be told and repeated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from annotator.core.errors import KnownError
from annotator.core.near_duplicates import METHOD, THRESHOLD
from annotator.exporters.placing import PARTS, WAYS, Placeable, Placed, Split

NAME = "split.json"
FORMAT = "annotator-split"
VERSION = 1
LARGEST = 1 << 30  # bytes; a million documents take 150 MB


def write_split(
    path: Path, split: Split, documents: Sequence[Placeable], groups: Iterable[Sequence[str]], placed: Placed
) -> None:
    """Write it, a document a line, in the order of their hashes: the same for the same documents."""
    ids = {each.key: each.id or each.key for each in documents}
    head: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "by": split.by,
        "seed": split.seed,
        "fractions": dict(zip(PARTS, split.fractions, strict=True)),
        "dates": list(placed.dates),
        "near_duplicates": {
            "kept_together": split.near_duplicates,
            "method": METHOD,
            "threshold": THRESHOLD,
            "groups": [[ids[key] for key in group] for group in groups],
            "moved": [ids[key] for key in placed.moved],
            "parted_by_earlier_split": placed.apart,
        },
        "without_date_or_source": placed.unknown,
        "counts": counts(split, documents, placed),
    }
    with path.open("wb") as file:
        file.write(orjson.dumps(head, option=orjson.OPT_INDENT_2).removesuffix(b"\n}") + b',\n  "documents": [')
        between = b"\n"
        for each in sorted(documents):
            row = {"id": each.id, "sha256": each.key, "part": placed.parts[each.key]}
            file.write(between + orjson.dumps(row))
            between = b",\n"
        file.write(b"\n]}\n")


def counts(split: Split, documents: Iterable[Placeable], placed: Placed) -> dict[str, int]:
    """How many documents each part has."""
    found = dict.fromkeys(split.parts, 0)
    for each in documents:
        part = placed.parts[each.key]
        found[part] = found.get(part, 0) + 1
    return found


def read_parts(path: Path) -> dict[str, str]:
    """The part of each document, by the SHA-256 of its text. Raises KnownError where the file is none of ours."""
    return dict(read_split(path).earlier)


def read_split(path: Path) -> Split:
    """The split that a file tells of: what it names stays where it is. Raises KnownError for another file."""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError
        held = orjson.loads(path.read_bytes())
        if held["format"] != FORMAT or held["by"] not in WAYS or held["version"] != VERSION:
            raise ValueError
        return Split(
            by=held["by"],
            fractions=tuple(float(held["fractions"][part]) for part in PARTS),
            seed=int(held["seed"]),
            near_duplicates=held["near_duplicates"]["kept_together"] is True,
            dates=tuple(map(str, held["dates"])),
            earlier=dict(_parts(held["documents"])),
        )
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror or error}. Nothing was written.") from error
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KnownError(
            f"{path} is no split.json of this program, or a damaged one. Nothing was written; name the split.json of"
            " an earlier export."
        ) from None


def _parts(rows: Iterable[Mapping[str, str]]) -> Iterable[tuple[str, str]]:
    for row in rows:
        if row["part"] not in PARTS or not isinstance(row["sha256"], str):
            raise ValueError
        yield row["sha256"], row["part"]
