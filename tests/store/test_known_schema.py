"""A project file from a stranger: what is not made as we make it is not opened, and can be copied."""

import sqlite3
import sys

import pytest

from annotator.core.errors import KnownError
from annotator.store.checking import check
from annotator.store.copying_sound import copy_sound
from annotator.store.database import NotAProjectError
from annotator.store.known_schema import (
    INDEXES,
    TABLES,
    StrangeSchemaError,
    empty_database,
    fingerprint,
    is_known,
    known_parts,
    parts_of,
    strange_parts,
)
from annotator.store.project import SCHEMA_VERSION, Project
from annotator.store.reading import Reader
from tests.store.examples import document


@pytest.fixture
def path(tmp_path):
    with Project.create(tmp_path / "a.annotator") as project:
        project.import_documents([document(1), document(2)])
        project.index_documents()
        return project.path


def changed(path, script):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(script)
    connection.close()


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_the_fingerprints_are_those_of_the_migrations(version):
    parts = known_parts(version)
    tables = fingerprint(part for part in parts if part[0] != "index")
    indexes = {fingerprint([part])[:16] for part in parts if part[0] == "index"}
    assert TABLES.get(version) == tables, f'add to TABLES: {version}: "{tables}",'
    assert indexes <= INDEXES, f"add to INDEXES: {sorted(indexes - INDEXES)}"
    assert is_known(parts, version)


STRANGE = {
    "CREATE TRIGGER spy AFTER INSERT ON annotations BEGIN DELETE FROM documents; END": "trigger “spy”",
    "CREATE VIEW extra AS SELECT * FROM texts": "view “extra”",
    "ALTER TABLE zones RENAME TO z2; CREATE VIEW zones AS SELECT * FROM z2": "view “zones”",
    "CREATE TABLE more (x)": "table “more”",
    "CREATE VIRTUAL TABLE hidden USING fts5(x)": "table “hidden”",
    "CREATE INDEX odd ON texts (length(text))": "index “odd”",
    "ALTER TABLE documents ADD COLUMN x TEXT AS (hex(zeroblob(10)))": "table “documents” is made differently",
    "ALTER TABLE documents ADD COLUMN x TEXT DEFAULT ''": "table “documents” is made differently",
    "DROP TABLE statuses": "table “statuses” is missing",
    "DROP TABLE search; CREATE VIRTUAL TABLE search USING fts5(title, text)": "table “search_content”",
    'CREATE TABLE "a\nb<img src=x>\x1b[31m" (x)': "table “a\ufffdb<img src=x>\ufffd[31m”",
}


@pytest.mark.parametrize("script", STRANGE)
def test_a_file_that_is_made_differently_is_not_opened(path, script):
    changed(path, script)
    before = path.read_bytes()
    for opening in (Project.open, Reader):
        with pytest.raises(StrangeSchemaError) as caught:
            opening(path)
        assert STRANGE[script] in str(caught.value) and "annotator copy a.annotator" in str(caught.value)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("script", STRANGE)
def test_what_is_sound_in_it_can_be_copied(path, script, tmp_path):
    changed(path, script)
    held = copy_sound(path, tmp_path / "new.annotator")
    assert held["documents"] == 2 and held["revisions"] > 1
    with Project.open(tmp_path / "new.annotator") as project:
        assert len(project.document_ids()) == 2
        project.index_documents()
        assert not any("damaged" in sentence for sentence in check(project))


def test_rows_that_belong_to_nothing_or_are_of_a_wrong_kind_are_left_out(path, tmp_path):
    script = "DELETE FROM texts WHERE number = 2; DROP TABLE occurrences; CREATE TABLE occurrences (id, document, uri);"
    changed(path, script + "INSERT INTO occurrences VALUES ('a', 'no number', 'x'), ('a', 1, 'x');")
    held = copy_sound(path, tmp_path / "new.annotator")
    assert held["documents"] == 1 and held["left_out"] > 1
    with pytest.raises(KnownError, match="exists already"):
        copy_sound(path, tmp_path / "new.annotator")


def test_a_project_that_lacks_an_index_or_was_analysed_is_opened(path):
    changed(path, "DROP INDEX idx_relations_target; ANALYZE")
    with Project.open(path) as project:
        assert len(project.document_ids()) == 2


def test_a_newer_file_is_read_unless_it_acts(path):
    changed(path, f"CREATE TABLE later (x); PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with Project.open(path) as project:
        assert project.read_only and len(project.document_ids()) == 2
    with pytest.raises(KnownError, match="newer version"):
        copy_sound(path, path.with_name("b.annotator"))
    changed(path, "CREATE VIEW extra AS SELECT 1")
    with pytest.raises(StrangeSchemaError, match="view “extra”"):
        Project.open(path)


def test_another_programs_database_is_none_of_ours(path):
    changed(path, "PRAGMA application_id = 5")
    for opening in (Project.open, Reader):
        with pytest.raises(NotAProjectError, match="another program"):
            opening(path)


def test_an_older_file_is_looked_at_before_it_is_brought_up_to_date(tmp_path):
    with empty_database(7) as made:
        made.execute("CREATE TRIGGER spy AFTER INSERT ON annotators BEGIN DELETE FROM annotators; END")
        (tmp_path / "old.annotator").write_bytes(made.serialize())
    before = (tmp_path / "old.annotator").read_bytes()
    with pytest.raises(StrangeSchemaError, match="spy"):
        Project.open(tmp_path / "old.annotator")
    assert (tmp_path / "old.annotator").read_bytes() == before


def test_connections_trust_nothing_of_the_schema(path):
    with Project.open(path) as project:
        for connection in (project._read, project._connection):
            asked = {
                name: connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("trusted_schema", "cell_size_check")
            }
            assert asked == {"trusted_schema": 0, "cell_size_check": 1}
            if sys.version_info >= (3, 12):
                assert connection.getconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)


def test_a_strange_part_is_named_and_a_sound_file_has_none(path):
    with sqlite3.connect(path) as connection:
        assert strange_parts(parts_of(connection), SCHEMA_VERSION) == []


STEPS = (
    '{"bulk": [["annotations WHERE 1 OR id = ? --", ["a"], {"id": ["a"]}, null]], "rows": []}',
    '{"bulk": [["annotations", ["a"], {"note\\" = 1; --": ["x"]}, {"note\\" = 1; --": ["y"]}]], "rows": []}',
    '[["annotations; DROP TABLE texts", "a", null, {"id": "a"}]]',
    '{"texts; --": {"id": ["a"]}}',
    '{"bulk": 5}',
    "[5]",
    "no JSON",
    "null",
)


@pytest.mark.parametrize("changes", STEPS)
def test_a_step_of_a_strangers_history_names_nothing_but_our_tables(path, changes):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE revisions SET changes = ? WHERE kind = 'import'", (changes,))
    texts = connection.execute("SELECT count(*) FROM texts").fetchone()
    connection.close()
    with Project.open(path) as project:
        project.work_as("Ann")
        with pytest.raises(KnownError, match="history is not one that this program writes"):
            project.undo()
        assert tuple(project.rows("SELECT count(*) FROM texts")[0]) == texts
        assert len(project.document_ids()) == 2
