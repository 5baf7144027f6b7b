"""What is counted while a file of many articles is read, and which of them look wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.core.imports import Count, Failure, ImportItem, Notice, Suspect
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.record_text import encoding_of, sound

_SHOWN = 20  # articles of one file that are named when they look wrong
_SHORT = 50  # characters of an article that are too few
_SORRY = re.compile(
    r"(?:an error (?:has )?occurr?ed|this document (?:is|was) not available|document (?:not found|unavailable)"
    r"|we are sorry|there is an error|could not be (?:retrieved|delivered|displayed)"
    r"|unable to (?:retrieve|display|deliver)"
    r"|nicht verfügbar|fehler ist aufgetreten|n'est pas disponible|une erreur|no está disponible|niet beschikbaar"
    r"|due to copyright|not authori[sz]ed|access denied)",
    re.IGNORECASE,
)


class Tally:
    """Takes the articles of one file, one after the other."""

    def __init__(self, source: Source, claimed: int | None = None) -> None:
        self._source = source
        self.claimed = claimed  # how many articles the file says it holds
        self.found = 0
        self._suspects: list[Suspect] = []
        self._encodings: list[str] = []  # records that are in another encoding than the rest, as sentences
        self.dates = True  # whether an article without a date is told
        self.texts = True  # whether an article without a text is told
        self.left_out: dict[str, int] = {}  # what was no article, by the sentence that names it

    def take(self, make: Callable[[], Article | None], place: str) -> Iterator[ImportItem]:
        """The document of the article that `make` gives; a Failure where it raises KnownError; nothing for None."""
        try:
            article = make()
            if article is None:
                return
            had_title = bool(article.title or article.part("HEADLINE"))
            document = article.document(self._source)
        except KnownError as error:
            self.found += 1
            yield self.failure(place, str(error))
            return
        self.found += 1
        self._look(document, article, had_title, place)
        yield document

    def take_text(self, make: Callable[[str], Article | None], text: str, place: str) -> Iterator[ImportItem]:
        """As `take`, of a record's text. One in another encoding than the rest of the file is decoded, and told."""
        yield from self.take(lambda: make(self.sound(text, place)), place)

    def sound(self, text: str, place: str) -> str:
        """A record's text, which is then told where it is in another encoding. Raises KnownError when it is damaged."""
        if encoding := encoding_of(text):
            self._encodings.append(f"{self._source.name}, {place}, is not UTF-8: it was read as {encoding}.")
            return sound(text)
        return text

    def failure(self, place: str, reason: str) -> Failure:
        """A record that did not come in; `place` is within the file, such as `article 12`."""
        return Failure(f"{self._source.name}, {place}", reason)

    def leave_out(self, what: str) -> None:
        """Count something that is no article, such as “advertisement”."""
        self.left_out[what] = self.left_out.get(what, 0) + 1

    def _look(self, document: AnnotatedDocument, article: Article, had_title: bool, place: str) -> None:
        body = article.part("BODY") or article.part("CAPTION") or article.part("DEK")
        faults = []
        if not had_title:
            faults.append("no title")
        if self.dates and not document.metadata.get("published"):
            faults.append("no date")
        if _SORRY.search(body[:300]) and len(body) < 600:
            faults.append("it may be an error page, not an article")
        elif self.texts and len(body) < _SHORT:
            faults.append("hardly any text" if body else "no text but its title")
        if faults:
            sentence = f"{self._source.name}, {place} (“{document.title[:60]}”) looks wrong: {', '.join(faults)}."
            self._suspects.append(Suspect(sentence, document.title, place))

    def notices(self) -> Iterator[Notice]:
        """What is to be said at the end: the count beside the file's own, what was left out, what looks wrong."""
        name = self._source.name
        if self.claimed is not None:
            agrees = self.found == self.claimed
            said = "as the file says" if agrees else f"the file says {self.claimed}"
            yield Count(f"{name}: found {self.found}, {said}.", self.found, self.claimed)
        yield from map(Notice, self._encodings[:_SHOWN])
        if (rest := len(self._encodings) - _SHOWN) > 0:
            yield Notice(f"{name}: {rest} more articles are in an older encoding, and were read as that.")
        for what, count in self.left_out.items():
            yield Notice(f"{name}: {count} {what} left out.")
        yield from self._suspects[:_SHOWN]
        if (rest := len(self._suspects) - _SHOWN) > 0:
            yield Notice(f"{name}: {rest} more articles look wrong, without a title, a date or enough text.")
