"""What is saved of a damaged project, where the damage is known. `tests/trust/damage.py` damages at random."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.errors import KnownError
from annotator.store.backup_making import make_backup
from annotator.store.checking import check
from annotator.store.damaged_pages import rows_on_pages
from annotator.store.damaged_rows import rows_of
from annotator.store.project import Project
from annotator.store.restoring import restore_over
from annotator.store.salvaging import salvage
from tests.store.examples import add_mark, document, is_true, state


@pytest.fixture
def worked(path, news):
    """A project of two documents and three marks, closed."""
    with Project.create(path, news) as project:
        project.work_as("ana")
        project.import_documents([document(1), document(2)])
        first, second = project.document_ids()
        for key, name in ((first, "PERSON"), (first, "ORG"), (second, "PERSON")):
            add_mark(project, key, name)
    return path


def spoiled(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        for statement in statements:
            stranger.execute(statement)
        stranger.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def saved(path, tmp_path):
    """The report, and the state of the new project, which is sound."""
    to = tmp_path / "new.annotator"
    report = salvage(path, to)
    with Project.open(to) as project:
        assert check(project) == report.remarks
        assert is_true(project)
        return report, state(project)


def held(path):
    with Project.open(path) as project:
        return state(project)


def test_a_sound_project_is_saved_as_it_is(worked, tmp_path):
    report, new = saved(worked, tmp_path)
    assert new == held(worked)
    assert report.saved == {"articles": 2, "marks": 3, "links": 0, "answers": 0, "steps": report.saved["steps"]}
    assert not any(report.lost.values()) and report.history_is_whole and report.remarks == []
    with Project.open(tmp_path / "new.annotator") as project, Project.open(worked) as old:
        assert project.id == old.id
        while project.undo():
            pass
        assert project.document_ids() == []


@pytest.mark.parametrize("table", ["annotations", "documents", "zones", "labels", "statuses", "search_data"])
def test_a_table_that_lost_its_rows_is_made_anew_of_the_history(worked, tmp_path, table):
    before = held(worked)
    spoiled(worked, f"DELETE FROM {table}")
    report, new = saved(worked, tmp_path)
    assert new == before
    assert report.history_is_whole


def test_a_history_with_a_gap_leaves_the_tables(worked, tmp_path):
    before = held(worked)
    spoiled(worked, "DELETE FROM revisions WHERE counter = (SELECT max(counter) - 1 FROM revisions)")
    report, new = saved(worked, tmp_path)
    assert not report.history_is_whole
    assert new == before


def test_marks_whose_label_is_lost_keep_their_place(worked, tmp_path):
    spoiled(worked, "DELETE FROM revisions WHERE lamport < 3", "DELETE FROM labels", "DELETE FROM layers")
    report, _ = saved(worked, tmp_path)
    assert (report.saved["marks"], report.stand_ins) == (3, 3)  # two labels and their layer
    with Project.open(tmp_path / "new.annotator") as project:
        names = {mark.label.name for key in project.document_ids() for mark in project.annotations(key)}
    assert names == {"LOST 1", "LOST 2"}


def test_a_text_that_is_lost_takes_its_marks_along_and_they_are_counted(worked, tmp_path):
    spoiled(worked, "PRAGMA foreign_keys = OFF", "DELETE FROM texts WHERE number = 1")
    report, _ = saved(worked, tmp_path)
    assert (report.saved["articles"], report.lost["articles"]) == (1, 1)
    assert (report.saved["marks"], report.lost["marks"]) == (1, 2)


def test_a_text_that_is_lost_is_found_in_a_backup(worked, tmp_path):
    before = held(worked)
    make_backup(worked, "asked")
    spoiled(worked, "DELETE FROM texts WHERE number = 1")
    report, new = saved(worked, tmp_path)
    assert new == before
    assert report.from_backups == 1


def test_articles_whose_texts_only_a_backup_has_keep_what_came_since(worked, tmp_path):
    make_backup(worked, "asked")
    with Project.open(worked) as project:
        project.work_as("ana")
        for key in project.document_ids():
            add_mark(project, key, "ORG", 5, 9)
    before = held(worked)
    spoiled(
        worked, "DELETE FROM texts", "DELETE FROM revisions WHERE counter = (SELECT max(counter) - 1 FROM revisions)"
    )
    report, new = saved(worked, tmp_path)
    assert not report.history_is_whole
    assert new == before


def test_a_state_that_a_person_went_back_from_is_not_brought_back(worked, tmp_path):
    old = make_backup(worked, "asked")
    before = held(worked)
    with Project.open(worked) as project:
        project.work_as("ana")
        add_mark(project, project.document_ids()[0])
    make_backup(worked, "asked")
    restore_over(old, worked)
    _, new = saved(worked, tmp_path)
    assert new == before


def test_what_is_open_is_left_alone(worked, tmp_path):
    with Project.open(worked), pytest.raises(KnownError, match="is open"):
        salvage(worked, tmp_path / "new.annotator")
    assert not (tmp_path / "new.annotator").exists()


def test_what_is_no_project_at_all_is_said_to_be_unreadable(tmp_path):
    path = tmp_path / "notes.annotator"
    path.write_text("nothing of the kind " * 1000)
    with pytest.raises(KnownError, match="Nothing could be read"):
        salvage(path, tmp_path / "new.annotator")
    assert sorted(each.name for each in tmp_path.iterdir()) == [path.name]


def test_nothing_is_overwritten(worked, tmp_path):
    shutil.copyfile(worked, tmp_path / "new.annotator")
    with pytest.raises(KnownError, match="exists already"):
        salvage(worked, tmp_path / "new.annotator")


# Rows past what cannot be read

ROWS, PAGE = 3000, 4096


class Sound:
    """A file with a table of many pages; its name is short where it is told of."""

    def __init__(self, path):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("CREATE TABLE t (word TEXT)")
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO t VALUES (?)", ((f"word {n} " * 10,) for n in range(ROWS)))
            connection.execute("COMMIT")
        self.content, self.spoiled = path.read_bytes(), path.with_name("spoiled.db")

    def rows_on(self, page):
        """How many rows go with a page; 0 where it holds none."""
        start = page * PAGE
        return int.from_bytes(self.content[start + 3 : start + 5], "big") if self.content[start] == 0x0D else 0


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return Sound(tmp_path_factory.mktemp("rows") / "rows.db")


@settings(max_examples=40, deadline=None)
@given(pages=st.sets(st.integers(2, 79), min_size=1, max_size=6))
def test_a_lost_page_takes_only_its_own_rows_along(sound, pages):
    content = bytearray(sound.content)
    leaves = [page for page in pages if sound.rows_on(page)]
    for page in leaves:
        content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    sound.spoiled.write_bytes(content)
    with closing(sqlite3.connect(sound.spoiled)) as connection:
        found = [word for (word,) in rows_of(connection, "t", "word")]
    assert len(found) == len(set(found))
    assert len(found) == ROWS - sum(map(sound.rows_on, leaves))


# Rows that no tree leads to


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.none() | st.integers(-(2**63), 2**63 - 1), WORDS, WORDS, st.integers(0, 6000)), max_size=30
    ),
    size=st.sampled_from([512, 1024, 4096, 65536]),
)
def test_rows_are_read_from_pages_as_sqlite_reads_them(tmp_path_factory, rows, size):
    path = tmp_path_factory.mktemp("pages") / "rows.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {size}")
        connection.execute("CREATE TABLE t (number INTEGER, word TEXT, long TEXT)")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", ((n, w, more * times) for n, w, more, times in rows))
        wanted = connection.execute("SELECT rowid, number, word, long FROM t").fetchall()
    assert sorted((found.number, *found.values) for found in rows_on_pages(path, 3)) == sorted(wanted)
    assert list(rows_on_pages(path, 4)) == []


def test_texts_and_steps_whose_tables_have_no_beginning_any_more_are_found(worked, tmp_path):
    before = held(worked)
    with closing(sqlite3.connect(worked)) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name IN ('texts', 'revisions', 'annotations', 'documents')"
        roots = [root for (root,) in connection.execute(sql)]
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        leaves = [root for root in roots if worked.read_bytes()[(root - 1) * size] == 0x0D]
    content = bytearray(worked.read_bytes())
    for root in set(roots) - set(leaves):
        content[(root - 1) * size : root * size] = bytes(size)
    assert set(roots) - set(leaves), "the tables are too small for this"
    worked.write_bytes(content)
    report, new = saved(worked, tmp_path)
    assert new == before
    assert report.history_is_whole
