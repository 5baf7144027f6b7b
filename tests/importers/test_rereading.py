"""What a kept page gives today, and what is kept of what was known."""

from dataclasses import replace

import pytest

from annotator.core.errors import KnownError
from annotator.core.raw_page import RawPage
from annotator.importers.html.page import web_page
from annotator.importers.rereading import read_again
from tests.importers.pages import PAGES, article, body

EVERY = sorted(PAGES.glob("*.html"))


def imported(data, **known):
    document = web_page(data, name="page").document
    return replace(document, metadata={**document.metadata, **known})


@pytest.mark.parametrize("page", EVERY, ids=lambda page: page.name)
def test_the_same_reader_gives_the_same(page):
    document = imported(page.read_bytes(), path="saved/page.html")
    again = read_again(document.raw, document)
    assert again == replace(document, raw=None)


def test_what_is_known_from_elsewhere_stays_and_what_the_page_says_is_read_anew():
    known = {"uri": "http://archive.example/1", "captured": "2016-11-02T10:00:00Z", "supersedes": "another"}
    document = imported(article(), author="A wrong name", description="Old.", **known)
    again = read_again(document.raw, document)
    assert {name: again.metadata[name] for name in known} == known
    assert again.metadata.get("author") != "A wrong name" and again.metadata.get("description") != "Old."


def test_a_page_without_a_title_keeps_the_one_it_had():
    document = replace(imported(body("<p>Some words.</p>")), title="Named by its file")
    named = replace(document, raw=RawPage.of(body("<p></p>", "<p>Some words.</p>")))
    assert read_again(named.raw, named).title in ("Some words.", "Named by its file")


def test_the_encoding_that_it_was_sent_with_is_used_again():
    data = "<html><p>Caf\xe9 M\xf6we</p>".encode("latin-1")
    document = web_page(data, encoding="iso-8859-1").document
    assert document.text == "Café Möwe" == read_again(document.raw, document).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"packed": b"x"}, "damaged"),
        ({"media_type": "application/pdf"}, "application/pdf"),
        ({"size": 60_000_000}, "larger than 50 MB"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(change, sentence):
    document = imported(article())
    with pytest.raises(KnownError, match=sentence):
        read_again(replace(document.raw, **change), document)


def test_a_page_with_nothing_to_see_is_a_sentence():
    document = imported(article())
    with pytest.raises(KnownError, match="no text"):
        read_again(RawPage.of(b"<html></html>"), document)
