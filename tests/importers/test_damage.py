"""Every format against files that are cut off, or of which bytes were changed: sentences, never a traceback."""

import random
import socket
from io import BytesIO

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.importers.base import Source
from annotator.importers.walking import HEAD, items, read_source, recognised
from tests.importers.references import paths

FILES = [path for path in paths() if path.is_file()]
CUTS = 40  # of each file
CHANGES = 40
PIECES = (
    b"<",
    b">",
    b"</div>",
    b'"',
    b"\0",
    b"\xff",
    b"{",
    b"]",
    b"\r",
    b"&#0;",
    b"&#xD800;",
    b"\xed\xa0\x80",
    b"<table>",
)


def survives(data, name, importers):
    source = Source(name, name, len(data), lambda: BytesIO(data))
    for importer in importers:
        for item in read_source(source, importer):
            if isinstance(item, AnnotatedDocument):
                item.text.encode()
                item.title.encode()
                assert all(value.encode() or not value for value in item.metadata.values())
                assert all(0 <= zone.span.start <= zone.span.end <= len(item.text) for zone in item.zones)


def readers(path, data):
    """The importer of the whole file, and whichever the damaged one would be read by."""
    return {recognised(path.read_bytes()[:HEAD], path.name), recognised(data[:HEAD], path.name)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_cut_off_anywhere(path):
    data = path.read_bytes()
    for end in range(1, len(data), max(1, len(data) // CUTS)):
        survives(data[:end], path.name, readers(path, data[:end]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_bytes_changed_lost_or_put_in(path):
    chance = random.Random(path.name)
    for number in range(CHANGES):
        data = bytearray(path.read_bytes())
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(data))
            if number % 3 == 0:
                data[at] = chance.randrange(256)
            elif number % 3 == 1:
                del data[at : at + chance.randrange(60)]
                data = data or bytearray(b"x")
            else:
                data[at:at] = chance.choice(PIECES)
        survives(bytes(data), path.name, readers(path, bytes(data)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_named_wrongly_it_is_read_all_the_same(path):
    data = path.read_bytes()
    right, wrong = recognised(data[:HEAD], path.name), recognised(data[:HEAD], "file.dat")
    assert wrong is not None and (right is wrong or {right.name, wrong.name} <= {"csv", "text"})


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len([item for item in items(paths()) if isinstance(item, AnnotatedDocument)]) > 40
