import gzip
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.errors import KnownError
from annotator.importers import IMPORTERS
from annotator.importers.warc.bodies import body_of
from annotator.importers.warc.damage import DamageError
from annotator.importers.warc.records import Damage, records
from tests.importers.pages import HTML, MOMENT, article, page_record, warc
from tests.importers.sources import documents, failures, notices, source

(IMPORTER,) = (each for each in IMPORTERS if each.name == "web-archive")


def read(data, name="a.warc.gz"):
    return list(IMPORTER.read(source(data, name)))


def titles(found):
    return [document.title for document in documents(found)]


def chunked(data, size=100):
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


OTHERS = [
    ("response", "http://archive.example/old", "301 Moved", [*HTML, ("Location", "/new")], b"<p>Moved</p>"),
    ("response", "http://archive.example/gone", "404 Not Found", HTML, b"<p>Not here</p>"),
    ("response", "http://archive.example/a.png", "200 OK", [("Content-Type", "image/png")], b"\x89PNG"),
    ("response", "http://archive.example/empty", "200 OK", HTML, b"<html></html>"),
    ("request", "http://archive.example/1", "GET / HTTP/1.1", [("Host", "archive.example")], b""),
    ("resource", "http://archive.example/log", None, [], b"a log"),
]


@pytest.mark.parametrize("packed", [True, False])
def test_each_page_is_a_document_and_the_rest_is_counted(packed):
    found = read(warc(page_record(1), *OTHERS, page_record(2), gzip=packed))
    assert titles(found) == ["Ferry talks number 1", "Ferry talks number 2"]
    first = documents(found)[0]
    assert first.metadata["uri"] == "http://archive.example/1" and first.metadata["captured"] == MOMENT
    assert first.metadata["path"] == "a.warc.gz" and first.raw.data.startswith(b"<!DOCTYPE")
    assert notices(found) == [
        "a.warc.gz: web pages 2, of 8 records. Left out: redirects 1, errors 1, files that are no web pages 1,"
        " files kept without a response 1, pages without text 1, other records 1."
    ]


def bodies():
    page = article()
    deflate = zlib.compressobj(wbits=-15)
    raw = deflate.compress(page) + deflate.flush()
    yield "gzip", gzip.compress(page), [("Content-Encoding", "gzip")]
    yield "deflate", zlib.compress(page), [("Content-Encoding", "deflate")]
    yield "deflate without its header", raw, [("Content-Encoding", "deflate")]
    yield "chunked", chunked(page), [("Transfer-Encoding", "chunked")]
    both = [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]
    yield "chunked gzip", chunked(gzip.compress(page)), both
    yield "said, but not so", page, both
    yield "brotli", brotli.compress(page), [("Content-Encoding", "br")]


@pytest.mark.parametrize(("data", "headers"), [pytest.param(*rest, id=name) for name, *rest in bodies()])
def test_a_page_is_unpacked_as_it_was_sent(data, headers):
    (document,) = documents(read(warc(page_record(1, data, [*HTML, *headers]))))
    assert document.title == "Ferry talks resume in Marsa" and document.raw.data == article()


def test_the_header_says_the_encoding():
    page = "<html><p>Caf\xe9 M\xf6we</p>".encode("latin-1")
    (document,) = documents(read(warc(page_record(1, page, [("Content-Type", "text/html; charset=ISO-8859-1")]))))
    assert document.text == "Café Möwe"


def test_a_page_that_unpacks_without_end_is_left_out():
    bomb = gzip.compress(bytes(60_000_000))
    found = read(warc(page_record(1, bomb, [*HTML, ("Content-Encoding", "gzip")]), page_record(2)))
    assert titles(found) == ["Ferry talks number 2"]
    assert failures(found)[0].endswith("a record was left out: its page is larger than 50 MB.")


def test_what_is_packed_in_an_unknown_way_is_told():
    found = read(warc(page_record(1, b"x", [*HTML, ("Content-Encoding", "zstd")]), page_record(2)))
    assert titles(found) == ["Ferry talks number 2"]
    assert "packed in a way this version does not read (zstd)" in failures(found)[0]


def test_an_archive_that_was_packed_as_a_whole_is_read():
    found = read(gzip.compress(warc(page_record(1), page_record(2), gzip=False)))
    assert titles(found) == ["Ferry talks number 1", "Ferry talks number 2"]


def test_revisits_are_counted_not_repeated():
    revisit = ("revisit", "http://archive.example/1", "200 OK", HTML, b"")
    found = read(warc(page_record(1), revisit))
    assert len(documents(found)) == 1 and "revisits 1" in notices(found)[0]


def resource(number, kind="text/html; charset=utf-8"):
    address, page = f"http://archive.example/{number}", page_record(number)[4]
    lines = (
        "WARC/1.0",
        "WARC-Type: resource",
        f"WARC-Target-URI: {address}",
        f"WARC-Date: {MOMENT}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(page)}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + page + b"\r\n\r\n"


@pytest.mark.parametrize("packed", [True, False])
def test_pages_that_a_browser_put_into_an_archive_without_responses_come_in(packed):
    held = [resource(1), resource(2), resource(3, "text/plain")]
    found = read(b"".join(map(gzip.compress, held) if packed else held))
    assert titles(found) == ["Ferry talks number 1", "Ferry talks number 2"]
    first = documents(found)[0]
    assert first.metadata["uri"] == "http://archive.example/1" and first.metadata["captured"] == MOMENT
    assert notices(found) == [
        "a.warc.gz: web pages 2, of 3 records. Pages kept without a response: 2."
        " Left out: files kept without a response 1."
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_beside_responses_they_are_counted_as_before(order):
    held = [resource(1), warc(page_record(2), gzip=False)][::order]
    found = read(b"".join(held))
    assert titles(found) == ["Ferry talks number 2"] and "files kept without a response 1" in notices(found)[0]


def test_in_a_package_too():
    found = read(wacz(("archive/one.warc", resource(1))), "a.wacz")
    assert titles(found) == ["Ferry talks number 1"]


def test_front_pages_come_in_and_are_counted():
    home = ("response", "http://archive.example/", "200 OK", HTML, page_record(1)[4])
    found = read(warc(home, page_record(2)))
    assert len(documents(found)) == 2 and "Among them, front pages of a site: 1." in notices(found)[0]


@pytest.mark.parametrize("head", [b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"])
def test_what_is_packed_with_zstandard_is_told_plainly(head):
    data = head + bytes(50)
    assert IMPORTER.recognises(data, "crawl.warc.zst") > 0.5 and IMPORTER.recognises(data, "crawl.zst") == 0
    with pytest.raises(KnownError, match="packed with Zstandard, which this version does not read"):
        read(data, "crawl.warc.zst")


def arc(*pages):
    text = "1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n"
    held = [f"filedesc://a.arc 0.0.0.0 20161102100000 text/plain {len(text)}\n{text}\n".encode()]
    for address, page in pages:
        data = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        held.append(f"{address} 127.0.0.1 20161102100000 text/html {len(data)}\n".encode() + data + b"\n")
    return held


@pytest.mark.parametrize("packed", [True, False])
def test_the_older_kind_of_archive(packed):
    held = arc(("http://archive.example/1", article()), ("http://archive.example/2", b"<p>Two</p>"))
    data = b"".join(map(gzip.compress, held)) if packed else b"".join(held)
    assert IMPORTER.recognises(data[:1000], "x") > 0.5
    found = documents(read(data))
    assert [document.metadata["uri"] for document in found] == ["http://archive.example/1", "http://archive.example/2"]
    assert found[0].metadata["captured"] == MOMENT


def wacz(*members):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members:
            package.writestr(name, data)
    return out.getvalue()


def test_a_package_of_archives():
    data = wacz(
        ("datapackage.json", b"{}"),
        ("archive/one.warc.gz", warc(page_record(1))),
        ("../archive/two.warc", warc(page_record(2), gzip=False)),
        ("pages/pages.jsonl", b""),
    )
    assert IMPORTER.recognises(data[:4096], "a.wacz") > 0.5
    found = read(data, "a.wacz")
    assert titles(found) == ["Ferry talks number 1", "Ferry talks number 2"]
    assert [text.partition(":")[0] for text in notices(found)] == [
        "a.wacz/archive/one.warc.gz",
        "a.wacz/../archive/two.warc",
    ]


def test_a_package_that_is_none_or_a_bomb():
    with pytest.raises(KnownError, match="without a web archive in it"):
        read(wacz(("datapackage.json", b"{}")))
    with pytest.raises(KnownError, match="no whole WACZ file"):
        read(wacz(("archive/a.warc", b"x" * 1000))[:-30])
    found = read(wacz(("archive/a.warc", bytes(50_000_000))))
    assert "300 times larger" in failures(found)[0] and not documents(found)


# Damage


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_record_does_not_keep_the_others_out(packed):
    parts = [warc(page_record(number), gzip=packed) for number in (1, 2, 3)]
    broken = bytearray(parts[1])
    if packed:
        broken[60:70] = bytes(10)
    else:
        broken[:8] = b"XARC/1.0"
    found = read(parts[0] + bytes(broken) + parts[2])
    assert titles(found) == ["Ferry talks number 1", "Ferry talks number 3"]
    (reason,) = failures(found)
    assert reason.startswith(f"At byte {len(parts[0])} a part was left out: ")


def test_a_length_that_is_too_large_does_not_swallow_what_follows():
    parts = [warc(page_record(number), gzip=False) for number in (1, 2, 3)]
    length = next(line for line in parts[0].split(b"\r\n") if line.startswith(b"Content-Length"))
    longer = parts[0].replace(length, b"Content-Length: %d" % (int(length.split()[1]) + 300), 1)
    found = read(longer + parts[1] + parts[2])
    assert {"Ferry talks number 2", "Ferry talks number 3"} <= set(titles(found))
    assert failures(found)


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_cut_off_anywhere_is_told(packed):
    whole = warc(page_record(1), page_record(2), gzip=packed)
    for size in range(1, len(whole), 23):
        found = list(records(BytesIO(whole[:size]), lambda *_: True))
        assert found, size
    first = len(warc(page_record(1), gzip=packed))
    found = read(whole[: first + 200])
    assert titles(found) == ["Ferry talks number 1"] and len(failures(found)) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\n" + b"X: y\r\n" * 300_000,
        b"WARC/1.0\r\n" + b"X" * 300_000,
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nx\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\nx\r\n\r\n",
    ],
)
def test_headers_that_lie(data):
    found = list(records(BytesIO(data), lambda *_: True))
    assert isinstance(found[-1], Damage)


def test_a_file_of_nothing_but_damage_is_given_up():
    found = list(records(BytesIO(b"WARC/1.0\r\n\r\n" * 3_000), lambda *_: True))
    assert len(found) == 1001 and found[-1].reason.startswith("too much of the file is damaged")


def test_headers_without_end_are_not_read_anew_for_each_of_their_lines():
    found = list(records(BytesIO(b"WARC/1.0\r\n" * 3_000), lambda *_: True))
    assert 10 < len(found) < 300 and found[-1].reason.startswith("too much of the file is damaged")


def test_a_page_that_is_packed_again_and_again_is_left_out():
    headers = [("Content-Type", "text/html"), ("Content-Encoding", ", ".join(["gzip"] * 30))]
    found = read(warc(page_record(1, article(), headers), page_record(2)))
    assert titles(found) == ["Ferry talks number 2"] and "again and again" in " ".join(failures(found))


WHOLE = [warc(page_record(1), *OTHERS, page_record(2), gzip=packed) for packed in (True, False)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=8))
def test_no_bytes_make_it_fail(data, changes):
    data = bytearray(data)
    for place, new in changes:
        at = int(place * len(data))
        data[at : at + len(new)] = new
    with suppress(KnownError):  # changed at its beginning, it may be a ZIP file that is none
        assert notices(read(bytes(data)))


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "chunked"]),
    st.sampled_from(["", "gzip", "deflate", "br", "gzip, br"]),
)
def test_no_body_makes_it_fail(data, transfer, encoding):
    body_of(data, transfer, encoding)


def test_a_body_in_an_unknown_encoding():
    with pytest.raises(DamageError):
        body_of(b"x", "", "rot13")
