"""Marks that stand off their text: what a file says of a text that it does not hold, and how the two find together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument, Occurrence
from annotator.core.ids import text_hash

FACTS_THAT_STAY = ("uri", "publication", "published", "archive", "media_id", "record", "page", "edition", "section")
_HASH = 16  # hexadecimal digits


class Expected(NamedTuple):
    """What must stand at a mark's place: these words, or words with that hash; neither where nothing is known."""

    words: str | None = None
    hashed: str = ""


@dataclass(frozen=True, slots=True)
class StandOff:
    """Marks, links, answers and statuses for a text that is known by its hash, its id or something else.

    Importers give it where a file holds no texts; the project looks for the text and joins the two. `about` has
    what is said, with an empty text; where its text is not empty, that is the one, and need not be in the project.
    """

    about: AnnotatedDocument
    source: str  # the file, for sentences
    place: str  # where in it, such as `record 3`
    expected: tuple[Expected, ...] = ()  # for every mark of `about`, or for none
    length: int | None = None  # of the text, in code points
    also: Mapping[str, str] = field(default_factory=dict)  # other keys of the text: uri, path, title
    typed: bool = True  # False: answers are texts as cells of a table have them, names those of columns

    @property
    def named(self) -> str:
        """The text as a sentence names it: everything that is known of it."""
        facts = {
            "id": self.about.id,
            "uri": self.about.metadata.get("uri", ""),
            **self.also,
            "sha256": f"{self.about.sha256[:12]}…" if self.about.sha256 else "",
        }
        names = {value: name for name, value in reversed(facts.items())}
        return ", ".join(f"{names[value]} {value[:200]}" for value in dict.fromkeys(facts.values()) if value)


def words_hash(sha256: str, words: str) -> str:
    """The hash of a mark's words within the text of that hash: the same words in another text have another one.

    Whoever has the text can check it; of few or common words, whoever knows the text's hash can guess them.
    """
    return hashlib.sha256(f"{sha256}:{words}".encode()).hexdigest()[:_HASH]


def without_text(document: AnnotatedDocument) -> AnnotatedDocument:
    """`document` without its text, its title and everything else that may hold words of the text.

    What annotators wrote stays: notes and answers. So does by what the article can be found elsewhere.
    """
    addresses = dict.fromkeys(place.uri for place in document.occurrences if place.uri)
    return replace(
        document,
        text="",
        title="",
        sha256=document.sha256 or text_hash(document.text),
        metadata={name: document.metadata[name] for name in FACTS_THAT_STAY if name in document.metadata},
        occurrences=tuple(Occurrence(uri) for uri in addresses),
        raw=None,
    )


def standing_off(document: AnnotatedDocument) -> StandOff:
    """What a file without texts holds of `document`."""
    about = without_text(document)
    hashes = (words_hash(about.sha256, mark.covered(document.text)) for mark in document.annotations)
    return StandOff(about, "", "", tuple(Expected(None, each) for each in hashes), len(document.text))
