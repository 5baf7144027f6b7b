"""Pages and archives of pages, made for tests of their importers."""

from io import BytesIO
from pathlib import Path

from annotator.importers.html.page import web_page

PAGES = Path(__file__).parents[1] / "data" / "pages"
LONG = "The talks about the ferry were taken up again on Tuesday, and both sides said that they would meet once more. "


def shared(*names):
    """The folder of that name in the shared files, wherever beside the checkout they lie; None where they are not."""
    root = Path(__file__).resolve().parents[2]
    places = (folder / "shared" / "corpora" for folder in (root.parent, root.parent.parent))
    found = next((place for place in places if place.is_dir()), None)
    return found.joinpath(*names) if found else None


def article(name="article.html"):
    return (PAGES / name).read_bytes()


def body(*blocks, head=""):
    """A page with that in it."""
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{''.join(blocks)}</body></html>".encode()


def seen(html):
    """The visible text of what lies in a page's body."""
    return web_page(body(html)).document.text


def parts(document, label):
    """What lies in the zones of that label, one text each."""
    return [document.text[zone.span.start : zone.span.end] for zone in document.zones if zone.label == label]


def warc(*captures, gzip=True):
    """A WARC of captures, each (kind, address, status line, headers, body), the body as it is sent."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for kind, address, status, headers, data in captures:
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1") if status else None
        more = {} if status else {"warc_content_type": "text/plain"}
        record = writer.create_warc_record(
            address, kind, payload=BytesIO(data), http_headers=http, warc_headers_dict={"WARC-Date": MOMENT}, **more
        )
        writer.write_record(record)
    return out.getvalue()


MOMENT = "2016-11-02T10:00:00Z"
HTML = [("Content-Type", "text/html; charset=utf-8")]


def page_record(number=1, data=None, headers=HTML):
    text = body(f"<h1>Ferry talks number {number}</h1>", f"<p>{LONG * 3}Number {number}.</p>")
    return ("response", f"http://archive.example/{number}", "200 OK", headers, text if data is None else data)
