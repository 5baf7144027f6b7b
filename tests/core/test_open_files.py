"""A project that is open is never opened as a plain file: closing that would give up its locks."""

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.core.imports import Notice
from annotator.core.open_files import is_open
from annotator.exporters import EXPORTERS
from annotator.exporters.contents import contents_of
from annotator.importers.walking import items
from annotator.store.project import Project


@pytest.fixture
def opened(tmp_path):
    """An open project, in a folder with an article."""
    (tmp_path / "article.txt").write_text("An article\n\nof two lines.")
    with Project.create(tmp_path / "gulf.annotator") as project:
        project.import_documents([AnnotatedDocument(text="words", title="Words")])
        yield project


def test_it_and_its_log_are_known_until_it_is_closed(opened):
    path = opened.path
    assert is_open(path)
    assert is_open(path.with_name(path.name + "-wal"))
    assert not is_open(path.with_name("article.txt"))
    opened.close()
    assert not is_open(path)


def test_a_link_to_it_is_it(opened, tmp_path):
    (tmp_path / "other name").symlink_to(opened.path)
    assert is_open(tmp_path / "other name")


def test_an_import_of_its_folder_leaves_it_out_and_says_so(opened, tmp_path):
    found = list(items([tmp_path]))
    left_out = [item.text for item in found if isinstance(item, Notice)]
    assert len(left_out) >= 1
    assert all("a project that is open" in text for text in left_out)
    assert [item.title for item in found if isinstance(item, AnnotatedDocument)] == ["An article"]


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
def test_no_export_takes_its_place(opened, exporter):
    with pytest.raises(KnownError, match="a project or another database, and open"):
        exporter.export(contents_of(opened), opened.path)
    assert [document.title for document in opened.annotated_documents()] == ["Words"]
