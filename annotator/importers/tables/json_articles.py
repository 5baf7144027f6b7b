"""Articles as JSON or JSON Lines of others: objects whose members may be called anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from annotator.core.column_mapping import ColumnMapping
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.annotator_json import first_object
from annotator.importers.annotator_jsonl import numbered_lines
from annotator.importers.base import Source
from annotator.importers.json_stream import JsonStream
from annotator.importers.json_values import ValueRefusedError, parsed
from annotator.importers.tables.guessing import guess_mapping, is_known, known_names
from annotator.importers.tables.rows import Row, Table, table_items
from annotator.importers.tally import Tally

_LIMIT = 200_000_000  # bytes of a file that is one object
_SAMPLE = 50
_LOOKED_AT = 5  # objects by which a file is recognised
_DEEP = 4  # wrappers around the list of articles
_OURS = ("sha256", "documents", "annotations", "zones", "scheme")


class JsonArticlesImporter:
    """Takes every object in as an article, by a mapping of its members that is guessed where none is given."""

    name = "json-articles"
    title = "Articles in JSON"
    suffixes: tuple[str, ...] = (".json", ".jsonl", ".ndjson")
    loses = "Nothing of its members: those that are not known are kept under their own names."

    def __init__(self, mapping: ColumnMapping | None = None) -> None:
        self._mapping = mapping

    def recognises(self, head: bytes, name: str) -> float:
        """Fairly sure where the first object has a title or text under a name of its own."""
        several = list(islice(_objects_in(head), _LOOKED_AT))
        if not several:
            return 0.0
        found = _found_records(several[0]) if not _is_article(several[0]) else several
        records = [each for each in found if isinstance(each, dict)][:_LOOKED_AT]
        if not records or any("text" in each or any(key in each for key in _OURS) for each in [several[0], *records]):
            return 0.0
        flat = [_flat(record) for record in records]
        columns = list(dict.fromkeys(name for record in flat for name in record))
        mapping = guess_mapping(columns, [[record.get(name, "") for name in columns] for record in flat])
        if _says_so(mapping, len(several) > 1 or found is not several) and known_names(columns) > 1:
            return 0.97
        # A list that has no text by name: better taken by what is in it than not at all.
        return 0.62 if mapping.holds_articles and len(several) > 2 else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when there are none."""
        with source.open() as stream:
            tally = Tally(source)
            yield from table_items(source, _table(source, stream, self._mapping), tally)
            yield from tally.notices()

    def table(self, source: Source) -> Table:
        """The names of its members, the first articles and the mapping, for a person to look at."""
        with source.open() as stream:
            found = _table(source, stream, self._mapping)
            found.rows = iter(found.sample)
            return found


def _table(source: Source, stream: Any, mapping: ColumnMapping | None) -> Table:
    """Objects as a table: each name that occurs in the first ones is a column; later ones may bring more."""
    records = _records(source, stream)
    first = list(islice(records, _SAMPLE))
    if not any(isinstance(record, dict) for record, _ in first):
        fault = next((str(record) for record, _ in first if isinstance(record, ValueRefusedError)), "")
        raise KnownError(f"It is JSON, but no list of articles is in it{f' ({fault})' if fault else ''}.")
    flat = [_flat(record) for record, _ in first if isinstance(record, dict)]
    columns = list(dict.fromkeys(name for record in flat for name in record))
    cells = [[record.get(name, "") for name in columns] for record in flat]
    fits = mapping is not None and mapping.columns and mapping.fits(columns)
    sample = [_row(record, place, columns) for record, place in first]
    rows = (_row(record, place, columns) for record, place in records)
    return Table(columns, sample, chain(sample, rows), mapping if fits and mapping else guess_mapping(columns, cells))


def _row(record: Any, place: str, columns: list[str]) -> Row:
    if isinstance(record, ValueRefusedError):
        return Row((), place, f"It cannot be read: {record}.")
    if not isinstance(record, dict):
        return Row((), place, "It is no object.")
    flat = _flat(record)
    columns.extend(name for name in flat if name not in columns)
    return Row([flat.get(name, "") for name in columns], place)


def _records(source: Source, stream: Any) -> Iterator[tuple[Any, str]]:
    start = stream.read(1 << 16).removeprefix(b"\xef\xbb\xbf").lstrip()
    stream.seek(0)
    if start.startswith(b"["):
        for number, value in enumerate(JsonStream(stream).elements(), 1):
            yield value, f"record {number}"
    elif first_object(start) is not None and start.partition(b"\n")[2].lstrip()[:1] in (b"{", b""):
        for number, line in numbered_lines(stream):
            yield _line(line), f"line {number}"
    else:
        try:
            whole = parsed(source.whole(_LIMIT).removeprefix(b"\xef\xbb\xbf").strip())
        except ValueRefusedError as error:
            raise KnownError(f"It cannot be read: {error}.") from None
        for number, value in enumerate(_found_records(whole), 1):
            yield value, f"record {number}"


def _line(line: bytes | None) -> Any:
    if line is None:
        return ValueRefusedError("the line is longer than 64 MB")
    try:
        whole = parsed(line)
    except ValueRefusedError as error:
        return error
    found = _found_records(whole) if isinstance(whole, dict) and not _is_article(whole) else [whole]
    return found[0] if found else whole


def _objects_in(head: bytes) -> Iterator[dict[str, Any]]:
    """The whole objects that begin a file: those of a list, those of its lines, or one that is laid out in lines."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] not in (b"[", b"{"):
        return
    depth, start, quoted, escaped = 0, -1, False, False
    wanted = 1 if text[:1] == b"[" else 0
    for place, byte in enumerate(text):
        if quoted:
            escaped, quoted = (not escaped and byte == 0x5C), not (byte == 0x22 and not escaped)
        elif byte == 0x22:
            quoted = True
        elif byte in b"{[":
            if depth == wanted and byte == 0x7B:
                start = place
            depth += 1
        elif byte in b"}]":
            depth -= 1
            if depth == wanted and start >= 0:
                found = first_object(b" ".join(text[start : place + 1].split(b"\n")))
                if isinstance(found, dict):
                    yield found
                start = -1


def _says_so(mapping: ColumnMapping, many: bool) -> bool:
    """Whether names say that there are articles: a text, or of several objects a title with a date or an address."""
    if any(is_known(column, "text") for column in mapping.columns_of("text")):
        return True
    titled = any(is_known(column, "title") for column in mapping.columns_of("title"))
    return titled and many and bool(mapping.columns_of("date") or mapping.columns_of("uri"))


def _is_article(record: dict[str, Any]) -> bool:
    flat = _flat(record)
    return guess_mapping(list(flat), [list(flat.values())]).holds_articles


def _found_records(held: Any, depth: int = 0) -> list[Any]:
    """The longest list of objects in what a file holds; an object alone where it is an article itself."""
    if isinstance(held, list):
        return held if any(isinstance(each, dict) for each in held) else []
    if not isinstance(held, dict) or depth > _DEEP:
        return []
    inner = [_found_records(value, depth + 1) for value in held.values() if isinstance(value, dict | list)]
    best = max(inner, key=len, default=[])
    return [held] if depth == 0 and _is_article(held) and len(best) < 2 else best


def _flat(record: dict[str, Any], before: str = "") -> dict[str, str]:
    """Members as text; those of an inner object behind its name and a point, lists parted by semicolons."""
    flat: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, dict) and before.count(".") < 2:
            flat |= _flat(value, f"{before}{name}.")
        else:
            flat[f"{before}{name}"] = _shown(value)
    return flat


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, list):
        return "; ".join(filter(None, map(_shown, value[:1000])))
    if isinstance(value, dict):
        return _shown(value.get("name") or value.get("title") or value.get("label") or value.get("uri"))
    return str(value)
