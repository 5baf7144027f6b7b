import socket

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure
from annotator.importers import IMPORTERS
from annotator.importers.html.page import web_page
from annotator.importers.html.recognising import sure_of_page
from annotator.importers.walking import items
from annotator.importers.web_page import folders_of_pages
from tests.importers.pages import LONG, PAGES, article, body, parts, seen
from tests.importers.sources import documents, failures, notices


@pytest.fixture(scope="module")
def found():
    return web_page(article()).document


def test_every_part_of_an_article_is_told(found):
    assert parts(found, "HEADLINE") == ["Ferry talks resume in Marsa"]
    assert parts(found, "DEK") == ["Both sides met again on Tuesday after a pause of nine weeks."]
    assert parts(found, "BYLINE") == ["By Salma Haddad"]
    assert parts(found, "DATELINE") == ["2 November 2016", "MARSA, (AP) –"]
    assert parts(found, "CAPTION") == ["The ferry at the quay. (Reuters)"]
    assert parts(found, "CREDIT") == ["(Reuters)"]
    first, *_, last = parts(found, "BODY")
    assert first.startswith("MARSA, (AP) –") and last.endswith("twice before.")
    (related,) = parts(found, "RELATED")
    assert related.startswith("Related stories") and related.endswith("three days")
    aside = "\n".join(parts(found, "BOILERPLATE"))
    assert all(words in aside for words in ("Sport", "Subscribe to our newsletter", "All rights reserved"))
    assert "Subscribe" not in "".join(parts(found, "BODY"))


def test_all_that_is_seen_is_kept_and_nothing_else(found):
    assert "\n\n“The ferry sails again,” Rana Haddar told reporters, “and it sails on time”. She did" in found.text
    assert "• Two crossings a day from the first of December, weather permitting.\n• A fare" in found.text
    assert "Port | Crossings\nMarsa | 14\nBir Salma | 12" in found.text
    for hidden in ("not to be seen", "Written by a script", "color: black", "schema.example"):
        assert hidden not in found.text


def test_what_the_page_says_of_itself_is_kept(found):
    assert found.title == "Ferry talks resume in Marsa"
    assert (found.language, found.direction) == ("en", "ltr")
    assert found.metadata == {
        "publication": "The Marsa Herald",
        "published": "2016-11-02T14:30:00+03:00",
        "modified": "2016-11-03",
        "author": "Salma Haddad",
        "uri": "http://archive.example/2016/11/02/ferry-talks",
        "section": "Region",
        "description": "Both sides met again on Tuesday after a pause of nine weeks.",
        "kind": "NewsArticle",
    }


def test_the_bytes_of_the_page_are_kept(found):
    assert found.raw.data == article() and found.raw.size == len(article())
    assert len(found.raw.packed) < len(article())


def test_zones_lie_in_the_text_and_cover_all_of_it(found):
    covered = set()
    for zone in found.zones:
        assert 0 <= zone.span.start < zone.span.end <= len(found.text)
        covered |= set(range(zone.span.start, zone.span.end))
    assert not {found.text[place] for place in set(range(len(found.text))) - covered} - set(" \n")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16", "utf-8-sig"])
def test_an_arabic_page_in_the_encodings_of_its_time(encoding):
    text = article("arabic.html").decode()
    data = text.replace("<head>", f'<head><meta charset="{encoding}">').encode(encoding)
    document = web_page(data).document
    assert document.title == "استئناف محادثات العبّارة"
    assert (document.language, document.direction) == ("ar", "rtl")
    assert len("\n".join(parts(document, "BODY"))) > 250
    assert document.metadata["published"] == "2016-11-02T10:00:00Z"
    assert parts(document, "BOILERPLATE")[-1] == "جميع الحقوق محفوظة"


CASES = {
    "<p>a&nbsp;b &amp; c &lt; d &#1593; &#150; &euro; &hellip;</p>": "a\u00a0b & c < d ع – € …",
    "<p>one<br>two<br><br>three</p>": "one\ntwo\n\nthree",
    "<p>one   two\n\t three</p>": "one two three",
    "<pre>a\n  b</pre>": "a\n  b",
    "<p>wo<wbr>rd so<b>me</b>thing</p>": "word something",
    "<p>a</p><script>x</script><style>y</style><noscript>z</noscript><template>t</template><p>b</p>": "a\n\nb",
    "<p>a</p><p style='display: none'>x</p><p style='visibility:hidden'>y</p><p hidden>z</p>b": "a\n\nb",
    "<p>a<!-- no --> b<svg><text>s</text></svg> c</p>": "a b c",
    "<ol start=3><li>x<li>y<ul><li>z</ul></ol>": "3. x\n4. y\n  • z",
    "<table><tr><td>a<td>b<tr><td>c<td></table>": "a | b\nc |",
    "<table><tr><td><p>a</p><div>b</div></td><td>c</td></tr></table>": "a\n\nb\n\nc",
    "<ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp>京<rt>きょう</rt></ruby>の朝": "東京（とうきょう）の朝",
    "<p><ruby>base<rt>read</rt></ruby></p>": "base (read)",
    "<a href=1>one</a><a href=2>two</a>": "one two",
    "<p>שלום <bdi>abc</bdi></p>": "שלום abc",
    "x\0y\x01z": "x\ufffdy z",
    "<textarea>in a field</textarea>": "in a field",
    "&lt;b&gt; stays": "<b> stays",
}


@pytest.mark.parametrize("html", CASES)
def test_what_is_seen(html):
    assert seen(html) == CASES[html].strip()


def test_a_page_without_an_article_is_body_but_for_its_frame():
    document = web_page(body("<nav><a href=1>Home</a></nav><div>Closed today.</div><footer>Imprint</footer>")).document
    assert parts(document, "BODY") == ["Closed today."]
    assert parts(document, "BOILERPLATE") == ["Home", "Imprint"]


def test_what_stands_between_paragraphs_of_the_article_is_of_it():
    steps = "".join(f"<div class=step>{number} cups</div>" for number in range(3))
    document = web_page(body(f"<h1>T</h1><div><p>{LONG * 3}</p>{steps}<p>{LONG.upper() * 3}</p></div>")).document
    assert "1 cups" in "\n".join(parts(document, "BODY"))


SAVED = {
    "<!-- saved from url=(0033)http://archive.example/saved -->": "",
    "<!-- Page saved with SingleFile \n url: http://archive.example/saved \n saved date: Wed Nov 02 2016 10:00:00"
    " GMT+0100 (CET)\n-->": "2016-11-02T10:00:00+01:00",
}


@pytest.mark.parametrize(("comment", "day"), SAVED.items())
def test_the_address_is_that_from_which_the_page_was_saved(comment, day):
    link = "<link rel=canonical href=http://archive.example/canonical>"
    page = body("<p>Text</p>", head=link).replace(b"<html>", f"<html>{comment}".encode())
    metadata = web_page(page).document.metadata
    assert metadata["uri"] == "http://archive.example/saved" and metadata.get("captured", "") == day


def test_a_page_from_a_web_archive_keeps_its_own_address():
    link = '<link rel=canonical href="https://web.archive.org/web/20160330101229/http://archive.example/a">'
    metadata = web_page(body("<p>Text</p>", head=link)).document.metadata
    assert metadata["uri"] == "http://archive.example/a" and metadata["captured"] == "2016-03-30T10:12:29Z"


# Files


def test_pages_are_known_by_what_they_hold(tmp_path):
    (tmp_path / "page.txt").write_bytes(article())
    (document,) = documents(items([tmp_path]))
    assert document.title == "Ferry talks resume in Marsa" and document.metadata["path"] == "page.txt"


@pytest.mark.parametrize(
    ("start", "sure"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"\xef\xbb\xbf  <HTML lang=en>", True),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'><html>", True),
        ("<html><body>".encode("utf-16"), True),
        (b"<!-- a --><!-- b -->\n<html>", True),
        (b"<div class='x'><p>words</p></div>", True),
        (b"<?xml version='1.0'?><TEI><text/></TEI>", False),
        (b"<?xml version='1.0'?><rss/>", False),
        (b"A text about <html> and </p>.", False),
        (b"<DOC NUMBER=1>", False),
        (b'{"text": "<html>"}', False),
    ],
)
def test_what_a_page_begins_with(start, sure):
    assert (sure_of_page(start) > 0) == sure


def test_no_other_format_is_taken_for_a_page(tmp_path):
    ours = {"web-page", "mhtml", "web-archive"}
    for data in (
        b"A pause\n\nText.",
        b'{"text": "One."}\n',
        b"%PDF-1.4",
        b"PK\x03\x04word/document.xml",
        b"\x1f\x8b\x08\0",
    ):
        assert not any(each.recognises(data, "x.html") for each in IMPORTERS if each.name in ours), data


def test_the_pieces_of_a_page_are_no_articles(tmp_path):
    (tmp_path / "Ferry talks.html").write_bytes(article())
    for name in ("Ferry talks_files", "Other_files"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "frame.html").write_bytes(body("<p>A frame</p>"))
    found = list(items([tmp_path]))
    assert [document.title for document in documents(found)] == ["Ferry talks resume in Marsa", "A frame"]
    (told,) = notices(found)
    assert "1 folders hold the pieces" in told
    assert folders_of_pages(["a.htm", "a-Dateien", "b_files", "c.xhtml", "c.files"]) == {"a-Dateien", "c.files"}


def test_wrong_and_missing_encodings_are_told(tmp_path):
    text = "<p>Café “Möwe” – 5 €</p>" + f"<p>{LONG}</p>"
    (tmp_path / "1.html").write_bytes(f"<html><meta charset=iso-8859-1>{text}".encode())
    (tmp_path / "2.html").write_bytes(f"<html><meta charset=utf-8>{text}".encode("cp1252"))
    (tmp_path / "3.html").write_bytes(f"<html><meta charset=iso-8859-1>{text}".encode("cp1252"))
    (tmp_path / "4.html").write_bytes(f"<html><meta charset=zlib_codec>{text}".encode())
    (tmp_path / "5.html").write_bytes(f"<html><meta charset=utf-8>{text}".encode() + b"<p>bro\xffken</p>")
    found = list(items([tmp_path]))
    assert not failures(found)
    assert all(document.text.startswith("Café “Möwe” – 5 €") for document in documents(found))
    told = "\n".join(notices(found))
    assert "1.html does not say its encoding, or a wrong one: it was read as utf-8." in told
    assert "2.html does not say its encoding, or a wrong one: it was read as windows-1252." in told
    assert "3.html" not in told
    assert "5.html, 1 NUL or broken characters became U+FFFD." in told


def test_a_page_cut_off_anywhere_comes_in_or_is_told(tmp_path):
    data = article()
    for size in range(0, len(data), 97):
        path = tmp_path / f"{size}.html"
        path.write_bytes(data[:size])
        (item,) = [item for item in items([path]) if isinstance(item, AnnotatedDocument | Failure)]
        assert isinstance(item, AnnotatedDocument) or item.reason.startswith(("It is empty", "There is no text"))


@pytest.mark.parametrize(
    "page",
    [
        b"<html><p>first</p>" + b"<div>" * 5000 + b"deep" + b"</div>" * 5000 + b"<p>after</p>",
        b"<html><p>first" + b"<span>" * 5000 + b"deep" + b"</span>" * 5000 + b"<p>after</p>",
    ],
)
def test_a_page_nested_too_deeply_loses_nothing(tmp_path, page):
    (tmp_path / "deep.html").write_bytes(page)
    found = list(items([tmp_path]))
    (document,) = documents(found)
    assert all(words in document.text for words in ("first", "deep", "after"))
    assert "nested more deeply" in notices(found)[0]


def test_entities_that_a_page_declares_are_not_opened():
    page = (
        b'<!DOCTYPE html [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
        b"<html><body><p>one &b; two &f; three</p></body></html>"
    )
    assert web_page(page).document.text == "one &b; two &f; three"


def test_nothing_is_ever_fetched(tmp_path, monkeypatch):
    asked = []  # counted, not only refused: what a page makes of a library is caught

    def refuse(*arguments, **_):
        asked.append(arguments)
        raise OSError("no network")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    hostile = article().replace(
        b"</body>",
        b"<img src=http://tracker.example/1.gif><iframe src=http://tracker.example></iframe><link rel=stylesheet"
        b" href=http://tracker.example/a.css><meta http-equiv=refresh content='0;url=http://tracker.example'>"
        b"<object data=file:///etc/hostname></object><p style='background:url(http://tracker.example/b)'>x</p></body>",
    )
    (tmp_path / "page.html").write_bytes(b"<!DOCTYPE html SYSTEM 'http://tracker.example/x.dtd'>" + hostile)
    assert len(documents(items([tmp_path]))) == 1
    assert asked == []


def test_the_pages_of_this_folder_are_all_read():
    assert len(documents(items([PAGES]))) == len(list(PAGES.glob("*.html")))
