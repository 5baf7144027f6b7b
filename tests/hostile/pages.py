"""Web pages that act, reach out, nest without end, or are hard to lay hands on."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.files import SENTENCE, Hostile, file

_LONG = SENTENCE * 4
FILES = "file:///etc/passwd"


def cases() -> Iterator[Hostile]:
    """Things in a page with an article, then pages that are nothing else."""
    for name, inside in _INSIDE.items():
        yield file(f"{name}.html", _page(inside), True)
    for name, data in _WHOLE.items():
        yield file(f"{name}.html", data, None)


def _page(inside: str, head: str = "") -> str:
    words = "".join(f"<p>{_LONG}Part {number}.</p>" for number in range(3))
    return f"<!DOCTYPE html><html><head><title>Ferry</title>{head}</head><body><article><h1>Ferry</h1>{words}{inside}</article></body></html>"


_INSIDE = {
    "script": "<script>document.location='http://127.0.0.1:9/'</script><script src='http://127.0.0.1:9/x.js'></script>",
    "refresh": "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>",
    "pictures": f"<img src='{FILES}'><img src='http://127.0.0.1:9/a.png' onerror='alert(1)'><picture><source srcset='//x/y'></picture>",
    "frames": f"<iframe src='{FILES}'></iframe><object data='{FILES}'></object><embed src='{FILES}'>",
    "drawing": f"<svg><script>alert(1)</script><image href='{FILES}'/><foreignObject><p>x</p></foreignObject></svg>",
    "style": f"<style>@import url('{FILES}'); body {{ background: url('http://127.0.0.1:9/b.png') }}</style>",
    "links": "<a href='javascript:alert(1)'>a</a><a href='data:text/html,x'>b</a><base href='file:///'>",
    "forms": "<form action='http://127.0.0.1:9/'><input autofocus onfocus=alert(1)><button formaction='javascript:x'></form>",
    "hidden": "<div style='display:none'>" + SENTENCE + "</div><span hidden>" + SENTENCE + "</span>",
    "linked data": '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
    "linked data odd": '<script type="application/ld+json">{"@type": ["NewsArticle", 5, null], "author": [[{"name": {}}]],'
    ' "datePublished": 1e999, "headline": {"a": [1]}, "articleBody": false}</script>',
    "linked data twice": '<script type="application/ld+json">{"@type": "NewsArticle", "@graph": [{"@graph": [{}]}]}</script>'
    * 500,
    "dates": "<time datetime='99999-99-99'>x</time><meta property='article:published_time' content='"
    + "9" * 10_000
    + "'>",
    "characters": "&#0;&#xD800;&#x110000;&#99999999999;&nosuch;&amp;lt;\x00\x0b\x1b[31m",
    "markup": "<![CDATA[x]]><!-- <!-- --> --><?php x ?><%x%><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "wide table": "<table><tr>" + "<td>x</td>" * 20_000 + "</tr></table>",
    "spans": "<table><tr><td colspan=99999999 rowspan=99999999>x</td></tr></table>",
    "controls": "\u202eevil\u202c \u2066x\u2069 \ufeff \u200b",
}
_WHOLE = {
    "deep": "<div>" * 100_000 + _LONG + "</div>" * 100_000,
    "deep tables": "<table><tr><td>" * 5_000 + _LONG,
    "deep inline": "<p>" + "<b><i>" * 20_000 + _LONG,
    "deep lists": "<ul><li>" * 20_000 + _LONG,
    "unclosed": _page("<p><a href='" + "x" * 500_000),
    "long title": f"<title>{'x' * 2_000_000}</title><p>{_LONG}</p>",
    "long attribute": f"<p title='{'x' * 3_000_000}'>{_LONG}</p>",
    "many attributes": "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + f">{_LONG}</p>",
    "plain": "<plaintext>" + "</p>" * 100_000,
    "many paragraphs": "<html><body>" + f"<p>{SENTENCE}</p>" * 5_000,
    "many links": "<html><body>" + "<a href=/x>Read more about the ferry</a> " * 10_000,
    "many breaks": "<html><body><p>" + "<br>" * 200_000 + _LONG,
    "entities": "<p>" + "&eacute;" * 200_000,
    "half tags": "<html><body>" + "<" * 300_000,
    "half entities": "<html><body><p>" + "&" * 300_000,
    "half comments": "<html><body>" + "<!--" * 100_000,
    "half closings": "<html><body>" + "</" * 200_000,
    "spaces": "<html><body><p>" + " " * 3_000_000 + "x",
    "charset lies": "<meta charset=utf-16><p>" + _LONG + "é",
    "charset unknown": "<meta charset=x-user-defined><p>" + _LONG + "é",
    "charset utf-7": "<meta charset=utf-7><p>+ADw-script+AD4-" + _LONG,
    "nothing": "<html></html>",
}  # fmt: skip
