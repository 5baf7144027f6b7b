import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import KnownError
from annotator.store import project as store
from annotator.store import search as search_module
from annotator.store import writing
from annotator.store.listing import DocumentFilter
from annotator.store.project import Project
from annotator.store.search import Count, counted, first_hits, search
from tests.store.examples import deletion, document

PAGES = {
    "Talks in Marsa": "The envoy said the talks would resume. U.N. officials left snake_case behind.",
    "محادثات": "قال الوزير إنّ المحادثات مع إيران سوف تُستأنف في مدرسة العـربية سنة ١٩٧١",
    "Émigrés at sea": "An émigré wrote of the cor\u00adridor; the envoys waited.",
    "Only the title has lighthouse": "Nothing else.",
}


@pytest.fixture
def pages(memory):
    memory.import_documents([document(n, text, **{}) for n, text in enumerate(PAGES.values())])
    memory._writer.execute("CREATE TEMP TABLE titles (number INTEGER, title TEXT)")
    titles = list(enumerate(PAGES, 1))
    memory._writer.executemany("UPDATE documents SET title = ?2 WHERE number = ?1", titles)
    memory.index_documents()
    return memory


def found(project, query):
    return [hit.title for hit in search(project, query)[1]]


def covered(project, query):
    total, hits = search(project, query)
    assert total == len(hits)
    return [hit.span and hit.span.covered(project.document(hit.document).text) for hit in hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("envoy", ["envoy"]),
        ("ENVOY", ["envoy"]),
        ("envoy*", ["envoy", "envoys"]),
        ("env*", ["envoy", "envoys"]),
        ('"the talks"', ["the talks"]),
        ('"talks the"', []),
        ("talks envoy", ["envoy"]),
        ("talks absent", []),
        ("emigre", ["émigré"]),
        ("corridor", ["cor\u00adridor"]),
        ("U.N.", ["U.N"]),
        ("case", ["case"]),
        ("ايران", ["إيران"]),
        ("إيران", ["إيران"]),
        ("ان", ["إنّ"]),
        ("تستأنف", ["تُستأنف"]),
        ("مدرسه العربيه", ["مدرسة"]),
        ("1971", ["١٩٧١"]),
        ("وزير", []),
        ("الوزي*", ["الوزير"]),
        ("lighthouse", [None]),
    ],
)
def test_what_is_found_and_where(pages, query, expected):
    assert covered(pages, query) == expected


def test_a_hit_shows_its_surroundings(pages):
    _, (hit,) = search(pages, "talks resume")
    assert hit.title == "Talks in Marsa"
    assert "talks would resume" in hit.snippet
    _, (hit,) = search(pages, "lighthouse")
    assert (hit.span, hit.snippet) == (None, "Only the title has lighthouse")


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '""',
        "AND",
        "a AND",
        "NEAR(",
        "NEAR(a b, 3)",
        "'; DROP TABLE documents; --",
        "*",
        "^x",
        "title:x",
        "a:b:c",
        "-",
        "{",
        "\0",
        "a\0b",
        "\ud800x",
        "OR OR",
        "(a",
        "+",
        "NOT",
        "\\",
        '"a" "',
    ],
)
def test_what_looks_like_a_command_is_only_words(pages, query):
    answered_or_refused(pages, query)
    assert len(pages.document_ids()) == len(PAGES)


def answered_or_refused(project, query):
    told = "no word to search for"
    try:
        search(project, query)
        project.document_numbers(DocumentFilter(text=query))
    except KnownError as error:
        told = str(error)
    assert "no word to search for" in told


def test_any_query_is_answered_or_refused_with_a_sentence(pages):
    @given(st.text(st.characters() | st.sampled_from('"*():^-\0\ud800 ANDORNEAR'), max_size=20))
    def check(query):
        answered_or_refused(pages, query)

    check()


WORDS = [
    "قال",
    "الوَزير",
    "إلى",
    "مُسؤول",
    "naïve",
    "Straße",
    "Ελλάδα",
    "İzmir",
    "東京",
    "e\u0301te\u0301",
    "x_y",
    "3.5",
    "d'or",
]


def test_every_word_of_a_text_finds_it(memory):
    @given(
        st.lists(
            st.sampled_from(WORDS),
            min_size=1,
        )
    )
    def check(words):
        with Project() as project:
            project.import_documents([document(0, " ".join(words))])
            project.index_documents()
            for word in words:
                total, hits = search(project, word)
                assert total == 1
                assert hits[0].span is not None

    check()


def test_the_list_of_documents_is_narrowed_by_words_and_status(pages):
    assert pages.document_numbers(DocumentFilter(text="env*")) == [1, 3]
    assert pages.document_numbers(DocumentFilter(text="  ")) == [1, 2, 3, 4]
    assert pages.document_numbers(DocumentFilter(text="env*", status="finished", annotator=pages.annotator)) == []


def test_the_index_follows_undo_and_redo(memory):
    memory.import_documents([document(1)])
    memory.index_documents()
    for expected, act in ((0, memory.undo), (1, memory.redo), (0, memory.undo), (1, memory.redo)):
        act()
        assert search(memory, "envoy")[0] == expected


def test_what_is_deleted_before_it_is_indexed_is_found_when_it_is_back(memory):
    memory.import_documents([document(1), document(2)])
    memory.apply(deletion(memory, memory.document_ids()[1]))
    memory.index_documents()
    assert search(memory, "envoy")[0] == 1
    memory.undo()
    memory.index_documents()
    assert search(memory, "envoy")[0] == 2


def test_indexing_can_be_broken_off_and_goes_on(memory, monkeypatch):
    monkeypatch.setattr(store, "INDEX_BATCH", 2)
    memory.import_documents([document(n) for n in range(5)])
    asked = iter([False, True])
    memory.index_documents(stop=lambda: next(asked))
    assert search(memory, "envoy")[0] == 2
    memory.index_documents()
    assert search(memory, "envoy")[0] == 5
    memory.index_documents()
    assert search(memory, "envoy")[0] == 5


def test_finds_are_counted_exactly_where_there_is_time(memory):
    memory.import_documents([document(n, f"{n} envoy" if n % 3 else f"{n} talks") for n in range(90)])
    memory.index_documents()
    assert counted(memory, "envoy", seconds=60) == Count(60, exact=True)
    assert counted(memory, "absent", seconds=60) == Count(0, exact=True)
    assert counted(memory, "talks") == Count(len(memory.listed(DocumentFilter(text="talks"))), exact=True)


def test_finds_are_counted_about_where_there_is_none(memory):
    """Of all 128 documents, two were looked at."""
    memory.import_documents([document(n, f"{n} envoy") for n in range(128)])
    memory.index_documents()
    assert counted(memory, "envoy", seconds=0) == Count(128, exact=False)


def test_a_stretch_after_the_other_is_looked_at_and_none_twice():
    assert sorted(search_module._SCATTERED) == list(range(search_module.BLOCKS))
    assert search_module._SCATTERED[:4] == (0, 32, 16, 48)


def test_an_archive_without_an_index_has_no_finds(memory):
    memory.import_documents([document(1)])
    assert counted(memory, "envoy") == Count(0, exact=True)
    assert memory.index_waits()
    memory.index_documents()
    assert counted(memory, "envoy") == Count(1, exact=True)
    assert not memory.index_waits()
    assert [hit.title for hit in first_hits(memory, "envoy")] == ["Page 1"]


def test_indexing_hurries_when_somebody_waits(memory, monkeypatch):
    monkeypatch.setattr(writing, "FEW", 2)
    memory.import_documents([document(n) for n in range(9)])
    asked = []

    def hurry():
        asked.append(True)
        return len(asked) == 2

    with memory._changing():
        assert writing.index_pending(memory._connection, 100, hurry) == 4
    assert memory.meta("indexed_to") == "4"
    told = []
    memory.index_documents(progress=lambda *reached: told.append(reached))
    assert told == [(9, 9)]
    assert search(memory, "envoy")[0] == 9


def test_more_hits_than_are_wanted_are_counted(memory):
    memory.import_documents([document(n) for n in range(5)])
    memory.index_documents()
    total, hits = search(memory, "envoy", limit=2)
    assert (total, [hit.title for hit in hits]) == (5, ["Page 0", "Page 1"])
