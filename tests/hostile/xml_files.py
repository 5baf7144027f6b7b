"""XML that grows, reaches for other files, never ends or is too deep, with the roots of the formats that are read."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.files import SENTENCE, Hostile, file

ROOTS = {
    "tei": ('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>', "</p></body></text></TEI>", "TEI", "xml"),
    "nitf": ("<nitf><head><title>T</title></head><body><body.content><p>", "</p></body.content></body></nitf>", "nitf", "xml"),
    "rss": ('<rss version="2.0"><channel><item><title>T</title><description>', "</description></item></channel></rss>", "rss", "xml"),
    "xmi": (
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmi:version="2.0"><x>',
        f'</x><cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{SENTENCE}"/></xmi:XMI>',
        "xmi:XMI",
        "xmi",
    ),
    "bioc": ("<collection><document><id>a</id><passage><offset>0</offset><text>", "</text></passage></document></collection>", "collection", "xml"),
}  # fmt: skip


def cases() -> Iterator[Hostile]:
    """Each attack on each format."""
    for name, (head, tail, root, suffix) in ROOTS.items():

        def made(
            what: str, data: str, comes_in: bool | None = None, says: str = "", name: str = name, suffix: str = suffix
        ) -> Hostile:
            return file(f"{name} {what}.{suffix}", data, comes_in, says)

        whole = f"{head}{SENTENCE}{{}}{tail}"
        yield made("laughs", _laughs(root) + whole.format("&j;"), False, "entities")
        yield made("quadratic", f'<!DOCTYPE {root} [<!ENTITY a "{"A" * 50_000}">]>' + whole.format("&a;" * 2000))
        yield made(
            "local file", f'<!DOCTYPE {root} [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + whole.format("&x;"), False
        )
        yield made(
            "other machine",
            f'<!DOCTYPE {root} [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>' + whole.format("&x;"),
            False,
        )
        yield made("foreign dtd", f'<!DOCTYPE {root} SYSTEM "http://127.0.0.1:9/x.dtd">' + whole.format(""))
        yield made(
            "parameters", f'<!DOCTYPE {root} [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>' + whole.format(""), False
        )
        yield made("unknown entity", whole.format("&nosuch;&x;"))
        yield made("deep", whole.format("<b>" * 100_000 + "x" + "</b>" * 100_000), False)
        yield made("never closed", head + SENTENCE + "<b>" * 50_000)
        yield made("many attributes", whole.format("<b " + " ".join(f'a{n}="1"' for n in range(20_000)) + "/>"))
        yield made("long attribute", whole.format(f'<b a="{"x" * 3_000_000}"/>'))
        yield made("long comment", whole.format("<!--" + "x" * 3_000_000 + "-->"))
        yield made("open cdata", head + SENTENCE + "<![CDATA[" + "x" * 100_000)
        yield made("style sheet", '<?xml-stylesheet href="file:///etc/passwd"?>' + whole.format(""))
        yield made(
            "include",
            whole.format(
                '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
            ),
        )
        yield made("name spaces", whole.format("".join(f'<n{n}:b xmlns:n{n}="u{n}"/>' for n in range(5000))))
        yield made("characters", whole.format("&#0;&#xD800;&#xFFFF;&#x110000;&#99999999999;&#x1;"))
        yield made("lying encoding", '<?xml version="1.0" encoding="UTF-16"?>' + whole.format("é"))
        yield made("unknown encoding", '<?xml version="1.0" encoding="x-none"?>' + whole.format("é"))
        yield made("doctype bracket", f"<!DOCTYPE {root} [<!-- ] --> <!ELEMENT {root} ANY>]>" + whole.format(""))


def _laughs(root: str) -> str:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "AAAAAAAAAA">{entities}]>'
