"""Text documents of LibreOffice and others (.odt)."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.markup import Element, below, first, name_of, xml_root
from annotator.importers.office.plain_documents import document_of
from annotator.importers.zip_members import ZipMembers, is_zip

_LIMIT = 200_000_000  # bytes of the text, unpacked
_LEFT_OUT = frozenset(("note", "annotation", "tracked-changes", "deletion", "title", "desc"))


class OpenDocumentImporter:
    """Takes such a file in as one document."""

    name = "odt"
    title = "OpenDocument text"
    suffixes: tuple[str, ...] = (".odt",)
    loses = "Pictures, notes, bold and italic."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where the file says what it is."""
        return 0.95 if is_zip(head) and b"application/vnd.oasis.opendocument.text" in head[:200] else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its text. Raises KnownError when it is damaged, or holds none."""
        with ZipMembers(source) as members:
            text = decoded(members.read("content.xml", _LIMIT)).text
        body = first(xml_root(text), "text")
        if body is None:
            raise KnownError("There is no text in it.")
        yield document_of(_paragraphs(body), source)


def _paragraphs(body: Element) -> Iterator[tuple[str, str]]:
    for node in below(body, "p", "h"):
        if any(name_of(above) in _LEFT_OUT for above in node.iterancestors()):
            continue
        style = next((value for key, value in node.attrib.items() if str(key).endswith("}style-name")), "")
        heading = (
            name_of(node) == "h"
            and next((v for k, v in node.attrib.items() if str(k).endswith("}outline-level")), "") == "1"
        )
        yield ("title" if heading else str(style)), _text(node)


def _text(paragraph: Element) -> str:
    pieces: list[str] = []
    stack: list[Element | str] = [paragraph]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        name = name_of(node)
        inner: list[Element | str] = []
        if name not in _LEFT_OUT:
            pieces.append(_sign(name, node))
            inner = [" ".join(node.text.split("\n")) if node.text else ""]
            for child in node:
                inner += [child] if name_of(child) not in ("p", "h") else []
                inner.append(child.tail or "")
        stack.extend(reversed(inner))
    return "".join(pieces)


def _sign(name: str, node: Element) -> str:
    if name == "tab":
        return "\t"
    if name == "line-break":
        return "\n"
    if name == "s":
        count = next((value for key, value in node.attrib.items() if str(key).endswith("}c")), "1")
        return " " * min(int(str(count)[:9]) if str(count).isdecimal() else 1, 100)
    return ""
