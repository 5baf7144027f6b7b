import quopri

import pytest

from annotator.importers import IMPORTERS
from annotator.importers.walking import items
from tests.importers.pages import article, body, parts
from tests.importers.sources import documents, failures

HEADERS = """From: <Saved by Blink>
Snapshot-Content-Location: http://archive.example/ferry
Subject: =?utf-8?Q?Ferry?=
Date: Wed, 2 Nov 2016 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----parted"

"""


def saved(page, headers=HEADERS, charset=""):
    first = f"Content-Type: text/html{charset}\nContent-Location: http://archive.example/ferry\n"
    first += "Content-Transfer-Encoding: quoted-printable\n\n"
    picture = "Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: a.png\n\niVBORw0KGgo=\n"
    frame = "Content-Type: text/html\nContent-Location: http://archive.example/frame\n\n<p>A frame</p>\n"
    text = f"{headers}\n------parted\n{first}{quopri.encodestring(page).decode()}\n------parted\n{picture}"
    return f"{text}\n------parted\n{frame}\n------parted--\n".replace("\n", "\r\n").encode()


def test_the_page_in_a_file_comes_in_with_its_address_and_day(tmp_path):
    (tmp_path / "ferry.mht").write_bytes(saved(article()))
    (document,) = documents(items([tmp_path]))
    assert document.title == "Ferry talks resume in Marsa" and "A frame" not in document.text
    assert document.metadata["uri"] == "http://archive.example/ferry"
    assert document.metadata["captured"] == "2016-11-02T10:00:00+01:00"
    assert document.metadata["path"] == "ferry.mht"
    assert parts(document, "BODY")
    assert document.raw.data.replace(b"\r\n", b"\n").strip() == article().strip()


def test_its_header_says_the_encoding(tmp_path):
    page = body("<p>Café Möwe</p>").replace(b"<meta charset=utf-8>", b"").decode().encode("latin-1")
    (tmp_path / "a.mhtml").write_bytes(saved(page, charset='; charset="iso-8859-1"'))
    assert documents(items([tmp_path]))[0].text == "Café Möwe"


def test_a_message_is_no_page():
    (importer,) = (each for each in IMPORTERS if each.name == "mhtml")
    assert importer.recognises(saved(article())[:500], "x") > 0.5
    assert importer.recognises(b"From: a@b\nSubject: x\nContent-Type: text/plain\n\nHello.", "x") == 0
    assert importer.recognises(b"From: a@b\nContent-Type: multipart/alternative; boundary=x\n\n--x", "x") == 0
    assert importer.recognises(b"Title: A pause\n\nText.", "x") == 0


@pytest.mark.parametrize("step", [211])
def test_a_file_cut_off_anywhere_comes_in_or_is_told(tmp_path, step):
    data = saved(article())
    for size in range(0, len(data), step):
        (tmp_path / "a.mht").write_bytes(data[:size])
        found = list(items([tmp_path / "a.mht"]))
        assert len(documents(found)) + len(failures(found)) == 1


def test_a_file_without_a_page(tmp_path):
    (tmp_path / "a.mht").write_bytes(HEADERS.encode() + b"------parted\nContent-Type: image/png\n\nx\n------parted--\n")
    assert failures(items([tmp_path])) == ["There is no web page in it. Save the page again, then try again."]
