"""spaCy's DocBin from strangers: whatever is in it, a sentence comes of it, and nothing of it is run."""

import random
import struct
import sys
import zlib

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.core.imports import Failure
from annotator.importers.annotations import docbin
from annotator.importers.annotations.docbin import docbin_texts, is_docbin
from annotator.importers.annotations.spacy_docbin import SpacyDocBinImporter
from annotator.importers.walking import read_source
from tests.importers.annotations.references import FOLDER
from tests.importers.sources import source

pytest.importorskip("spacy")
DATA = (FOLDER / "ferry.spacy").read_bytes()
SPAN = struct.Struct(">QQQllll")


def message():
    from srsly import msgpack_loads

    return msgpack_loads(zlib.decompress(DATA))


def packed(said):
    from srsly import msgpack_dumps

    return zlib.compress(msgpack_dumps(said))


def read(data):
    return list(SpacyDocBinImporter().read(source(data, "x.spacy")))


def told(data):
    with pytest.raises(KnownError) as error:
        read(data)
    return str(error.value)


def test_what_is_packed_again_reads_as_before():
    assert [item.text for item in read(packed(message()))] == [item.text for item in read(DATA)] and len(
        read(DATA)
    ) == 2


def test_it_is_known_by_how_it_begins():
    assert is_docbin(DATA[:200]) and is_docbin(DATA)
    assert not is_docbin(b"\x78\x9c") and not is_docbin(zlib.compress(b"text" * 20)) and not is_docbin(b"")


def test_without_spacy_it_says_so_in_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy.strings", None)
    assert "This format needs spaCy, which is not installed" in told(DATA)


def test_what_is_an_entity_and_a_span_is_one_mark_with_what_either_says():
    (first, _) = read(DATA)
    people = [mark for mark in first.annotations if mark.label.name == "PERSON"]
    assert [dict(mark.attributes) for mark in people] == [{"kb_id": "Q1"}]


@pytest.mark.parametrize(
    ("first", "last"), [(0, 900), (-1, 3), (5, 5), (7, 2), (2**31 - 1, 2**31 - 1), (-(2**31), 2**31 - 1)]
)
def test_spans_that_are_none_are_left_out_and_told(first, last):
    from srsly import msgpack_dumps

    said = message()
    label = SPAN.unpack(next(iter(_groups(said)))["spans"][0])[2]
    group = {"name": "sc", "attrs": {}, "spans": [SPAN.pack(0, 0, label, first, last, 0, 9)]}
    said["span_groups"][0] = msgpack_dumps({msgpack_dumps(group): ["sc"]})
    found = read(packed(said))
    assert any("one span was left out" in getattr(item, "text", "") for item in found[:1]), found[0]
    assert len(found[1].annotations) == 2


def _groups(said):
    from srsly import msgpack_loads

    for group in msgpack_loads(said["span_groups"][0]):
        yield msgpack_loads(group)


@pytest.mark.parametrize(
    "change",
    [
        {"lengths": struct.pack("<2i", 17, 900)},
        {"lengths": struct.pack("<2i", -3, 23)},
        {"tokens": b"\0" * 8},
        {"spaces": b""},
        {"attrs": [999_999]},
        {"attrs": [67] * 13},
        {"strings": [1, None]},
        {"strings": []},
        {"span_groups": [b"\xc1", b""]},
        {"user_data": [b"\xc1", b""]},
    ],
)
def test_what_does_not_fit_is_a_damaged_file(change):
    assert "It is a damaged DocBin" in told(packed(message() | change))


def test_a_file_that_unpacks_to_more_than_the_limit_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(docbin, "LIMIT", 10_000)
    bomb = zlib.compress(b"\x81\xa7version" + b"\xc0" * 50_000_000)
    assert "It is larger than" in told(bomb)


def test_what_users_keep_is_data_and_nothing_is_made_of_it():
    """Numbers of numpy and the like are read by srsly; anything else than texts stays behind."""
    from srsly import msgpack_dumps

    kept = {"title": "Kept", ("._.", "x", 0, 1): 3, "array": {b"nd": True, b"type": "|O", b"shape": [1], b"data": b"x"}}
    said = message()
    said["user_data"][0] = msgpack_dumps({name: each for name, each in kept.items() if name != "array"})
    assert read(packed(said))[0].title == "Kept"
    said["user_data"][0] = msgpack_dumps(kept)
    assert "damaged" in told(packed(said))


def test_unpacked_bytes_that_are_changed_end_in_a_sentence():
    plain, chance = zlib.decompress(DATA), random.Random(3)
    for _ in range(150):
        data = bytearray(plain)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        for item in read_source(source(zlib.compress(bytes(data)), "x.spacy"), SpacyDocBinImporter()):
            if isinstance(item, AnnotatedDocument):
                assert all(0 <= s.start < s.end <= len(item.text) for mark in item.annotations for s in mark.fragments)
            else:
                assert isinstance(item, Failure) or item.text


def test_files_of_older_versions_have_shorter_spans():
    from srsly import msgpack_dumps

    said = message()
    label = SPAN.unpack(next(iter(_groups(said)))["spans"][0])[2]
    group = {"name": "sc", "attrs": {}, "spans": [struct.pack(">QQllll", 0, label, 0, 2, 0, 9)]}
    said["span_groups"][0] = msgpack_dumps([msgpack_dumps(group)])
    (first, *_) = docbin_texts(packed(said))
    assert [(each.first, each.last, each.group) for each in first.spans] == [(0, 2, "sc")]
