"""Texts in wrong, mixed and broken encodings, in formats of every sort."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.files import SENTENCE, Hostile, file

WORDS = SENTENCE + "Café “naïve” الوزير قال لا 🚢."

SHAPES = {
    "txt": "{0}\n\n{0}",
    "csv": "title,text,date\nFerry,{0},2016-11-02\nHarbour,{0},2016-11-03\n",
    "html": "<html><head><title>Ferry</title></head><body><h1>Ferry</h1><p>{0}</p><p>{0}</p></body></html>",
    "xml": '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>{0}</p></body></text></TEI>',
    "jsonl": '{{"text": "{0}"}}\n{{"text": "{0} Two."}}\n',
    "conll": "The O\nferry B-THING\nleft O\n\n{0} O\n",
}


def cases() -> Iterator[Hostile]:
    """Each shape in each encoding."""
    for suffix, shape in SHAPES.items():
        text = shape.format(WORDS)
        plain = text.encode()
        middle = len(plain) // 2
        yield file(f"bom.{suffix}", b"\xef\xbb\xbf" + plain, True)
        yield file(f"bom twice.{suffix}", b"\xef\xbb\xbf\xef\xbb\xbf" + plain)
        yield file(f"bom inside.{suffix}", plain.replace(b"ferry", b"fer\xef\xbb\xbfry"), True)
        yield file(f"utf-16.{suffix}", text.encode("utf-16"))
        yield file(f"utf-16 odd.{suffix}", text.encode("utf-16")[:-1])
        yield file(f"utf-16 without mark.{suffix}", text.encode("utf-16-le"))
        yield file(f"utf-32.{suffix}", text.encode("utf-32"))
        yield file(f"wrong byte.{suffix}", plain[:middle].decode(errors="ignore").encode() + b"\xff" + plain[middle:])
        yield file(f"cut character.{suffix}", plain + "🚢".encode()[:3])
        yield file(f"surrogate.{suffix}", text.replace("Doren", "Do\ud800ren"))
        yield file(f"overlong.{suffix}", plain.replace(b"/", b"\xc0\xaf").replace(b"no", b"n\xc0\x80o"))
        yield file(f"nul.{suffix}", plain.replace(b"Mira", b"Mi\0ra"))
        yield file(f"nothing but nul.{suffix}", bytes(5000), False)
        yield file(f"two encodings.{suffix}", plain + text.replace("🚢", "").encode("cp1256", "replace"))
