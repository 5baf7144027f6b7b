"""A made-up archive of any size: the same every time, and a larger one begins as a smaller one does.

Words follow Zipf's law; a part of the articles is Arabic; each has a name of its own, so that the vocabulary grows with
the archive as that of real news does; some articles are near-copies of earlier ones, as agencies' are.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator, Sequence
from itertools import accumulate

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.scheme import Label
from annotator.core.span import Span

BLOCK = 1000  # articles that one seed makes
POOL = 1_000_000  # running words that articles are cut from, for each script
PIECE = 60  # words cut at once
MEDIAN = 365  # words of an article
MARKED = 20  # every so manieth article has marks
MARKS = 10  # so many
ARABIC = 10  # every so manieth article is Arabic
COPIED = 50  # every so manieth is a near-copy of the one before
SOURCES = 37
COMMON, MIDDLE, RARE = 5, 3000, 20_000  # ranks of words in the vocabulary

_LATIN = "etaoinshrdlucmfwypvbgkjqxz"
_ARABIC = "اليمنوترهبدسعفحكقجطخشصضزثظغذ"


class Archive:
    """Articles number 1, 2, … of an archive of no end."""

    def __init__(self) -> None:
        chance = random.Random(7)
        self.words = _vocabulary(chance, _LATIN, 150_000)
        self.arabic = _vocabulary(chance, _ARABIC, 60_000)
        self._pools = (_running(chance, self.words), _running(chance, self.arabic))

    def queries(self) -> dict[str, str]:
        """What is searched for, by what it is."""
        common, other = self.words[COMMON], self.words[COMMON + 4]
        arabic = next(word for word in self.arabic[300:] if "ا" in word)
        return {
            "a word of one article": own_name(500),
            "a rare word": self.words[RARE],
            "a middling word": self.words[MIDDLE],
            "a very common word": common,
            "a phrase of two common words": f'"{common} {other}"',
            "a common word and a middling one": f"{common} {self.words[MIDDLE]}",
            "a beginning of three letters": f"{self.words[MIDDLE][:3]}*",
            "an Arabic word in another spelling": arabic.replace("ا", "أ"),
        }

    def documents(self, count: int, labels: Sequence[Label] = (), first: int = 1) -> Iterator[AnnotatedDocument]:
        """Articles `first` to `count`, every twentieth with ten marks where there are `labels`."""
        for begin in range((first - 1) // BLOCK * BLOCK, count, BLOCK):
            for number, document in enumerate(self._block(begin, labels), begin + 1):
                if first <= number <= count:
                    yield document

    def _block(self, begin: int, labels: Sequence[Label]) -> Iterator[AnnotatedDocument]:
        chance = random.Random(1_000_003 + begin)
        words: list[str] = []
        for number in range(begin + 1, begin + BLOCK + 1):
            copied = words and number % COPIED == 0
            words = [*words[:-3], own_name(number)] if copied else self._words(chance, number)
            yield _document(number, words, chance, labels)

    def _words(self, chance: random.Random, number: int) -> list[str]:
        pool = self._pools[number % ARABIC == 0]
        wanted = min(4000, max(40, round(chance.lognormvariate(5.9, 0.55))))
        words: list[str] = []
        while len(words) < wanted:
            start = chance.randrange(POOL - PIECE)
            words += pool[start : start + min(PIECE, wanted - len(words))]
        words.insert(chance.randrange(len(words)), own_name(number))
        return words


def own_name(number: int) -> str:
    """A word that article `number` alone has."""
    letters = []
    while number:
        number, place = divmod(number, 26)
        letters.append(string.ascii_lowercase[place])
    return "zq" + "".join(letters) + "qz"


def _vocabulary(chance: random.Random, letters: str, count: int) -> list[str]:
    weights = list(accumulate(1 / place for place in range(1, len(letters) + 1)))
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(chance.choices(letters, cum_weights=weights, k=chance.randint(2, 11)))] = None
    return list(found)


def _running(chance: random.Random, words: Sequence[str]) -> list[str]:
    weights = list(accumulate(1 / rank**1.05 for rank in range(1, len(words) + 1)))
    return chance.choices(words, cum_weights=weights, k=POOL)


def _document(number: int, words: Sequence[str], chance: random.Random, labels: Sequence[Label]) -> AnnotatedDocument:
    paragraphs = [" ".join(words[place : place + PIECE]) for place in range(0, len(words), PIECE)]
    title = " ".join(words[:8])
    text = f"{title}\n\n" + ".\n\n".join(paragraphs)
    day = f"{1990 + number % 30}-{1 + number % 12:02}-{1 + number % 28:02}"
    arabic = number % ARABIC == 0
    return AnnotatedDocument(
        text=text,
        title=title,
        language="ar" if arabic else "en",
        direction="rtl" if arabic else "ltr",
        metadata={
            "publication": f"Source {number % SOURCES}",
            "published": day,
            "uri": f"https://news.example/{number}",
        },
        annotations=tuple(_marks(text, chance, labels)) if labels and number % MARKED == 0 else (),
    )


def _marks(text: str, chance: random.Random, labels: Sequence[Label]) -> Iterator[Annotation]:
    for _ in range(MARKS):
        start = chance.randrange(len(text) - 100)
        span = Span(start, start + chance.randint(3, 80))
        yield Annotation("", chance.choice(labels), (span,), {}, "", "", "manual", None, "", "")
