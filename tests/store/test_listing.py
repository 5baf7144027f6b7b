"""Which documents a list holds, in pieces and whole; how many there are, without counting them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import KnownError
from annotator.store import checking, listing, reading
from annotator.store import project as store
from annotator.store.listing import DocumentFilter, joined, numbers_in
from annotator.store.reading import Reader
from annotator.store.statistics import statistics
from tests.store.examples import add_mark, deletion, document, is_true, state


@pytest.fixture
def holey(memory):
    """Twenty documents, of which the third and the twelfth were deleted."""
    memory.import_documents([document(n) for n in range(1, 21)])
    memory.index_documents()
    keys = memory.document_ids()
    for number in (3, 12):
        memory.apply(deletion(memory, keys[number - 1]))
    return memory


THERE = [number for number in range(1, 21) if number not in (3, 12)]


def test_all_documents_are_a_range_until_one_is_deleted(memory):
    memory.import_documents([document(n) for n in range(5)])
    assert memory.listed() == range(1, 6)
    assert memory.listed(after=2, limit=2) == range(3, 5)
    memory.apply(deletion(memory, memory.document_ids()[1]))
    assert list(memory.listed()) == [1, 3, 4, 5]
    memory.undo()
    assert memory.listed() == range(1, 6)


def test_pieces_of_a_list_are_pieces_of_all(holey):
    for wanted in (DocumentFilter(), DocumentFilter(text="envoy"), DocumentFilter(text="envoy", status="new")):
        for after in range(22):
            rest = [number for number in THERE if number > after]
            assert list(holey.listed(wanted, after)) == rest
            for limit in (0, 1, 5):
                assert list(holey.listed(wanted, after, limit)) == rest[:limit]


@given(st.lists(st.integers(1, 10**12), unique=True), st.integers(1, 40))
def test_numbers_are_read_a_slice_at_a_time(numbers, size):
    written = ",".join(map(str, numbers)) or None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "SLICE", size)
        assert list(numbers_in(written)) == numbers


def test_ranges_are_joined_to_a_range_where_they_touch():
    assert joined(range(1, 4), range(4, 9)) == range(1, 9)
    assert list(joined(range(1, 3), range(5, 7))) == [1, 2, 5, 6]
    assert list(joined(numbers_in("1,2"), range(5, 7))) == [1, 2, 5, 6]


def test_what_is_counted_follows_all_that_comes_and_goes(holey):
    def agrees():
        counts = statistics(holey)
        ((documents, characters),) = holey.rows(
            "SELECT count(*), coalesce(sum(length(text)), 0) FROM documents JOIN texts USING (number)"
        )
        assert (counts["documents"], counts["characters"]) == (documents, characters)
        assert holey.document_count() == documents
        assert checking.check(holey) == []
        return documents

    assert agrees() == 18
    while holey.undo():
        agrees()
    assert agrees() == 0
    while holey.redo():
        agrees()
    holey.import_documents([document(1), document(30), document(30)])
    assert agrees() == 19


def test_a_count_that_is_wrong_is_found(memory):
    memory.import_documents([document(1)])
    memory.write_meta("documents", "7")
    assert checking.check(memory) == ["The file says that it has 7 articles, and has 1."]


def test_a_file_without_counts_is_counted(path, project):
    project.import_documents([document(1), document(2)])
    with project._changing():
        project._connection.execute("DELETE FROM meta WHERE key IN ('documents', 'characters')")
    with Reader(path) as reader:
        assert reader.document_count() == 2
        assert statistics(reader)["characters"] == sum(len(one.text) for one in reader.annotated_documents())
        assert checking.check(reader) == []


def test_documents_are_read_in_order_however_many(memory, monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 3)
    memory.import_documents([document(n) for n in range(8)])
    assert [one.title for one in memory.annotated_documents()] == [f"Page {n}" for n in range(8)]


def test_a_large_step_is_taken_back_piece_by_piece_and_told_in_outline(memory, monkeypatch):
    """Whoever listens learns which documents came and went, and not all that was in them."""
    monkeypatch.setattr(store, "HELD", 1)
    memory.import_documents([document(n) for n in range(4)])
    add_mark(memory, memory.document_ids()[2])
    before, keys = state(memory), set(memory.document_ids())
    told = []
    memory.on_change(told.append)
    assert memory.undo().name == "Mark PERSON"
    for gone, step in ((True, memory.undo), (False, memory.redo)):
        changes = step()
        assert told[-1] == changes
        assert changes.touches("documents") == keys
        sides = {(row.before is None, row.after is None) for row in changes.rows if row.table == "documents"}
        assert sides == {(not gone, gone)}
        assert memory.document_count() == (0 if gone else 4)
    memory.redo()
    assert state(memory) == before
    assert is_true(memory)


def test_reading_that_is_broken_off_says_so(path, project):
    """As when a newer question has come: SQLite stops in the middle of a long search."""
    project.import_documents([document(n) for n in range(3)])
    with Reader(path) as reader:
        reader._read.create_function("broken_off", 0, reader.interrupt)
        with pytest.raises(KnownError, match="broken off"):
            reader.rows("SELECT broken_off(), number FROM documents, (SELECT 1 UNION SELECT 2)")
        assert reader.listed() == range(1, 4)
    reader.interrupt()
