import json
from pathlib import Path

import pytest

from annotator import resources
from annotator.core.errors import KnownError
from annotator.importers.archive_page import ArchivePageImporter
from annotator.importers.credits import credit_of, dateline_of
from tests.importers.sources import documents, notices, source

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
SEED = Path(__file__).parents[3] / "shared" / "seed"
SITE = "Coast News | The Herald\n\n"
TITLE = "A Pause Is Extended | THE HERALD English Archive 2005 -2017\nSelect Page\n"
CAPTION = "The minister leaves the cabinet on November 2, 2016. AFP PHOTO / N. CASSAR"
importer = ArchivePageImporter()


def read(text, name="page.txt"):
    (document,) = documents(importer.read(source(text, name)))
    return document


def zones(document):
    return [(zone.label, zone.span.covered(document.text)) for zone in document.zones]


def parts(document, label):
    return [text for name, text in zones(document) if name == label]


@pytest.mark.parametrize("page", sorted(ARTICLES.glob("*.txt")), ids=lambda page: page.stem)
def test_every_shape_gives_its_parts(page):
    expected = json.loads(page.with_suffix(".expected.json").read_text(encoding="utf-8"))
    data = page.read_bytes()
    assert importer.recognises(data[:65536], page.name) > 0.8
    if expected["shape"] == "D":
        (item,) = importer.read(source(data, page.name))
        assert item.text == (
            f"{page.name} is a listing page, not an article: it was left out (import it with --format text to have it)."
        )
        return
    document = read(data, page.name)
    assert zones(document) == [tuple(zone) for zone in expected["zones"]]
    assert document.title == expected["title"]
    for name in ("archive", "media_id", "caption", "credit"):
        assert document.metadata.get(name) == expected[name]
    assert parts(document, "DATELINE") == ([expected["dateline"]] if expected["dateline"] else [])
    assert parts(document, "BODY")[0].startswith(expected["body_start"])


def test_every_page_of_the_sample_is_an_article_but_the_listing():
    pages = sorted(resources.path("sample").glob("[0-9]*.txt"))
    left_out = [page.name[:3] for page in pages if not documents(importer.read(source(page.read_bytes(), page.name)))]
    assert left_out == ["015"]
    assert importer.recognises(resources.path("sample/reading_notes.txt").read_bytes(), "reading_notes.txt") == 0


@pytest.mark.skipif(not SEED.is_dir(), reason="the article this began with is not in the repository")
def test_the_seed_article():
    (page,) = SEED.glob("*.txt")
    document = read(page.read_bytes(), page.name)
    assert document.metadata["publication"] == "Asharq Al-awsat" and document.language == "en"
    assert document.metadata["credit"].startswith("AFP PHOTO / ")
    assert [len(parts(document, label)) for label in ("HEADLINE", "CAPTION", "CREDIT", "BODY")] == [1, 1, 1, 1]
    assert " | " not in document.title and parts(document, "BODY")[0].count("\n\n") == 15


def test_the_text_is_kept_whole():
    text = SITE + TITLE + "Media ID: 7\nCaption:\n\n" + CAPTION + "\n\n\nThe body.\n\nIts end. \n\n"
    assert read(text).text == text


def test_what_the_list_of_documents_shows():
    document = read(SITE + TITLE + "\n\nADEN, (AP) – The body.")
    assert document.title == "A Pause Is Extended"
    assert dict(document.metadata) == {
        "publication": "The Herald",
        "archive": "THE HERALD English Archive 2005 -2017",
        "agency": "AP",
        "path": "page.txt",
    }


def test_a_page_without_its_site_line():
    document = read(TITLE + "\n\nThe body.")
    assert document.title == "A Pause Is Extended"
    assert document.metadata["publication"] == "THE HERALD English Archive 2005 -2017"
    assert parts(document, "BODY") == ["The body."]


@pytest.mark.parametrize(
    ("after_the_title", "captions", "body"),
    [
        (f"Media ID: 7\nCaption:\n\n{CAPTION}\n\nThe body.", [CAPTION], "The body."),
        (f"Media ID: 7\n\n{CAPTION}\n\nThe body.\n\nMore.", [CAPTION], "The body.\n\nMore."),
        (f"Media ID: 7\n\n{CAPTION}\n\n{CAPTION}\n\nThe body.", [CAPTION, CAPTION], "The body."),
        ("Media ID: 7\nCaption:\n\nA short line.\n\nThe body.", ["A short line."], "The body."),
        ("Media ID: 7\nCaption:\n\n\n\nThe body stands alone.", [], "The body stands alone."),
        ("Media ID: 7\n\nThe body, with no caption.\n\nMore.", [], "The body, with no caption.\n\nMore."),
        (f"Media ID: 7\nCaption: {CAPTION}\n\n\nThe body.", [CAPTION], "The body."),
        (f"Media ID: 7\n\n\n{CAPTION}", [], CAPTION),
        ("Media ID: 7\nCaption:\n\nOne line.\n\n\nThe body.\n\n\nMore.", ["One line."], "The body.\n\n\nMore."),
        (f"Media ID: 7\nCaption:\n\n{CAPTION}", [CAPTION], None),
    ],
    ids=[
        "no gap, labelled", "no gap, told by its credit", "no gap, twice", "no gap, short", "empty caption",
        "no caption at all", "on the line of its label", "a gap before the body only", "a gap within the body",
        "a picture without a text",
    ],
)  # fmt: skip
def test_captions_are_told_from_the_body(after_the_title, captions, body):
    document = read(SITE + TITLE + after_the_title)
    assert parts(document, "CAPTION") == captions
    assert parts(document, "BODY") == ([body] if body else [])


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("A harbour at dawn. AFP PHOTO / T. ARDENE", "AFP PHOTO / T. ARDENE"),
        ("A harbour at dawn. AP Photo/Mirko Valdane", "AP Photo/Mirko Valdane"),
        ("A harbour at dawn REUTERS/Mirko Valdane", "REUTERS/Mirko Valdane"),
        ("A harbour at dawn. (Reuters)", "(Reuters)"),
        ("A harbour (AFP/Getty Images)", "(AFP/Getty Images)"),
        ("ميناء عند الفجر. (رويترز)", "(رويترز)"),
        ("A harbour at dawn. (The Coast Agency)", "(The Coast Agency)"),
        ("The minister, seen in May. (R)", None),
        ("The minister (left) and his deputy.", None),
        ("The minister and his deputy (right)", None),
        ("A harbour at dawn, before the storm.", None),
        ("AFP PHOTO / T. ARDENE", None),
    ],
)
def test_credits(caption, credit):
    found = credit_of(caption)
    assert (found and found.covered(caption)) == credit


@pytest.mark.parametrize(
    ("body", "dateline", "agency"),
    [
        ("BAGHDAD, (AP) – The body", "BAGHDAD, (AP) –", "AP"),
        ("BAGHDAD, Iraq, AP – The body", "BAGHDAD, Iraq, AP –", "AP"),
        ("London, The Herald—The body", "London, The Herald—", "The Herald"),
        ("WASHINGTON (Reuters) - The body", "WASHINGTON (Reuters) -", "Reuters"),
        (
            "Port-au-Prince and Miami, (Coast Press) — The body",
            "Port-au-Prince and Miami, (Coast Press) —",
            "Coast Press",
        ),
        ("ADEN – The body", "ADEN –", ""),
        ("مرسى، (ساحل برس) – قال", "مرسى، (ساحل برس) –", "ساحل برس"),
        ("Paris, France — the city of light — is far away", None, None),
        ("Nobody—not even the minister—knew", None, None),
        ("The minister said (Monday) – again – no", None, None),
    ],
)
def test_datelines(body, dateline, agency):
    found = dateline_of(body, "The Herald THE HERALD English Archive")
    assert (found and found.span.covered(body)) == dateline
    assert (found and found.source) == agency


def test_a_listing_comes_in_as_plain_text_on_demand():
    from annotator.importers.text import TextImporter

    page = ARTICLES / "d_opinion.txt"
    assert notices(importer.read(source(page.read_bytes(), "d.txt")))
    (document,) = documents(TextImporter().read(source(page.read_bytes(), "d.txt")))
    assert zones(document) == [("BODY", document.text)]


def test_an_article_with_one_line_like_an_entry_is_no_listing():
    text = SITE + TITLE + "\n\nThe body.\n\nIt went on.\n\nby Ann Author | Jan 3, 2015 | News\n\nIts end."
    assert len(documents(importer.read(source(text)))) == 1


def test_what_is_no_archive_page_is_refused_with_a_sentence():
    assert importer.recognises(b"Dear diary, | today\n\nnothing happened.", "a.txt") == 0
    with pytest.raises(KnownError, match="not built like an archive page"):
        list(importer.read(source("Dear diary")))
    with pytest.raises(KnownError, match="without an article"):
        list(importer.read(source(SITE + TITLE + "\n\n")))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_a_page_in_another_encoding_is_recognised(encoding):
    text = SITE + TITLE + "\n\nThe “body” of the page, as it was saved."
    data = text.replace("\n", "\r\n").encode(encoding)
    assert importer.recognises(data, "page.txt") > 0.8
    assert read(data).text == text
