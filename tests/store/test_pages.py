"""The pages that articles were found in: kept with the import, gone with its undo, back with its redo."""

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.raw_page import RawPage
from annotator.store.checking import check
from annotator.store.project import Project
from tests.store.examples import is_true

ONE, TWO = RawPage.of(b"<p>One.</p>", "text/html", "utf-8"), RawPage.of(b"<p>Two.</p>")


def documents():
    yield AnnotatedDocument("One.", "One", raw=ONE)
    yield AnnotatedDocument("Two.", "Two", raw=TWO)
    yield AnnotatedDocument("Three.", "Three")


@pytest.fixture
def project(path):
    with Project.create(path) as made:
        made.work_as("ana")
        made.import_documents(documents())
        yield made


def pages(project):
    return [project.page(key) for key in project.document_ids()]


def test_a_page_is_kept_with_its_article(project):
    assert pages(project) == [ONE, TWO, None]
    assert is_true(project) and check(project) == []


def test_it_goes_with_undo_and_comes_back_with_redo(project):
    project.undo()
    assert project.rows("SELECT * FROM pages") == [] and is_true(project)
    project.redo()
    assert pages(project) == [ONE, TWO, None] and is_true(project)


def test_the_same_bytes_are_stored_once_and_an_article_has_one_page(project):
    again = RawPage.of(b"<p>One!</p>")
    project.import_documents([AnnotatedDocument("One.", "One", raw=again), AnnotatedDocument("Four.", raw=ONE)])
    assert pages(project) == [ONE, TWO, None, ONE]
    ((stored,),) = project.rows("SELECT count(*) FROM page_bytes")
    assert stored == 2 and is_true(project)


def test_an_article_that_had_none_gets_one(project):
    project.import_documents([AnnotatedDocument("Three.", "Three", raw=ONE)])
    assert pages(project) == [ONE, TWO, ONE] and is_true(project)


def test_revisions_do_not_hold_the_bytes(project):
    for (changes,) in project.rows("SELECT changes FROM revisions"):
        assert "<p>" not in changes and "packed" not in changes


def test_a_page_that_was_damaged_is_found(project):
    project._writer.execute("UPDATE page_bytes SET packed = ? WHERE sha256 = ?", (b"x", ONE.sha256))
    assert check(project) == [f"A kept page (checksum {ONE.sha256[:12]}…) is not what was imported."]
