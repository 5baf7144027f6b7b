"""How an export would begin: the first lines of its files, made of few articles and thrown away.

Long lines of JSON are laid out, with their texts cut, so that the marks behind them are seen.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import orjson

from annotator.exporters.base import Contents, Exporter

FILES = 4  # of a folder, that are looked into
LINES = 400  # of all files together
WIDTH = 300  # characters of a line
STRING = 60  # characters of a text within JSON whose line is longer than that
_LOOKED_AT = 400_000  # bytes of a file


class Beginning(NamedTuple):
    """How one file begins."""

    name: str  # within the export
    size: int  # bytes
    lines: tuple[str, ...] | None  # None for a file that is no text
    whole: bool = True  # whether these are all of its lines


def first_lines(exporter: Exporter, contents: Contents) -> list[Beginning]:
    """How the files would begin that `exporter` makes of `contents`, those with the marks first.

    Raises KnownError where the format cannot be written.
    """
    with TemporaryDirectory() as folder:
        out = Path(folder) / f"export{exporter.suffix}"
        exporter.export(contents, out)
        files = sorted(out.rglob("*")) if out.is_dir() else [out]
        found = [(path, path.relative_to(out).as_posix() if out.is_dir() else "") for path in files if path.is_file()]
        wanted = sorted(found, key=lambda each: _order(each[0]))[:FILES]
        each = LINES // max(1, len(wanted))
        return [beginning for path, name in wanted for beginning in _beginnings(path, name, each)]


def _order(path: Path) -> tuple[bool, bool, str]:
    """Files of articles first, and of these the ones with marks: a text is known from the reader."""
    return (not path.name[:1].isdigit() and path.stem.islower(), path.suffix == ".txt", path.as_posix())


def _beginnings(path: Path, name: str, lines: int) -> Iterator[Beginning]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            yield _beginning(name, path.stat().st_size, stream.read(_LOOKED_AT), lines)
        return
    with zipfile.ZipFile(path) as packed:
        for info in packed.infolist()[:FILES]:
            with packed.open(info) as member:
                yield _beginning(info.filename, info.file_size, member.read(_LOOKED_AT), lines)


def _beginning(name: str, size: int, data: bytes, lines: int) -> Beginning:
    try:
        text = data.decode("utf-8-sig", errors="strict" if size <= len(data) else "ignore")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        return Beginning(name, size, None)
    there = [shown for line in text.split("\n", lines)[:lines] for shown in _shown(line)]
    return Beginning(name, size, tuple(there[:lines]), whole=len(there) <= lines and text.count("\n") <= lines)


def _shown(line: str) -> list[str]:
    """A line as it is; of a long one its beginning, or what it holds as JSON with its texts cut."""
    if len(line) <= WIDTH:
        return [line]
    try:
        held = orjson.loads(line.rstrip(","))
    except ValueError:
        return [line[:WIDTH] + "…"]
    return orjson.dumps(_cut(held), option=orjson.OPT_INDENT_2).decode().split("\n")


def _cut(held: Any) -> Any:
    if isinstance(held, str):
        return held if len(held) <= STRING else held[:STRING] + "…"
    if isinstance(held, list):
        return [_cut(each) for each in held]
    return {name: _cut(each) for name, each in held.items()} if isinstance(held, dict) else held
