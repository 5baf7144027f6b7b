"""Texts as XML can hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from annotator.core.text import REPLACEMENT
from annotator.exporters.carrying import Ledger

Element = Any  # of lxml, which comes without types
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_text(text: str, ledger: Ledger, marks: Iterable[str] = ()) -> str:
    """`text` with what XML forbids replaced one for one, told in `ledger`."""
    fitting, count = _NOT_IN_XML.subn(REPLACEMENT, text)
    ledger.lose("signs that XML forbids (written as U+FFFD)", marks if count else (), count)
    return fitting


def child(parent: Element, tag: str, attributes: Mapping[str, str] | None = None, text: str | None = None) -> Element:
    """A new element at the end of `parent`."""
    made = etree.SubElement(parent, tag, attributes or {})
    made.text = text
    return made


def xml_bytes(root: Element) -> bytes:
    """A document as a file holds it."""
    found: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return found + b"\n"


def parsed(data: bytes) -> Element:
    """The root of a document; nothing outside it is fetched. Raises SyntaxError where it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(data, parser)
