"""Web archives: WARC and ARC, packed or not, and WACZ. Each page that a server sent is a document."""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportItem, Notice
from annotator.importers.base import Source
from annotator.importers.html.page import web_page
from annotator.importers.html.recognising import sure_of_page
from annotator.importers.warc.bodies import LIMIT, body_of
from annotator.importers.warc.damage import DamageError
from annotator.importers.warc.records import Damage, Header, Record, records
from annotator.importers.warc.streams import BEGINS, GZIP
from annotator.importers.web_page import items_of

_ZIP = b"PK\x03\x04"
_PACKAGE = re.compile(rb"datapackage\.json|(?:archive|data)/[^\0]{0,200}\.warc|pages/pages\.jsonl|indexes/index\.")
_ZSTANDARD = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")
_PACKED = re.compile(r"\.w?arc\.zst$", re.IGNORECASE)
_ARCHIVE = re.compile(r"\.w?arc(?:\.gz)?$", re.IGNORECASE)
_ROOT = re.compile(r"https?://[^/?#]*/?", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")
_COMES = (200, 203)  # the statuses that a page comes with
_BROKEN = (BadZipFile, zlib.error, struct.error, ValueError, EOFError, OSError, RuntimeError, NotImplementedError)
_MOST_MEMBERS = 100_000
_MOST_TIMES = 300  # how many times larger than its packed bytes an archive in a WACZ may say it is
_SHOWN = 100  # damaged places of one archive that are listed one by one


class WebArchiveImporter:
    """Takes the web pages of an archive in, with their addresses and the days they were captured."""

    name = "web-archive"
    title = "Web archive"
    suffixes: tuple[str, ...] = (".warc", ".warc.gz", ".arc", ".arc.gz", ".wacz")
    loses = "Everything but web pages: pictures, PDF files, redirects, errors. They are counted."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where a record of such a file begins it, or the list of what a WACZ holds."""
        if _zstandard(head, name):
            return 0.9
        if head.startswith(_ZIP):
            return 0.9 if _PACKAGE.search(head) else 0.5 * name.lower().endswith(".wacz")
        if head.startswith(GZIP):
            return 0.9 if _begins(_unpacked(head)) else 0.0
        return 0.9 if _begins(head) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document a page, streamed. Raises KnownError for a WACZ that is none."""
        if _zstandard(source.head(4), source.name):
            raise KnownError(
                "It is a web archive packed with Zstandard, which this version does not read. Unpack it first"
                " (zstd -d), then import the .warc."
            )
        with source.open() as file:
            if source.head(4) == _ZIP:
                yield from _package(file, source)
            else:
                yield from _archive(file, source.open, source.name, source.path)


def _begins(start: bytes) -> bool:
    return BEGINS.match(start.lstrip()) is not None


def _zstandard(head: bytes, name: str) -> bool:
    """Whether it is packed as some crawlers do, with a dictionary of its own before it or not."""
    return head.startswith(_ZSTANDARD) and _PACKED.search(name) is not None


def _unpacked(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 4096)
    except zlib.error:
        return b""


def _package(file: BinaryIO, source: Source) -> Iterator[ImportItem]:
    try:
        package = ZipFile(file)
        held = package.infolist()
    except _BROKEN:
        raise KnownError("It is no whole WACZ file: its list of contents is missing. Download it again.") from None
    archives = [member for member in held[:_MOST_MEMBERS] if _ARCHIVE.search(member.filename)]
    if not archives:
        raise KnownError("It is a ZIP file without a web archive in it (no .warc): there is nothing to take in.")
    for member in archives:
        yield from _member(package, member, source)


def _member(package: ZipFile, member: ZipInfo, source: Source) -> Iterator[ImportItem]:
    name = f"{source.name}/{member.filename}"
    if member.file_size > _MOST_TIMES * max(1, member.compress_size):
        yield Failure(name, "It says it is more than 300 times larger than its packed bytes: it was not opened.")
        return
    try:
        with package.open(member) as file:
            again = partial(package.open, member)
            yield from _archive(file, again, name, source.path)  # type: ignore[arg-type]  # they read, tell and seek
    except _BROKEN as error:
        yield Failure(name, f"It cannot be unpacked further ({error}). What came before is in.")


def _archive(file: BinaryIO, again: Callable[[], BinaryIO], name: str, path: str) -> Iterator[ImportItem]:
    """The pages of an archive; those that a program put there itself, where it holds no response of a server."""
    counts: Counter[str] = Counter()
    bare: bool | None = None  # whether it holds no response
    for record in records(file, _wanted):
        counts["records"] += 1
        if isinstance(record, Damage):
            counts["records"] -= 1
            counts["damaged"] += 1
            if counts["damaged"] <= _SHOWN:
                yield Failure(name, f"At byte {record.offset} a part was left out: {record.reason}.")
            continue
        kind = _kind(record)
        if kind == "kept":
            bare = not _responds(again) if bare is None else bare
            kind = "" if bare else _FILES
            counts["kept"] += bare
        if kind:
            counts[kind] += 1
            continue
        for item in _page(record, name, path):
            if isinstance(item, Failure):
                counts["damaged"] += 1
                counts["unreadable"] += 1
            elif isinstance(item, Notice):
                counts["pages without text"] += 1
                continue
            else:
                counts["roots"] += _ROOT.fullmatch(record.address) is not None
            yield item
    yield Notice(_told(name, counts))


def _responds(again: Callable[[], BinaryIO]) -> bool:
    """Whether an archive holds a response of a server."""
    with again() as file:
        found = records(file, lambda *_: False)
        return any(isinstance(record, Record) and record.kind in ("response", "revisit") for record in found)


def _wanted(kind: str, status: int, header: Header) -> bool:
    if kind == "resource":
        return _says_page(header("Content-Type"))
    return kind == "response" and status in (*_COMES, 0) and _may_be_page(header("Content-Type"))


def _says_page(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() in _PAGES


def _may_be_page(content_type: str) -> bool:
    return not content_type or _says_page(content_type)


def _kind(record: Record) -> str:
    """What a record is that is no page, as the report counts it; empty for one that may be.

    "kept" for a page that a program put there itself.
    """
    if record.kind == "revisit":
        return "revisits"
    if record.kind == "resource":
        page = _says_page(record.header("Content-Type")) and record.address.startswith(("http:", "https:"))
        return "kept" if page else _FILES
    if record.kind != "response" or not record.address.startswith(("http:", "https:")):
        return "other records"
    if 300 <= record.status < 400:
        return "redirects"
    if record.status not in (*_COMES, 0):
        return "errors"
    content_type = record.header("Content-Type")
    if not _may_be_page(content_type) or (not content_type and not sure_of_page(record.body[:4096])):
        return "files that are no web pages"
    return ""


def _page(record: Record, name: str, path: str) -> Iterator[ImportItem]:
    """The document of a page, or a Failure, or a notice that there is nothing to be seen on it."""
    try:
        if len(record.body) > LIMIT:
            raise DamageError("its page is larger than 50 MB")
        data = body_of(record.body, record.header("Transfer-Encoding"), record.header("Content-Encoding"))
    except DamageError as error:
        yield Failure(name, f"At byte {record.offset} a record was left out: {error}.")
        return
    page = web_page(data, encoding=_charset(record), address=record.address, name=record.address)
    if page.document is None:
        yield Notice("")
        return
    metadata = {**page.document.metadata, "uri": record.address, "captured": record.captured}
    kept = replace(page, document=replace(page.document, metadata=metadata))
    yield from (item for item in items_of(kept, record.address, path) if not isinstance(item, Notice))


def _charset(record: Record) -> str:
    found = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", record.header("Content-Type"), re.IGNORECASE)
    return found.group(1) if found else ""


_FILES = "files kept without a response"
_ORDER = (
    "redirects",
    "errors",
    "revisits",
    "files that are no web pages",
    _FILES,
    "pages without text",
    "other records",
)


def _told(name: str, counts: Counter[str]) -> str:
    left = [f"{kind} {counts[kind]}" for kind in _ORDER if counts[kind]]
    pages = counts["records"] - sum(counts[kind] for kind in (*_ORDER, "unreadable"))
    kept = f" Pages kept without a response: {counts['kept']}." if counts["kept"] else ""
    roots = f" Among them, front pages of a site: {counts['roots']}." if counts["roots"] else ""
    rest = f" Left out: {', '.join(left)}." if left else ""
    damaged = f" Damaged parts, listed with what failed: {counts['damaged']}." if counts["damaged"] else ""
    return f"{name}: web pages {pages}, of {counts['records']} records.{kept}{roots}{rest}{damaged}"
