"""A damaged project file made fit to be read, on copies of it: the file itself is left as it is."""

from __future__ import annotations

import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from annotator.core.open_files import SIDE_FILES
from annotator.store.database import MAGIC

HEADER = 100  # bytes
_PAGE_SIZE = 16  # where the header holds it, and these
_PAGES, _FREE, _FREE_COUNT, _CHANGED, _VALID_FOR = 28, 32, 36, 24, 92
_TREE_KINDS = (0x05, 0x0D)  # how the first page's tree begins, after the header


def readable_copies(project: Path, folder: Path, template: Path) -> list[Path]:
    """Copies of a damaged file in `folder`: with the log that stands beside it, then without.

    A log may be of another file. What is lost of the beginning is taken from `template`, a sound file of the same
    schema that nobody has open.
    """
    copies: list[Path] = []
    log = project.with_name(project.name + SIDE_FILES[0])
    for with_log in (True, False) if log.exists() and log.stat().st_size else (False,):
        copy = folder / f"copy-{len(copies)}.annotator"
        shutil.copyfile(project, copy)
        mend(copy, template)
        if with_log:
            shutil.copyfile(log, copy.with_name(copy.name + SIDE_FILES[0]))
        copies.append(copy)
    return copies


def mend(copy: Path, template: Path) -> None:
    """Give `copy` a beginning that SQLite takes, and its full length."""
    with template.open("rb") as sound:
        head = bytearray(sound.read(HEADER))
        sound.seek(0)
        first_page = sound.read(page_size_of(head))
    size = copy.stat().st_size
    with copy.open("r+b") as file:
        own = bytearray(file.read(HEADER + 1))
        if len(own) <= HEADER:
            return  # nothing is left
        if own[HEADER] not in _TREE_KINDS:
            file.seek(0)
            file.write(first_page)
        if not own.startswith(MAGIC) or own[HEADER] not in _TREE_KINDS:
            own = head
            pages = -(-size // page_size_of(head))
            struct.pack_into(">III", own, _PAGES, pages, 0, 0)  # and an empty list of free pages
            own[_VALID_FOR : _VALID_FOR + 4] = own[_CHANGED : _CHANGED + 4]
            file.seek(0)
            file.write(own[:HEADER])
        (pages,) = struct.unpack_from(">I", own, _PAGES)
        wanted = pages * page_size_of(own)
        if size < wanted < 100 * max(size, 1_000_000):
            file.truncate(wanted)
    if not _tells_its_tables(copy):
        _give_schema(copy, template)


def _tells_its_tables(copy: Path) -> bool:
    try:
        with closing(connect_to_damaged(copy)) as connection:
            return len(connection.execute("SELECT * FROM sqlite_master").fetchall()) > 0
    except sqlite3.Error:
        return False


def _give_schema(copy: Path, template: Path) -> None:
    """Put the pages that say where tables begin in their place: files that were made alike have them alike."""
    with template.open("rb") as sound, copy.open("r+b") as file:
        first = sound.read(page_size_of(sound.read(HEADER)) - HEADER)
        size = HEADER + len(first)
        children = []
        if first[0] == _TREE_KINDS[0]:
            (cells,) = struct.unpack_from(">H", first, 3)
            places = struct.unpack_from(f">{cells}H", first, 12)
            children = [struct.unpack_from(">I", first, place - HEADER)[0] for place in places]
            children += struct.unpack_from(">I", first, 8)
        file.seek(HEADER)
        file.write(first)
        for page in children:
            for opened in (sound, file):
                opened.seek((page - 1) * size)
            file.write(sound.read(size))


def page_size_of(head: bytes | bytearray) -> int:
    """The size of a page, as the header of the file has it."""
    (size,) = struct.unpack_from(">H", head, _PAGE_SIZE)
    return 65536 if size == 1 else max(int(size), 512)


def connect_to_damaged(copy: Path) -> sqlite3.Connection:
    """A connection to a copy, which takes what it can get: odd bytes are replaced, a strange schema passed over."""
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.text_factory = lambda held: held.decode("utf-8", "replace")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA writable_schema = ON")
    return connection
