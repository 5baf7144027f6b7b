"""Whether a project file is whole: the file itself, every text against its hash, every span against its text, and
every mark, link and answer against the scheme.

SQLite notices no flipped bit within a text; the hash does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from annotator.core.errors import KnownError
from annotator.core.ids import is_made, text_hash
from annotator.core.raw_page import RawPage
from annotator.store.database import DamagedError
from annotator.store.reading import Reader

_ANSWERING = (("annotations", "mark answers", "marks answer"), ("relations", "link answers", "links answer"))
SHOWN = 20  # problems of one kind that are listed one by one


Told = Callable[[int, int], None]  # how many texts and pages were read, of how many


class CheckStoppedError(KnownError):
    """The check was broken off before its end."""


def check(reader: Reader, told: Told = lambda done, total: None, stop: Callable[[], bool] = lambda: False) -> list[str]:
    """What is wrong with the project, a sentence each; nothing when it is whole. Reads everything.

    What cannot be read at all is one of the sentences, and the rest is looked at all the same. Raises
    CheckStoppedError when `stop` says so.
    """
    ((texts,),) = reader.rows("SELECT count(*) FROM documents")
    ((pages,),) = reader.rows("SELECT count(*) FROM page_bytes")
    done = 0

    def step() -> None:
        nonlocal done
        if stop():
            raise CheckStoppedError("The check was broken off. Nothing was changed.")
        done += 1
        told(done, texts + pages)

    parts = (_file(reader), _references(reader), _counts(reader), _texts(reader, step), _spans(reader), _scheme(reader))
    found: list[str] = []
    for part in (*parts, _pages(reader, step)):
        try:
            found += part
        except DamagedError as error:
            if str(error) not in found:
                found.append(str(error))
    return found


def _file(reader: Reader) -> Iterator[str]:
    for (finding,) in reader.rows("PRAGMA quick_check"):
        if finding != "ok":
            yield f"The file is damaged: {finding}."


def _references(reader: Reader) -> Iterator[str]:
    for table, row, parent, _ in reader.rows("PRAGMA foreign_key_check")[:SHOWN]:
        yield f"Row {row} of {table} refers to something in {parent} that is not there."


def _counts(reader: Reader) -> Iterator[str]:
    """A file of an older version has no counts."""
    ((count,),) = reader.rows("SELECT count(*) FROM documents")
    if reader.document_count() != count:
        yield f"The file says that it has {reader.document_count():,} articles, and has {count:,}."


def _texts(reader: Reader, step: Callable[[], None]) -> Iterator[str]:
    for number, title in reader.rows("SELECT number, title FROM documents ORDER BY number"):
        step()
        ((sha256, text),) = reader.rows("SELECT sha256, text FROM texts WHERE number = ?", (number,))
        if text_hash(text) != sha256:
            yield f"The text of “{title}” is not what was imported: its checksum differs."


def _spans(reader: Reader) -> Iterator[str]:
    for table, thing in (("annotations", "mark"), ("zones", "zone")):
        for title, label, start, end, length in reader.rows(_BEYOND.format(table=table)):
            yield f"In “{title}”, the {thing} {label} at {start} to {end} ends past the text ({length} characters)."


def _scheme(reader: Reader) -> Iterator[str]:
    """Labels, kinds of links and questions of forms are references, which `_references` looks at."""
    known = {key for (key,) in reader.rows("SELECT id FROM attributes")}
    for table, *things in _ANSWERING:
        sql = f"SELECT key, count(*) FROM {table}, json_each(attributes) WHERE attributes <> '{{}}' GROUP BY key"
        for attribute, count in reader.rows(sql):
            if is_made(attribute) and attribute not in known:  # what a file from elsewhere brought goes by its name
                said = things[count > 1]
                yield f"{count:,} {said} the attribute {attribute}, which is not in the scheme."
    asked = [(label, json.loads(keys)) for label, keys in reader.rows("SELECT name, attributes FROM labels")]
    if labels := [label for label, keys in asked if not known.issuperset(keys)]:
        yield f"Some labels ask attributes that are not in the scheme: {', '.join(labels)}."
    sql = "SELECT count(*) FROM annotations WHERE scheme <> 0 AND scheme NOT IN (SELECT lamport FROM scheme_versions)"
    ((count,),) = reader.rows(sql)
    if count:
        yield f"Marks that were made under a version of the scheme that the file does not know: {count:,}."


def _pages(reader: Reader, step: Callable[[], None]) -> Iterator[str]:
    for (sha256,) in reader.rows("SELECT sha256 FROM page_bytes ORDER BY rowid"):
        step()
        ((size, packed),) = reader.rows("SELECT size, packed FROM page_bytes WHERE sha256 = ?", (sha256,))
        try:
            _ = RawPage(sha256, size, packed).data
        except ValueError:
            yield f"A kept page (checksum {sha256[:12]}…) is not what was imported."


# Lengths are compared document by document first: a text is measured once, not once for each of its marks.
_BEYOND = """
    SELECT d.title, coalesce((SELECT name FROM labels WHERE id = s.label), s.label), s.start, s."end", length(t.text)
    FROM (SELECT document, max("end") AS last FROM {table} GROUP BY document) furthest
    JOIN documents d ON d.number = furthest.document
    JOIN texts t ON t.number = d.number AND furthest.last > length(t.text)
    JOIN {table} s ON s.document = d.number AND s."end" > length(t.text)"""
