"""Entities in brackets that this program wrote into CoNLL-U: they become the marks that they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from annotator.importers.annotations.bracket_mentions import Mention
from annotator.importers.annotations.conllu_sentences import Token
from annotator.importers.annotations.marked_text import DraftMark, MarkedText
from annotator.importers.annotations.typed_values import typed_value

_ATTRIBUTE, _LINK = "attr.", "link"


def put_own_mentions(document: MarkedText, mentions: Sequence[Mention], tokens: Sequence[Token]) -> None:
    """Add them with their layers, notes, answers and links."""
    for mention in mentions:
        pairs = [(tokens[first].start, tokens[last].end) for first, last in mention.pieces]
        key = mention.said.get("eid", "").partition("[")[0]
        label = unquote(mention.said.get("etype", "")) or "mention"
        mark = document.mark(key, label, pairs, place=f"line {mention.line}")
        for name, text in _pairs(mention.said.get("other", "")):
            _say(document, mark, name, text)
    people = {mark.key: mark.annotator for mark in document.marks}
    for link in document.links:
        link.annotator = people.get(link.source, "")


def _pairs(other: str) -> Iterator[tuple[str, str]]:
    for pair in other.split(","):
        name, _, text = pair.partition(":")
        yield unquote(name), unquote(text)


def _say(document: MarkedText, mark: DraftMark, name: str, text: str) -> None:
    if name.startswith(_ATTRIBUTE):
        mark.attributes[name.removeprefix(_ATTRIBUTE)] = typed_value(text)
    elif name.startswith(_LINK):
        kind, _, target = text.rpartition(">")
        document.link(unquote(kind), mark.key, target, place=mark.place)
    elif name == "layer":
        mark.layer = text
    elif name == "note":
        mark.note = text
    elif name == "annotator":
        mark.annotator = text
