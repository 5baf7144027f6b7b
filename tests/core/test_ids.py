import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import ids
from annotator.core.ids import document_id, named_id, new_id, text_hash

hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)


def test_an_id_is_a_uuid_of_version_7():
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert abs((made.int >> 80) - time.time() * 1000) < 60_000


@pytest.mark.parametrize("step", [0, -1_000_000, -86_400_000_000_000, 1_000])
def test_ids_grow_whatever_the_clock_does(monkeypatch, step):
    """A clock that stands still, runs backwards by a millisecond or a day, or runs too slowly to tell ids apart."""
    monkeypatch.setattr(ids, "_last", 0)
    moments = iter(range(1_800_000_000_000_000_000, 0, step) if step < 0 else _moments(step))
    monkeypatch.setattr(ids.time, "time_ns", lambda: next(moments))
    made = [new_id() for _ in range(9000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {uuid.UUID(key).version for key in made} == {7}


def _moments(step):
    return (1_800_000_000_000_000_000 + n * step for n in range(10_000))


def test_threads_get_different_ids():
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: [new_id() for _ in range(2000)], range(8)))
    assert len({key for keys in made for key in keys}) == 16_000
    assert all(keys == sorted(keys) for keys in made)


@given(hashes)
def test_a_document_id_is_a_uuid_of_version_8_made_of_the_hash_alone(sha256):
    key = document_id(sha256)
    made = uuid.UUID(key)
    assert str(made) == key == document_id(sha256)
    assert (made.version, made.variant) == (8, uuid.RFC_4122)


@given(hashes, hashes)
def test_other_texts_have_other_document_ids(one, other):
    same = (document_id(one) == document_id(other)) and one[:12] != other[:12]
    assert not same


def test_names_give_the_same_id_everywhere():
    assert named_id("news/entities/PERSON") == named_id("news/entities/PERSON") != named_id("news/entities/ORG")


def test_the_hash_of_a_text_is_that_of_its_utf_8():
    assert text_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert text_hash("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"
