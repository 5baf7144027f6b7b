"""spaCy's DocBin (`.spacy`): documents with entities, groups of spans and categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, ImportItem
from annotator.core.scheme import Scheme
from annotator.importers.annotations.docbin import DocBinText, Marked, docbin_texts, is_docbin
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.base import Source
from annotator.importers.label_names import LabelNames
from annotator.importers.text import LIMIT

_USUAL = "sc"  # the group of spans that spaCy looks into when nothing is said
_SURE = 0.5  # the score from which a category holds


class SpacyDocBinImporter:
    """Takes each document in with its own text; a group of spans is a layer, but for the usual one. Needs spaCy."""

    name = "spacy-docbin"
    title = "spaCy DocBin (needs spaCy)"
    suffixes: tuple[str, ...] = (".spacy",)
    carries = Carries(nested=True, attributes=True, answers=True, facts=True)
    loses = "Words, sentences, parts of speech and dependencies; what else is kept with a document than texts."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure: it is packed, and says its version and columns first."""
        return 0.98 if is_docbin(head) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document each. Raises KnownError where there is no spaCy, or the file is damaged."""
        names = LabelNames(Scheme())
        for number, text in enumerate(docbin_texts(source.whole(LIMIT)), 1):
            try:
                yield from _items(source, names, text, f"text {number}")
            except KnownError as error:
                yield Failure(source.name, f"Text {number} was left out: {str(error).rstrip('.')}.")


def _items(source: Source, names: LabelNames, text: DocBinText, place: str) -> Iterator[ImportItem]:
    document = MarkedText(_joined(text), f"{place} of {source.name}", names, certain=True)
    places = _places(text)
    for number, each in enumerate(sorted(_once(text)), 1):
        _mark(document, each, places, number)
    if text.wrong:
        count = "one span was" if text.wrong == 1 else f"{text.wrong} spans were"
        document.tell(f"{count} left out: without a label, or not of its words.")
    for name, score in text.cats.items():
        if isinstance(name, str) and name and isinstance(score, bool | int | float):
            document.answer(name, bool(score >= _SURE))
    said = {name: held for name, held in text.said.items() if isinstance(name, str) and isinstance(held, str) and name}
    title = said.pop("title", "")
    yield from document.items(title, {"path": source.path} | said)


def _once(text: DocBinText) -> Iterator[Marked]:
    """Entities and spans; what is both is one mark, with what either says. What is twice among either is two."""
    found: dict[tuple[int, int, str, str, int], Marked] = {}
    for held in (text.entities, text.spans):
        seen: Counter[tuple[int, int, str, str]] = Counter()
        for each in held:
            group = "" if each.group == _USUAL else each.group
            said = (each.first, each.last, each.label, group)
            seen[said] += 1
            known = found.setdefault((*said, seen[said]), each._replace(group=group))
            both = known._replace(kb_id=known.kb_id or each.kb_id, key=known.key or each.key)
            found[*said, seen[said]] = both
    yield from found.values()


def _joined(text: DocBinText) -> str:
    return "".join(f"{word} " if space else word for word, space in zip(text.words, text.spaces, strict=True))


def _places(text: DocBinText) -> list[tuple[int, int]]:
    """Where each word begins and ends."""
    found, at = [], 0
    for word, space in zip(text.words, text.spaces, strict=True):
        found.append((at, at + len(word)))
        at += len(word) + space
    return found


def _mark(document: MarkedText, each: Marked, places: list[tuple[int, int]], number: int) -> None:
    pair = (places[each.first][0], places[each.last - 1][1])
    mark = document.mark(f"{number}", each.label, [pair], layer=each.group, place=f"span {number}")
    mark.attributes.update({name: held for name, held in (("kb_id", each.kb_id), ("ent_id", each.key)) if held})
