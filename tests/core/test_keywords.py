from hypothesis import given
from hypothesis import strategies as st

from annotator.core.keywords import KeywordList, KeywordMatcher


def found(text, *lists):
    matcher = KeywordMatcher([KeywordList(f"list {n}", words) for n, words in enumerate(lists)])
    return [(number, span.covered(text)) for number, span in matcher.found(text)]


def test_words_phrases_and_stems_are_found_whatever_their_case_and_accents():
    text = "The Harbour Council met Émile; harbourmaster Haddad’s council wept. مُحمد وأحمد"
    assert found(text, "harbour council\ncouncil\nemile", "harbour*\nمحمد\nاحمد") == [
        (0, "Harbour Council"), (0, "Émile"), (1, "harbourmaster"), (0, "council"), (1, "مُحمد"),
    ]  # fmt: skip


def test_nothing_is_found_where_there_is_nothing():
    assert found("a text", "", "\n \n*") == []
    assert found("", "a") == []


WORDS = st.lists(st.text("abé", min_size=1, max_size=3), max_size=5)


@given(WORDS, st.lists(WORDS.filter(bool), max_size=4))
def test_places_are_apart_and_each_is_a_line_of_its_list(words, phrases):
    text = " ".join(words)
    lists = [" ".join(phrase) for phrase in phrases]
    plain = text.replace("é", "e").split()
    result = found(text, *lists)
    folded = [line.replace("é", "e") for line in lists]
    assert all(held.replace("é", "e") in folded[number] for number, held in result)
    if any(line.split()[0] in plain and len(line.split()) == 1 for line in folded):
        assert result


@given(st.integers(1, 400))
def test_a_text_is_looked_through_once_however_many_words_there_are(count):
    words = [f"word{n}" for n in range(count)]
    assert len(found(" ".join(words), "\n".join(words))) == count
