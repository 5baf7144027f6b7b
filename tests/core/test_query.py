import sqlite3
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import KnownError
from annotator.core.query import match_expression, places

ODD = "\"*():^-+~{}\0\ud800\ufeff _'%;,.\n"
queries = st.text(st.characters() | st.sampled_from(f"{ODD}abcNEAROTANDعربي"), max_size=40)
HOSTILE = [
    "'; DROP TABLE documents; --",
    "NEAR(a b, 2)",
    "title : x",
    "a AND",
    "NOT b",
    '"open',
    "a*b",
    "^a",
    "{x} : y",
]


@pytest.fixture(scope="module")
def index():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    connection.execute("INSERT INTO search VALUES ('a b x and near drop table documents title')")
    return connection


def test_any_query_is_either_refused_kindly_or_understood_by_the_index(index):
    @given(queries)
    def check(query):
        try:
            expression = match_expression(query)
        except KnownError:
            return
        index.execute("SELECT count(*) FROM search WHERE search MATCH ?", (expression,)).fetchone()

    check()


@pytest.mark.parametrize("query", HOSTILE)
def test_operators_are_words(index, query):
    expression = match_expression(query)
    index.execute("SELECT count(*) FROM search WHERE search MATCH ?", (expression,)).fetchone()
    assert index.execute("SELECT count(*) FROM search").fetchone() == (1,)


@pytest.mark.parametrize("query", ["", " ", '"', '""', "*", "!?", "\0", "—", "_"])
def test_nothing_to_search_for(query):
    with pytest.raises(KnownError, match="no word to search for"):
        match_expression(query)
    assert list(places("some text", query)) == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), queries)
def test_places_are_stretches_of_the_text_in_order(text, query):
    found = list(places(text, query))
    assert all(span.end <= len(text) for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("The envoy met the envoys.", "envoy", ["envoy"]),
        ("The envoy met the envoys.", "envoy*", ["envoy", "envoys"]),
        ("the port of Qasr, and Qasr port", '"port of qasr"', ["port of Qasr"]),
        ("the port of Qasr, and Qasr port", "port qasr", ["port", "Qasr", "Qasr", "port"]),
        ("Émigré or emigre", "emigré", ["Émigré", "emigre"]),
        ("قال مُحَمَّدٌ إنّ", "محمد", ["مُحَمَّدٌ"]),
        ("من إيران إلى العـراق", "ايران العراق", ["إيران", "العـراق"]),
        ("في ١٩٧١ م", "1971", ["١٩٧١"]),
        ("a\nline  break", '"line break"', ["line  break"]),
        ("snake_case", "case", ["case"]),
        ("the U.N. said", "U.N.", ["U.N"]),
        ("cor\u00adridor", "corridor", ["cor\u00adridor"]),
        ("🚢 ship 🚢", "ship", ["ship"]),
        ("nothing here", "absent", []),
    ],
)
def test_places_are_exact(text, query, expected):
    assert [span.covered(text) for span in places(text, query)] == expected
