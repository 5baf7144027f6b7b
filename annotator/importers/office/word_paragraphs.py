"""The paragraphs of a Word file (.docx), in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from annotator.core.errors import KnownError
from annotator.importers.zip_members import ZipMembers

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_LIMIT = 500_000_000  # bytes of the text, unpacked
_LEFT_OUT = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback", "footnoteReference", "rPr", "pPr"))


class WordParagraph(NamedTuple):
    """A paragraph of a Word file."""

    text: str
    style: str
    bookmarks: tuple[str, ...]  # the names of those that begin in it
    in_table: bool


def document_name(names: list[str]) -> str:
    """Which of a ZIP file's members is the text of a Word file; empty when none is."""
    found = [name for name in names if name.lower().endswith("document.xml") or name.lower() == "word/document2.xml"]
    return min((name for name in found if "word/" in name.lower() or "/" not in name), key=len, default="")


def word_paragraphs(members: ZipMembers) -> Iterator[WordParagraph]:
    """Every paragraph, read while it is unpacked. Raises KnownError where the file is damaged; what was before came."""
    name = document_name(members.names())
    if not name:
        raise KnownError("It is a ZIP archive, but no Word document: there is no text in it where Word keeps it.")
    with members.stream(name, _LIMIT) as stream:
        if b"<!DOCTYPE" in stream.peek(4096)[:4096]:  # type: ignore[attr-defined]
            raise KnownError("It declares entities of its own, as no Word file does: it was left alone.")
        yield from _parsed(stream)


def _parsed(stream: IO[bytes]) -> Iterator[WordParagraph]:
    from lxml import etree

    tags = [space + name for space in (_W, _STRICT) for name in ("p", "tbl")]
    walk = etree.iterparse(
        stream, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )
    tables = 0
    depth = 0  # of paragraphs within paragraphs: those of a text box
    try:
        for event, element in walk:
            local = element.tag.rpartition("}")[2]
            change = 1 if event == "start" else -1
            if local == "tbl":
                tables += change
                continue
            depth += change
            if event == "end" and depth == 0:
                yield _paragraph(element, tables > 0)
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise KnownError(f"The Word file is damaged from here on ({(error.msg or '').split(', line')[0]}).") from None


def _forget(element: Any) -> None:
    """Free what was read."""
    element.clear(keep_tail=False)
    while element.getprevious() is not None and element.getparent() is not None:
        before = element.getprevious()
        if before.tag.endswith("}tblPr") or before.tag.endswith("}tcPr"):
            break
        del element.getparent()[0]


def _paragraph(element: Any, in_table: bool) -> WordParagraph:
    pieces: list[str] = []
    bookmarks: list[str] = []
    style = ""
    stack = [iter([element])]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        if not isinstance(node.tag, str):
            continue
        space, _, name = node.tag.rpartition("}")
        if name == "pPr" and not style:
            style = _style(node, space)
        if name in _LEFT_OUT:
            continue
        if name == "bookmarkStart":
            bookmarks.append(node.get(f"{space}}}name") or "")
        pieces.append(_text(name, node, pieces))
        stack.append(iter(node))
    return WordParagraph("".join(pieces).strip("\n"), style, tuple(bookmarks), in_table)


def _style(properties: Any, space: str) -> str:
    style = properties.find(f"{space}}}pStyle")
    return "" if style is None else style.get(f"{space}}}val") or ""


def _text(name: str, node: Any, before: list[str]) -> str:
    if name == "t":
        return node.text or ""
    if name in ("br", "cr"):
        return "\n"
    if name in ("tab", "ptab"):
        return "\t"
    if name == "noBreakHyphen":
        return "\u2011"
    if name == "softHyphen":
        return "\u00ad"
    return "\n" if name == "p" and any(before) else ""
