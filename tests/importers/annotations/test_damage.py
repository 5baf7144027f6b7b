"""Files of annotations that are cut off, or of which bytes were changed: sentences, never a traceback."""

import random
from functools import partial
from io import BytesIO

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.importers import ANNOTATIONS
from annotator.importers.base import Source
from annotator.importers.walking import HEAD, read_source, recognised
from tests.importers.annotations.references import EXPECTED, FOLDER

FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file() and EXPECTED not in path.parents)
CUTS = 60  # of each file
CHANGES = 60
PIECES = (
    *(b"<", b">", b'"', b"\0", b"\xff", b"{", b"]", b"\r", b"\t", b"\n", b"-1", b"99999999999999999999", b"null"),
    *(b"[[", b"|", b"*", b"_", b"\xf0\x9f\x9a\xa2", b"\xed\xa0\x80", b"[1]", b";", b":", b"1-1.1", b"true", b"#"),
)


def source(path, data):
    return Source(path.name, path.name, len(data), lambda: BytesIO(data), partial(beside, path))


def beside(path, place):
    other = path.parent / place
    return source(other, other.read_bytes()) if other.is_file() else None


def survives(path, data):
    importers = {recognised(path.read_bytes()[:HEAD], path.name), recognised(data[:HEAD], path.name), None}
    for importer in importers:
        for item in read_source(source(path, data), importer):
            if isinstance(item, AnnotatedDocument):
                sound(item)


def sound(document):
    document.text.encode()
    document.title.encode()
    keys = {mark.id for mark in document.annotations}
    assert len(keys) == len(document.annotations)
    for mark in document.annotations:
        assert all(0 <= span.start < span.end <= len(document.text) for span in mark.fragments)
        assert mark.label.name and mark.label.layer
        f"{mark.attributes}{mark.note}{mark.annotator}".encode()
    assert all(link.source in keys and link.target in keys and link.type.name for link in document.relations)
    assert all(value is not None for mark in document.annotations for value in mark.attributes.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_cut_off_anywhere(path):
    data = path.read_bytes()
    for end in range(0, len(data), max(1, len(data) // CUTS)):
        survives(path, data[:end])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_bytes_changed_lost_or_put_in(path):
    chance = random.Random(path.name)
    for number in range(CHANGES):
        data = bytearray(path.read_bytes() or b"\n")
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(data))
            if number % 3 == 0:
                data[at] = chance.randrange(256)
            elif number % 3 == 1:
                del data[at : at + chance.randrange(60)]
                data = data or bytearray(b"x")
            else:
                data[at:at] = chance.choice(PIECES)
        survives(path, bytes(data))


@pytest.mark.parametrize("importer", ANNOTATIONS, ids=lambda importer: importer.name)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_read_as_any_other_format_it_says_a_sentence(importer, path):
    for item in read_source(source(path, path.read_bytes()), importer):
        if isinstance(item, AnnotatedDocument):
            sound(item)
