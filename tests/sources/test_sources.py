"""The measures of reading web pages and archives, where the shared files are on this machine."""

import pytest

from tests.importers.pages import shared
from tests.sources.archives import archives
from tests.sources.news import downloads
from tests.sources.pages import ours, overlaps, snippets

CORPORA = shared()
pytestmark = pytest.mark.skipif(CORPORA is None, reason="the shared files are not on this machine")

DAMAGED = {"warc/warcio/bad.arc", "warc/warcio/example-trunc.warc", "warc/py-wacz/invalid_example_1.wacz"}


def test_the_article_is_found_on_its_page():
    counts = snippets(CORPORA / "html" / "trafilatura", ours)
    assert counts.wanted == 84 and counts.unwanted == 82 and counts.titled == 28
    assert counts.found >= 0.98 * counts.wanted, counts.told
    assert counts.wrong <= 0.02 * counts.unwanted, counts.told
    assert counts.titles >= 0.85 * counts.titled, counts.told


@pytest.mark.parametrize(
    ("folder", "right", "taken"), [("readability", 0.97, 0.89), ("article-extraction-benchmark", 0.99, 0.99)]
)
def test_the_words_of_the_article_are_those_that_people_chose(folder, right, taken):
    found = list(overlaps(CORPORA / "html" / folder, ours))
    assert sum(each[1] for each in found) >= right * len(found), found
    assert sum(each[2] for each in found) >= taken * len(found), found


@pytest.mark.parametrize("archive", list(archives(CORPORA)) if CORPORA else [], ids=lambda archive: archive.name)
def test_an_archive_gives_its_pages_and_a_damaged_one_a_report(archive):
    assert archive.counted < 0 or archive.documents - archive.kept == archive.counted
    assert archive.notices or archive.failures
    assert bool(archive.failures) == (archive.name in DAMAGED), archive.failures


@pytest.mark.parametrize("file", list(downloads(CORPORA / "news")) if CORPORA else [], ids=lambda file: file.name)
def test_a_download_gives_its_articles(file):
    assert file.documents == file.counted, file.failures
    if file.counted:
        assert file.titles[0] == file.titles[1] and file.dates[0] == file.dates[1], file.line()
