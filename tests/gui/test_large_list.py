"""The list of a project that is too large to be looked through while the window waits."""

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.gui import indexing as indexing_module
from annotator.gui.models import finding
from annotator.gui.models.document_list import DocumentListModel
from annotator.gui.panels.filters import Filters
from annotator.store.listing import DocumentFilter
from annotator.store.project import Project
from annotator.store.reading import Reader
from annotator.templates import template
from tests.store.examples import deletion

ARTICLES = 40


@pytest.fixture
def many(tmp_path, monkeypatch):
    """A project of forty articles, where ten are many."""
    monkeypatch.setattr(finding, "FIRST", 10)
    monkeypatch.setattr("annotator.gui.models.document_list.FIRST", 10)
    with Project.create(tmp_path / "many.annotator", template("news")) as project:
        project.work_as("Amina")
        project.import_documents(article(number) for number in range(1, ARTICLES + 1))
        project.index_documents()
        yield project


def article(number):
    words = "ferry" if number % 2 else "strike"
    return AnnotatedDocument(text=f"The {words} of day {number}.", title=f"Article {number}")


@pytest.fixture
def model(qapp, qtbot, many):
    model = DocumentListModel(many)
    yield model
    model.leave()


def numbers(model):
    return [model.row(place).number for place in range(model.rowCount())]


def settled(qtbot, model):
    qtbot.waitUntil(lambda: not model.waiting)
    return numbers(model)


def test_all_articles_are_there_at_once(model):
    model.set_filter(DocumentFilter())
    assert not model.waiting
    assert numbers(model) == list(range(1, ARTICLES + 1))


def test_where_some_were_deleted_the_first_are_there_at_once_and_the_rest_follow(qtbot, many, model):
    many.apply(deletion(many, many.document_ids()[1]))
    model.set_filter(DocumentFilter())
    assert (model.waiting, model.about, model.rowCount()) == (True, ARTICLES - 1, 10)
    assert settled(qtbot, model) == [1, *range(3, ARTICLES + 1)]
    assert model.about == 0


def test_the_first_finds_come_before_all_are_known(qtbot, model):
    model.set_filter(DocumentFilter())
    seen = []
    model.filtered.connect(lambda: seen.append((model.rowCount(), model.waiting)))
    model.counted.connect(lambda: seen.append((model.rowCount(), model.about)))
    model.set_filter(DocumentFilter(text="ferry"))
    assert (model.rowCount(), model.answered) == (ARTICLES, False), "the list stays until there is another"
    assert settled(qtbot, model) == list(range(1, ARTICLES + 1, 2))
    assert seen == [(10, True), (10, 20), (20, 0)]


def test_few_finds_come_at_once(qtbot, model):
    seen = []
    model.filtered.connect(lambda: seen.append(model.rowCount()))
    model.set_filter(DocumentFilter(text="7"))
    assert settled(qtbot, model) == [7]
    model.set_filter(DocumentFilter(text="absent"))
    assert settled(qtbot, model) == []
    assert seen == [1, 0]


def test_only_the_newest_question_is_answered(qtbot, model):
    for text in ("strike", "ferry", "strike", "ferry", "day", "7"):
        model.set_filter(DocumentFilter(text=text))
    assert settled(qtbot, model) == [7]
    model.set_filter(DocumentFilter(text="ferry"))
    model.set_filter(DocumentFilter())
    qtbot.wait(30)
    assert numbers(model) == list(range(1, ARTICLES + 1))


def test_words_that_cannot_be_searched_change_nothing(model):
    model.set_filter(DocumentFilter())
    with pytest.raises(KnownError):
        model.set_filter(DocumentFilter(text="***"))
    assert (model.rowCount(), model.waiting) == (ARTICLES, False)


def test_what_comes_in_is_added_to_a_filtered_list(qtbot, many, model):
    model.set_filter(DocumentFilter(text="ferry"))
    settled(qtbot, model)
    resets = []
    model.modelReset.connect(lambda: resets.append(True))
    many.import_documents(article(number) for number in range(ARTICLES + 1, ARTICLES + 31))
    many.index_documents()
    model.refresh()
    assert settled(qtbot, model) == list(range(1, ARTICLES + 31, 2))
    assert resets == [], "the view stays where it is"


def test_a_file_that_cannot_be_read_says_so(qtbot, model, monkeypatch):
    def broken(self, *_):
        raise KnownError("The disk failed.")

    monkeypatch.setattr(Reader, "listed", broken)
    with qtbot.waitSignal(model.failed) as told:
        model.set_filter(DocumentFilter(text="ferry"))
    assert told.args == ["The disk failed."]
    assert not model.waiting


def test_the_next_unfinished_article_is_looked_for_round_the_end(many, model, monkeypatch):
    monkeypatch.setattr("annotator.gui.models.document_list.LOOKED_AT", 3)
    from annotator.core.edits import Edits

    model.set_filter(DocumentFilter())
    for number, key in enumerate(many.document_ids(), 1):
        if number not in (4, 38):
            many.apply(Edits(key, many.scheme, many.annotator).set_status(None, "finished"))
    assert [model.next_unfinished(after) for after in (-1, 3, 36, 37, 39)] == [3, 37, 37, 3, 3]
    for number in (4, 38):
        key = many.document_ids()[number - 1]
        many.apply(Edits(key, many.scheme, many.annotator).set_status(None, "finished"))
    assert model.next_unfinished(5) is None


def test_how_many_there_are_is_said_about_until_it_is_known(window):
    documents = window.window.documents
    documents.search.setText("harbour")
    documents._filter()
    window.settle()
    documents.model.waiting, documents.model.about = True, 81_234
    documents._say()
    assert documents._count.text() == "about 81,000 articles found"
    documents.model.about = 0
    documents._say()
    assert documents._count.text() == "more than 1 article found"
    documents.model.waiting = False
    documents._say()
    assert documents._count.text() == "1 article found"


# The index


def test_what_is_imported_is_found_once_it_is_indexed(window, qtbot, tmp_path):
    (tmp_path / "page.txt").write_text("The lighthouse burns again.", encoding="utf-8")
    window.window.import_paths([tmp_path / "page.txt"])
    documents = window.window.documents
    qtbot.waitUntil(lambda: documents.model.rowCount() == 4)
    documents.search.setText("lighthouse")
    documents._filter()
    qtbot.waitUntil(lambda: documents.model.rowCount() == 1 and not window.window.indexing.busy)
    assert documents._indexed == 100


def test_an_index_that_was_broken_off_goes_on_when_the_project_is_opened(window, qtbot, many, monkeypatch):
    monkeypatch.setattr(indexing_module, "SOON", 0)
    many.import_documents(article(number) for number in range(100, 400))
    assert many.index_waits()
    window.window.indexing._soon.setInterval(0)
    told = []
    window.window.indexing.progressed.connect(told.append)
    window.window.open_path(many.path)
    qtbot.waitUntil(lambda: 100 in told)
    assert not many.index_waits()
    assert told == sorted(told)
    assert window.window.documents.search.placeholderText() == "Search the articles…"


def test_the_search_says_how_far_it_is(window):
    documents = window.window.documents
    documents.show_indexed(45)
    assert documents.search.placeholderText() == "Search (45 % ready)…"
    documents.show_indexed(100)
    assert documents.search.placeholderText() == "Search the articles…"


def test_a_project_that_is_closed_while_it_is_indexed_can_be_opened_again(window, qtbot, many, monkeypatch):
    many.import_documents(article(number) for number in range(100, 1500))
    window.window.open_path(many.path)
    window.window.indexing.begin()
    assert window.window.indexing.busy
    window.window.close_project()
    assert not window.window.indexing.busy
    window.window.open_path(many.path)
    window.window.indexing.begin()
    qtbot.waitUntil(lambda: not window.window.indexing.busy and not many.index_waits())
    with Reader(many.path) as reader:
        assert len(reader.document_numbers(DocumentFilter(text="day"))) == ARTICLES + 1400


def test_the_sources_to_choose_from_come_counted(window, qtbot, many):
    many.import_documents(
        AnnotatedDocument(text=f"Text {n}", title="T", metadata={"publication": "Herald" if n else "Daily"})
        for n in range(3)
    )
    window.window.open_path(many.path)
    documents = window.window.documents
    documents.show_filters()
    (shown,) = [each for each in window.window.findChildren(Filters) if each.isVisible()]
    combo = shown.publication
    qtbot.waitUntil(lambda: combo.count() == 3)
    assert [combo.itemText(place) for place in range(3)] == ["any", "Herald (2)", "Daily (1)"]
    combo.setCurrentIndex(1)
    window.settle()
    assert documents.model.rowCount() == 2
    shown.close()
    documents.show_filters()
    (shown,) = [each for each in window.window.findChildren(Filters) if each.isVisible()]
    assert shown.publication.currentText() == "Herald", "what is chosen stands there before they are counted"
    qtbot.waitUntil(lambda: shown.publication.count() == 3)
    assert shown.publication.currentText() == "Herald (2)"
    shown.close()
