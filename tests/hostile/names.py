"""Files whose names are the trouble."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.files import SENTENCE, Hostile

_TEXT = SENTENCE.encode()
NAMES = (
    *("CON", "NUL.txt", "aux.TXT", "a.txt ", "a.txt.", " a.txt", "-rf.txt", "--help", "a\nb.txt", "a\tb.txt", "a\x1b[31mb.txt"),
    *("<img src=file.png>.txt", "a&amp;b.txt", "%s%n{0}.txt", "a\u202etxt.exe", "\u200b.txt", "e\u0301.txt", "é.txt", "🚢.txt"),
    *("x" * 250 + ".txt", "a;rm -rf b.txt", "$(id).txt", "`id`.txt", "a'b\"c.txt", "a\\b.txt", "C:\\evil.txt", "*.txt", "?.txt"),
    *("\udcff\udcfe.txt", "a\udc80b.html", "*:|<>.csv", "~$a.docx", "a.tar.gz", "Thumbs.db", "a", "a.unknown"),
)  # fmt: skip


def cases() -> Iterator[Hostile]:
    """A text under each name."""
    for name in NAMES:
        yield Hostile(f"{name[:30]!a}", {name: _TEXT})
    yield Hostile("empty", {"a.txt": b"", "b.json": b"", "c.html": b"", "d.zip": b"", "e.csv": b""}, False)
    yield Hostile("one byte", {f"{byte}.txt": bytes((byte,)) for byte in (0, 10, 13, 0x7F)}, False)
    yield Hostile("blank", {"a.txt": b" \n\t\n" * 1000, "b.html": b" " * 5000, "c.json": b"\n" * 5000}, False)
    yield Hostile("deep folders", {"/".join(["d"] * 400) + "/a.txt": _TEXT}, True)
    yield Hostile(
        "wrong names", {"a.pdf": _TEXT, "b.docx": _TEXT + b"2", "c.json": _TEXT + b"3", "d.dna": _TEXT + b"4"}
    )
