"""Real downloads, where they are at hand: the number of articles, their titles and dates, as counted independently."""

import json
from pathlib import Path

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.importers.dates import iso_date
from annotator.importers.walking import items

ROOT = Path(__file__).resolve().parents[2]
PLACES = [place / "shared" / "corpora" / "news" for place in (ROOT.parent, ROOT.parent.parent)]
NEWS = next((place for place in PLACES if place.is_dir()), None)
FACTS = json.loads((NEWS / "FACTS.json").read_text(encoding="utf-8")) if NEWS else {}
COUNTED = {
    name: facts
    for name, facts in FACTS.items()
    if isinstance(facts, dict) and ("n_articles" in facts or "n_article_divs" in facts)
}
pytestmark = pytest.mark.skipif(NEWS is None, reason="the shared downloads are not in the repository")
OTHER_TITLES = {"nexis/lexisnexis_test_copyright_error.html"}  # it has no titles: a table, and an error page


def documents(path):
    return [item for item in items([path]) if isinstance(item, AnnotatedDocument)]


def squeezed(text):
    return "".join(text.split()).casefold()


@pytest.mark.parametrize("name", sorted(COUNTED))
def test_every_file_gives_its_articles(name):
    facts = COUNTED[name]
    found = documents(NEWS / name)
    assert len(found) == facts.get("n_articles", facts.get("n_article_divs"))
    titles = facts.get("titles") or facts.get("article_labels") or ([facts["title"]] if "title" in facts else [])
    if name not in OTHER_TITLES:
        for document, title in zip(found, titles, strict=True):
            assert not title or squeezed(document.title).startswith(squeezed(title)[:60])
    dates = facts.get("dates") or [iso_date(raw) for raw in facts.get("dates_raw", ())]
    dates = dates or ([facts["date"]] if "date" in facts else [])
    for document, date in zip(found, dates, strict=False):
        assert document.metadata.get("published", "")[:10] == date[:10]


NEWSML = {name: facts for name, facts in FACTS.items() if name.startswith("newsml-g2/") and name.endswith(".xml")}
TEXTS = ("LISTING_1_", "LISTING_2_", "LISTING_22_", "LISTING_25_")


@pytest.mark.parametrize("name", sorted(NEWSML))
def test_of_newsml_the_text_items_come_in(name):
    found = documents(NEWS / name)
    assert len(found) == any(f"/{text}" in name for text in TEXTS)
    for document in found:
        assert document.title in [" ".join(title.split()) for title in NEWSML[name]["headlines"]]
        dates = [date for kind, date in NEWSML[name]["dates"] if kind == "versionCreated"]
        assert [document.metadata.get("published", "")] == [iso_date(date) for date in dates or [""]]


NINJS = {name: facts for name, facts in FACTS.items() if name.startswith("ninjs/") and name.endswith(".json")}


@pytest.mark.parametrize("name", sorted(NINJS))
def test_of_ninjs_the_items_with_a_text_come_in_once(name):
    facts = NINJS[name]
    found = documents(NEWS / name)
    assert len(found) == bool(facts["body_fields"])
    for document in found:
        assert document.title == (facts["headline"] if isinstance(facts["headline"], str) else facts["headline"][0])
        assert document.metadata["published"] == facts["version_created"]
        assert document.text.count("The trial of the captain of the shipwrecked") == 1


def test_a_folder_with_an_issue_gives_articles_not_pages():
    found = documents(NEWS / "metsalto")
    assert len(found) == FACTS["metsalto/luxzeit1858_1858-12-07/mets.xml"]["n_article_divs"]
    whole = " ".join(document.text for document in found)
    assert "l'obslination" in whole and "l'obs lination" not in whole and "l'obs-" not in whole


def test_every_zone_lies_within_its_text():
    for document in (document for path in sorted(NEWS.rglob("*")) if path.is_file() for document in documents(path)):
        assert document.text.strip() and document.title
        for zone in document.zones:
            assert 0 <= zone.span.start < zone.span.end <= len(document.text)
