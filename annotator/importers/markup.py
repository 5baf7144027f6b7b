"""HTML and XML of strangers, read without entities of their own, without the network and without unbounded depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any, TypeAlias

from annotator.core.errors import KnownError

Element: TypeAlias = Any  # lxml's: it brings no types, and is imported only when something is read

_DEPTH = 250  # elements within each other: no page of an archive comes near
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITIES = re.compile(r"<!ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,10}));", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "figcaption",
        ),
        *(
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
        ),
        *("pre", "section", "table", "ul", "hl1", "hl2", "block", "paragraph", "media-caption", "caption", "hedline"),
    )
)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "title", "iframe", "object", "svg", "select"))


class Damaged(KnownError):
    """XML that is broken at a line; what could be read of it is in `root`."""

    def __init__(self, line: int, what: str, root: Element | None) -> None:
        super().__init__(f"It is broken at line {line}: {what}")
        self.line = line
        self.root = root


def xml_root(text: str) -> Element:
    """The root of an XML text. Raises Damaged, or KnownError where nothing of it may be read."""
    from lxml import etree

    if _ENTITIES.search(text):
        raise KnownError(
            "It declares entities of its own, which are not expanded: they can be made to fill any memory."
        )
    plain = _DOCTYPE.sub(_same_lines, _DECLARATION.sub("", text), count=1)
    data = _named_entities(_characters(plain)).encode(errors="replace")
    parser = _parser()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        whole = _only_prefixes(parser.error_log)  # before another parser has its say
        root = _recovered(data)
        if root is None or not whole:
            raise Damaged(error.lineno or 1, _short(error.msg or ""), root) from None
    except ValueError as error:
        raise KnownError(f"It is no XML: {error}.") from None
    if root is None:
        raise KnownError("There is nothing in it.")
    _limit_depth(root)
    return root


def _parser(recover: bool = False) -> Any:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )


def _recovered(data: bytes) -> Element | None:
    from lxml import etree

    try:
        root = etree.fromstring(data, _parser(recover=True))
        if root is not None:
            _limit_depth(root)
    except (etree.XMLSyntaxError, ValueError, KnownError):
        return None
    return root


def _only_prefixes(faults: Any) -> bool:
    """Whether all that is wrong are prefixes that were not declared: the text itself is whole."""
    return all(entry.domain_name == "NAMESPACE" for entry in faults)


def _short(message: str) -> str:
    return message.split(", line")[0].strip()[:160] or "it ends too early"


def _same_lines(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def _characters(text: str) -> str:
    """`text` without references to what is no character, such as a half of one: they would break the tree."""
    return _REFERENCE.sub(_character, text) if "&#" in text else text


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else int(match[2])
    bad = number in (0, 0xFFFE, 0xFFFF) or 0xD800 <= number < 0xE000 or number > 0x10FFFF
    return "\ufffd" if bad else match[0]


def _named_entities(text: str) -> str:
    """`text` with `&eacute;` and its like, which an external DTD would have declared, as their characters."""
    return _NAMED.sub(lambda match: match[0] if match[1] in _OF_XML else html5.get(match[1] + ";", match[0]), text)


def html_root(text: str) -> Element:
    """The root of a page, however broken. Raises KnownError when there is nothing in it."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False)
    clean = _CONTROL.sub("\ufffd", _characters(_DECLARATION.sub("", text)))
    try:
        root = html.document_fromstring(clean.encode(errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise KnownError("There is no text in it.") from None
    _limit_depth(root)
    return root


def _limit_depth(root: Element) -> None:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEPTH:
            raise KnownError(f"Its elements stand more than {_DEPTH} deep within each other.")


def name_of(element: Element) -> str:
    """An element's name without its namespace, in lower case; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The elements directly in `element` that have one of `names`, whatever their namespace."""
    return (child for child in element if name_of(child) in names)


def below(element: Element, *names: str) -> Iterator[Element]:
    """The elements anywhere in `element` that have one of `names`, whatever their namespace."""
    return (child for child in element.iter() if name_of(child) in names)


def first(element: Element, *names: str) -> Element | None:
    """The first such element below, by the order of the file."""
    return next(below(element, *names), None)


def words(element: Element | None) -> str:
    """All text in `element` in one line."""
    if element is None:
        return ""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    for node in element.iter():
        if isinstance(node.tag, str) and (node is element or name_of(node) not in _UNSEEN):
            yield node.text or ""
        if node is not element:
            yield node.tail or ""


def paragraphs(element: Element, leave_out: frozenset[Element] = frozenset()) -> list[str]:
    """The text of `element` as a reader sees it, by paragraph; inline mark-up, such as a search hit's, changes nothing.

    A line break is a line end, two of them end a paragraph; the cells of a table's row are parted by a tab.
    """
    return _Flow(leave_out).read(element)


class _Flow:
    """Gathers paragraphs while it walks through elements."""

    def __init__(self, leave_out: frozenset[Any]) -> None:
        self._leave_out = leave_out
        self._held: list[str] = []
        self._found: list[str] = []

    def read(self, element: Element) -> list[str]:
        from lxml import etree

        walk = etree.iterwalk(element, events=("start", "end", "comment"))
        for event, node in walk:
            name = name_of(node)
            if event == "start":
                unseen = (name in _UNSEEN and node is not element) or node in self._leave_out
                if unseen:
                    walk.skip_subtree()
                else:
                    self._start(name, node)
            elif event == "end":
                self._end(name, node)
            if event in ("end", "comment") and node is not element and node.tail:
                self._take(node.tail)
        self._flush()
        return self._found

    def _start(self, name: str, node: Element) -> None:
        if name == "br":
            self._held.append("\n")
        elif name in _BLOCKS and not _fills_cell(node):
            self._flush()
        elif name == "tr" and self._held:
            self._held.append("\n")
        elif name in ("td", "th"):
            self._held.append("\t")
        if node.text:
            self._take(node.text, name == "pre")

    def _end(self, name: str, node: Element) -> None:
        if name in _BLOCKS and not _fills_cell(node):
            self._flush()

    def _take(self, text: str, as_it_stands: bool = False) -> None:
        self._held.append(text if as_it_stands else re.sub(r"[ \t\n\r\f]+", " ", text))

    def _flush(self) -> None:
        text = "".join(self._held)
        self._held = []
        for part in re.split(r"\n[\s]*\n", text):
            lines = [re.sub(r" *\t *", "\t", re.sub(r" {2,}", " ", line)).strip() for line in part.split("\n")]
            if whole := "\n".join(line for line in lines if line.strip("\ufeff\u200b")):
                self._found.append(whole)


def _fills_cell(node: Element) -> bool:
    """Whether a paragraph is all that a table's cell holds: it is then a cell's text, not a paragraph of the page."""
    cell = node.getparent()
    if name_of(node) != "p" or cell is None or name_of(cell) not in ("td", "th"):
        return False
    row = cell.getparent()
    return len(cell) == 1 and row is not None and len(row) > 1
