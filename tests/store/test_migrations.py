import shutil
from pathlib import Path

import pytest

from annotator.core.rows import COLUMNS
from annotator.store import migrations, project
from annotator.store.checking import check
from annotator.store.database import APPLICATION_ID, schema_version
from annotator.store.project import SCHEMA_VERSION, Project
from annotator.store.search import search
from tests.store.examples import add_mark, is_true

STEPS = migrations.migrations._migrations
PROJECTS = sorted((Path(__file__).parents[1] / "data" / "projects").glob("*.annotator"))


def test_the_version_is_the_number_of_steps():
    assert project.SCHEMA_VERSION == migrations.SCHEMA_VERSION == len(STEPS)


def test_every_step_is_numbered_and_says_why():
    for number, step in enumerate(STEPS, 1):
        assert step.name.startswith(f"m{number:03}_")
        assert len(step.fn.__doc__.strip()) > 20


def test_there_is_a_table_for_every_kind_of_row(memory):
    for table, columns in COLUMNS.items():
        held = {name for _, name, *_ in memory.rows(f"PRAGMA table_info({table})")}
        assert set(columns) - {"sha256"} <= held, table


def test_a_new_file_says_what_it_is(path):
    with Project.create(path) as made:
        assert made.rows("PRAGMA journal_mode") == [("wal",)]
        assert made._writer.execute("PRAGMA synchronous").fetchone() == (2,)
        assert made._writer.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert path.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big")
    assert schema_version(path) == SCHEMA_VERSION


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_a_step_that_fails_leaves_no_file(path, monkeypatch, number):
    failing(monkeypatch, number)
    with pytest.raises(ZeroDivisionError):
        Project.create(path)
    assert list(path.parent.iterdir()) == []


def failing(monkeypatch, number):
    """Let one step fail after it has done its work."""
    step = STEPS[number]
    work = step.fn

    def broken(db):
        work(db)
        raise ZeroDivisionError

    monkeypatch.setattr(step, "fn", broken)


def test_an_upgrade_that_fails_leaves_the_old_file(path, monkeypatch):
    Project.create(path).close()
    before = path.read_bytes()

    def m999_more(db):
        db.table("more").create({"id": str})
        raise ZeroDivisionError

    monkeypatch.setattr(migrations.migrations, "_migrations", list(STEPS))
    migrations.migrations()(m999_more)
    monkeypatch.setattr(project, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    with pytest.raises(ZeroDivisionError):
        Project.open(path)
    assert path.read_bytes() == before
    monkeypatch.undo()
    with Project.open(path) as again:
        assert check(again) == []


def test_there_is_a_file_of_this_version():
    """Every released version's file stays here; `python -m tests.data.projects` makes that of the current one."""
    assert f"v{SCHEMA_VERSION}.annotator" in {path.name for path in PROJECTS}


@pytest.mark.parametrize("old", PROJECTS, ids=lambda path: path.stem)
def test_old_files_open_and_go_on(old, path):
    shutil.copyfile(old, path)
    with Project.open(path) as opened:
        assert not opened.read_only
        assert check(opened) == []
        assert is_true(opened)
        documents = list(opened.annotated_documents())
        assert [page.title for page in documents] == ["Ferry talks resume", "محادثات العبّارة", "Ferry talks, again 🚢"]
        assert [len(page.annotations) for page in documents] == [5, 1, 0]
        quote = next(made for made in documents[0].annotations if made.label.name == "QUOTE")
        assert [fragment.covered(documents[0].text) for fragment in quote.fragments] == [
            "“The ferry sails again,”",
            "“and it sails on time.”",
        ]
        assert quote.attributes["quote"] == "direct"
        assert quote.note == "two halves"
        assert [link.type.name for link in documents[0].relations] == ["source", "cue"]
        assert documents[0].statuses == {quote.annotator: "finished"}
        assert [(answer.name, answer.value) for answer in documents[0].labels] == [("genre", "wire")]
        assert len(documents[0].occurrences) == 2
        assert [entry.name for entry in opened.registry()] == ["Rana Haddar"]
        assert search(opened, "العبارة")[0] == 1
        assert (opened.undo_name, opened.redo_name) == ("Status finished", "Mark PERSON")
        opened.redo()
        add_mark(opened, documents[2].id)
        while opened.undo():
            pass
        assert opened.document_ids() == []
        assert is_true(opened)
